/** Photos and signatures go in pieces; where one was cut, the next run goes on. */
import type { BlobRow } from "../store/tables";
import type { Vault } from "../store/vault";
import type { Failure, Office } from "../wire/client";

const PIECE = 64 * 1024;

/** Sends every wanted picture. One that the office refuses does not stop the others. */
export async function sendPictures(vault: Vault, office: Office): Promise<{ readonly ok: true } | Failure> {
  for (const row of await vault.blobs.wanted()) {
    const sent = await sendPicture(vault, office, row);
    if (!sent.ok && sent.is !== "refused") return sent;
  }
  return { ok: true };
}

async function sendPicture(
  vault: Vault,
  office: Office,
  row: BlobRow,
): Promise<{ readonly ok: true } | Failure> {
  const bytes = await vault.blobs.bytes(row);
  const received = await office.received(row.sha);
  if (!received.ok) return received;
  let at = Math.min(received.body, bytes.length);
  // Whole already, but its answer was lost: the last byte once more asks for it.
  if (at === bytes.length) at = Math.max(0, bytes.length - 1);
  for (;;) {
    const answer = await office.piece(row.sha, row.type, bytes.slice(at, at + PIECE), at, bytes.length);
    if (!answer.ok) return answer;
    if (answer.body.complete) break;
    if (answer.body.received <= at) return { ok: false, is: "server" };
    at = answer.body.received;
  }
  await vault.blobs.sent(row.sha);
  return { ok: true };
}

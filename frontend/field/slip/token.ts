/** What the QR code of a slip carries when there is no signal: signed by the phone itself (docs/sync.md). */
import { base64url, utf8 } from "../kernel/bytes";

/** The kind says by itself that this is no card (`membership/tokens.py`). */
const KIND = "rujukan-bukan-kartu";

interface Signer {
  readonly device: string;
  sign(said: string): Promise<string>;
}

/** The registration by its id, for the office has not given it a reference yet, and the day. No name, no NIK. */
export async function slipToken(signer: Signer, registration: string, on: string): Promise<string> {
  const payload = base64url(utf8(new URLSearchParams({ k: KIND, r: registration, d: on }).toString()));
  const signature = await signer.sign(`perisai slip ${signer.device}.${payload}`);
  return `d.${signer.device}.${payload}.${signature}`;
}

/** Where anybody with a camera sees what it is: the office's page for cards says of a slip that it is none. */
export const checkAddress = (token: string, origin: string = location.origin): string =>
  `${origin}/kartu/${token}`;

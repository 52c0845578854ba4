/** The first sign-in on this phone, and every later one: online, with the password of the office's account. */
import { language } from "../i18n/words";
import { phone, type VaultRow } from "../store/tables";
import { destroy, found, type Newcomer, newcomer, restore } from "../store/vault";
import { type Answer, type Failure, Office } from "../wire/client";
import type { Enrolled } from "../wire/shapes";

/** A person whom the office let in, and who is to choose a PIN now. */
export type Welcome =
  | { readonly is: "new"; readonly who: Newcomer; readonly username: string; readonly given: Enrolled }
  | { readonly is: "back"; readonly row: VaultRow; readonly given: Enrolled };

/** An agent known on this phone comes back as the same device, so what waits unsent is theirs again. */
export async function signIn(typed: string, password: string): Promise<Answer<Welcome>> {
  const username = typed.trim().toLowerCase();
  const office = new Office("", language.value);
  const row = await phone.vaults.where("username").equals(username).first();
  if (row) {
    const answer = await office.enrol(username, password, {
      id: row.device,
      label: label(),
      key: row.public_key,
    });
    if (answer.ok) return { ...answer, body: { is: "back", row, given: answer.body } };
    if (!isRevoked(answer)) return answer;
    await destroy(row.device);
  }
  const who = await newcomer();
  const answer = await office.enrol(username, password, {
    id: who.device,
    label: label(),
    key: who.key.public_key,
  });
  return answer.ok ? { ...answer, body: { is: "new", who, username, given: answer.body } } : answer;
}

/** Opens the vault under the chosen PIN. False: unsent work of old cannot be read any more. */
export async function settleIn(welcome: Welcome, pin: string): Promise<boolean> {
  if (welcome.is === "new") {
    await found(welcome.who, welcome.username, label(), welcome.given, pin);
    return true;
  }
  try {
    await restore(welcome.row, welcome.given, pin);
    return true;
  } catch {
    return false;
  }
}

/** A revoked device is never taken again; the agent begins anew with another one. */
const isRevoked = (failure: Failure): boolean =>
  failure.is === "revoked" || (failure.is === "refused" && failure.refusal.code === "device_taken");

/** How the branch will know this phone: its system and browser, nothing that names a person. */
function label(): string {
  const system = /Android [\d.]+|iPhone|iPad|Windows|Mac OS X|Linux/.exec(navigator.userAgent)?.[0] ?? "HP";
  const browser = /Firefox|SamsungBrowser|OPR|Edg|Chrome|Safari/.exec(navigator.userAgent)?.[0] ?? "";
  return `${system} ${browser}`.trim();
}

/** Looks whether the phone itself stands in the way. */
import { clockIsWrong, isFull, trouble } from "../kernel/trouble";
import { phone } from "../store/tables";
import type { Vault } from "../store/vault";
import type { KeptContact } from "../sync/contact";

/** Sets `trouble` to what was found, or clears it. */
export async function checkPhone(open: Vault | null): Promise<void> {
  if (!globalThis.crypto?.subtle) {
    trouble.value = "insecure";
    return;
  }
  try {
    await phone.open();
    // A write, because a full phone still reads.
    if (open) await open.base.facts.put({ name: "probe", value: new Uint8Array(32_768) });
  } catch (error) {
    trouble.value = isFull(error) ? "full" : "no_store";
    return;
  }
  const kept = open && (await open.base.fact<KeptContact>("contact"));
  // By the office's clock: the phone's own may have been wrong at the last contact, and be right now.
  const last = kept ? new Date(kept.at.getTime() - kept.skew_ms) : null;
  trouble.value = clockIsWrong(new Date(), __BUILT_ON__, last) ? "clock" : null;
}

/** From now on a full phone is said wherever it was met: nothing that was typed is lost in silence. */
export function watchForFull(): void {
  window.addEventListener("unhandledrejection", (event) => {
    if (isFull(event.reason)) {
      event.preventDefault();
      trouble.value = "full";
    }
  });
}

/** What is finished goes into the outbox, and the office is asked at once if there is a signal. */
import type { Order } from "../store/commands";
import type { Vault } from "../store/vault";
import { contactNow } from "../sync/running";

/** Resolves once the command is on the disk and its draft is gone. Raises when the phone is full; then the draft stays. */
export async function send({ commands, drafts }: Vault, order: Order): Promise<void> {
  if (order.draft) await drafts.settled(order.draft);
  await commands.enqueue(order);
  void contactNow();
}

/** The contacts of the vault that is open. */
import type { Vault } from "../store/vault";
import { Contacts } from "./contact";

let running: Contacts | null = null;

export function begin(vault: Vault): void {
  running?.stop();
  running = new Contacts(vault);
  void running.start();
}

export function end(): void {
  running?.stop();
  running = null;
}

/** Somebody put something into the outbox, or asks for it: a contact at once. */
export const contactNow = (): Promise<void> => running?.now() ?? Promise.resolve();

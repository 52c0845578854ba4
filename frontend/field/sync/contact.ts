/** One contact with the office: outbox up, pictures up, changes down. And when the next one comes. */
import { signal } from "@preact/signals";
import { language } from "../i18n/words";
import { Sender } from "../outbox/send";
import { emptyRevoked, type Vault } from "../store/vault";
import { type Failure, Office } from "../wire/client";
import { fetchChanges } from "./changes";
import { sendPictures } from "./pictures";

export interface Contact {
  readonly busy: "sending" | "pictures" | "fetching" | null;
  /** The last whole contact, by the phone's clock; null before the first. */
  readonly last_at: Date | null;
  /** Phone's clock minus the office's at the last contact. */
  readonly skew_ms: number;
  /** Why the latest attempt did not come through. */
  readonly failure: Failure["is"] | null;
}

const NEVER: Contact = { busy: null, last_at: null, skew_ms: 0, failure: null };
const SECOND = 1_000;
const EVERY = 5 * 60 * SECOND;
const FIRST_PAUSE = 5 * SECOND;

/** More than this between phone and office is told, in milliseconds (docs/sync.md). */
export const SKEW_TOLD = 10 * 60 * SECOND;

export const contact = signal<Contact>(NEVER);

/** The agent whose vault the office has just emptied on this phone, until somebody has read it. */
export const emptied = signal<string | null>(null);

/** What is kept of the last whole contact. */
export interface KeptContact {
  readonly at: Date;
  readonly skew_ms: number;
}

/** Makes contacts for an open vault until it is stopped: at once, after each command, when signal comes, and now and then. */
export class Contacts {
  readonly #vault: Vault;
  readonly #sender: Sender;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fruitless = 0;
  #stopped = false;
  #again = false;

  constructor(vault: Vault) {
    this.#vault = vault;
    const { commands } = vault;
    this.#sender = new Sender({
      unsettled: () => commands.unsettled(),
      command: async (row) => (await commands.opened(row)).command,
      mark: (ids, change) => commands.mark(ids, change),
      settle: (outcomes) => commands.settle(outcomes),
      post: (batch) => this.#office().commands(batch),
      now: () => Date.now(),
    });
  }

  async start(): Promise<void> {
    const kept = await this.#vault.base.fact<KeptContact>("contact");
    contact.value = { ...NEVER, last_at: kept?.at ?? null, skew_ms: kept?.skew_ms ?? 0 };
    window.addEventListener("online", this.soon);
    document.addEventListener("visibilitychange", this.#seen);
    navigator.serviceWorker?.addEventListener("message", this.#woken);
    await this.now();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    window.removeEventListener("online", this.soon);
    document.removeEventListener("visibilitychange", this.#seen);
    navigator.serviceWorker?.removeEventListener("message", this.#woken);
    contact.value = NEVER;
  }

  /** In a moment, so that what is done together goes together. */
  soon = (): void => this.#in(SECOND);

  #seen = (): void => {
    if (!document.hidden) this.soon();
  };

  #woken = (event: MessageEvent): void => {
    if (event.data === "signal") this.soon();
  };

  #in(pause: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.now(), pause);
  }

  /** A contact now, unless one goes on, here or in another tab. */
  async now(): Promise<void> {
    if (this.#stopped) return;
    if (contact.value.busy) {
      this.#again = true;
      return;
    }
    const failure = await alone(`perisai-contact-${this.#vault.device}`, () => this.#make()).catch(
      (problem) => {
        // The vault was locked in the middle: what was not settled waits for the next contact.
        if (!this.#stopped) throw problem;
        return null;
      },
    );
    if (this.#stopped) return;
    this.#fruitless = failure ? this.#fruitless + 1 : 0;
    contact.value = { ...contact.value, busy: null, failure: failure?.is ?? null };
    if (failure?.is === "revoked") {
      this.stop();
      await emptyRevoked(this.#vault);
      emptied.value = this.#vault.agent.name;
      return;
    }
    this.#in(this.#again ? SECOND : failure ? pause(this.#fruitless, failure) : EVERY);
    this.#again = false;
  }

  async #make(): Promise<Failure | null> {
    const tell = (busy: Contact["busy"]) => {
      contact.value = { ...contact.value, busy };
    };
    tell("sending");
    const sent = await this.#sender.run();
    if (!sent.ok && !isAboutOne(sent)) return sent;
    tell("pictures");
    const pictures = await sendPictures(this.#vault, this.#office());
    if (!pictures.ok) return pictures;
    tell("fetching");
    const fetched = await fetchChanges(this.#vault, this.#office());
    if (!fetched.ok) return fetched;
    const kept: KeptContact = { at: new Date(), skew_ms: fetched.skew_ms };
    await this.#vault.base.facts.put({ name: "contact", value: kept });
    contact.value = { ...contact.value, last_at: kept.at, skew_ms: kept.skew_ms };
    return sent.ok ? null : sent;
  }

  #office(): Office {
    return new Office(this.#vault.token, language.value);
  }
}

/** One command that the office cannot take must not keep the copy from being brought up to date. */
const isAboutOne = (failure: Failure): boolean => failure.is === "server" || failure.is === "refused";

/** Longer with each fruitless attempt, up to the usual interval, and never all phones at the same second. */
const pause = (fruitless: number, failure: Failure): number => {
  const asked = "after_s" in failure && failure.after_s ? failure.after_s * SECOND : 0;
  return (
    Math.max(asked, Math.min(FIRST_PAUSE * 2 ** Math.min(fruitless, 6), EVERY)) * (0.75 + Math.random() / 2)
  );
};

/** Runs `work` unless another tab is at it. A browser without locks runs it: the office receives nothing twice. */
async function alone<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  if (!navigator.locks) return work();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) =>
    lock ? work() : null,
  ) as Promise<T | null>;
}

/**
 * Sending the outbox. A run stops where the network stops; who calls it decides when the next one begins.
 *
 * Nothing here remembers anything that must survive: every step can be the last before the battery dies, because the
 * office receives a command once however often it comes, and a command without a verdict is simply sent again.
 */
import type { CommandRow } from "../store/tables";
import type { Answer, Failure } from "../wire/client";
import type { Command, Outcome } from "../wire/shapes";
import { MOST, nextBatch, pauseAfter } from "./rules";

export interface Ports {
  /** What has no verdict yet, in the order in which it was made. */
  readonly unsettled: () => Promise<CommandRow[]>;
  readonly command: (row: CommandRow) => Promise<Command>;
  readonly mark: (
    ids: readonly string[],
    change: Partial<Pick<CommandRow, "state" | "tries" | "not_before">>,
  ) => Promise<void>;
  readonly settle: (outcomes: readonly Outcome[]) => Promise<void>;
  readonly post: (commands: readonly Command[]) => Promise<Answer<{ readonly outcomes: readonly Outcome[] }>>;
  readonly now: () => number;
}

export type Run = { readonly ok: true } | Failure;

export class Sender {
  readonly #ports: Ports;
  /** Halved when a batch was too much for office or network, doubled with each that was not. */
  #size = MOST;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Sends until nothing is left to send or the office cannot be reached. */
  async run(): Promise<Run> {
    const tried = new Set<string>();
    let lonely = 0;
    for (;;) {
      const batch = nextBatch(await this.#ports.unsettled(), this.#size, this.#ports.now(), tried);
      if (batch.length === 0) return { ok: true };
      const answer = await this.#send(batch);
      if (answer.ok) {
        lonely = 0;
        this.#size = Math.min(MOST, this.#size * 2);
        await this.#take(batch, answer.body.outcomes, tried);
        continue;
      }
      if (!divides(answer)) return answer;
      this.#size = Math.max(1, Math.ceil(batch.length / 2));
      if (batch.length === 1) {
        await this.#leaveInPeace(batch);
        // Two in a row that go alone and fail: it is not the commands, it is the office.
        lonely += 1;
        if (lonely === 2) return answer;
      }
      if (answer.is === "timeout") return answer;
    }
  }

  async #send(batch: readonly CommandRow[]): Promise<Answer<{ readonly outcomes: readonly Outcome[] }>> {
    const ids = batch.map((row) => row.id);
    await this.#ports.mark(ids, { state: "sending" });
    const answer = await this.#ports.post(await Promise.all(batch.map(this.#ports.command)));
    if (!answer.ok) await this.#ports.mark(ids, { state: "waiting" });
    return answer;
  }

  async #take(batch: readonly CommandRow[], outcomes: readonly Outcome[], tried: Set<string>): Promise<void> {
    const sent = new Map(batch.map((row) => [row.id, row]));
    const ours = outcomes.filter((outcome) => sent.has(outcome.id));
    await this.#ports.settle(ours);
    const answered = new Set(ours.map((outcome) => outcome.id));
    const silent = batch.filter((row) => !answered.has(row.id)).map((row) => row.id);
    if (silent.length > 0) await this.#ports.mark(silent, { state: "waiting" });
    for (const row of batch) tried.add(row.id);
    // What was held behind a command that has a verdict now may go again in this run.
    const moved = new Set(
      ours.filter(({ outcome }) => outcome !== "held").map(({ id }) => sent.get(id)?.entity),
    );
    for (const row of await this.#ports.unsettled()) if (moved.has(row.entity)) tried.delete(row.id);
  }

  async #leaveInPeace(batch: readonly CommandRow[]): Promise<void> {
    for (const { id, tries } of batch) {
      await this.#ports.mark([id], {
        tries: tries + 1,
        not_before: this.#ports.now() + pauseAfter(tries + 1),
      });
    }
  }
}

/** Whether a smaller batch could pass: one command may break the batch for all others. */
const divides = (failure: Failure): boolean =>
  ["too_large", "timeout", "server", "refused"].includes(failure.is);

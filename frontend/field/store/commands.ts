/** The outbox as rows: commands are added and settled here and nowhere else. */
import { liveQuery } from "dexie";
import { open, seal } from "../crypto/seal";
import { today, writtenInstant } from "../kernel/days";
import { newId } from "../kernel/ids";
import type { Command, CommandKind, Outcome } from "../wire/shapes";
import type { CommandRow, CommandState, VaultBase } from "./tables";

/** Not settled: the office has not answered yet. */
export const UNSETTLED: readonly CommandState[] = ["waiting", "sending", "held"];

/** What is sealed of a command. */
type Inside = Pick<Command, "kind" | "v" | "recorded_at" | "occurred_on" | "body">;

export interface Order {
  readonly kind: CommandKind;
  readonly entity: string;
  readonly body: object;
  /** The day that the agent says it happened; today when left out. */
  readonly occurred_on?: string;
  /** The draft that this command was; it goes in the same transaction. */
  readonly draft?: string;
  /** Pictures that the body names: from now on they are sent. */
  readonly blobs?: readonly string[];
}

export interface Sent {
  readonly row: CommandRow;
  readonly command: Command;
  readonly outcome: Outcome | null;
}

export class Commands {
  readonly #base: VaultBase;
  readonly #key: CryptoKey;
  readonly #device: string;

  constructor(base: VaultBase, key: CryptoKey, device: string) {
    this.#base = base;
    this.#key = key;
    this.#device = device;
  }

  /** Puts a command into the outbox; with it its draft is gone and its pictures are wanted. Answers its id. */
  async enqueue(order: Order): Promise<string> {
    const id = newId();
    const now = new Date();
    const inside: Inside = {
      kind: order.kind,
      v: 1,
      recorded_at: writtenInstant(now),
      occurred_on: order.occurred_on ?? today(),
      body: order.body,
    };
    const sealed = await seal(this.#key, inside, `command:${id}`);
    const { commands, counters, drafts, blobs } = this.#base;
    await this.#base.transaction("rw", commands, counters, drafts, blobs, async () => {
      const seq = ((await counters.get(order.entity))?.seq ?? 0) + 1;
      await counters.put({ entity: order.entity, seq });
      await commands.add({
        id,
        entity: order.entity,
        seq,
        state: "waiting",
        made_at: now,
        settled_at: null,
        tries: 0,
        not_before: 0,
        sealed,
        outcome: null,
      });
      if (order.draft) await drafts.delete(order.draft);
      for (const sha of order.blobs ?? []) await blobs.update(sha, { wanted: 1 });
    });
    return id;
  }

  /** Every row in the order in which they were made. */
  rows(): Promise<CommandRow[]> {
    return this.#base.commands.orderBy("n").toArray();
  }

  unsettled(): Promise<CommandRow[]> {
    return this.#base.commands
      .where("state")
      .anyOf([...UNSETTLED])
      .sortBy("n");
  }

  /** The row with its command and what the office said. */
  async opened(row: CommandRow): Promise<Sent> {
    const inside = await open<Inside>(this.#key, row.sealed, `command:${row.id}`);
    const outcome = row.outcome && (await open<Outcome>(this.#key, row.outcome, `outcome:${row.id}`));
    return { row, command: this.#command(row, inside), outcome };
  }

  async find(id: string): Promise<Sent | undefined> {
    const row = await this.#base.commands.where("id").equals(id).first();
    return row && this.opened(row);
  }

  /** The commands about one thing, in order. */
  async about(entity: string): Promise<Sent[]> {
    const rows = await this.#base.commands.where("entity").equals(entity).sortBy("seq");
    return Promise.all(rows.map((row) => this.opened(row)));
  }

  async mark(
    ids: readonly string[],
    change: Partial<Pick<CommandRow, "state" | "tries" | "not_before">>,
  ): Promise<void> {
    await this.#base.commands
      .where("id")
      .anyOf([...ids])
      .modify(change);
  }

  /** Writes what the office answered, all in one transaction. A settled command is never unsettled. */
  async settle(outcomes: readonly Outcome[]): Promise<void> {
    const sealed = await Promise.all(
      outcomes.map(
        async (outcome) => [outcome, await seal(this.#key, outcome, `outcome:${outcome.id}`)] as const,
      ),
    );
    await this.#base.transaction("rw", this.#base.commands, async () => {
      for (const [{ id, outcome: state }, outcome] of sealed) {
        const settled_at = state === "held" ? null : new Date();
        const row = this.#base.commands.where("id").equals(id);
        await row
          .and((each) => UNSETTLED.includes(each.state))
          .modify({ state, outcome, settled_at, tries: 0 });
      }
    });
  }

  /** Forgets a settled command; the agent did so, or it is old. The count of its entity stays. */
  async forget(id: string): Promise<void> {
    const row = this.#base.commands.where("id").equals(id);
    await row.and((each) => !UNSETTLED.includes(each.state)).delete();
  }

  /** Calls at once and after every change, from any tab. Answers how to stop. */
  watch(tell: (rows: CommandRow[]) => void): () => void {
    const watching = liveQuery(() => this.rows()).subscribe({ next: tell, error: () => tell([]) });
    return () => watching.unsubscribe();
  }

  #command(row: CommandRow, inside: Inside): Command {
    return {
      id: row.id,
      kind: inside.kind,
      v: inside.v,
      entity: row.entity,
      seq: row.seq,
      device: this.#device,
      recorded_at: inside.recorded_at,
      occurred_on: inside.occurred_on,
      body: inside.body,
    };
  }
}

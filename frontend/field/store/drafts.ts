/** What was typed, kept at every keystroke. A draft lives until its command stands in the outbox, or it is dropped. */
import { open, seal } from "../crypto/seal";
import type { VaultBase } from "./tables";

export interface Draft<T> {
  readonly id: string;
  readonly kind: string;
  readonly kept_at: Date;
  readonly value: T;
}

export class Drafts {
  readonly #base: VaultBase;
  readonly #key: CryptoKey;
  /** The newest value of each draft that is being written; a writer takes it and the ones between are skipped. */
  readonly #newest = new Map<string, { kind: string; value: unknown }>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(base: VaultBase, key: CryptoKey) {
    this.#base = base;
    this.#key = key;
  }

  /** Resolves once this value, or a newer one of the same draft, is on the disk. Raises when the phone is full. */
  keep(id: string, kind: string, value: unknown): Promise<void> {
    this.#newest.set(id, { kind, value });
    const writing = this.#writing.get(id) ?? this.#write(id).finally(() => this.#writing.delete(id));
    this.#writing.set(id, writing);
    return writing;
  }

  /** What was typed last, also while it is still being written. */
  async find<T>(id: string): Promise<Draft<T> | undefined> {
    const held = this.#newest.get(id);
    if (held) return { id, kind: held.kind, kept_at: new Date(), value: held.value as T };
    const row = await this.#base.drafts.get(id);
    return row && { ...row, value: await open<T>(this.#key, row.sealed, `draft:${id}`) };
  }

  /** Of one kind, newest first. */
  async list<T>(kind: string): Promise<Draft<T>[]> {
    const rows = await this.#base.drafts.where("kind").equals(kind).sortBy("kept_at");
    const drafts = rows.map(async (row) => ({
      ...row,
      value: await open<T>(this.#key, row.sealed, `draft:${row.id}`),
    }));
    return (await Promise.all(drafts)).reverse();
  }

  /** Resolves once nothing of this draft is on its way to the disk. Raises when the phone is full. */
  async settled(id: string): Promise<void> {
    await this.#writing.get(id);
  }

  count(): Promise<number> {
    return this.#base.drafts.count();
  }

  async drop(id: string): Promise<void> {
    this.#newest.delete(id);
    await this.#writing.get(id)?.catch(() => undefined);
    await this.#base.drafts.delete(id);
  }

  /** A value that the disk did not take stays in memory: the next keystroke tries again, and no screen loses it. */
  async #write(id: string): Promise<void> {
    for (let draft = this.#newest.get(id); draft; draft = this.#newest.get(id)) {
      const sealed = await seal(this.#key, draft.value, `draft:${id}`);
      await this.#base.drafts.put({ id, kind: draft.kind, kept_at: new Date(), sealed });
      if (this.#newest.get(id) === draft) this.#newest.delete(id);
    }
  }
}

/**
 * The read-only copy of what the office sent. It is replaced by the office and by nothing else.
 *
 * Rows lie in sealed pages, not one by one: to open one page of some hundred rows costs what it costs to open one row,
 * and only the pages that a screen asks for are opened. Which page a row falls into depends on its group alone, so the
 * months of one member lie in one page.
 */
import { type Signal, signal } from "@preact/signals";
import { open, seal } from "../crypto/seal";
import type { Item, Kind, Rows } from "../wire/shapes";
import type { PageRow, VaultBase } from "./tables";

interface Layout {
  readonly pages: number;
  /** Rows with the same group lie in the same page. */
  readonly group: string;
}

const LAYOUT: Record<Kind, Layout> = {
  agent: { pages: 1, group: "id" },
  registration: { pages: 4, group: "id" },
  member: { pages: 8, group: "id" },
  code: { pages: 4, group: "member_id" },
  month: { pages: 32, group: "member_id" },
  line: { pages: 16, group: "period" },
  statement: { pages: 1, group: "id" },
  message: { pages: 1, group: "id" },
  village: { pages: 2, group: "id" },
};

export interface Removed {
  readonly kind: string;
  readonly id: string;
}

type Page = Map<string, Item>;

export class Copy {
  /** Grows with every change, in this tab or another: what reads it is drawn again. */
  readonly version: Signal<number> = signal(0);
  readonly #base: VaultBase;
  readonly #key: CryptoKey;
  readonly #opened = new Map<string, Promise<Page>>();
  readonly #tabs: BroadcastChannel | null;

  constructor(base: VaultBase, key: CryptoKey) {
    this.#base = base;
    this.#key = key;
    this.#tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`${base.name}:copy`);
    if (this.#tabs) this.#tabs.onmessage = () => this.#forget();
  }

  async all<K extends Kind>(kind: K): Promise<readonly Rows[K][]> {
    const pages = await Promise.all(pageNames(kind).map((name) => this.#page(name)));
    return pages.flatMap((page) => [...page.values()]) as unknown as Rows[K][];
  }

  async one<K extends Kind>(kind: K, id: string): Promise<Rows[K] | undefined> {
    const names = LAYOUT[kind].group === "id" ? [pageOf(kind, id)] : pageNames(kind);
    for (const name of names) {
      const row = (await this.#page(name)).get(id);
      if (row) return row as unknown as Rows[K];
    }
    return undefined;
  }

  /** The rows of one group, from one page: months and codes of a member, lines of a period. */
  async of<K extends "code" | "month" | "line">(kind: K, group: string): Promise<readonly Rows[K][]> {
    const page = await this.#page(pageOf(kind, group));
    return [...page.values()].filter((row) => row[LAYOUT[kind].group] === group) as unknown as Rows[K][];
  }

  /**
   * Takes in what the office sent; pages and cursor are stored together, so a crash leaves the copy as it was. A kind
   * that this version does not know is left out: a newer one will ask for everything anew.
   */
  async apply(
    items: readonly Item[],
    removed: readonly Removed[],
    cursor: string,
    reset: boolean,
  ): Promise<void> {
    const changed = new Map<string, Page>();
    const page = async (name: string): Promise<Page> => {
      const found = changed.get(name) ?? new Map(reset ? [] : await this.#page(name));
      changed.set(name, found);
      return found;
    };
    for (const { kind, id } of removed) {
      if (!isKind(kind)) continue;
      for (const name of pageNames(kind)) if ((await this.#page(name)).has(id)) (await page(name)).delete(id);
    }
    for (const item of items) {
      if (!isKind(item.kind)) continue;
      (await page(pageOf(item.kind, String(item[LAYOUT[item.kind].group] ?? item.id)))).set(item.id, item);
    }
    const rows = await Promise.all([...changed].map(([name, rows]) => this.#sealed(name, rows)));
    await this.#base.transaction("rw", this.#base.pages, this.#base.facts, async () => {
      if (reset) await this.#base.pages.clear();
      await this.#base.pages.bulkPut(rows);
      await this.#base.facts.put({ name: "cursor", value: cursor });
    });
    if (reset) this.#opened.clear();
    for (const [name, rows] of changed) this.#opened.set(name, Promise.resolve(rows));
    if (reset || changed.size > 0) this.version.value += 1;
    this.#tabs?.postMessage("changed");
  }

  close(): void {
    this.#tabs?.close();
    this.#opened.clear();
  }

  #forget(): void {
    this.#opened.clear();
    this.version.value += 1;
  }

  #page(name: string): Promise<Page> {
    const found = this.#opened.get(name) ?? this.#load(name);
    this.#opened.set(name, found);
    return found;
  }

  async #load(name: string): Promise<Page> {
    const row = await this.#base.pages.get(name);
    if (!row) return new Map();
    const items = await open<Item[]>(this.#key, row.sealed, `page:${name}`);
    return new Map(items.map((item) => [item.id, item]));
  }

  async #sealed(name: string, page: Page): Promise<PageRow> {
    return { name, sealed: await seal(this.#key, [...page.values()], `page:${name}`) };
  }
}

const isKind = (kind: string): kind is Kind => Object.hasOwn(LAYOUT, kind);

const pageNames = (kind: Kind): string[] =>
  Array.from({ length: LAYOUT[kind].pages }, (_, number) => `${kind}.${number}`);

/** FNV-1a, so that rows spread evenly whatever their ids look like. */
function pageOf(kind: Kind, group: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < group.length; at += 1) hash = Math.imul(hash ^ group.charCodeAt(at), 0x01000193);
  return `${kind}.${(hash >>> 0) % LAYOUT[kind].pages}`;
}

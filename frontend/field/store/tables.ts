/** What lies in IndexedDB: one small base of the phone, and one of each agent's vault, so that a vault goes as a whole. */
import { Dexie, type Table } from "dexie";
import type { Bytes } from "../kernel/bytes";
import type { Agent } from "../wire/shapes";

/** What is known of a vault before it is opened. Nothing in it speaks of a worker. */
export interface VaultRow {
  /** The device id: one for each phone and agent. */
  readonly device: string;
  readonly username: string;
  readonly agent: Agent;
  readonly label: string;
  readonly public_key: string;
  /** PKCS 8, sealed under the key of the work. */
  readonly private_key: Bytes;
  readonly salt: Bytes;
  readonly iterations: number;
  /** Wrong PINs in a row, counted before each try. */
  readonly wrong: number;
  /** Both keys under the PIN; null after ten wrong ones. */
  readonly by_pin: { readonly copy: Bytes; readonly work: Bytes } | null;
  /** The key of the work under the secret that the office gives at an online sign-in. */
  readonly by_office: Bytes;
}

/** Unsent work of a vault that the office revoked: only the office can open it. */
export interface LeftParcel {
  readonly device: string;
  readonly agent_name: string;
  readonly commands: number;
  readonly left_at: Date;
  readonly bytes: Bytes;
}

class Phone extends Dexie {
  declare vaults: Table<VaultRow, string>;
  declare parcels: Table<LeftParcel, string>;

  constructor() {
    super("perisai", { chromeTransactionDurability: "strict" });
    this.version(1).stores({ vaults: "device, username", parcels: "device" });
  }
}

export const phone = new Phone();

/** A part of the copy: the rows of one kind that fell into it, as one sealed array. */
export interface PageRow {
  readonly name: string;
  readonly sealed: Bytes;
}

export interface DraftRow {
  readonly id: string;
  readonly kind: string;
  readonly kept_at: Date;
  readonly sealed: Bytes;
}

export type CommandState = "waiting" | "sending" | "accepted" | "in_review" | "refused" | "held" | "misuse";

/** A command of the outbox. Kind, body and dates are sealed; what the engine needs to order them is not. */
export interface CommandRow {
  readonly id: string;
  /** The order in which they were made. */
  readonly n?: number;
  readonly entity: string;
  readonly seq: number;
  readonly state: CommandState;
  readonly made_at: Date;
  readonly settled_at: Date | null;
  /** Fruitless attempts of this command alone, and the instant before which it is left in peace. */
  readonly tries: number;
  readonly not_before: number;
  readonly sealed: Bytes;
  readonly outcome: Bytes | null;
}

export interface BlobRow {
  readonly sha: string;
  readonly type: "image/jpeg" | "image/png";
  readonly size: number;
  readonly kept_at: Date;
  /** 1 once a command names it: only then it is sent. */
  readonly wanted: 0 | 1;
  readonly sealed: Bytes;
}

/** Single facts of the vault: the sealed session, the cursor, the last contact. */
export interface FactRow {
  readonly name: string;
  readonly value: unknown;
}

export class VaultBase extends Dexie {
  declare pages: Table<PageRow, string>;
  declare drafts: Table<DraftRow, string>;
  declare commands: Table<CommandRow, number>;
  declare counters: Table<{ entity: string; seq: number }, string>;
  declare blobs: Table<BlobRow, string>;
  declare facts: Table<FactRow, string>;

  constructor(device: string) {
    super(`perisai-${device}`, { chromeTransactionDurability: "strict" });
    this.version(1).stores({
      pages: "name",
      drafts: "id, kind, kept_at",
      commands: "++n, &id, entity, state",
      counters: "entity",
      blobs: "sha, wanted",
      facts: "name",
    });
  }

  async fact<T>(name: string): Promise<T | undefined> {
    return (await this.facts.get(name))?.value as T | undefined;
  }
}

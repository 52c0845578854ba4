/**
 * The vault of one agent on this phone: what opens it, and what is lost when.
 *
 * Two keys. The key of the *copy* lies under the PIN alone: after ten wrong PINs it is gone, and the copy with it. The
 * key of the *work* (drafts, outbox, pictures, session) lies under the PIN and once more under a secret that the office
 * gives this device at every online sign-in, so unsent work outlives a forgotten PIN (docs/adr/0015).
 */
import { signal } from "@preact/signals";
import { Dexie } from "dexie";
import { type DeviceKey, newDeviceKey, nikTag, openDeviceKey, signed } from "../crypto/device";
import { parcelOf } from "../crypto/parcel";
import { ITERATIONS, keyOfPin, keyOfSecret, TRIES } from "../crypto/pin";
import { newKey, open, seal, unwrap, wrap } from "../crypto/seal";
import { type Bytes, fromBase64, random } from "../kernel/bytes";
import { writtenInstant } from "../kernel/days";
import { newId } from "../kernel/ids";
import type { Agent, Enrolled } from "../wire/shapes";
import { Blobs } from "./blobs";
import { Commands } from "./commands";
import { Copy } from "./copy";
import { Drafts } from "./drafts";
import { phone, VaultBase, type VaultRow } from "./tables";

/** What an online sign-in gave; sealed under the key of the work. */
type Session = Pick<Enrolled, "token" | "nik_salt" | "parcel_key">;

/** An open vault: everything that a screen may read or keep. Its keys live in memory until it is locked. */
export class Vault {
  readonly device: string;
  readonly agent: Agent;
  readonly base: VaultBase;
  readonly copy: Copy;
  readonly drafts: Drafts;
  readonly commands: Commands;
  readonly blobs: Blobs;
  readonly #session: Session;
  readonly #signing: CryptoKey;

  constructor(row: VaultRow, base: VaultBase, keys: Keys, session: Session, signing: CryptoKey) {
    this.device = row.device;
    this.agent = row.agent;
    this.base = base;
    this.copy = new Copy(base, keys.copy);
    this.drafts = new Drafts(base, keys.work);
    this.commands = new Commands(base, keys.work, row.device);
    this.blobs = new Blobs(base, keys.work);
    this.#session = session;
    this.#signing = signing;
  }

  get token(): string {
    return this.#session.token;
  }

  /** What stands for this NIK in the copy. */
  nikTag(nik: string): Promise<string> {
    return nikTag(nik, fromBase64(this.#session.nik_salt));
  }

  /** This phone's signature, for a slip without signal (docs/sync.md). */
  sign(said: string): Promise<string> {
    return signed(said, this.#signing);
  }

  /** All unsettled commands as a file for the office, and how many they are. */
  async parcel(): Promise<{ readonly bytes: Bytes; readonly commands: number }> {
    const opened = await Promise.all(
      (await this.commands.unsettled()).map((row) => this.commands.opened(row)),
    );
    const commands = opened.map(({ command }) => command);
    const contents = {
      device: this.device,
      token: this.token,
      sealed_at: writtenInstant(new Date()),
      commands,
    };
    return {
      bytes: await parcelOf(contents, fromBase64(this.#session.parcel_key)),
      commands: commands.length,
    };
  }

  close(): void {
    this.copy.close();
    this.base.close();
  }
}

interface Keys {
  readonly copy: CryptoKey;
  readonly work: CryptoKey;
}

/** The vault that is open in this tab. */
export const vault = signal<Vault | null>(null);

export const vaults = (): Promise<VaultRow[]> => phone.vaults.toArray();

export type Unlocked =
  | { readonly is: "open" }
  | { readonly is: "wrong"; readonly left: number }
  | { readonly is: "wiped" };

/** Tries a PIN. A try is counted before it is made, so that pulling the battery gives no more of them. */
export async function unlock(device: string, pin: string): Promise<Unlocked> {
  const row = await phone.transaction("rw", phone.vaults, async () => {
    await phone.vaults
      .where("device")
      .equals(device)
      .and((each) => each.by_pin !== null)
      .modify((each) => {
        (each as { wrong: number }).wrong += 1;
      });
    return phone.vaults.get(device);
  });
  if (!row?.by_pin) return { is: "wiped" };
  const by = await keyOfPin(pin, row.salt, row.iterations);
  let keys: Keys;
  try {
    keys = { copy: await unwrap(row.by_pin.copy, by), work: await unwrap(row.by_pin.work, by) };
  } catch {
    if (row.wrong < TRIES) return { is: "wrong", left: TRIES - row.wrong };
    await wipeCopy(device);
    return { is: "wiped" };
  }
  await phone.vaults.update(device, { wrong: 0 });
  await enter(row, keys);
  return { is: "open" };
}

export function lock(): void {
  vault.value?.close();
  vault.value = null;
}

/** What ten wrong PINs do: copy and PIN are gone; drafts, outbox and pictures wait, sealed, for an online sign-in. */
export async function wipeCopy(device: string): Promise<void> {
  await phone.vaults.update(device, { by_pin: null });
  const base = new VaultBase(device);
  await base.transaction("rw", base.pages, base.facts, async () => {
    await base.pages.clear();
    await base.facts.delete("cursor");
  });
  base.close();
}

/** The vault with everything in it is gone. */
export async function destroy(device: string): Promise<void> {
  if (vault.value?.device === device) lock();
  await phone.vaults.delete(device);
  await Dexie.delete(new VaultBase(device).name);
}

/**
 * What the phone does once the office has revoked it. Unsent work stays behind as a parcel, which this phone itself
 * cannot open any more: the office decides whether to take it in.
 */
export async function emptyRevoked(open: Vault): Promise<void> {
  const { bytes, commands } = await open.parcel();
  if (commands > 0) {
    const { device, agent } = open;
    await phone.parcels.put({ device, agent_name: agent.name, commands, left_at: new Date(), bytes });
  }
  await destroy(open.device);
}

/** Keys made for an agent who signs in for the first time on this phone; nothing is stored before the PIN is chosen. */
export interface Newcomer {
  readonly device: string;
  readonly work: CryptoKey;
  readonly key: DeviceKey;
}

export async function newcomer(): Promise<Newcomer> {
  const work = await newKey();
  return { device: newId(), work, key: await newDeviceKey(work) };
}

/** A new vault under a chosen PIN, opened. */
export async function found(
  who: Newcomer,
  username: string,
  label: string,
  given: Enrolled,
  pin: string,
): Promise<void> {
  const copy = await newKey();
  const { device, work, key } = who;
  const locks = await locksFor({ copy, work }, pin);
  const by_office = await wrap(work, await keyOfSecret(fromBase64(given.nik_salt)));
  const row: VaultRow = {
    device,
    username,
    label,
    agent: given.agent,
    public_key: key.public_key,
    private_key: key.sealed,
    by_office,
    ...locks,
  };
  await keepSession(device, work, given);
  await phone.vaults.put(row);
  await unlock(device, pin);
}

/**
 * A vault whose PIN is forgotten or was wiped, under a new PIN: the office has just given its secret again. Raises
 * OperationError when that secret is not the one of old; then the unsent work cannot be read any more.
 */
export async function restore(row: VaultRow, given: Enrolled, pin: string): Promise<void> {
  const work = await unwrap(row.by_office, await keyOfSecret(fromBase64(given.nik_salt)), true);
  const copy = await newKey();
  await wipeCopy(row.device);
  await keepSession(row.device, work, given);
  await phone.vaults.update(row.device, { agent: given.agent, ...(await locksFor({ copy, work }, pin)) });
  await unlock(row.device, pin);
}

/** A new PIN for the old one. Answers false when the old one is wrong. */
export async function changePin(device: string, old: string, pin: string): Promise<boolean> {
  const row = await phone.vaults.get(device);
  if (!row?.by_pin) return false;
  const by = await keyOfPin(old, row.salt, row.iterations);
  let keys: Keys;
  try {
    keys = { copy: await unwrap(row.by_pin.copy, by, true), work: await unwrap(row.by_pin.work, by, true) };
  } catch {
    return false;
  }
  await phone.vaults.update(device, await locksFor(keys, pin));
  return true;
}

async function locksFor(
  keys: Keys,
  pin: string,
): Promise<Pick<VaultRow, "salt" | "iterations" | "wrong" | "by_pin">> {
  const salt = random(16);
  const by = await keyOfPin(pin, salt, ITERATIONS);
  const by_pin = { copy: await wrap(keys.copy, by), work: await wrap(keys.work, by) };
  return { salt, iterations: ITERATIONS, wrong: 0, by_pin };
}

async function keepSession(
  device: string,
  work: CryptoKey,
  { token, nik_salt, parcel_key }: Enrolled,
): Promise<void> {
  const base = new VaultBase(device);
  const value = await seal(work, { token, nik_salt, parcel_key }, "session");
  await base.facts.put({ name: "session", value });
  base.close();
}

async function enter(row: VaultRow, keys: Keys): Promise<void> {
  lock();
  const base = new VaultBase(row.device);
  const session = await open<Session>(keys.work, (await base.fact<Bytes>("session")) as Bytes, "session");
  vault.value = new Vault(row, base, keys, session, await openDeviceKey(row.private_key, keys.work));
}

// @vitest-environment node
import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { isGoodPin, keyOfPin } from "../crypto/pin";
import { type Bytes, base64url, random, text } from "../kernel/bytes";
import { newId } from "../kernel/ids";
import type { Enrolled } from "../wire/shapes";
import { phone, VaultBase, type VaultRow } from "./tables";
import { changePin, destroy, emptyRevoked, found, lock, newcomer, restore, unlock, vault } from "./vault";

// A phone takes half a second for its rounds; thirty PINs of these tests need not.
vi.mock("../crypto/pin", async (real) => ({ ...(await real<object>()), ITERATIONS: 1_000 }));

const PIN = "271828";
const OTHER = "314159";

const office = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
const officeKey = base64url(new Uint8Array(await crypto.subtle.exportKey("raw", office.publicKey)));

const given = (secret: string, token = "first"): Enrolled => ({
  token,
  device_id: "",
  agent: {
    id: newId(),
    number: "BKT-001-01",
    name: "Rina",
    branch_code: "BKT",
    branch_name: "",
    village_code: "",
  },
  nik_salt: secret,
  parcel_key: officeKey,
  server_time: "",
});

const secret = base64url(random(32));

/** Rina's phone: a member in the copy, a draft, and a command that waits. */
async function rinasPhone(): Promise<VaultRow> {
  await found(await newcomer(), "rina", "Android", given(secret), PIN);
  const open = vault.value;
  if (!open) throw new Error("not open");
  await open.copy.apply([{ kind: "member", id: "siti", name: "Siti Aminah" }], [], "c1", false);
  await open.drafts.keep("d1", "refer", { name: "Nurdin Basa" });
  await open.commands.enqueue({ kind: "refer_member", entity: newId(), body: { name: "Upik Sari" } });
  return (await phone.vaults.get(open.device)) as VaultRow;
}

beforeEach(async () => {
  for (const { device } of await phone.vaults.toArray()) await destroy(device);
  await phone.parcels.clear();
});

/** Everything that lies on the disk, as a thief would read it. */
async function disk(device: string): Promise<string> {
  const base = new VaultBase(device);
  const rows = await Promise.all(base.tables.map((table) => table.toArray()));
  base.close();
  const readable = (_: string, value: unknown) =>
    value instanceof Uint8Array ? text(value as Bytes) : value;
  return JSON.stringify(rows, readable);
}

test("her PIN opens the vault again, with everything that was in it", async () => {
  const { device } = await rinasPhone();
  lock();
  expect(vault.value).toBeNull();
  expect(await unlock(device, PIN)).toEqual({ is: "open" });
  expect((await vault.value?.copy.one("member", "siti"))?.name).toBe("Siti Aminah");
  expect((await vault.value?.drafts.find<{ name: string }>("d1"))?.value.name).toBe("Nurdin Basa");
  expect(vault.value?.token).toBe("first");
});

test("nothing on the disk names a worker or holds the token", async () => {
  const { device } = await rinasPhone();
  const all = await disk(device);
  for (const word of ["Siti", "Nurdin", "Upik", "first", secret]) expect(all).not.toContain(word);
});

test("nine wrong PINs leave the tenth, a right one forgives them", async () => {
  const { device } = await rinasPhone();
  await phone.vaults.update(device, { wrong: 8 });
  expect(await unlock(device, OTHER)).toEqual({ is: "wrong", left: 1 });
  expect(await unlock(device, PIN)).toEqual({ is: "open" });
  expect((await phone.vaults.get(device))?.wrong).toBe(0);
});

test("a try counts before it is made: a battery pulled in time gives no more of them", async () => {
  const { device } = await rinasPhone();
  const trying = unlock(device, OTHER);
  while (((await phone.vaults.get(device))?.wrong ?? 0) === 0) await Promise.resolve();
  expect((await phone.vaults.get(device))?.wrong).toBe(1);
  await trying;
});

test("the tenth wrong PIN deletes the copy and no work; the office's secret brings the work back", async () => {
  const { device } = await rinasPhone();
  await phone.vaults.update(device, { wrong: 9 });
  expect(await unlock(device, OTHER)).toEqual({ is: "wiped" });
  expect(await unlock(device, PIN)).toEqual({ is: "wiped" });
  const base = new VaultBase(device);
  expect(await base.pages.count()).toBe(0);
  expect(await base.fact("cursor")).toBeUndefined();
  expect([await base.commands.count(), await base.drafts.count()]).toEqual([1, 1]);
  base.close();
  await restore((await phone.vaults.get(device)) as VaultRow, given(secret, "second"), OTHER);
  const open = vault.value;
  const [row] = (await open?.commands.rows()) ?? [];
  expect(row && (await open?.commands.opened(row))?.command.body).toEqual({ name: "Upik Sari" });
  expect(open?.token).toBe("second");
  lock();
  expect(await unlock(device, OTHER)).toEqual({ is: "open" });
});

test("another secret than the office's restores nothing, and destroys nothing", async () => {
  const row = await rinasPhone();
  lock();
  await expect(restore(row, given(base64url(random(32))), OTHER)).rejects.toThrow();
  expect(await unlock(row.device, PIN)).toEqual({ is: "open" });
  expect((await vault.value?.copy.all("member"))?.length).toBe(1);
});

test("a PIN is changed by who knows it", async () => {
  const { device } = await rinasPhone();
  expect(await changePin(device, OTHER, "424242")).toBe(false);
  expect(await changePin(device, PIN, OTHER)).toBe(true);
  lock();
  expect((await unlock(device, PIN)).is).toBe("wrong");
  expect((await unlock(device, OTHER)).is).toBe("open");
});

test("two agents on one phone read nothing of each other", async () => {
  const rina = await rinasPhone();
  await found(await newcomer(), "mira", "Android", given(base64url(random(32))), OTHER);
  expect(await vault.value?.copy.all("member")).toEqual([]);
  expect(await vault.value?.commands.rows()).toEqual([]);
  expect((await unlock(rina.device, OTHER)).is).toBe("wrong");
  expect((await unlock(rina.device, PIN)).is).toBe("open");
  const [row] = (await vault.value?.commands.rows()) ?? [];
  expect(row && (await vault.value?.commands.opened(row))?.command.device).toBe(rina.device);
});

test("a revoked phone is emptied; what was unsent only the office can open", async () => {
  const { device } = await rinasPhone();
  if (vault.value) await emptyRevoked(vault.value);
  expect(vault.value).toBeNull();
  expect(await phone.vaults.count()).toBe(0);
  expect(await indexedDB.databases().then((all) => all.map(({ name }) => name))).not.toContain(
    `perisai-${device}`,
  );
  const [left] = await phone.parcels.toArray();
  expect([left?.commands, left?.agent_name]).toEqual([1, "Rina"]);
  expect(text(left?.bytes as Bytes)).not.toContain("Upik");
});

test("a revoked phone with nothing unsent keeps nothing at all", async () => {
  await found(await newcomer(), "rina", "Android", given(secret), PIN);
  if (vault.value) await emptyRevoked(vault.value);
  expect(await phone.parcels.count()).toBe(0);
});

test.each(["000000", "123456", "654321", "12345", "1234567", "12a456"])("%s is no PIN", (pin) => {
  expect(isGoodPin(pin)).toBe(false);
});

test.each([PIN, "135790", "112233", "246802"])("%s is one", (pin) => {
  expect(isGoodPin(pin)).toBe(true);
});

test("a new vault has as many rounds as OWASP asks for", async () => {
  const { ITERATIONS } = await vi.importActual<typeof import("../crypto/pin")>("../crypto/pin");
  expect(ITERATIONS).toBeGreaterThanOrEqual(600_000);
});

test("the key of a PIN never leaves the browser", async () => {
  const key = await keyOfPin(PIN, random(16), 1);
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
});

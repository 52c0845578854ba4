// @vitest-environment node
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { newKey } from "../crypto/seal";
import { newId } from "../kernel/ids";
import { Blobs } from "./blobs";
import { Commands } from "./commands";
import { Drafts } from "./drafts";
import { VaultBase } from "./tables";

const key = await newKey();

test("of many keystrokes the last one is kept, whatever the disk does meanwhile", async () => {
  const drafts = new Drafts(new VaultBase(newId()), key);
  const typed = "Siti Aminah binti Zulkifli";
  await Promise.all(Array.from(typed, (_, at) => drafts.keep("d", "refer", typed.slice(0, at + 1))));
  expect((await drafts.find<string>("d"))?.value).toBe(typed);
});

test("a keystroke that cannot be written says so, and the next one is written", async () => {
  const base = new VaultBase(newId());
  const drafts = new Drafts(base, key);
  const put = base.drafts.put.bind(base.drafts);
  base.drafts.put = (() => Promise.reject(new DOMException("full", "QuotaExceededError"))) as never;
  await expect(drafts.keep("d", "refer", "S")).rejects.toThrow("full");
  base.drafts.put = put as never;
  await drafts.keep("d", "refer", "Si");
  expect((await drafts.find<string>("d"))?.value).toBe("Si");
});

test("a draft that was dropped while it was written stays dropped", async () => {
  const drafts = new Drafts(new VaultBase(newId()), key);
  const keeping = drafts.keep("d", "refer", "Siti");
  await drafts.drop("d");
  await keeping;
  expect(await drafts.find("d")).toBeUndefined();
});

test("with the command its draft is gone and its picture wanted, all or nothing", async () => {
  const base = new VaultBase(newId());
  const [drafts, commands, blobs] = [
    new Drafts(base, key),
    new Commands(base, key, "d"),
    new Blobs(base, key),
  ];
  const sha = await blobs.put(new Blob(["a card"], { type: "image/jpeg" }));
  await drafts.keep("d1", "refer", { name: "Siti" });
  expect(await blobs.wanted()).toEqual([]);
  const id = await commands.enqueue({
    kind: "refer_member",
    entity: "e",
    body: { photo: sha },
    draft: "d1",
    blobs: [sha],
  });
  expect(await drafts.count()).toBe(0);
  expect((await blobs.wanted()).map((row) => row.sha)).toEqual([sha]);
  expect((await commands.find(id))?.command.seq).toBe(1);
});

test("numbers of one entity are never given twice, also after the first was forgotten", async () => {
  const commands = new Commands(new VaultBase(newId()), key, "d");
  const order = { kind: "change_contact", entity: "siti", body: {} } as const;
  const first = await commands.enqueue(order);
  await commands.settle([
    { id: first, outcome: "refused", code: null, message: null, field: null, also: [], result: {} },
  ]);
  await commands.forget(first);
  const [second, third] = await Promise.all([commands.enqueue(order), commands.enqueue(order)]);
  const seqs = (await Promise.all([second, third].map((id) => commands.find(id)))).map(
    (sent) => sent?.command.seq,
  );
  expect(seqs.sort()).toEqual([2, 3]);
});

test("what waits cannot be forgotten", async () => {
  const commands = new Commands(new VaultBase(newId()), key, "d");
  await commands.forget(await commands.enqueue({ kind: "change_contact", entity: "siti", body: {} }));
  expect(await commands.unsettled()).toHaveLength(1);
});

test("a picture that no command came to name is thrown away after a month, a wanted one never", async () => {
  const base = new VaultBase(newId());
  const [commands, blobs] = [new Commands(base, key, "d"), new Blobs(base, key)];
  const wanted = await blobs.put(new Blob(["wanted"]));
  const idle = await blobs.put(new Blob(["idle"]));
  await commands.enqueue({ kind: "refer_member", entity: "e", body: {}, blobs: [wanted] });
  await blobs.sweep(new Date(Date.now() + 31 * 86_400_000));
  expect([await blobs.find(idle), Boolean(await blobs.find(wanted))]).toEqual([undefined, true]);
});

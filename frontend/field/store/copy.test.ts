// @vitest-environment node
import "fake-indexeddb/auto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newKey } from "../crypto/seal";
import { newId } from "../kernel/ids";
import type { Item } from "../wire/shapes";
import { Copy } from "./copy";
import { VaultBase } from "./tables";

const key = await newKey();
const fresh = () => new VaultBase(newId());

const kinds = ["member", "month", "code", "registration", "village"] as const;
const ids = fc.nat({ max: 30 }).map((number) => `id-${number}`);
const item: fc.Arbitrary<Item> = fc.record({
  kind: fc.constantFrom(...kinds),
  id: ids,
  member_id: fc.constantFrom("siti", "nurdin", "upik"),
  at: fc.nat(),
});
const answer = fc.record({
  items: fc.array(item, { maxLength: 20 }),
  removed: fc.array(fc.record({ kind: fc.constantFrom(...kinds), id: ids }), { maxLength: 5 }),
  reset: fc.constantFrom(false, false, false, true),
});

test("after any answers the copy is what a plain table would be, and stays so when it is opened again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { maxLength: 6 }), async (answers) => {
      const base = fresh();
      const copy = new Copy(base, key);
      const plain = new Map<string, Item>();
      for (const { items, removed, reset } of answers) {
        // A group never moves: the months of a member stay that member's.
        const steady = items.map((each) => ({
          ...each,
          member_id: plain.get(`${each.kind} ${each.id}`)?.member_id ?? each.member_id,
        }));
        const once = [...new Map(steady.map((each) => [`${each.kind} ${each.id}`, each])).values()];
        await copy.apply(once, removed, "c", reset);
        if (reset) plain.clear();
        for (const gone of removed) plain.delete(`${gone.kind} ${gone.id}`);
        for (const each of once) plain.set(`${each.kind} ${each.id}`, each);
      }
      const again = new Copy(base, key);
      for (const kind of kinds) {
        const wanted = [...plain.values()].filter((each) => each.kind === kind);
        const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
        expect([...(await copy.all(kind))].sort(byId)).toEqual(wanted.sort(byId));
        expect([...(await again.all(kind))].sort(byId)).toEqual(wanted.sort(byId));
      }
      copy.close();
      again.close();
    }),
    { numRuns: 60 },
  );
});

test("the months of one member come from one page", async () => {
  const copy = new Copy(fresh(), key);
  await copy.apply(
    ["siti", "siti", "nurdin"].map((member_id, number) => ({ kind: "month", id: `m${number}`, member_id })),
    [],
    "c",
    false,
  );
  expect((await copy.of("month", "siti")).map((row) => row.id)).toEqual(["m0", "m1"]);
  copy.close();
});

test("a page that is put in the place of another does not open", async () => {
  const base = fresh();
  const copy = new Copy(base, key);
  await copy.apply([{ kind: "agent", id: "rina" }], [], "c", false);
  const page = await base.pages.get("agent.0");
  if (page) await base.pages.put({ ...page, name: "message.0" });
  const again = new Copy(base, key);
  await expect(again.all("message")).rejects.toThrow();
  copy.close();
  again.close();
});

test("a kind of a newer office is left out, and harms nothing", async () => {
  const copy = new Copy(fresh(), key);
  await copy.apply(
    [
      { kind: "hologram", id: "x" },
      { kind: "agent", id: "rina" },
    ],
    [{ kind: "toString", id: "x" }],
    "c",
    false,
  );
  expect((await copy.all("agent")).map(({ id }) => id)).toEqual(["rina"]);
  copy.close();
});

test("another tab sees the change", async () => {
  const base = fresh();
  const [here, there] = [new Copy(base, key), new Copy(base, key)];
  expect(await there.all("agent")).toEqual([]);
  await here.apply([{ kind: "agent", id: "rina" }], [], "c", false);
  await expect.poll(async () => (await there.all("agent")).length).toBe(1);
  expect(there.version.value).toBe(1);
  here.close();
  there.close();
});

// @vitest-environment node
import "fake-indexeddb/auto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newKey } from "../crypto/seal";
import { newId } from "../kernel/ids";
import { Commands } from "../store/commands";
import { VaultBase } from "../store/tables";
import type { Answer } from "../wire/client";
import type { Command, Outcome, Verdict } from "../wire/shapes";
import { Sender } from "./send";

type Heard = Answer<{ readonly outcomes: readonly Outcome[] }>;

/** What docs/sync.md promises of the office: each command once, in one step with its outcome. */
class ModelOffice {
  /** What it did, in order: once for each command, whatever the network does. */
  readonly effects: string[] = [];
  readonly #outcomes = new Map<string, { bytes: string; outcome: Outcome }>();
  readonly #came = new Map<string, number>();

  receive(commands: readonly Command[]): Outcome[] {
    return commands.map((command) => this.#once(command));
  }

  #once(command: Command): Outcome {
    const known = this.#outcomes.get(command.id);
    const bytes = JSON.stringify(command);
    if (known) return known.bytes === bytes ? known.outcome : said(command.id, "misuse");
    if (command.seq - 1 !== (this.#came.get(command.entity) ?? 0)) return said(command.id, "held");
    const outcome = said(command.id, (command.body as { verdict: Verdict }).verdict);
    this.#outcomes.set(command.id, { bytes, outcome });
    this.#came.set(command.entity, command.seq);
    this.effects.push(command.id);
    return outcome;
  }
}

const said = (id: string, outcome: Verdict): Outcome => ({
  id,
  outcome,
  code: null,
  message: null,
  field: null,
  also: [],
  result: {},
});

/** What can happen to one call between phone and office. */
type Fate = "fine" | "cut" | "lost" | "late" | "broken" | "too_large" | "twice" | "shuffled" | "halved";

function call(office: ModelOffice, commands: readonly Command[], fate: Fate): Heard {
  const heard = (outcomes: readonly Outcome[]): Heard => ({ ok: true, body: { outcomes }, skew_ms: 0 });
  switch (fate) {
    case "cut":
      return { ok: false, is: "offline" };
    case "broken":
      return { ok: false, is: "server" };
    case "too_large":
      return commands.length > 1 ? { ok: false, is: "too_large" } : heard(office.receive(commands));
    case "lost":
      office.receive(commands);
      return { ok: false, is: "offline" };
    case "late":
      office.receive(commands);
      return { ok: false, is: "timeout" };
    case "twice":
      office.receive(commands);
      return heard(office.receive(commands));
    case "shuffled":
      return heard(office.receive([...commands].reverse()));
    case "halved":
      return heard(office.receive(commands).slice(0, Math.ceil(commands.length / 2)));
    case "fine":
      return heard(office.receive(commands));
  }
}

class PowerLoss extends Error {}

interface World {
  readonly commands: Commands;
  readonly office: ModelOffice;
  now: number;
}

async function world(): Promise<World> {
  const device = newId();
  const commands = new Commands(new VaultBase(device), await newKey(), device);
  return { commands, office: new ModelOffice(), now: 0 };
}

/** A sender as the app makes it; `step` is called before and after each of its steps, and may end it. */
const senderOf = (world: World, post: (commands: readonly Command[]) => Heard, step = () => {}) => {
  const through =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      step();
      const made = await work(...given);
      step();
      return made;
    };
  return new Sender({
    unsettled: through(() => world.commands.unsettled()),
    command: through(async (row) => (await world.commands.opened(row)).command),
    mark: through((ids, change) => world.commands.mark(ids, change)),
    settle: through((outcomes) => world.commands.settle(outcomes)),
    post: through(async (commands) => post(commands)),
    now: () => world.now,
  });
};

/** Fills the outbox: which entity each command is about, and what the office will say. */
async function fill(
  world: World,
  orders: readonly (readonly [entity: number, verdict: Verdict])[],
): Promise<void> {
  const entities = Array.from({ length: 4 }, newId);
  for (const [entity, verdict] of orders) {
    await world.commands.enqueue({
      kind: "change_contact",
      entity: entities[entity] ?? "",
      body: { verdict },
    });
  }
}

const HOURS = 7 * 3_600_000;

/** The phone's day: contacts until nothing is unsettled. Fates and fuses run out, then all is fine. */
async function live(world: World, fates: Fate[], fuses: number[]): Promise<void> {
  for (let contact = 0; (await world.commands.unsettled()).length > 0; contact += 1) {
    if (contact > 200) throw new Error("the outbox never empties");
    let fuse = fuses.shift() ?? Number.POSITIVE_INFINITY;
    const step = () => {
      fuse -= 1;
      if (fuse < 0) throw new PowerLoss();
    };
    const post = (commands: readonly Command[]) => call(world.office, commands, fates.shift() ?? "fine");
    try {
      await senderOf(world, post, step).run();
    } catch (error) {
      if (!(error instanceof PowerLoss)) throw error;
    }
    world.now += HOURS;
  }
}

const orders = fc.array(
  fc.tuple(fc.nat({ max: 3 }), fc.constantFrom<Verdict>("accepted", "in_review", "refused")),
  { minLength: 1, maxLength: 9 },
);
const fates = fc.array(
  fc.constantFrom<Fate>("fine", "cut", "lost", "late", "broken", "too_large", "twice", "shuffled", "halved"),
  { maxLength: 14 },
);
const fuses = fc.array(fc.nat({ max: 40 }), { maxLength: 6 });

test("whatever the network does and whenever the battery dies, it is as if all had been sent once", async () => {
  await fc.assert(
    fc.asyncProperty(orders, fates, fuses, async (wanted, happens, ends) => {
      const bad = await world();
      await fill(bad, wanted);
      await live(bad, [...happens], [...ends]);
      const rows = await bad.commands.rows();
      expect(rows.map((row) => row.state)).toEqual(wanted.map(([, verdict]) => verdict));
      expect([...bad.office.effects].sort()).toEqual(rows.map((row) => row.id).sort());
      const order = new Map(bad.office.effects.map((id, at) => [id, at]));
      for (const row of rows) {
        const before = rows.find((each) => each.entity === row.entity && each.seq === row.seq - 1);
        if (before) expect(order.get(before.id)).toBeLessThan(order.get(row.id) ?? -1);
      }
    }),
    { numRuns: 150 },
  );
});

test("two tabs that send at the same time are as one", async () => {
  await fc.assert(
    fc.asyncProperty(orders, fates, async (wanted, happens) => {
      const shared = await world();
      await fill(shared, wanted);
      const left = [...happens];
      const post = (commands: readonly Command[]) => call(shared.office, commands, left.shift() ?? "fine");
      while ((await shared.commands.unsettled()).length > 0) {
        await Promise.all([senderOf(shared, post).run(), senderOf(shared, post).run()]);
        shared.now += HOURS;
      }
      expect(shared.office.effects).toHaveLength(wanted.length);
      expect((await shared.commands.rows()).map((row) => row.state)).toEqual(
        wanted.map(([, verdict]) => verdict),
      );
    }),
    { numRuns: 40 },
  );
});

test.each(["server", "refused", "too_large"] as const)(
  "a command that breaks every batch (%s) blocks no other",
  async (is) => {
    const one = await world();
    await fill(
      one,
      Array.from({ length: 9 }, (_, at) => [at === 4 ? 3 : at % 3, "accepted"]),
    );
    const poison = (await one.commands.rows())[4]?.id;
    const refusal = { code: "field_wrong", message: "", field: null, also: [] };
    const failure = is === "refused" ? ({ ok: false, is, refusal } as const) : ({ ok: false, is } as const);
    const post = (commands: readonly Command[]): Heard =>
      commands.some(({ id }) => id === poison) ? failure : call(one.office, commands, "fine");
    expect(await senderOf(one, post).run()).toEqual({ ok: true });
    const left = await one.commands.unsettled();
    expect(left.map((row) => [row.id, row.state, row.tries])).toEqual([[poison, "waiting", 1]]);
    expect(left[0]?.not_before).toBe(30_000);
  },
);

test("an office that is down is asked a few times, not once for each command", async () => {
  const one = await world();
  await fill(
    one,
    Array.from({ length: 60 }, (_, at) => [at % 4, "accepted"]),
  );
  let calls = 0;
  const run = await senderOf(one, () => {
    calls += 1;
    return { ok: false, is: "server" };
  }).run();
  expect(run).toEqual({ ok: false, is: "server" });
  expect(calls).toBeLessThan(10);
});

test("a batch has at most 200 commands", async () => {
  const one = await world();
  await fill(
    one,
    Array.from({ length: 230 }, (_, at) => [at % 4, "accepted"]),
  );
  const sizes: number[] = [];
  await senderOf(one, (commands) => {
    sizes.push(commands.length);
    return call(one.office, commands, "fine");
  }).run();
  expect(sizes).toEqual([200, 30]);
});

test("a held command stays, and goes again at the next contact", async () => {
  const one = await world();
  await fill(one, [[0, "accepted"]]);
  const [row] = await one.commands.rows();
  const held = (commands: readonly Command[]): Heard => ({
    ok: true,
    body: { outcomes: commands.map(({ id }) => said(id, "held")) },
    skew_ms: 0,
  });
  await senderOf(one, held).run();
  expect((await one.commands.rows())[0]?.state).toBe("held");
  await live(one, [], []);
  expect(one.office.effects).toEqual([row?.id]);
});

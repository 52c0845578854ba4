import { expect, test } from "vitest";
import type { LineRow, StatementRow } from "../../wire/shapes";
import { inOrder, monthsOf } from "./periods";

const line = (id: string, period: string, agent_idr: number, posted_at = "2026-11-05") =>
  ({ id, period, agent_idr, posted_at }) as LineRow;
const statement = {
  id: "s",
  period: "2026-09",
  agent_idr: 5520,
  tax_idr: 138,
  net_idr: 5382,
} as StatementRow;

test("the running month stands first, also before its first line", () => {
  expect(monthsOf([], [], "2026-11")).toEqual([
    { period: "2026-11", agent_idr: 0, lines: 0, statement: null },
  ]);
});

test("a month is the sum of its lines, corrections taken off, beside the office's statement", () => {
  const lines = [
    line("a", "2026-10", 5520),
    line("b", "2026-10", -5520),
    line("c", "2026-10", 1840),
    line("d", "2026-09", 5520),
  ];
  expect(
    monthsOf(lines, [statement], "2026-11").map(({ period, agent_idr, lines }) => [period, agent_idr, lines]),
  ).toEqual([
    ["2026-11", 0, 0],
    ["2026-10", 1840, 3],
    ["2026-09", 5520, 1],
  ]);
  expect(monthsOf(lines, [statement], "2026-11").at(-1)?.statement).toBe(statement);
});

test("lines stand as they were posted", () => {
  const lines = [line("b", "2026-10", 1, "2026-11-06"), line("a", "2026-10", 1, "2026-11-05")];
  expect(inOrder(lines).map(({ id }) => id)).toEqual(["a", "b"]);
});

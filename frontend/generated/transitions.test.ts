import { expect, test } from "vitest";
import * as transitions from "./transitions";

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;
const tables = Object.entries(transitions) as unknown as [string, Table][];

test("there are tables", () => {
  expect(tables.map(([name]) => name)).toContain("REGISTRATION_MOVES");
});

test.each(tables)("%s leads to states that it knows, and ends", (_, table) => {
  const states = Object.keys(table);
  const reached = Object.values(table).flatMap((moves) => Object.values(moves));
  expect(states).toEqual(expect.arrayContaining(reached));
  expect(states.some((state) => Object.keys(table[state] ?? {}).length === 0)).toBe(true);
});

test("a completed registration stays completed, a submitted one may be approved", () => {
  expect(transitions.REGISTRATION_MOVES.completed).toEqual({});
  expect(transitions.REGISTRATION_MOVES.submitted.approve).toBe("approved");
});

import { expect, test } from "vitest";
import { clockIsWrong, isFull } from "./trouble";

const now = new Date("2026-11-24T08:00:00Z");

test.each([
  ["right", "2026-11-20", null, false],
  ["right since the last contact an hour ago", "2026-11-20", new Date("2026-11-24T07:00:00Z"), false],
  ["a little behind the last contact", "2026-11-20", new Date("2026-11-24T20:00:00Z"), false],
  ["days before the last contact", "2026-11-20", new Date("2026-11-27T08:00:00Z"), true],
  ["before this version was built", "2027-03-01", null, true],
  ["on the eve of the building day, in another zone", "2026-11-25", null, false],
])("a clock that stands %s", (_, built, last, wrong) => {
  expect(clockIsWrong(now, built, last)).toBe(wrong);
});

test("a full phone is known, bare and inside Dexie's own error", () => {
  expect(isFull(new DOMException("", "QuotaExceededError"))).toBe(true);
  expect(isFull({ name: "AbortError", inner: { name: "QuotaExceededError" } })).toBe(true);
  expect(isFull(new DOMException("", "AbortError"))).toBe(false);
  expect(isFull(null)).toBe(false);
});

import { expect, test } from "vitest";
import { accidentDeathBenefit, deathBenefit, scholarship } from "./benefits";

test("the sums of domain 3.1: 24 million in 2017, 42 million since December 2019", () => {
  expect(deathBenefit("2017-10-01")).toEqual({
    lump: 16_200_000,
    periodic: 4_800_000,
    funeral: 3_000_000,
    total: 24_000_000,
  });
  expect(deathBenefit("2019-12-01").total).toBe(24_000_000);
  expect(deathBenefit("2019-12-02").total).toBe(42_000_000);
});

test("death by work accident is 48 months of the base, with the months and the funeral beside", () => {
  expect(accidentDeathBenefit(1_000_000, "2026-11-24")).toMatchObject({
    lump: 48_000_000,
    total: 70_000_000,
  });
});

test("a small base is lifted to the sum of JKM", () => {
  expect(accidentDeathBenefit(100_000, "2026-11-24").lump).toBe(20_000_000);
});

test("two children from kindergarten to university: 174 million at most", () => {
  expect(scholarship("2026-11-24")).toEqual({
    perChild: 87_000_000,
    children: 2,
    total: 174_000_000,
    paidYears: 3,
  });
  expect(scholarship("2017-10-01")).toMatchObject({ perChild: 12_000_000, children: 1, total: 12_000_000 });
});

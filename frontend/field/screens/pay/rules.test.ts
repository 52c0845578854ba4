import { expect, test } from "vitest";
import { rulesOf } from "./rules";

const named = (period: string, line_kind: string, rate: string | null = null) =>
  rulesOf({ period, line_kind, rate }).map(({ rule, value }) => [rule.replace("incentive.", ""), value]);

test("the formula of 2017 has one threshold, one sum, and the Wadah's part", () => {
  expect(named("2017-10", "acquisition")).toEqual([
    ["regime_2017.threshold", 50],
    ["regime_2017.acquisition", 500_000],
    ["regime_2017.wadah_share", [1, 10]],
  ]);
  expect(named("2017-10", "contribution", "0.075")[0]).toEqual(["regime_2017.contribution_rate", [3, 40]]);
});

test("the formula of 2022 has a share for each age of the care", () => {
  expect(named("2026-11", "acquisition")).toHaveLength(3);
  expect(named("2026-11", "contribution", "0.15")).toEqual([["regime_2022.contribution_rate", [3, 20]]]);
  expect(named("2026-11", "contribution", "0.05")).toEqual([["regime_2022.contribution_rate", [1, 20]]]);
  expect(named("2026-11", "contribution", null)).toEqual([["regime_2022.contribution_rate", [0, 1]]]);
});

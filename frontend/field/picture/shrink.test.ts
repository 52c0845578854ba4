import { expect, test } from "vitest";
import { fitted } from "./shrink";

test.each([
  [4000, 3000, 1600, [1600, 1200]],
  [3000, 4000, 1600, [1200, 1600]],
  [640, 480, 1600, [640, 480]],
  [8000, 1, 480, [480, 1]],
] as const)("%i × %i within %i", (width, height, side, expected) => {
  expect(fitted(width, height, side)).toEqual(expected);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const HERE = import.meta.dirname;

/** The phone's colours, light or dark: the office's with the phone's over them. */
function colours(dark: boolean): Record<string, string> {
  const found: Record<string, string> = {};
  for (const file of ["../../office/tokens.css", "tokens.css"]) {
    const [light = "", night = ""] = readFileSync(join(HERE, file), "utf8").split(
      "@media (prefers-color-scheme: dark)",
    );
    for (const part of dark ? [light, night] : [light]) {
      for (const [, name = "", value = ""] of part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g))
        found[name] = value;
    }
  }
  return found;
}

/** Relative luminance of WCAG 2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Text, and what it stands on. */
const PAIRS = [
  ...["ink", "muted", "green", "green-deep", "amber", "red", "blue"].flatMap((text) =>
    ["paper", "card"].map((under) => [text, under] as const),
  ),
  ["on-green", "green"],
  ["ink", "sunk"],
  ["muted", "sunk"],
  ["green-deep", "green-tint"],
  ["amber", "amber-tint"],
  ["red", "red-tint"],
  ["blue", "blue-tint"],
  ["ink", "green-tint"],
  ["muted", "green-tint"],
] as const;

test.each([false, true])("text can be read in the sun: 7:1 everywhere (dark: %s)", (dark) => {
  const all = colours(dark);
  const weak = PAIRS.filter(([text, under]) => contrast(all[text] ?? "", all[under] ?? "") < 7).map(
    ([text, under]) => `${text} on ${under}: ${contrast(all[text] ?? "", all[under] ?? "").toFixed(2)}`,
  );
  expect(weak).toEqual([]);
});

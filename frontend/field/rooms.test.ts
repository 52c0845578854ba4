import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const HERE = import.meta.dirname;

/** From the ground up. A room may use those before it, and itself. */
const FLOORS = "kernel law i18n wire crypto find picture slip store outbox sync parts screens shell".split(
  " ",
);

const sources = (): string[] =>
  readdirSync(HERE, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path),
  );

const roomOf = (path: string): string => path.split("/")[0] ?? "";

/** Files of the app that a file imports, from the folder of the app. */
function imports(path: string): string[] {
  const text = readFileSync(join(HERE, path), "utf8");
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((found) => found[1] ?? "");
  return named
    .map((name) => relative(HERE, resolve(HERE, dirname(path), name)))
    .filter((each) => !each.startsWith(".."));
}

test("every room has its floor, and its line in the README", () => {
  const rooms = new Set(
    sources()
      .map(roomOf)
      .filter((room) => !/\.tsx?$/.test(room)),
  );
  expect([...rooms].filter((room) => !FLOORS.includes(room))).toEqual([]);
  const readme = readFileSync(join(HERE, "README.md"), "utf8");
  expect([...rooms].filter((room) => !readme.includes(`| \`${room}\` |`))).toEqual([]);
});

test("imports go down only", () => {
  const upward = sources()
    .filter((path) => path.includes("/"))
    .flatMap((path) => {
      const floor = FLOORS.indexOf(roomOf(path));
      return imports(path)
        .filter((other) => FLOORS.indexOf(roomOf(other)) > floor || !other.includes("/"))
        .map((other) => `${path} imports ${other}`);
    });
  expect(upward).toEqual([]);
});

test("the law and the kernel know neither screens nor stores", () => {
  const pure = sources().filter((path) => ["law", "kernel"].includes(roomOf(path)));
  const impure = pure.filter((path) => /from "(preact|dexie)/.test(readFileSync(join(HERE, path), "utf8")));
  expect(impure).toEqual([]);
});

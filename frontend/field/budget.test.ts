// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

/** The build that `make setup` left; sizes are gzipped, as they cross the network. */
const BUILT = join(import.meta.dirname, "../../src/perisai/web/static/built/field");

const KB = 1_000;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const size = (file: string): number => gzipSync(readFileSync(join(BUILT, file))).length;

const manifest = (): Record<string, Chunk> => JSON.parse(readFileSync(join(BUILT, "manifest.json"), "utf8"));

/** The page's own script with everything that it imports at once. */
function firstLoad(name: string, chunks: Record<string, Chunk>, seen = new Set<string>()): Set<string> {
  if (!seen.has(name)) {
    seen.add(name);
    for (const other of chunks[name]?.imports ?? []) firstLoad(other, chunks, seen);
  }
  return seen;
}

test("the app is built", () => {
  expect(existsSync(join(BUILT, "sw.js"))).toBe(true);
});

test("the first load is at most 120 KB of script and 12 KB of style", () => {
  const chunks = manifest();
  const first = [...firstLoad("index.html", chunks)].map((name) => chunks[name] as Chunk);
  const script = first.reduce((sum, { file }) => sum + size(file), 0);
  const style = new Set(first.flatMap(({ css }) => css ?? []));
  expect(script).toBeGreaterThan(10 * KB);
  expect(script).toBeLessThanOrEqual(120 * KB);
  expect([...style].reduce((sum, file) => sum + size(file), 0)).toBeLessThanOrEqual(12 * KB);
});

test("everything that works offline, with face and service worker, is at most 200 KB", () => {
  const assets = readdirSync(join(BUILT, "assets"))
    .filter((name) => /\.(js|css)$|-latin-wght-.*woff2$/.test(name))
    .map((name) => `assets/${name}`);
  expect([...assets, "sw.js"].reduce((sum, file) => sum + size(file), 0)).toBeLessThanOrEqual(200 * KB);
});

/**
 * A village found by its name, with no signal and no care for spelling, in the territory that the office sent down.
 * Words beyond the name (its district, its regency) pick the right one among namesakes.
 */
import { Dictionary } from "./likeness";

export interface Place {
  readonly code: string;
  readonly name: string;
  /** The village, its district, regency and province: `Koto Tinggi, Baso, Agam, Sumatera Barat`. */
  readonly path: string;
}

export interface Atlas<P extends Place> {
  readonly places: readonly {
    readonly place: P;
    readonly name: readonly string[];
    readonly path: readonly string[];
  }[];
  readonly words: Dictionary;
}

const GENERIC = new Set([
  "nagari",
  "desa",
  "kelurahan",
  "kel",
  "kecamatan",
  "kec",
  "kabupaten",
  "kab",
  "prov",
]);
const IN_PATH = 0.8;
const ALIKE = 0.5;
const GOOD_ENOUGH = 0.3;

/** Lower-case ASCII letters and digits, single blanks; an apostrophe vanishes: `puuk` finds `Pu'uk`. */
export const placeKey = (name: string): string =>
  (
    name
      .toLowerCase()
      .replaceAll(/['’‘`"]/g, "")
      .normalize("NFKD")
      .replaceAll(/\P{ASCII}/gu, "")
      .match(/[a-z0-9]+/g) ?? []
  ).join(" ");

/** Made once for a territory; a thousand villages hold some hundred different words. */
export function atlasOf<P extends Place>(places: readonly P[]): Atlas<P> {
  const keyed = places.map((place) => {
    const name = placeKey(place.name).split(" ");
    const [, ...above] = place.path.split(", ");
    return { place, name, path: placeKey(above.join(" ")).split(" ").filter(Boolean) };
  });
  return {
    places: keyed,
    words: new Dictionary(keyed.flatMap(({ name, path }) => [...name, ...path])),
  };
}

/** The likeliest places first; none for less than two letters. A code, or the beginning of one, finds by code. */
export function placesLike<P extends Place>(atlas: Atlas<P>, typed: string, limit = 8): P[] {
  const text = typed.trim();
  if (/^\d{2}[\d.]*$/.test(text)) {
    return atlas.places
      .filter(({ place }) => place.code.startsWith(text))
      .slice(0, limit)
      .map(({ place }) => place);
  }
  const asked = placeKey(text).split(" ").filter(Boolean).slice(0, 8);
  if (!asked.some((word) => word.length > 1)) return [];
  const meant = asked.map((word) => atlas.words.like(word, ALIKE));
  return atlas.places
    .map(({ place, name, path }) => ({ place, score: score(asked, meant, name, path) }))
    .filter(({ score }) => score >= GOOD_ENOUGH)
    .sort((one, other) => other.score - one.score || one.place.path.localeCompare(other.place.path))
    .slice(0, limit)
    .map(({ place }) => place);
}

/** How much of what was typed is found, times, for half, how much of the name was typed. */
function score(
  asked: readonly string[],
  meant: readonly Map<string, number>[],
  name: readonly string[],
  path: readonly string[],
): number {
  const hit = new Map<string, number>();
  let found = 0;
  let typed = 0;
  for (const [at, word] of asked.entries()) {
    const close = (of: string) => meant[at]?.get(of) ?? 0;
    const inName = name.reduce((best, each) => (close(each) > close(best) ? each : best), name[0] ?? "");
    const best = Math.max(close(inName), ...path.map((each) => close(each) * IN_PATH));
    if (!best && GENERIC.has(word)) continue;
    if (close(inName)) hit.set(inName, Math.max(hit.get(inName) ?? 0, close(inName)));
    found += best * word.length;
    typed += word.length;
  }
  const letters = name.reduce((sum, word) => sum + word.length, 0);
  if (!typed || !letters) return 0;
  const covered = [...hit].reduce((sum, [word, close]) => sum + close * word.length, 0) / letters;
  return ((found / typed) * (1 + covered)) / 2;
}

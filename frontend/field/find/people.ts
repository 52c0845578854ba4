/**
 * Members found by part of a name, begun, misspelt or in old spelling, or by a number typed in full. The index is made
 * once for a copy: a dictionary of all words says what each typed word may have meant, and only those words are looked up.
 */
import { heardAs, searchKey } from "../law/names";
import { Dictionary } from "./likeness";

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly nik_tag: string;
}

export interface People<P extends Named> {
  readonly all: readonly P[];
  readonly byNumber: ReadonlyMap<string, P>;
  readonly byTag: ReadonlyMap<string, P>;
  /** Every word of a name, the words that are heard alike, and the places in `all` of those who carry a word. */
  readonly dictionary: Dictionary;
  readonly heard: ReadonlyMap<string, readonly string[]>;
  readonly carriers: ReadonlyMap<string, readonly number[]>;
}

const MOST_WORDS = 6;
const AS_HEARD = 0.97;
const ALIKE = 0.5;

export function peopleOf<P extends Named>(rows: readonly P[]): People<P> {
  const { compare } = new Intl.Collator("id");
  const all = [...rows].sort((one, other) => compare(one.name, other.name));
  const carriers = new Map<string, number[]>();
  for (const [place, { name }] of all.entries()) {
    for (const word of new Set(searchKey(name).split(" "))) {
      const known = carriers.get(word);
      if (known) known.push(place);
      else carriers.set(word, [place]);
    }
  }
  const heard = new Map<string, string[]>();
  for (const word of carriers.keys()) {
    const sound = heardAs(word);
    heard.set(sound, [...(heard.get(sound) ?? []), word]);
  }
  return {
    all,
    carriers,
    heard,
    dictionary: new Dictionary(carriers.keys()),
    byNumber: new Map(all.map((each) => [each.number, each])),
    byTag: new Map(all.map((each) => [each.nik_tag, each])),
  };
}

/** The likeliest first. Eleven digits are a member number; for sixteen ask `byTag` with the tag of the NIK. */
export function peopleLike<P extends Named>(people: People<P>, typed: string, limit = 50): P[] {
  const digits = typed.replaceAll(/[ .]/g, "");
  if (/^\d+$/.test(digits)) {
    const found = people.byNumber.get(digits);
    return found
      ? [found]
      : people.all.filter(({ number }) => digits.length > 2 && number.startsWith(digits)).slice(0, limit);
  }
  const asked = searchKey(typed).split(" ").filter(Boolean).slice(0, MOST_WORDS);
  if (asked.length === 0) return people.all.slice(0, limit);
  const scores = asked.map((word) => carriersOf(people, word)).reduce(bothOf);
  return [...scores]
    .sort(([one, mine], [other, theirs]) => theirs - mine || one - other)
    .slice(0, limit)
    .flatMap(([place]) => people.all[place] ?? []);
}

/** Who carries a word that the typed one may stand for: place to closeness, above 0 and at most 1. */
function carriersOf<P extends Named>(people: People<P>, typed: string): Map<number, number> {
  const meant = people.dictionary.like(typed, ALIKE);
  for (const word of people.heard.get(heardAs(typed)) ?? []) if (word !== typed) meant.set(word, AS_HEARD);
  const found = new Map<number, number>();
  for (const [word, close] of meant) {
    for (const place of people.carriers.get(word) ?? []) {
      if ((found.get(place) ?? 0) < close) found.set(place, close);
    }
  }
  return found;
}

/** Who carries a word for each: places that stand in both, with the sum of their closeness. */
function bothOf(some: Map<number, number>, others: Map<number, number>): Map<number, number> {
  const found = new Map<number, number>();
  for (const [place, close] of some) {
    const other = others.get(place);
    if (other !== undefined) found.set(place, close + other);
  }
  return found;
}

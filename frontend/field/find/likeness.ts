/** How alike two words are: the measure of `regions/rules.py`. */

/** A word with its pairs of neighbouring letters, made once for words that are compared often. */
export interface Shape {
  readonly word: string;
  readonly pairs: ReadonlySet<string>;
}

const ALMOST_THE_SAME = 0.98;

export function shapeOf(word: string): Shape {
  const edged = `^${word}$`;
  return {
    word,
    pairs: new Set(Array.from({ length: edged.length - 1 }, (_, at) => edged.slice(at, at + 2))),
  };
}

/**
 * 1 for the same word, 0 for nothing in common; for others the share of neighbouring letters that agree (Dice). A word
 * that was only begun counts as at least half of it and more with each letter.
 */
export function closeness(typed: Shape, other: Shape): number {
  if (typed.word === other.word) return 1;
  let alike = 0;
  for (const pair of typed.pairs) if (other.pairs.has(pair)) alike += 1;
  const begun = other.word.startsWith(typed.word) ? (1 + typed.word.length / other.word.length) / 2 : 0;
  return Math.min(Math.max((2 * alike) / (typed.pairs.size + other.pairs.size), begun), ALMOST_THE_SAME);
}

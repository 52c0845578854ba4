/** How alike two words are: the measure of `regions/rules.py`. */

const ALMOST_THE_SAME = 0.98;

/** Known words by their pairs of letters, so that a typed one is compared only with those that share a pair with it. */
export class Dictionary {
  readonly #holding = new Map<string, string[]>();
  readonly #pairs = new Map<string, number>();

  constructor(words: Iterable<string>) {
    for (const word of new Set(words)) {
      const pairs = pairsOf(word);
      this.#pairs.set(word, pairs.size);
      for (const pair of pairs) {
        const known = this.#holding.get(pair);
        if (known) known.push(word);
        else this.#holding.set(pair, [word]);
      }
    }
  }

  /** The words that the typed one may stand for, each at least so close. */
  like(typed: string, least: number): Map<string, number> {
    const shared = new Map<string, number>();
    const asked = pairsOf(typed);
    for (const pair of asked) {
      for (const word of this.#holding.get(pair) ?? []) shared.set(word, (shared.get(word) ?? 0) + 1);
    }
    const found = new Map<string, number>();
    for (const [word, alike] of shared) {
      const close = measured(typed, word, (2 * alike) / (asked.size + (this.#pairs.get(word) ?? 0)));
      if (close >= least) found.set(word, close);
    }
    return found;
  }
}

/**
 * 1 for the same word, 0 for nothing in common; for others the share of neighbouring letters that agree (Dice). A word
 * that was only begun counts as at least half of it and more with each letter.
 */
function measured(typed: string, word: string, dice: number): number {
  if (typed === word) return 1;
  const begun = word.startsWith(typed) ? (1 + typed.length / word.length) / 2 : 0;
  return Math.min(Math.max(dice, begun), ALMOST_THE_SAME);
}

/** `^ba`, `ar`, … with the edges of the word, each once. */
function pairsOf(word: string): Set<string> {
  const edged = `^${word}$`;
  return new Set(Array.from({ length: edged.length - 1 }, (_, at) => edged.slice(at, at + 2)));
}

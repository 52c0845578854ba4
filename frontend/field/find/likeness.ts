/** How alike two words are: the measure of `regions/rules.py`. */

const ALMOST_THE_SAME = 0.98;

/**
 * 1 for the same word, 0 for nothing in common; for others the share of neighbouring letters that agree (Dice). A word
 * that was only begun counts as at least half of it and more with each letter.
 */
export function closeness(typed: string, word: string): number {
  if (typed === word) return 1;
  const mine = pairs(typed);
  const theirs = pairs(word);
  let alike = 0;
  for (const pair of mine) if (theirs.has(pair)) alike += 1;
  const begun = word.startsWith(typed) ? (1 + typed.length / word.length) / 2 : 0;
  return Math.min(Math.max((2 * alike) / (mine.size + theirs.size), begun), ALMOST_THE_SAME);
}

function pairs(word: string): Set<string> {
  const edged = `^${word}$`;
  return new Set(Array.from({ length: edged.length - 1 }, (_, at) => edged.slice(at, at + 2)));
}

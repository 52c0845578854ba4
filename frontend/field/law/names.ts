/** Names of people as cards spell them and as ears hear them: `kernel/names.py`. */
const HEARD: readonly (readonly [written: string, sound: string])[] = [
  ["oe", "u"],
  ["dj", "j"],
  ["tj", "c"],
  ["sj", "s"],
  ["sy", "s"],
  ["ch", "h"],
  ["kh", "h"],
  ["th", "t"],
  ["dh", "d"],
  ["ph", "f"],
  ["v", "f"],
  ["q", "k"],
  ["x", "ks"],
  ["z", "s"],
  ["y", "i"],
];

/** Unicode composed, control characters gone, runs of blanks made one; spelling untouched. */
export const tidy = (name: string): string =>
  wordsOf(name.normalize("NFC").replaceAll(/\p{C}/gu, "")).join(" ");

/** Lower-case ASCII letters and single blanks: what two spellings of one name share at least. */
export function searchKey(name: string): string {
  const plain = name
    .replaceAll(/['’]/g, "")
    .normalize("NFKD")
    .replaceAll(/\P{ASCII}/gu, "");
  return wordsOf(plain.toLowerCase().replaceAll(/[^a-z ]+/g, " ")).join(" ");
}

/** Old and new spellings fall together: Soekarno/Sukarno, Djoko/Joko, Syafri/Safri, Aminah/Amina. */
export function heardAs(name: string): string {
  return wordsOf(searchKey(name)).map(sound).join(" ");
}

/** `S*** A*****`: enough for the owner to recognise, too little for a stranger. */
export function masked(name: string): string {
  return wordsOf(name)
    .map((word) => [...word])
    .map(([first = "", ...rest]) => first + "*".repeat(rest.length))
    .join(" ");
}

function sound(word: string): string {
  const spoken = HEARD.reduce((text, [written, heard]) => text.replaceAll(written, heard), word);
  const single = spoken.replaceAll(/(.)\1+/g, "$1");
  return single.length > 3 && single.endsWith("h") ? single.slice(0, -1) : single;
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

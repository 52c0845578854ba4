import { signal } from "@preact/signals";

export type Language = "id" | "en";

const KEPT = "perisai:language";

/** The language that this phone speaks; a component that reads it is drawn again when it changes. */
export const language = signal<Language>(localStorage.getItem(KEPT) === "en" ? "en" : "id");

export function speak(chosen: Language): void {
  language.value = chosen;
  localStorage.setItem(KEPT, chosen);
  document.documentElement.lang = chosen;
}

// biome-ignore lint/suspicious/noExplicitAny: a sentence may take whatever it speaks of.
type Sentence = string | ((...about: any[]) => string);

type Also<T> = {
  readonly [K in keyof T]: T[K] extends (...about: infer A) => string ? (...about: A) => string : string;
};

/**
 * The words of one screen: Indonesian first, English complete. A sentence that is missing on either side, or takes
 * other facts, does not compile. Call the result while drawing: it answers in the language of the moment.
 */
export function words<T extends Record<string, Sentence>>(id: T, en: Also<T>): () => Also<T> {
  return () => (language.value === "en" ? en : (id as unknown as Also<T>));
}

/** What the rules of the phone refuse, in the server's own words (`kernel/errors.py`). */
import { REFUSALS, type RefusalCode } from "../../generated/refusals";

export type Language = "id" | "en";
export type Facts = Readonly<Record<string, string | number>>;

export class Refused extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly field: string,
    readonly facts: Facts = {},
  ) {
    super(code);
  }

  /** The sentence for a reader: what happened, why, what to do next. */
  in(language: Language): string {
    return sentence(this.code, language, this.facts);
  }
}

export function sentence(code: RefusalCode, language: Language, facts: Facts = {}): string {
  return REFUSALS[code][language === "en" ? 1 : 0].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(facts[name] ?? ""),
  );
}

/** Every amount opens its calculation and its law: which rule, since when, where it stands, how sure we are. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { day, month, rupiah } from "../i18n/formats";
import { language, words } from "../i18n/words";
import type { CodeAmount } from "../law/contribution";
import type { Confidence, Rate, Value } from "../law/rulebook";
import { Button, Chip, Sheet } from "../parts/parts";
import { useAnswer } from "../parts/use";
import { PROGRAMMES } from "./terms";

const WORDS = words(
  {
    show: "Lihat hitungan dan aturannya",
    title: "Hitungan dan aturan",
    total: "Jumlah",
    base: "Dasar",
    rules: "Aturan yang dipakai",
    since: (on: string) => `berlaku sejak ${on}`,
    high: "sumbernya pasti",
    medium: "sumbernya cukup kuat",
    low: "sumbernya lemah",
  },
  {
    show: "See the calculation and its law",
    title: "Calculation and law",
    total: "Total",
    base: "Base",
    rules: "Rules that were used",
    since: (on: string) => `in force since ${on}`,
    high: "well sourced",
    medium: "fairly sourced",
    low: "weakly sourced",
  },
);

export interface Named extends Value<number | Rate> {
  readonly rule: string;
}

/** A button that opens the months of a code line by line with every figure of the rulebook that went in. */
export function PriceLaw({ amount }: { readonly amount: CodeAmount }): JSX.Element {
  const [open, setOpen] = useState(false);
  const said = WORDS();
  const rules = new Map(
    amount.months
      .flatMap(({ contribution }) => contribution.rules)
      .map((each) => [`${each.rule} ${each.since}`, each]),
  );
  return (
    <>
      <Button icon="info" onClick={() => setOpen(true)}>
        {said.show}
      </Button>
      {open && (
        <Sheet title={said.title} onClose={() => setOpen(false)}>
          {amount.months.map((each) => (
            <MonthLines key={each.month} {...each} />
          ))}
          <p class="sum">
            <strong>{said.total}</strong>
            <strong>{rupiah(amount.total)}</strong>
          </p>
          <h3>{said.rules}</h3>
          <RuleList rules={[...rules.values()]} />
        </Sheet>
      )}
    </>
  );
}

function MonthLines({ month: written, contribution }: CodeAmount["months"][number]): JSX.Element {
  const said = WORDS();
  return (
    <table class="lines">
      <caption>
        {month(written)} · {said.base} {rupiah(contribution.base)}
      </caption>
      <tbody>
        {(["jkk", "jkm", "jht"] as const)
          .filter((programme) => contribution[programme] > 0)
          .map((programme) => (
            <tr key={programme}>
              <th scope="row">{PROGRAMMES()[programme]}</th>
              <td>{rupiah(contribution[programme])}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** The words of the rulebook are a file of their own: nobody who only works needs them. */
export function RuleList({ rules }: { readonly rules: readonly Named[] }): JSX.Element {
  const told = useAnswer(async () => (await import("../../generated/rulebook_words")).TOLD, []);
  const said = WORDS();
  const english = language.value === "en" ? 1 : 0;
  return (
    <ul class="rules">
      {rules.map((each) => {
        const [id, en, doubtId, doubtEn] = told?.[each.rule] ??
          told?.[each.rule.replace(/\.[^.]*$/, "")] ?? ["", ""];
        const doubt = english ? doubtEn : doubtId;
        return (
          <li key={`${each.rule} ${each.since}`}>
            <strong>
              {english ? en : id}: {figure(each)}
            </strong>
            <span>
              {each.reference}, {said.since(day(each.since))}
            </span>
            <Sure confidence={each.confidence} />
            {each.confidence !== "high" && doubt && <span class="quiet">{doubt}</span>}
          </li>
        );
      })}
    </ul>
  );
}

export function Sure({ confidence }: { readonly confidence: Confidence }): JSX.Element {
  const tone = confidence === "high" ? "good" : "soon";
  return (
    <Chip tone={tone} icon={confidence === "high" ? "check" : "alert"}>
      {WORDS()[confidence]}
    </Chip>
  );
}

function figure({ rule, value }: Named): string {
  if (typeof value !== "number") return percent(value);
  return /day|month|age|threshold|years|children/.test(rule) && !rule.endsWith("_month")
    ? String(value)
    : rupiah(value);
}

/** `7,5 %` or `7.5%`, exactly: a fraction of integers whose denominator divides a power of ten. */
export function percent([numerator, denominator]: Rate): string {
  const figure = String((numerator * 100) / denominator);
  return language.value === "en" ? `${figure}%` : `${figure.replace(".", ",")} %`;
}

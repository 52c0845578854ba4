/** The phone computes the same rupiah: every row of the file that pytest holds against the server's rules. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import type { Funding, Programme, Sector, Segment } from "../../generated/choices";
import { accidentDeathBenefit, deathBenefit, scholarship } from "./benefits";
import { codeAmount, contributionOf, dueOn, isLapsed, lapseStarts, missedMonths } from "./contribution";
import { incentiveOf } from "./incentive";
import { heardAs, masked, searchKey, tidy } from "./names";
import { differences, hints, maskNik, parseNik } from "./nik";
import { checkDigit, readPhone } from "./numbers";
import { ageOn } from "./period";
import { Refused } from "./refused";

// biome-ignore lint/suspicious/noExplicitAny: a row holds texts, numbers, nulls and lists by its place
type Row = any[];
const file = resolve(import.meta.dirname, "../../generated/vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as Record<string, Row[]>;
const packageOf = (text: string) => text.split(" ") as Programme[];

/** How many leading cells of a row are asked, and how the phone answers them; the other cells are the server's. */
const ANSWERS: Record<string, readonly [asked: number, answer: (...asked: Row) => unknown[]]> = {
  contribution: [
    6,
    (income: number, programmes: string, month: string, sector: Sector, fundedBy: Funding, paidThrough) => {
      const price = contributionOf(
        { income, programmes: packageOf(programmes), sector, fundedBy, paidThrough },
        month,
      );
      return [price.jkk, price.jkm, price.jht, price.base];
    },
  ],
  code: [
    5,
    (first: string, months: number, income: number, programmes: string, sector: Sector) => [
      codeAmount({ income, programmes: packageOf(programmes), sector }, first, months).total,
    ],
  ],
  lapse: [
    2,
    (last: string, today: string) => [
      missedMonths(last, today).length,
      isLapsed(last, today),
      lapseStarts(last),
      dueOn(last),
    ],
  ],
  benefit: [
    2,
    (day: string, base: number) => {
      const death = deathBenefit(day);
      const accident = accidentDeathBenefit(base, day);
      const { perChild, total } = scholarship(day);
      return [
        death.lump,
        death.periodic,
        death.funeral,
        death.total,
        accident.lump,
        accident.total,
        perChild,
        total,
      ];
    },
  ],
  age: [2, (bornOn: string, day: string) => [ageOn(bornOn, day)]],
  acquisition: [
    5,
    (month: string, count: number, programmes: string, firstTimeBpu: boolean, segment: Segment) => {
      const member = { programmes: packageOf(programmes), firstTimeBpu, segment };
      const answer = incentiveOf(month, Array(count).fill(member), []);
      return [answer.countedMembers, answer.acquisition, answer.agent, answer.wadah];
    },
  ],
  paid: [
    5,
    (month: string, amount: number, managedMonth: number, segment: Segment, firmMonth: number) => {
      const line = incentiveOf(month, [], [{ amount, managedMonth, segment, firmMonth }]).lines.at(-1);
      return [line?.amount, line?.agent, line?.wadah, line?.counted, line?.reason];
    },
  ],
  name: [1, (name: string) => [tidy(name), searchKey(name), heardAs(name), masked(name)]],
  nik: [1, readNik],
  phone: [1, (typed: string) => [readPhone(typed)]],
  check_digit: [1, (digits: string) => [checkDigit(digits)]],
};

function readNik(typed: string): unknown[] {
  let nik: string;
  try {
    nik = parseNik(typed);
  } catch (error) {
    if (error instanceof Refused) return [null];
    throw error;
  }
  const { woman, bornOn } = hints(nik, vectors.hints_on?.[0]?.[0]);
  const differing = (cardWoman: boolean) => differences(nik, { bornOn: "1988-03-12", woman: cardWoman });
  return [nik, maskNik(nik), woman, bornOn, differing(true), differing(false)];
}

test("there are five thousand cases", () => {
  expect(Object.values(vectors).flat().length).toBeGreaterThanOrEqual(5000);
  expect(Object.keys(vectors).filter((name) => name !== "hints_on")).toEqual(Object.keys(ANSWERS));
});

test.each(Object.entries(ANSWERS))("%s: the phone answers as the server does", (name, [asked, answer]) => {
  for (const row of vectors[name] ?? []) {
    expect([...row.slice(0, asked), ...answer(...row.slice(0, asked))]).toEqual(row);
  }
});

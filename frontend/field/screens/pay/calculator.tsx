/** What a month would bring: so many new members, so much received, by the formula of this month. An estimate, and it says so. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Programme } from "../../../generated/choices";
import { month, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { contributionOf } from "../../law/contribution";
import { incentiveOf, thresholdOf } from "../../law/incentive";
import { monthOf } from "../../law/period";
import { BigChoice, Card, Facts, Field, Notice, Screen } from "../../parts/parts";
import { RuleList } from "../law";
import { rulesOf } from "./rules";

const WORDS = words(
  {
    title: "Hitung insentif",
    under: (period: string) => `Menurut aturan ${period}`,
    members: "Peserta baru bulan ini",
    membersHint: (threshold: number) => `NIK yang belum pernah terdaftar. Ambangnya ${threshold}.`,
    jht: "Program mereka",
    two: "JKK dan JKM",
    three: "JKK, JKM, dan JHT",
    paying: "Peserta lama yang membayar",
    payingHint: "Bulan binaan 1 sampai 24, iuran dasar terendah.",
    acquisition: "Akuisisi",
    contribution: "Dari iuran",
    total: "Untuk Anda",
    wadah: "Untuk Wadah",
    estimate: "Ini perkiraan. Yang berlaku adalah baris yang dihitung kantor.",
    rules: "Aturan yang dipakai",
  },
  {
    title: "Compute pay",
    under: (period: string) => `By the rules of ${period}`,
    members: "New members this month",
    membersHint: (threshold: number) =>
      `With a NIK that was never registered. The threshold is ${threshold}.`,
    jht: "Their programmes",
    two: "JKK and JKM",
    three: "JKK, JKM and JHT",
    paying: "Members who go on paying",
    payingHint: "In months 1 to 24 of your care, lowest base.",
    acquisition: "Acquisition",
    contribution: "From contributions",
    total: "For you",
    wadah: "For the Wadah",
    estimate: "This is an estimate. What the office posts line by line is what holds.",
    rules: "Rules that were used",
  },
);

const MOST = 500;
const TWO: readonly Programme[] = ["jkk", "jkm"];
const LOWEST_INCOME = 1_000_000;

export function PayCalculator(): JSX.Element {
  const said = WORDS();
  const now = monthOf(today());
  const threshold = thresholdOf(now);
  const [members, setMembers] = useState(String(threshold));
  const [paying, setPaying] = useState("50");
  const [chosen, setChosen] = useState<"two" | "three">("two");
  const programmes: readonly Programme[] = chosen === "two" ? TWO : [...TWO, "jht"];
  const amount = contributionOf({ income: LOWEST_INCOME, programmes, sector: "other" }, now).total;
  const count = (typed: string) => Math.min(Number(typed.replaceAll(/\D/g, "")), MOST);
  const joined = count(members);
  const result = incentiveOf(
    now,
    Array(joined).fill({ programmes, firstTimeBpu: true }),
    Array(joined + count(paying)).fill({ amount, managedMonth: 1 }),
  );
  return (
    <Screen title={said.title} under={said.under(month(now))} back="/insentif">
      <Field
        label={said.members}
        value={members}
        onInput={setMembers}
        mode="numeric"
        maxLength={3}
        hint={said.membersHint(threshold)}
      />
      <BigChoice
        label={said.jht}
        value={chosen}
        onChoose={setChosen}
        choices={[
          { value: "two", label: said.two },
          { value: "three", label: said.three },
        ]}
      />
      <Field
        label={said.paying}
        value={paying}
        onInput={setPaying}
        mode="numeric"
        maxLength={3}
        hint={said.payingHint}
      />
      <Card>
        <div aria-live="polite">
          <Facts
            facts={[
              [said.acquisition, rupiah(result.acquisition)],
              [said.contribution, rupiah(result.contribution)],
              [said.total, <strong>{rupiah(result.agent)}</strong>],
              [said.wadah, rupiah(result.wadah)],
            ]}
          />
        </div>
        <Notice tone="info">{said.estimate}</Notice>
      </Card>
      <Card title={said.rules}>
        <RuleList
          rules={[
            ...rulesOf({ period: now, line_kind: "acquisition", rate: null }),
            ...rulesOf({ period: now, line_kind: "contribution", rate: "0.15" }),
          ]}
        />
      </Card>
    </Screen>
  );
}

/** Contribution and benefits for a worker who asks "and I?": by work, income and package, to the rupiah, offline. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { MONTHS_AT_ONCE, type Occupation, PACKAGES, SECTOR_OF } from "../../../generated/choices";
import { month, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { accidentDeathBenefit, deathBenefit } from "../../law/benefits";
import { codeAmount } from "../../law/contribution";
import { monthOf } from "../../law/period";
import { wholeScale } from "../../law/rulebook";
import { Card, Facts, Notice, Screen } from "../../parts/parts";
import { PriceLaw } from "../law";
import { Select } from "../select";
import { OCCUPATIONS, PROGRAMMES } from "../terms";

const WORDS = words(
  {
    title: "Hitung iuran dan manfaat",
    work: "Pekerjaan",
    income: "Penghasilan sebulan",
    upTo: (most: string) => `sampai ${most}`,
    from: (least: string) => `${least} atau lebih`,
    programmes: "Perlindungan",
    months: "Dibayar untuk",
    nMonths: (n: number) => `${n} bulan`,
    pay: "Yang dibayar",
    paid: (n: number, first: string) => `${n} bulan mulai ${first}`,
    get: "Yang didapat",
    accident: "Meninggal karena kecelakaan kerja",
    death: "Meninggal karena sebab lain",
    savings: "Tabungan dari pembayaran ini, belum dengan hasilnya",
    treated: "Perawatan kecelakaan kerja",
    healed: "sampai sembuh",
    note: "Manfaat dihitung dari dasar iuran, bukan dari penghasilan yang sebenarnya.",
  },
  {
    title: "Compute contribution and benefits",
    work: "Work",
    income: "A month's income",
    upTo: (most: string) => `up to ${most}`,
    from: (least: string) => `${least} or more`,
    programmes: "Protection",
    months: "Paid for",
    nMonths: (n: number) => (n === 1 ? "1 month" : `${n} months`),
    pay: "What is paid",
    paid: (n: number, first: string) => (n === 1 ? `1 month, ${first}` : `${n} months from ${first}`),
    get: "What you get",
    accident: "Death by work accident",
    death: "Death of another cause",
    savings: "Savings from this payment, before what they earn",
    treated: "Treatment after a work accident",
    healed: "until healed",
    note: "Benefits are computed from the base, not from the true income.",
  },
);

export function BenefitCalculator(): JSX.Element {
  const said = WORDS();
  const day = today();
  const rungs = wholeScale("bpu.base", day);
  const [occupation, setOccupation] = useState<Occupation>("farmer");
  const [base, setBase] = useState(String(rungs[0]?.amount.value));
  const [chosen, setChosen] = useState("jkk,jkm");
  const [months, setMonths] = useState("1");
  const programmes = PACKAGES.find((offer) => offer.join(",") === chosen) ?? [];
  const now = monthOf(day);
  const amount = codeAmount(
    { income: Number(base), programmes, sector: SECTOR_OF[occupation] },
    now,
    Number(months),
  );
  const savings = amount.months.reduce((sum, { contribution }) => sum + contribution.jht, 0);
  const incomes = rungs.map(({ threshold, amount: { value } }, place) => {
    const above = rungs[place + 1]?.threshold.value;
    const label = above === undefined ? said.from(rupiah(threshold.value)) : said.upTo(rupiah(above - 1));
    return { value: String(value), label };
  });
  return (
    <Screen title={said.title} back="/jelaskan">
      <Select
        label={said.work}
        value={occupation}
        onChoose={setOccupation}
        choices={(Object.keys(SECTOR_OF) as Occupation[]).map((value) => ({
          value,
          label: OCCUPATIONS()[value],
        }))}
      />
      <Select label={said.income} value={base} onChoose={setBase} choices={incomes} />
      <Select
        label={said.programmes}
        value={chosen}
        onChoose={setChosen}
        choices={PACKAGES.map((offer) => ({
          value: offer.join(","),
          label: offer.map((each) => PROGRAMMES()[each]).join(", "),
        }))}
      />
      <Select
        label={said.months}
        value={months}
        onChoose={setMonths}
        choices={MONTHS_AT_ONCE.map((n) => ({ value: String(n), label: said.nMonths(n) }))}
      />
      <Card title={said.pay}>
        <div aria-live="polite">
          <p class="figure">
            <strong>{rupiah(amount.total)}</strong>
            <span>{said.paid(Number(months), month(now))}</span>
          </p>
        </div>
        <PriceLaw amount={amount} />
      </Card>
      <Card title={said.get}>
        <Facts
          facts={[
            [said.treated, said.healed],
            [said.accident, rupiah(accidentDeathBenefit(Number(base), day).total)],
            [said.death, rupiah(deathBenefit(day).total)],
            ...(savings > 0 ? ([[said.savings, rupiah(savings)]] as const) : []),
          ]}
        />
        <Notice tone="info">{said.note}</Notice>
      </Card>
    </Screen>
  );
}

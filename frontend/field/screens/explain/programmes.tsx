/** The three programmes in words and pictures for somebody who works in the field; every figure from the rulebook. */
import type { JSX } from "preact";
import type { Programme } from "../../../generated/choices";
import { rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { accidentDeathBenefit, deathBenefit, scholarship } from "../../law/benefits";
import { rate, whole } from "../../law/rulebook";
import { ButtonLink, Card, Facts, Row, Rows, Screen } from "../../parts/parts";
import { type Named, percent, RuleList } from "../law";
import { PROGRAMMES } from "../terms";
import { DRAWINGS } from "./drawings";

const WORDS = words(
  {
    title: "Jelaskan",
    under: "Tunjukkan layar ini kepada pekerja.",
    calculate: "Hitung iuran dan manfaat",
    jkkShort: "Celaka saat bekerja: dirawat sampai sembuh.",
    jkmShort: "Meninggal: keluarga dibantu.",
    jhtShort: "Menabung untuk hari tua.",
    jkk: "Celaka saat bekerja, atau di jalan pergi dan pulang kerja: dirawat sampai sembuh. Selama tidak bisa bekerja, ada pengganti penghasilan.",
    jkm: "Meninggal karena sakit atau sebab lain: ahli waris menerima uang tunai, dan anak-anaknya dapat beasiswa.",
    jht: "Tabungan sendiri, tidak hangus. Dibayarkan dengan hasil pengembangannya saat tua, cacat tetap, atau berhenti bekerja.",
    who: "Untuk siapa",
    whoText: (least: number, below: number) =>
      `Siapa saja yang bekerja sendiri: petani, nelayan, pedagang, ojek. Umur ${least} sampai di bawah ${below} tahun, dan sungguh bekerja.`,
    get: "Yang didapat",
    accidentDeath: "Meninggal karena kecelakaan kerja, iuran terendah",
    death: "Meninggal, jumlah seluruhnya",
    lump: "Santunan sekaligus",
    periodic: "Santunan berkala, dibayar sekaligus",
    funeral: "Biaya pemakaman",
    waiting: (months: number) => `Bila baru kurang dari ${months} bulan jadi peserta`,
    scholarship: (children: number) => `Beasiswa paling banyak, ${children} anak`,
    scholarshipNeeds: "Beasiswa perlu iuran",
    years: (n: number) => `${n} tahun`,
    age: "Dibayarkan pada umur",
    part: (percent: string) => `Sebelum itu, sebagian (${percent} untuk persiapan pensiun)`,
    after: (years: number) => `sesudah ${years} tahun`,
    claim: "Laporkan ke",
    claimText: "Saya, Wadah, atau kantor cabang. Kecelakaan: dalam dua hari.",
    sources: "Sumber angkanya",
  },
  {
    title: "Explain",
    under: "Show this screen to the worker.",
    calculate: "Compute contribution and benefits",
    jkkShort: "Hurt at work: treated until healed.",
    jkmShort: "Death: the family is helped.",
    jhtShort: "Saving for old age.",
    jkk: "Hurt at work, or on the way there and back: treated until healed. While you cannot work, your income is replaced.",
    jkm: "Death by illness or another cause: the heirs receive cash, and the children get a scholarship.",
    jht: "Your own savings, never forfeited. Paid with what they earned in old age, on lasting disability, or when you stop working.",
    who: "For whom",
    whoText: (least: number, below: number) =>
      `Anybody who works for themselves: farmers, fishers, traders, riders. Aged ${least} to below ${below}, and really working.`,
    get: "What you get",
    accidentDeath: "Death by work accident, lowest contribution",
    death: "Death, in all",
    lump: "Sum paid at once",
    periodic: "Monthly sums, paid at once",
    funeral: "Funeral",
    waiting: (months: number) => `A member for less than ${months} months`,
    scholarship: (children: number) => `Scholarship at most, ${children} children`,
    scholarshipNeeds: "The scholarship needs contributions of",
    years: (n: number) => `${n} years`,
    age: "Paid at the age of",
    part: (percent: string) => `A part before that (${percent} to prepare retirement)`,
    after: (years: number) => `after ${years} years`,
    claim: "Report to",
    claimText: "Me, the Wadah or the branch. Accidents: within two days.",
    sources: "Where the figures stand",
  },
);

const ALL: readonly Programme[] = ["jkk", "jkm", "jht"];

export function Explain(): JSX.Element {
  const said = WORDS();
  return (
    <Screen title={said.title} under={said.under} back="/lainnya">
      {ALL.map((programme) => {
        const Shown = DRAWINGS[programme];
        return (
          <Card key={programme}>
            <Shown />
            <Rows>
              <Row title={PROGRAMMES()[programme]} to={`/jelaskan/${programme}`}>
                {said[`${programme}Short`]}
              </Row>
            </Rows>
          </Card>
        );
      })}
      <ButtonLink to="/jelaskan/hitung" kind="primary" icon="coin">
        {said.calculate}
      </ButtonLink>
    </Screen>
  );
}

const LOWEST_BASE = 1_000_000;

export function ExplainProgramme({ programme }: { readonly programme: Programme }): JSX.Element {
  const said = WORDS();
  const day = today();
  const Shown = DRAWINGS[programme] ?? DRAWINGS.jkk;
  const least = whole("membership.age_from", day).value;
  return (
    <Screen title={PROGRAMMES()[programme]} back="/jelaskan">
      <Card>
        <Shown />
        <p class="large">{said[programme]}</p>
      </Card>
      <Card title={said.get}>
        <Facts facts={benefitsOf(programme, day)} />
      </Card>
      <Card title={said.who}>
        <p>{said.whoText(least, whole("membership.age_below", day).value)}</p>
      </Card>
      <Card title={said.claim}>
        <p>{said.claimText}</p>
      </Card>
      <Card title={said.sources}>
        <RuleList rules={figuresOf(programme, day)} />
      </Card>
      <ButtonLink to="/jelaskan/hitung" kind="primary" icon="coin">
        {said.calculate}
      </ButtonLink>
    </Screen>
  );
}

function benefitsOf(programme: Programme, day: string): (readonly [string, string])[] {
  const said = WORDS();
  const death = deathBenefit(day);
  const school = scholarship(day);
  if (programme === "jkk") {
    const accident = accidentDeathBenefit(LOWEST_BASE, day);
    return [
      [said.accidentDeath, rupiah(accident.total)],
      [said.scholarship(school.children), rupiah(school.total)],
    ];
  }
  if (programme === "jkm") {
    return [
      [said.death, rupiah(death.total)],
      [said.lump, rupiah(death.lump)],
      [said.periodic, rupiah(death.periodic)],
      [said.funeral, rupiah(death.funeral)],
      [
        said.waiting(whole("benefits.bpu_waiting_months", day).value),
        rupiah(whole("benefits.bpu_waiting_sum", day).value),
      ],
      [said.scholarship(school.children), rupiah(school.total)],
      [said.scholarshipNeeds, said.years(school.paidYears)],
    ];
  }
  const part = percent(rate("benefits.jht_part_retirement", day).value);
  return [
    [said.age, said.years(whole("benefits.jht_age", day).value)],
    [said.part(part), said.after(whole("benefits.jht_part_years", day).value)],
  ];
}

/** The figures of the rulebook behind what is shown, with how sure we are of each. */
function figuresOf(programme: Programme, day: string): Named[] {
  const wholes = (...names: Parameters<typeof whole>[0][]) =>
    names.map((rule) => ({ rule, ...whole(rule, day) }));
  const rates = (...names: Parameters<typeof rate>[0][]) =>
    names.map((rule) => ({ rule, ...rate(rule, day) }));
  const ages = wholes("membership.age_from", "membership.age_below");
  if (programme === "jkk")
    return [...rates("benefits.jkk_death_rate"), ...wholes("benefits.jkk_death_months"), ...ages];
  if (programme === "jkm") {
    return [
      ...wholes(
        "benefits.jkm_lump",
        "benefits.jkm_periodic_month",
        "benefits.jkm_periodic_months",
        "benefits.funeral",
      ),
      ...wholes("benefits.bpu_waiting_months", "benefits.bpu_waiting_sum", "benefits.scholarship.paid_years"),
      ...ages,
    ];
  }
  return [
    ...wholes("benefits.jht_age", "benefits.jht_part_years"),
    ...rates("benefits.jht_part_retirement"),
    ...ages,
  ];
}

/** The questions of a referral, in the order of the cards on the table. Each keeps what is typed exactly as it is typed. */
import type { ComponentType, JSX } from "preact";
import { useState } from "preact/hooks";
import { MONTHS_AT_ONCE, type Occupation, PACKAGES, SECTOR_OF } from "../../../generated/choices";
import { day, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { differences, digitsIn, hints, parseNik } from "../../law/nik";
import { ageOn } from "../../law/period";
import { Refused } from "../../law/refused";
import { wholeScale } from "../../law/rulebook";
import { BigChoice, Button, Field, Notice, Tick } from "../../parts/parts";
import { useAnswer, useVault } from "../../parts/use";
import { PriceLaw } from "../law";
import { Photo } from "../photo";
import { Signature } from "../signature";
import { OCCUPATIONS, PROGRAMMES } from "../terms";
import { VillagePicker } from "../village-picker";
import { priceOf, type ReferralDraft, type Step, workerOf } from "./draft";
import { Rivals } from "./rival-notice";

interface Props {
  readonly id: string;
  readonly draft: ReferralDraft;
  readonly change: (change: Partial<ReferralDraft>) => void;
  readonly wrong: string | undefined;
}

const WORDS = words(
  {
    nik: "NIK",
    nikHint: (digits: number) =>
      digits === 16 ? "Sudah 16 angka." : `16 angka di KTP. Sudah ${digits} angka.`,
    nikReads: (sex: string, bornOn: string) =>
      `Angkanya menunjuk ${sex}, lahir ${bornOn}. Bila KTP berbeda, ikuti KTP.`,
    nikNoDate: (sex: string) => `Angkanya menunjuk ${sex}; tanggal lahirnya tidak terbaca. Ikuti KTP.`,
    woman: "perempuan",
    man: "laki-laki",
    name: "Nama seperti di KTP",
    born: "Tanggal lahir",
    bornHint: "Hari-bulan-tahun seperti di KTP: 31-12-1990.",
    bornRead: (on: string, age: number) => `${on}, umur ${age} tahun.`,
    nikDiffers:
      "Berbeda dengan angka NIK. Itu bisa benar: NIK tidak diubah ketika tanggal lahir diperbaiki. Ikuti KTP.",
    sexDiffers: "Berbeda dengan angka NIK. Periksa KTP-nya sekali lagi.",
    sex: "Jenis kelamin di KTP",
    female: "Perempuan",
    male: "Laki-laki",
    mother: "Nama ibu kandung",
    motherHint: "Seperti di Kartu Keluarga.",
    kk: "Nomor KK (boleh kosong)",
    kkHint: "16 angka di atas Kartu Keluarga.",
    address: "Alamat",
    addressHint: "Jorong, dusun, jalan, atau RT/RW seperti di KTP.",
    phone: "Nomor HP pekerja",
    phoneHint: "Kode bayar dan kuitansi dikirim ke nomor ini, bukan ke nomor Anda.",
    occupation: "Pekerjaan utama",
    income: "Penghasilan rata-rata sebulan",
    upTo: (most: string) => `Sampai ${most}`,
    between: (from: string, to: string) => `${from} sampai ${to}`,
    from: (least: string) => `${least} atau lebih`,
    base: (base: string) => `Iuran dihitung dari ${base}`,
    more: "Tampilkan penghasilan yang lebih tinggi",
    programmes: "Perlindungan",
    perMonth: (amount: string) => `${amount} sebulan`,
    months: "Dibayar untuk",
    nMonths: (n: number) => `${n} bulan`,
    photoHint: "Letakkan KTP di tempat terang, penuhi layar, hurufnya harus terbaca. Boleh dilewati.",
    consentRead: "Bacakan kepada pekerja:",
    consentText:
      "“Nama, NIK, alamat, dan foto KTP Anda dikirim ke BPJS Ketenagakerjaan untuk mendaftarkan Anda. Hanya kantor cabang " +
      "yang memeriksa membacanya. Anda boleh bertanya, memperbaiki, atau membatalkan lewat saya atau kantor cabang.”",
    consent: "Pekerja sudah mendengar dan setuju",
    consentUnder: "Tanpa persetujuan, data tidak boleh dikirim.",
    sign: "Tanda tangan pekerja",
    work: "Pernyataan Anda bahwa ia bekerja",
    workHint:
      "Misalnya: saya lihat sendiri ia bekerja di sawahnya setiap hari. Pernyataan palsu berakibat bagi Anda.",
  },
  {
    nik: "NIK",
    nikHint: (digits: number) =>
      digits === 16 ? "All 16 digits are there." : `16 digits on the KTP. ${digits} so far.`,
    nikReads: (sex: string, bornOn: string) =>
      `The digits point to a ${sex}, born ${bornOn}. Where the KTP differs, follow the KTP.`,
    nikNoDate: (sex: string) => `The digits point to a ${sex}; they make no birth date. Follow the KTP.`,
    woman: "woman",
    man: "man",
    name: "Name as on the KTP",
    born: "Birth date",
    bornHint: "Day-month-year as on the KTP: 31-12-1990.",
    bornRead: (on: string, age: number) => `${on}, ${age} years old.`,
    nikDiffers:
      "Other than the digits of the NIK. That can be right: a NIK stays when a birth date is corrected. Follow the KTP.",
    sexDiffers: "Other than the digits of the NIK. Look at the KTP once more.",
    sex: "Sex on the KTP",
    female: "Woman",
    male: "Man",
    mother: "Mother's name",
    motherHint: "As on the family card.",
    kk: "Family card number (may stay empty)",
    kkHint: "16 digits at the top of the family card.",
    address: "Address",
    addressHint: "Jorong, hamlet, street or RT/RW as on the KTP.",
    phone: "The worker's phone number",
    phoneHint: "Payment code and receipts go to this number, not to yours.",
    occupation: "Main work",
    income: "A month's income, on average",
    upTo: (most: string) => `Up to ${most}`,
    between: (from: string, to: string) => `${from} to ${to}`,
    from: (least: string) => `${least} or more`,
    base: (base: string) => `The contribution is computed from ${base}`,
    more: "Show higher incomes",
    programmes: "Protection",
    perMonth: (amount: string) => `${amount} a month`,
    months: "Paid for",
    nMonths: (n: number) => (n === 1 ? "1 month" : `${n} months`),
    photoHint:
      "Put the KTP where it is bright, fill the screen, its letters must be readable. May be skipped.",
    consentRead: "Read this to the worker:",
    consentText:
      "“Your name, NIK, address and the photo of your KTP are sent to BPJS Ketenagakerjaan to register you. Only the branch " +
      "that checks them reads them. You may ask, correct or withdraw through me or the branch.”",
    consent: "The worker has heard this and agrees",
    consentUnder: "Without consent the data must not be sent.",
    sign: "The worker's signature",
    work: "Your statement that the person works",
    workHint:
      "Such as: I see her work in her rice field every day. A false statement has consequences for you.",
  },
);

function Nik({ id, draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  return (
    <>
      <Field
        label={said.nik}
        value={draft.nik}
        onInput={(nik) => change({ nik })}
        mode="numeric"
        maxLength={24}
        hint={<NikReads typed={draft.nik} />}
        wrong={wrong}
      />
      <Rivals id={id} draft={draft} />
    </>
  );
}

/** What the digits tell, once they are all there; a hint, never a verdict. */
function NikReads({ typed }: { readonly typed: string }): JSX.Element {
  const said = WORDS();
  try {
    const { woman, bornOn } = hints(parseNik(typed), today());
    const sex = woman ? said.woman : said.man;
    return <>{bornOn ? said.nikReads(sex, day(bornOn)) : said.nikNoDate(sex)}</>;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return <>{said.nikHint(digitsIn(typed))}</>;
  }
}

function Name({ id, draft, change, wrong }: Props): JSX.Element {
  return (
    <>
      <Field label={WORDS().name} value={draft.name} onInput={(name) => change({ name })} wrong={wrong} />
      <Rivals id={id} draft={draft} />
    </>
  );
}

function Born({ id, draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  const { born_on, nik } = workerOf(draft);
  const digits = nik.replaceAll(/\D/g, "");
  const differs =
    born_on !== "" &&
    digits.length === 16 &&
    differences(digits, { bornOn: born_on, woman: true }).includes("born_on");
  return (
    <>
      <Field
        label={said.born}
        value={draft.born_typed}
        onInput={(born_typed) => change({ born_typed })}
        mode="numeric"
        hint={born_on ? said.bornRead(day(born_on), ageOn(born_on, today())) : said.bornHint}
        wrong={wrong}
      />
      {differs && <Notice tone="info">{said.nikDiffers}</Notice>}
      <Rivals id={id} draft={draft} />
    </>
  );
}

function Sex({ draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  const digits = draft.nik.replaceAll(/\D/g, "");
  const differs =
    draft.sex !== "" && digits.length === 16 && hints(digits, today()).woman !== (draft.sex === "f");
  return (
    <>
      <BigChoice
        label={said.sex}
        value={draft.sex || null}
        onChoose={(sex) => change({ sex })}
        choices={[
          { value: "f", label: said.female },
          { value: "m", label: said.male },
        ]}
        wrong={wrong}
      />
      {differs && <Notice tone="info">{said.sexDiffers}</Notice>}
    </>
  );
}

function Family({ draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  const kkWrong = wrong !== undefined && draft.mother_name.trim() !== "";
  return (
    <>
      <Field
        label={said.mother}
        value={draft.mother_name}
        onInput={(mother_name) => change({ mother_name })}
        hint={said.motherHint}
        wrong={kkWrong ? undefined : wrong}
      />
      <Field
        label={said.kk}
        value={draft.kk}
        onInput={(kk) => change({ kk })}
        mode="numeric"
        hint={said.kkHint}
        wrong={kkWrong ? wrong : undefined}
      />
    </>
  );
}

const Village = ({ draft, change, wrong }: Props): JSX.Element => (
  <VillagePicker
    code={draft.village_code}
    path={draft.village_name}
    onPick={(village_code, village_name) => change({ village_code, village_name })}
    wrong={wrong}
  />
);

const Address = ({ draft, change, wrong }: Props): JSX.Element => (
  <Field
    label={WORDS().address}
    value={draft.address}
    onInput={(address) => change({ address })}
    lines={3}
    hint={WORDS().addressHint}
    wrong={wrong}
  />
);

const Phone = ({ draft, change, wrong }: Props): JSX.Element => (
  <Field
    label={WORDS().phone}
    value={draft.phone}
    onInput={(phone) => change({ phone })}
    type="tel"
    mode="tel"
    hint={WORDS().phoneHint}
    wrong={wrong}
  />
);

const Work = ({ draft, change, wrong }: Props): JSX.Element => (
  <Field
    label={WORDS().work}
    value={draft.attested_work}
    onInput={(attested_work) => change({ attested_work })}
    lines={4}
    hint={WORDS().workHint}
    wrong={wrong}
  />
);

const Occupations = ({ draft, change, wrong }: Props): JSX.Element => (
  <BigChoice
    label={WORDS().occupation}
    value={draft.occupation || null}
    onChoose={(occupation) => change({ occupation })}
    choices={(Object.keys(SECTOR_OF) as Occupation[]).map((value) => ({
      value,
      label: OCCUPATIONS()[value],
    }))}
    wrong={wrong}
  />
);

/** A farmer's answers are among the first brackets; the rest is one press away. */
const FEW = 6;

function Income({ draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  const rungs = wholeScale("bpu.base", today());
  const chosen = rungs.findIndex(({ amount }) => amount.value === draft.income_idr);
  const [all, setAll] = useState(chosen >= FEW);
  const shown = all ? rungs : rungs.slice(0, FEW);
  const choices = shown.map(({ threshold, amount }, place) => {
    const above = rungs[place + 1]?.threshold.value;
    const [from, to] = [rupiah(threshold.value), above === undefined ? "" : rupiah(above - 1)];
    const label =
      above === undefined ? said.from(from) : place === 0 ? said.upTo(to) : said.between(from, to);
    return { value: String(amount.value), label, under: said.base(rupiah(amount.value)) };
  });
  return (
    <>
      <BigChoice
        label={said.income}
        value={draft.income_idr ? String(draft.income_idr) : null}
        onChoose={(base) => change({ income_idr: Number(base) })}
        choices={choices}
        wrong={wrong}
      />
      {!all && <Button onClick={() => setAll(true)}>{said.more}</Button>}
    </>
  );
}

function Programmes({ draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  const choices = PACKAGES.map((offer) => {
    const price = priceOf({ ...draft, programmes: offer }, today(), 1);
    const label = offer.map((each) => PROGRAMMES()[each]).join(", ");
    return { value: offer.join(","), label, ...(price && { under: said.perMonth(rupiah(price.total)) }) };
  });
  return (
    <BigChoice
      label={said.programmes}
      value={draft.programmes.join(",") || null}
      onChoose={(chosen) =>
        change({ programmes: PACKAGES.find((offer) => offer.join(",") === chosen) ?? [] })
      }
      choices={choices}
      wrong={wrong}
    />
  );
}

function Months({ draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  const choices = MONTHS_AT_ONCE.map((months) => {
    const price = priceOf(draft, today(), months);
    return {
      value: String(months),
      label: said.nMonths(months),
      ...(price && { under: rupiah(price.total) }),
    };
  });
  const price = priceOf(draft, today());
  return (
    <>
      <BigChoice
        label={said.months}
        value={draft.months ? String(draft.months) : null}
        onChoose={(months) => change({ months: Number(months) })}
        choices={choices}
        wrong={wrong}
      />
      {price && <PriceLaw amount={price} />}
    </>
  );
}

const Ktp = ({ draft, change }: Props): JSX.Element => (
  <>
    <p>{WORDS().photoHint}</p>
    <Photo sha={draft.photo} onKept={(photo) => change({ photo })} />
  </>
);

function Consent({ draft, change, wrong }: Props): JSX.Element {
  const said = WORDS();
  const { blobs } = useVault();
  // Only what was kept when this screen opened is drawn again; later strokes are on the screen already.
  const [first] = useState(draft.signature);
  const kept = useAnswer(async () => (first && (await blobs.find(first))) || null, [blobs, first]);
  const signed = async (picture: Blob | null) => change({ signature: picture && (await blobs.put(picture)) });
  return (
    <>
      <p>{said.consentRead}</p>
      <blockquote>{said.consentText}</blockquote>
      <Tick checked={draft.consent} onChange={(consent) => change({ consent })} under={said.consentUnder}>
        {said.consent}
      </Tick>
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <p>{said.sign}</p>
      {kept !== undefined && (
        <Signature label={said.sign} kept={kept} onSigned={(picture) => void signed(picture)} />
      )}
    </>
  );
}

export const QUESTIONS: Readonly<Record<Exclude<Step, "summary">, ComponentType<Props>>> = {
  nik: Nik,
  name: Name,
  born: Born,
  sex: Sex,
  family: Family,
  village: Village,
  address: Address,
  phone: Phone,
  occupation: Occupations,
  income: Income,
  programmes: Programmes,
  months: Months,
  photo: Ktp,
  consent: Consent,
  work: Work,
};

/** One question a screen; what was typed is kept at every keystroke, "back" never loses, and nothing must be filled now. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { language, words } from "../../i18n/words";
import { today } from "../../kernel/days";
import type { Refused } from "../../law/refused";
import { Button, ButtonLink, Dots, EmptyState, Notice, Screen, Waiting } from "../../parts/parts";
import { go } from "../../parts/route";
import { useDraft } from "../use-draft";
import { isMissing, KIND, problemAt, type ReferralDraft, STEPS, type Step } from "./draft";
import { QUESTIONS } from "./questions";
import { Summary } from "./summary";

const WORDS = words(
  {
    at: (nth: number, of: number) => `Langkah ${nth} dari ${of}`,
    next: "Lanjut",
    later: "Isi nanti",
    gone: "Draf ini tidak ada lagi",
    goneWhy: "Mungkin sudah dikirim atau dihapus. Lihat daftar draf dan rujukan.",
    list: "Ke daftar",
    opening: "Membuka draf …",
    full: "HP penuh: isian terakhir belum tersimpan",
    fullWhy:
      "Hapus foto atau aplikasi lain di HP, lalu ketik satu huruf lagi. Jangan tutup aplikasi ini dulu.",
  },
  {
    at: (nth: number, of: number) => `Step ${nth} of ${of}`,
    next: "Next",
    later: "Fill in later",
    gone: "This draft is no longer there",
    goneWhy: "It may have been sent or deleted. Look at the list of drafts and referrals.",
    list: "To the list",
    opening: "Opening the draft …",
    full: "The phone is full: what was typed last is not kept",
    fullWhy:
      "Delete photos or other apps on the phone, then type one more letter. Do not close this app before that.",
  },
);

const ASKED = words<Record<Step, string>>(
  {
    nik: "Berapa NIK-nya?",
    name: "Siapa namanya?",
    born: "Kapan lahirnya?",
    sex: "Perempuan atau laki-laki?",
    family: "Siapa ibu kandungnya?",
    village: "Di mana tinggalnya?",
    address: "Apa alamatnya?",
    phone: "Berapa nomor HP-nya?",
    occupation: "Apa pekerjaannya?",
    income: "Berapa penghasilan sebulan?",
    programmes: "Perlindungan apa?",
    months: "Dibayar berapa bulan?",
    photo: "Foto KTP",
    consent: "Apakah ia setuju?",
    work: "Bagaimana Anda tahu ia bekerja?",
    summary: "Periksa, lalu kirim",
  },
  {
    nik: "What is the NIK?",
    name: "What is the name?",
    born: "Born on which day?",
    sex: "Woman or man?",
    family: "Who is the mother?",
    village: "Where is the home?",
    address: "What is the address?",
    phone: "What is the phone number?",
    occupation: "What work is it?",
    income: "What is a month's income?",
    programmes: "Which protection?",
    months: "Paid for how many months?",
    photo: "Photo of the KTP",
    consent: "Does the worker agree?",
    work: "How do you know the work?",
    summary: "Check, then send",
  },
);

/** What is asked for where nothing was typed; a wrong answer has the office's own sentence. */
const MISSING = words<Partial<Record<Step, string>>>(
  {
    nik: "Salin NIK dari KTP: 16 angka.",
    born: "Tulis tanggal lahir seperti di KTP, misalnya 31-12-1990.",
    sex: "Pilih perempuan atau laki-laki.",
    village: "Cari nama nagarinya, lalu pilih satu dari daftar.",
    phone: "Tulis nomor HP yang dapat menerima SMS.",
    occupation: "Pilih pekerjaannya.",
    income: "Pilih penghasilannya.",
    programmes: "Pilih perlindungannya.",
    months: "Pilih berapa bulan dibayar.",
  },
  {
    nik: "Copy the NIK from the KTP: 16 digits.",
    born: "Write the birth date as on the KTP, such as 31-12-1990.",
    sex: "Choose woman or man.",
    village: "Search for the village by its name, then choose one of the list.",
    phone: "Write a phone number that can receive SMS.",
    occupation: "Choose the work.",
    income: "Choose the income.",
    programmes: "Choose the protection.",
    months: "Choose how many months are paid.",
  },
);

interface StepProps {
  readonly draft: string;
  readonly step: Step;
}

export function ReferStep({ draft: id, step }: StepProps): JSX.Element {
  const { value: draft, change, full } = useDraft<ReferralDraft>(id, KIND);
  useEffect(() => {
    if (draft && draft.step !== step) change({ step });
  }, [draft, change, step]);
  const said = WORDS();
  if (draft === undefined) return <Waiting>{said.opening}</Waiting>;
  if (draft === null) {
    return (
      <Screen title={said.gone} foot={<ButtonLink to="/daftarkan">{said.list}</ButtonLink>}>
        <EmptyState icon="info" title={said.gone}>
          {said.goneWhy}
        </EmptyState>
      </Screen>
    );
  }
  const trouble = full && (
    <Notice tone="bad" title={said.full}>
      <p>{said.fullWhy}</p>
    </Notice>
  );
  if (step === "summary") return <Summary id={id} draft={draft} title={ASKED().summary} trouble={trouble} />;
  return <Question key={step} id={id} step={step} draft={draft} change={change} trouble={trouble} />;
}

interface QuestionProps {
  readonly id: string;
  readonly step: Exclude<Step, "summary">;
  readonly draft: ReferralDraft;
  readonly change: (change: Partial<ReferralDraft>) => void;
  readonly trouble: JSX.Element | false;
}

function Question({ id, step, draft, change, trouble }: QuestionProps): JSX.Element {
  const [pressed, setPressed] = useState(false);
  const said = WORDS();
  const place = STEPS.indexOf(step);
  const problem = problemAt(draft, step, today());
  const next = `/daftarkan/${id}/${STEPS[place + 1] ?? "summary"}`;
  const Asked = QUESTIONS[step];
  return (
    <Screen
      title={ASKED()[step]}
      back={place > 0 ? `/daftarkan/${id}/${STEPS[place - 1]}` : "/daftarkan"}
      foot={
        <>
          <Button kind="primary" icon="next" onClick={() => (problem ? setPressed(true) : go(next))}>
            {said.next}
          </Button>
          {problem && pressed && <ButtonLink to={next}>{said.later}</ButtonLink>}
        </>
      }
    >
      <Dots at={place + 1} of={STEPS.length} words={said.at(place + 1, STEPS.length)} />
      {trouble}
      <Asked
        id={id}
        draft={draft}
        change={change}
        wrong={pressed && problem ? sentence(problem, draft, step) : undefined}
      />
    </Screen>
  );
}

function sentence(problem: Refused, draft: ReferralDraft, step: Step): string {
  const asked = isMissing(problem.code, draft, step) ? MISSING()[step] : undefined;
  return asked ?? problem.in(language.value);
}

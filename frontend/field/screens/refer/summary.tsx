/** Everything once more before it is sent: what is missing leads to its question, and sending is one press. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { day, rupiah } from "../../i18n/formats";
import { language, words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { maskNik } from "../../law/nik";
import { Button, Card, Facts, Notice, Row, Rows, Screen } from "../../parts/parts";
import { goInstead } from "../../parts/route";
import { useRow, useVault } from "../../parts/use";
import { PriceLaw } from "../law";
import { send } from "../send";
import { OCCUPATIONS, PROGRAMMES } from "../terms";
import { orderOf, priceOf, problemsOf, type ReferralDraft, STEPS, stepOf, workerOf } from "./draft";
import { Rivals } from "./rival-notice";

const WORDS = words(
  {
    send: "Kirim rujukan",
    sendAgain: "Kirim perbaikan",
    sendUnder: "Tanpa sinyal pun boleh: rujukan tersimpan dan terkirim sendiri.",
    missing: (n: number) => `${n} hal masih kurang`,
    mayNot: "Hari ini Anda belum boleh merujuk",
    mayNotWhy:
      "Rujukan dengan tanggal hari ini akan ditolak kantor. Simpan sebagai draf dan selesaikan surat-suratnya dulu.",
    worker: "Pekerja",
    protection: "Perlindungan",
    evidence: "Bukti",
    change: "Ubah",
    nik: "NIK",
    name: "Nama",
    born: "Lahir",
    mother: "Ibu kandung",
    village: "Tempat tinggal",
    address: "Alamat",
    phone: "HP",
    work: "Pekerjaan",
    income: "Dasar iuran",
    programmes: "Program",
    months: "Dibayar",
    nMonths: (n: number) => `${n} bulan`,
    first: "Iuran pertama",
    firstWhy: "Bila disetujui bulan ini. Belum dibayar: kode bayar datang sesudah kantor menyetujui.",
    photo: "Foto KTP",
    signature: "Tanda tangan",
    consent: "Persetujuan",
    attested: "Pernyataan Anda",
    yes: "ada",
    no: "tidak ada",
    agreed: "ya",
    failed: "Belum tersimpan di kotak keluar",
    failedWhy: "HP mungkin penuh. Draf tetap ada; kosongkan ruang, lalu tekan Kirim lagi.",
  },
  {
    send: "Send the referral",
    sendAgain: "Send what was mended",
    sendUnder: "No signal is needed: the referral is kept and goes by itself.",
    missing: (n: number) => (n === 1 ? "1 thing is missing" : `${n} things are missing`),
    mayNot: "You may not refer today",
    mayNotWhy:
      "The office will refuse a referral dated today. Keep it as a draft and settle the papers first.",
    worker: "Worker",
    protection: "Protection",
    evidence: "Evidence",
    change: "Change",
    nik: "NIK",
    name: "Name",
    born: "Born",
    mother: "Mother",
    village: "Home",
    address: "Address",
    phone: "Phone",
    work: "Work",
    income: "Base",
    programmes: "Programmes",
    months: "Paid for",
    nMonths: (n: number) => (n === 1 ? "1 month" : `${n} months`),
    first: "First contribution",
    firstWhy:
      "If approved this month. Nothing is paid yet: the payment code comes once the office has approved.",
    photo: "Photo of the KTP",
    signature: "Signature",
    consent: "Consent",
    attested: "Your statement",
    yes: "there",
    no: "none",
    agreed: "yes",
    failed: "Not yet in the outbox",
    failedWhy: "The phone may be full. The draft is still there; make room, then press Send again.",
  },
);

interface SummaryProps {
  readonly id: string;
  readonly draft: ReferralDraft;
  readonly title: string;
  readonly trouble: JSX.Element | false;
}

export function Summary({ id, draft, title, trouble }: SummaryProps): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const standing = useRow("agent", vault.agent.id);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const problems = problemsOf(draft, today());
  const submit = async () => {
    setBusy(true);
    try {
      await send(vault, orderOf(id, draft, today()));
      goInstead(`/slip/${draft.entity}`);
    } catch {
      setFailed(true);
      setBusy(false);
    }
  };
  return (
    <Screen
      title={title}
      back={`/daftarkan/${id}/${STEPS[STEPS.length - 2]}`}
      foot={
        <>
          <Button
            kind="primary"
            icon="send"
            disabled={problems.length > 0 || busy}
            onClick={() => void submit()}
          >
            {draft.resubmits ? said.sendAgain : said.send}
          </Button>
          <p class="hint">{said.sendUnder}</p>
        </>
      }
    >
      {trouble}
      {failed && (
        <Notice tone="bad" title={said.failed}>
          <p>{said.failedWhy}</p>
        </Notice>
      )}
      {standing && !standing.may_act && (
        <Notice tone="soon" title={said.mayNot}>
          <p>{said.mayNotWhy}</p>
        </Notice>
      )}
      {problems.length > 0 && (
        <Card title={said.missing(problems.length)}>
          <Rows>
            {problems.map((problem) => (
              <Row
                key={problem.field}
                title={problem.in(language.value)}
                to={`/daftarkan/${id}/${stepOf(problem.field)}`}
                icon="alert"
              />
            ))}
          </Rows>
        </Card>
      )}
      <Rivals id={id} draft={draft} />
      <Told id={id} draft={draft} />
    </Screen>
  );
}

function Told({ id, draft }: { readonly id: string; readonly draft: ReferralDraft }): JSX.Element {
  const said = WORDS();
  const worker = workerOf(draft);
  const digits = draft.nik.replaceAll(/\D/g, "");
  const price = priceOf(draft, today());
  const change = (step: string) => (
    <a class="change" href={`#/daftarkan/${id}/${step}`}>
      {said.change}
    </a>
  );
  return (
    <>
      <Card title={said.worker} aside={change("nik")}>
        <Facts
          facts={[
            [said.nik, digits.length === 16 ? maskNik(digits) : draft.nik],
            [said.name, draft.name],
            [said.born, worker.born_on ? day(worker.born_on) : draft.born_typed],
            [said.mother, draft.mother_name],
            [said.village, draft.village_name],
            [said.address, draft.address],
            [said.phone, draft.phone],
          ]}
        />
      </Card>
      <Card title={said.protection} aside={change("occupation")}>
        <Facts
          facts={[
            [said.work, draft.occupation && OCCUPATIONS()[draft.occupation]],
            [said.income, draft.income_idr > 0 && rupiah(draft.income_idr)],
            [said.programmes, draft.programmes.map((each) => PROGRAMMES()[each]).join(", ")],
            [said.months, draft.months > 0 && said.nMonths(draft.months)],
            [said.first, price && rupiah(price.total)],
          ]}
        />
        {price && <p class="hint">{said.firstWhy}</p>}
        {price && <PriceLaw amount={price} />}
      </Card>
      <Card title={said.evidence} aside={change("photo")}>
        <Facts
          facts={[
            [said.photo, draft.photo ? said.yes : said.no],
            [said.consent, draft.consent ? said.agreed : said.no],
            [said.signature, draft.signature ? said.yes : said.no],
            [said.attested, draft.attested_work],
          ]}
        />
      </Card>
    </>
  );
}

/** One member: whether protected, until when, what is missed, the code to pay, the receipts, and the way to help. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Programme } from "../../../generated/choices";
import { MONTHS_AT_ONCE, SECTOR_OF } from "../../../generated/choices";
import { day, instant, month, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { codeAmount, lapseStarts } from "../../law/contribution";
import { monthOf, plus } from "../../law/period";
import {
  BigChoice,
  Button,
  ButtonLink,
  Card,
  EmptyState,
  Facts,
  Notice,
  Row,
  Rows,
  Screen,
  Waiting,
} from "../../parts/parts";
import { useAnswer, useGroup, useOutbox, useRow, useVault } from "../../parts/use";
import { giveText } from "../../picture/share";
import type { CodeRow, MemberRow } from "../../wire/shapes";
import { PriceLaw } from "../law";
import { send } from "../send";
import { OCCUPATIONS, PROGRAMMES, wordFor } from "../terms";
import { MemberChip, monthsMissed } from "./list";

const WORDS = words(
  {
    opening: "Membuka …",
    none: "Peserta ini tidak ada di HP",
    noneWhy: "Mungkin sudah dialihkan ke agen lain. Tanya kantor cabang.",
    paid: "Lunas sampai",
    missed: "Belum dibayar",
    nothing: "tidak ada",
    nMonths: (n: number) => `${n} bulan`,
    ends: "Perlindungan berhenti",
    protectedFrom: "Terlindungi sejak",
    never: "belum ada",
    code: "Kode bayar",
    codeHow:
      "Peserta membayar sendiri di bank, kantor pos, atau aplikasi dengan kode ini. Jangan terima uangnya.",
    before: (until: string) => `Bayar sebelum ${until}`,
    share: "Bagikan kode",
    shared: "Kode sudah disalin; tempel di pesan.",
    text: (name: string, code: string, amount: string, until: string) =>
      `Iuran BPJS Ketenagakerjaan ${name}: kode bayar ${code}, ${amount}, bayar sebelum ${until}. Bayar sendiri, jangan titip uang.`,
    noCode: "Belum ada kode bayar",
    noCodeWhy: "Minta kode di bawah. Kode datang begitu HP tersambung.",
    ask: "Minta kode bayar",
    askTitle: "Untuk berapa bulan?",
    asking: "Permintaan kode menunggu kirim",
    changing: "Perubahan data menunggu kirim",
    send: "Kirim permintaan",
    cancel: "Batal",
    full: "HP penuh: permintaan belum tersimpan. Kosongkan ruang, lalu coba lagi.",
    person: "Data peserta",
    number: "Nomor peserta",
    nik: "NIK",
    phone: "HP",
    address: "Alamat",
    village: "Tempat tinggal",
    work: "Pekerjaan",
    base: "Dasar iuran",
    programmes: "Program",
    joined: "Peserta sejak",
    managed: "Bulan binaan Anda",
    branchPhone: "Telepon kantor cabang",
    change: "Ubah HP, alamat, pekerjaan",
    history: "Iuran yang sudah dibayar",
    noHistory: "Belum ada iuran",
    noHistoryWhy: "Bulan yang sudah dibayar muncul di sini dengan nomor kuitansinya.",
    received: (on: string, receipt: string) => `diterima ${on}, kuitansi ${receipt}`,
  },
  {
    opening: "Opening …",
    none: "This member is not on the phone",
    noneWhy: "The member may be with another agent now. Ask the branch.",
    paid: "Paid until",
    missed: "Not paid",
    nothing: "nothing",
    nMonths: (n: number) => (n === 1 ? "1 month" : `${n} months`),
    ends: "Protection ends",
    protectedFrom: "Protected since",
    never: "none yet",
    code: "Payment code",
    codeHow: "The member pays with this code at a bank, post office or app. Do not take the money.",
    before: (until: string) => `Pay before ${until}`,
    share: "Share the code",
    shared: "The code is copied; paste it into a message.",
    text: (name: string, code: string, amount: string, until: string) =>
      `BPJS Ketenagakerjaan contribution of ${name}: payment code ${code}, ${amount}, pay before ${until}. Pay yourself, give nobody cash.`,
    noCode: "No payment code yet",
    noCodeWhy: "Ask for one below. It comes as soon as the phone is connected.",
    ask: "Ask for a payment code",
    askTitle: "For how many months?",
    asking: "The request for a code waits to be sent",
    changing: "A change of data waits to be sent",
    send: "Send the request",
    cancel: "Cancel",
    full: "The phone is full: the request is not kept. Make room, then try again.",
    person: "The member",
    number: "Member number",
    nik: "NIK",
    phone: "Phone",
    address: "Address",
    village: "Home",
    work: "Work",
    base: "Base",
    programmes: "Programmes",
    joined: "Member since",
    managed: "Months under your care",
    branchPhone: "The branch's telephone",
    change: "Change phone, address, work",
    history: "Contributions paid",
    noHistory: "No contributions yet",
    noHistoryWhy: "Months that were paid appear here with their receipt.",
    received: (on: string, receipt: string) => `received ${on}, receipt ${receipt}`,
  },
);

export function MemberScreen({ id }: { readonly id: string }): JSX.Element {
  const said = WORDS();
  const member = useRow("member", id);
  if (member === undefined) return <Waiting>{said.opening}</Waiting>;
  if (member === null) {
    return (
      <Screen title={said.none} back="/peserta">
        <EmptyState icon="users" title={said.none}>
          {said.noneWhy}
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen
      title={member.name}
      under={<MemberChip member={member} />}
      back="/peserta"
      foot={
        <ButtonLink to={`/peserta/${id}/ubah`} icon="pencil">
          {said.change}
        </ButtonLink>
      }
    >
      <Pending id={id} />
      <Standing member={member} />
      <Code member={member} />
      <Person member={member} />
      <History id={id} />
    </Screen>
  );
}

/** What the agent did about this member and the office has not answered yet. */
function Pending({ id }: { readonly id: string }): JSX.Element | null {
  const said = WORDS();
  const { commands } = useVault();
  const rows = useOutbox();
  const kinds = useAnswer(async () => {
    const about = await commands.about(id);
    return new Set(about.filter(({ row }) => row.settled_at === null).map(({ command }) => command.kind));
  }, [rows, id]);
  if (!kinds || kinds.size === 0) return null;
  return (
    <>
      {kinds.has("request_code") && <Notice tone="info">{said.asking}</Notice>}
      {kinds.has("change_contact") && <Notice tone="info">{said.changing}</Notice>}
    </>
  );
}

function Standing({ member }: { readonly member: MemberRow }): JSX.Element {
  const said = WORDS();
  const missed = monthsMissed(member);
  const last = member.paid_until && monthOf(member.paid_until);
  return (
    <Card>
      <Facts
        facts={[
          [said.paid, last ? month(last) : said.never],
          [said.missed, missed > 0 ? said.nMonths(missed) : said.nothing],
          [said.ends, last && day(`${lapseStarts(last)}-01`)],
          [said.protectedFrom, member.protected_from && day(member.protected_from)],
        ]}
      />
    </Card>
  );
}

function Code({ member }: { readonly member: MemberRow }): JSX.Element {
  const said = WORDS();
  const codes = useGroup("code", member.id) ?? [];
  const [asking, setAsking] = useState(false);
  const now = new Date().toISOString();
  const open = codes.filter(
    ({ state, expires_at }) => state === "open" && new Date(expires_at).toISOString() > now,
  );
  return (
    <Card title={said.code}>
      {open.map((code) => (
        <OpenCode key={code.id} code={code} name={member.name} />
      ))}
      {open.length === 0 && (
        <EmptyState icon="coin" title={said.noCode}>
          {said.noCodeWhy}
        </EmptyState>
      )}
      {asking ? (
        <AskForCode member={member} onDone={() => setAsking(false)} />
      ) : (
        <Button icon="coin" onClick={() => setAsking(true)}>
          {said.ask}
        </Button>
      )}
    </Card>
  );
}

function OpenCode({ code, name }: { readonly code: CodeRow; readonly name: string }): JSX.Element {
  const said = WORDS();
  const [copied, setCopied] = useState(false);
  const until = instant(new Date(code.expires_at));
  const share = async () => {
    const text = said.text(name, code.code, rupiah(code.amount_idr), until);
    setCopied((await giveText(text, said.code)) === "saved");
  };
  return (
    <div class="pay-code">
      <p class="digits">{code.code}</p>
      <p>
        <strong>{rupiah(code.amount_idr)}</strong> · {month(code.first_month)} · {said.nMonths(code.months)}
      </p>
      <p>{said.before(until)}</p>
      <p class="hint">{said.codeHow}</p>
      {copied && <Notice tone="good">{said.shared}</Notice>}
      <Button kind="primary" icon="send" onClick={() => void share()}>
        {said.share}
      </Button>
    </div>
  );
}

function AskForCode({
  member,
  onDone,
}: {
  readonly member: MemberRow;
  readonly onDone: () => void;
}): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const [months, setMonths] = useState<string | null>(null);
  const [full, setFull] = useState(false);
  const price = months ? priceOf(member, Number(months)) : null;
  const submit = async () => {
    try {
      await send(vault, { kind: "request_code", entity: member.id, body: { months: Number(months) } });
      onDone();
    } catch {
      setFull(true);
    }
  };
  return (
    <>
      <BigChoice
        label={said.askTitle}
        value={months}
        onChoose={setMonths}
        choices={MONTHS_AT_ONCE.map((n) => ({
          value: String(n),
          label: said.nMonths(n),
          under: rupiah(priceOf(member, n).total),
        }))}
      />
      {price && <PriceLaw amount={price} />}
      {full && <Notice tone="bad">{said.full}</Notice>}
      <Button kind="primary" icon="send" disabled={!months} onClick={() => void submit()}>
        {said.send}
      </Button>
      <Button onClick={onDone}>{said.cancel}</Button>
    </>
  );
}

/** From the month after the last paid one; a lapsed member begins anew with this month. */
function priceOf(member: MemberRow, months: number) {
  const now = monthOf(today());
  const after = member.paid_until ? plus(monthOf(member.paid_until), 1) : now;
  const first = member.state === "active" ? after : now;
  const programmes = member.programmes.filter((each): each is Programme => Object.hasOwn(PROGRAMMES(), each));
  const sector = SECTOR_OF[member.occupation as keyof typeof SECTOR_OF] ?? "other";
  return codeAmount({ income: member.income_idr, programmes, sector }, first, months);
}

function Person({ member }: { readonly member: MemberRow }): JSX.Element {
  const said = WORDS();
  return (
    <Card title={said.person}>
      <Facts
        facts={[
          [said.number, member.number],
          [said.nik, member.nik_masked],
          [said.phone, member.phone && <a href={`tel:${member.phone}`}>{member.phone}</a>],
          [said.address, member.address],
          [said.village, member.village_name],
          [said.work, wordFor(OCCUPATIONS(), member.occupation)],
          [said.base, rupiah(member.income_idr)],
          [said.programmes, member.programmes.map((each) => wordFor(PROGRAMMES(), each)).join(", ")],
          [said.joined, day(member.joined_on)],
          [said.managed, String(member.managed_months)],
          [
            said.branchPhone,
            member.branch_phone && <a href={`tel:${member.branch_phone}`}>{member.branch_phone}</a>,
          ],
        ]}
      />
    </Card>
  );
}

function History({ id }: { readonly id: string }): JSX.Element | null {
  const said = WORDS();
  const months = useGroup("month", id);
  if (!months) return null;
  const newest = [...months].sort(
    (one, other) => other.month.localeCompare(one.month) || other.id.localeCompare(one.id),
  );
  return (
    <Card title={said.history}>
      {newest.length === 0 && (
        <EmptyState icon="calendar" title={said.noHistory}>
          {said.noHistoryWhy}
        </EmptyState>
      )}
      <Rows>
        {newest.map((paid) => (
          <Row key={paid.id} title={month(paid.month)} aside={<strong>{rupiah(paid.total_idr)}</strong>}>
            {said.received(day(paid.received_on.slice(0, 10)), paid.receipt_number)}
          </Row>
        ))}
      </Rows>
    </Card>
  );
}

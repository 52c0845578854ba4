/** One line of pay: what it is about, its reason, the rule and its date, and the way to say that it is wrong. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { instant, month, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { newId } from "../../kernel/ids";
import { Button, Card, Chip, EmptyState, Facts, Field, Notice, Screen, Waiting } from "../../parts/parts";
import { useAnswer, useGroup, useOutbox, useVault } from "../../parts/use";
import type { LineRow } from "../../wire/shapes";
import { percent, RuleList } from "../law";
import { send } from "../send";
import { useDraft } from "../use-draft";
import { rulesOf } from "./rules";
import { useSubject } from "./subject";

const WORDS = words(
  {
    opening: "Membuka …",
    none: "Baris ini tidak ada di HP",
    noneWhy: "Mungkin salinan sedang diperbarui. Kembali ke bulannya.",
    counted: "Dihitung",
    notCounted: "Tidak dihitung",
    why: "Alasan",
    facts: "Hitungan kantor",
    received: "Iuran diterima",
    rate: "Bagian",
    amount: "Untuk Anda",
    month: "Bulan iuran",
    posted: "Dicatat",
    hash: "Buku aturan",
    rules: "Aturan yang berlaku bulan itu",
    wrong: "Baris ini tidak benar?",
    wrongHint: "Tulis apa yang menurut Anda seharusnya, dan bagaimana Anda tahu. Kantor cabang menjawab.",
    dispute: "Kirim keberatan",
    disputed: "Keberatan Anda tersimpan dan dikirim ke kantor cabang.",
    short: "Tulis paling sedikit satu kalimat.",
    full: "HP penuh: keberatan belum tersimpan. Kosongkan ruang, lalu tekan lagi.",
  },
  {
    opening: "Opening …",
    none: "This line is not on the phone",
    noneWhy: "The copy may be changing. Go back to its month.",
    counted: "Counts",
    notCounted: "Does not count",
    why: "Reason",
    facts: "The office's computation",
    received: "Contribution received",
    rate: "Share",
    amount: "For you",
    month: "Contribution month",
    posted: "Posted",
    hash: "Rulebook",
    rules: "Rules in force in that month",
    wrong: "Is this line wrong?",
    wrongHint: "Write what you think it should be, and how you know. The branch answers.",
    dispute: "Send the objection",
    disputed: "Your objection is kept and goes to the branch.",
    short: "Write at least one sentence.",
    full: "The phone is full: the objection is not kept. Make room, then press again.",
  },
);

interface LineProps {
  readonly period: string;
  readonly line: string;
}

export function PayLine({ period, line: id }: LineProps): JSX.Element {
  const said = WORDS();
  const lines = useGroup("line", period);
  const subjectOf = useSubject();
  if (!lines) return <Waiting>{said.opening}</Waiting>;
  const line = lines.find((each) => each.id === id);
  const back = `/insentif/${period}`;
  if (!line) {
    return (
      <Screen title={said.none} back={back}>
        <EmptyState icon="list" title={said.none}>
          {said.noneWhy}
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen
      title={subjectOf(line)}
      under={
        <Chip tone={line.counted ? "good" : "plain"} icon={line.counted ? "check" : "info"}>
          {line.counted ? said.counted : said.notCounted}
        </Chip>
      }
      back={back}
    >
      <Notice tone="info" title={said.why}>
        <p>{line.why}</p>
      </Notice>
      <Card title={said.facts}>
        <Facts
          facts={[
            ...(line.month
              ? ([
                  [said.month, month(line.month)],
                  [said.received, rupiah(line.received_idr)],
                  [said.rate, line.rate && rateOf(line.rate)],
                ] as const)
              : []),
            [said.amount, rupiah(line.agent_idr)],
            [said.posted, instant(new Date(line.posted_at))],
            [said.hash, line.rulebook_hash],
          ]}
        />
      </Card>
      <Card title={said.rules}>
        <RuleList rules={rulesOf(line)} />
      </Card>
      <Dispute line={line} />
    </Screen>
  );
}

/** `0.075` from the wire, in figures that the phone's number writer makes of it. */
const rateOf = (written: string): string => percent([Math.round(Number(written) * 10_000), 10_000]);

interface Disputed {
  readonly period: string;
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
}

const isAbout = ({ period, kind, subject }: Disputed, line: LineRow): boolean =>
  period === line.period.slice(0, 7) && kind === line.line_kind && subject === line.subject;

function Dispute({ line }: { readonly line: LineRow }): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const name = `dispute-${line.id}`;
  const { value, change, full } = useDraft<{ text: string }>(name, "dispute", { text: "" });
  const [pressed, setPressed] = useState(false);
  const [failed, setFailed] = useState(false);
  const rows = useOutbox();
  const told = useAnswer(async () => {
    const sent = await Promise.all((rows ?? []).map((row) => vault.commands.opened(row)));
    return sent.some(
      ({ command }) => command.kind === "dispute_line" && isAbout(command.body as Disputed, line),
    );
  }, [rows, line]);
  const text = value?.text.trim() ?? "";
  const submit = async () => {
    setPressed(true);
    if (text.length < 10) return;
    try {
      const body: Disputed = {
        period: line.period.slice(0, 7),
        kind: line.line_kind,
        subject: line.subject,
        text,
      };
      await send(vault, { kind: "dispute_line", entity: newId(), body, draft: name });
    } catch {
      setFailed(true);
    }
  };
  if (told) return <Notice tone="good">{said.disputed}</Notice>;
  return (
    <Card title={said.wrong}>
      {(full || failed) && <Notice tone="bad">{said.full}</Notice>}
      <Field
        label={said.wrong}
        value={value?.text ?? ""}
        onInput={(typed) => change({ text: typed })}
        lines={4}
        hint={said.wrongHint}
        wrong={pressed && text.length < 10 ? said.short : undefined}
      />
      <Button icon="send" onClick={() => void submit()}>
        {said.dispute}
      </Button>
    </Card>
  );
}

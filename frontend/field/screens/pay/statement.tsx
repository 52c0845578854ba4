/** One month of pay: what the office computed, what was taken as tax and paid out, and every line with its reason. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { day, month, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import type { IconName } from "../../parts/icons";
import {
  Button,
  Card,
  Chip,
  EmptyState,
  Facts,
  Notice,
  Row,
  Rows,
  Screen,
  type Tone,
  Waiting,
} from "../../parts/parts";
import { useAnswer, useGroup, useOutbox, useRows, useVault } from "../../parts/use";
import type { StatementRow } from "../../wire/shapes";
import { send } from "../send";
import { wordFor } from "../terms";
import { inOrder, sum } from "./periods";
import { useSubject } from "./subject";

const WORDS = words(
  {
    title: (period: string) => `Insentif ${period}`,
    opening: "Membuka …",
    sum: "Jumlah baris",
    tax: "Pajak",
    net: "Dibayarkan",
    paidOn: "Dibayar tanggal",
    lines: "Baris demi baris",
    none: "Belum ada baris bulan ini",
    noneWhy: "Baris muncul sesudah kantor menghitung bulan ini dan HP tersambung.",
    got: "Uangnya sudah masuk",
    gotNot: "Uangnya belum masuk",
    asked: "Sudahkah uang ini masuk ke rekening Anda?",
    told: "Jawaban Anda tersimpan dan dikirim ke kantor.",
    full: "HP penuh: jawaban belum tersimpan. Kosongkan ruang, lalu tekan lagi.",
  },
  {
    title: (period: string) => `Pay of ${period}`,
    opening: "Opening …",
    sum: "Sum of the lines",
    tax: "Tax",
    net: "Paid out",
    paidOn: "Paid on",
    lines: "Line by line",
    none: "No lines in this month yet",
    noneWhy: "Lines appear once the office has computed the month and the phone has been connected.",
    got: "The money has come",
    gotNot: "The money has not come",
    asked: "Has this money reached your account?",
    told: "Your answer is kept and goes to the office.",
    full: "The phone is full: the answer is not kept. Make room, then press again.",
  },
);

const STATES = words<Record<string, string>>(
  {
    draft: "Sedang dihitung",
    open: "Sedang dihitung",
    previewed: "Diperiksa kantor",
    closed: "Ditutup",
    approved: "Disetujui, menunggu bayar",
    paid: "Dibayar",
    failed: "Gagal dibayar",
    confirmed: "Diterima",
  },
  {
    draft: "Being computed",
    open: "Being computed",
    previewed: "The office is checking",
    closed: "Closed",
    approved: "Approved, waits for payment",
    paid: "Paid",
    failed: "Payment failed",
    confirmed: "Received",
  },
);

const TONES: Readonly<Record<string, readonly [Tone, IconName]>> = {
  paid: ["good", "check"],
  confirmed: ["good", "check"],
  approved: ["soon", "hourglass"],
  failed: ["bad", "alert"],
};

export function StatementChip({ statement }: { readonly statement: StatementRow }): JSX.Element {
  const [tone, icon] = TONES[statement.state] ?? ["info", "clock"];
  return (
    <Chip tone={tone} icon={icon}>
      {wordFor(STATES(), statement.state)}
    </Chip>
  );
}

export function PayStatement({ period }: { readonly period: string }): JSX.Element {
  const said = WORDS();
  const lines = useGroup("line", period);
  const statements = useRows("statement");
  const subjectOf = useSubject();
  if (!lines || !statements) return <Waiting>{said.opening}</Waiting>;
  const statement = statements.find((each) => each.period.slice(0, 7) === period);
  return (
    <Screen
      title={said.title(month(period))}
      under={statement && <StatementChip statement={statement} />}
      back="/insentif"
    >
      <Card>
        <Facts
          facts={[
            [said.sum, rupiah(sum(lines))],
            ...(statement
              ? ([
                  [said.tax, rupiah(statement.tax_idr)],
                  [said.net, rupiah(statement.net_idr)],
                  [said.paidOn, statement.paid_on && day(statement.paid_on)],
                ] as const)
              : []),
          ]}
        />
        {statement?.paid_on && <Received statement={statement} />}
      </Card>
      <Card title={said.lines}>
        {lines.length === 0 && (
          <EmptyState icon="list" title={said.none}>
            {said.noneWhy}
          </EmptyState>
        )}
        <Rows>
          {inOrder(lines).map((line) => (
            <Row
              key={line.id}
              title={subjectOf(line)}
              to={`/insentif/${period}/${line.id}`}
              aside={<strong>{rupiah(line.agent_idr)}</strong>}
            >
              {line.why}
            </Row>
          ))}
        </Rows>
      </Card>
    </Screen>
  );
}

/** The agent's word that the money came, or did not: asked until it is given. */
function Received({ statement }: { readonly statement: StatementRow }): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const rows = useOutbox();
  const [full, setFull] = useState(false);
  const told = useAnswer(
    async () => (await vault.commands.about(statement.id)).length > 0,
    [rows, statement.id],
  );
  const tell = async (received: boolean) => {
    try {
      await send(vault, { kind: "confirm_payout", entity: statement.id, body: { received, text: "" } });
    } catch {
      setFull(true);
    }
  };
  if (told) return <Notice tone="good">{said.told}</Notice>;
  return (
    <>
      <p>{said.asked}</p>
      {full && <Notice tone="bad">{said.full}</Notice>}
      <Button icon="check" onClick={() => void tell(true)}>
        {said.got}
      </Button>
      <Button icon="alert" onClick={() => void tell(false)}>
        {said.gotNot}
      </Button>
    </>
  );
}

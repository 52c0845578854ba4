/** The place "Insentif": this month so far and the months behind, each a sum of lines that can be opened. */
import type { JSX } from "preact";
import { month, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { monthOf } from "../../law/period";
import { ButtonLink, Card, EmptyState, Figure, Row, Rows, Screen, Waiting } from "../../parts/parts";
import { useRows } from "../../parts/use";
import { monthsOf } from "./periods";
import { StatementChip } from "./statement";

const WORDS = words(
  {
    title: "Insentif",
    opening: "Membuka salinan …",
    now: (period: string) => `${period}, sampai hitungan terakhir kantor`,
    nowUnder: "belum ditutup; angka kantor yang berlaku",
    lines: (n: number) => `${n} baris`,
    see: "Lihat baris demi baris",
    past: "Bulan-bulan lalu",
    none: "Belum ada bulan lain",
    noneWhy: "Setiap bulan yang dihitung kantor muncul di sini, baris demi baris dengan alasannya.",
    count: "Hitung: berapa kalau …",
  },
  {
    title: "Pay",
    opening: "Opening the copy …",
    now: (period: string) => `${period}, as the office last computed it`,
    nowUnder: "not closed yet; the office's figure holds",
    lines: (n: number) => (n === 1 ? "1 line" : `${n} lines`),
    see: "See line by line",
    past: "Months behind",
    none: "No other month yet",
    noneWhy: "Every month that the office has computed appears here, line by line with its reason.",
    count: "Compute: how much if …",
  },
);

export function PayMonths(): JSX.Element {
  const said = WORDS();
  const lines = useRows("line");
  const statements = useRows("statement");
  if (!lines || !statements) return <Waiting>{said.opening}</Waiting>;
  const [running, ...past] = monthsOf(lines, statements, monthOf(today()));
  return (
    <Screen title={said.title}>
      {running && (
        <Card title={said.now(month(running.period))}>
          <Figure value={rupiah(running.agent_idr)}>{said.nowUnder}</Figure>
          <ButtonLink to={`/insentif/${running.period}`} icon="list">
            {said.see}
          </ButtonLink>
        </Card>
      )}
      <ButtonLink to="/insentif/hitung" icon="coin">
        {said.count}
      </ButtonLink>
      <Card title={said.past}>
        {past.length === 0 && (
          <EmptyState icon="coin" title={said.none}>
            {said.noneWhy}
          </EmptyState>
        )}
        <Rows>
          {past.map(({ period, agent_idr, lines: many, statement }) => (
            <Row
              key={period}
              title={month(period)}
              to={`/insentif/${period}`}
              aside={
                <>
                  <strong>{rupiah(agent_idr)}</strong>
                  {statement && <StatementChip statement={statement} />}
                </>
              }
            >
              {said.lines(many)}
            </Row>
          ))}
        </Rows>
      </Card>
    </Screen>
  );
}

/** Education events: begun here, filled as people come, and those that wait or are sent. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { day } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { newId } from "../../kernel/ids";
import { Button, Card, Chip, EmptyState, Notice, Row, Rows, Screen } from "../../parts/parts";
import { go } from "../../parts/route";
import { useAnswer, useOutbox, useVault } from "../../parts/use";
import { blank, type EventDraft, KIND } from "./event";

const WORDS = words(
  {
    title: "Daftar hadir",
    start: "Mulai daftar hadir baru",
    open: "Sedang diisi",
    none: "Tidak ada yang sedang diisi",
    noneWhy: "Daftar hadir yang belum dikirim tersimpan di sini, juga bila HP mati.",
    unnamed: "Belum berjudul",
    people: (n: number) => `${n} orang`,
    sent: "Sudah selesai",
    noSent: "Belum ada",
    noSentWhy: "Daftar hadir yang dikirim muncul di sini dengan keadaannya.",
    waiting: "Menunggu kirim",
    arrived: "Sampai",
    refused: "Ditolak, lihat Kotak keluar",
    full: "HP penuh: daftar baru tidak dapat dimulai. Kosongkan ruang, lalu tekan lagi.",
  },
  {
    title: "Attendance",
    start: "Begin a new attendance list",
    open: "Being filled in",
    none: "Nothing is being filled in",
    noneWhy: "Lists that are not sent are kept here, also when the phone dies.",
    unnamed: "Without a title",
    people: (n: number) => (n === 1 ? "1 person" : `${n} people`),
    sent: "Finished",
    noSent: "None yet",
    noSentWhy: "Lists that were sent appear here with their state.",
    waiting: "Waiting to be sent",
    arrived: "Arrived",
    refused: "Refused, see the outbox",
    full: "The phone is full: no new list can be begun. Make room, then press again.",
  },
);

export function Events(): JSX.Element {
  const said = WORDS();
  const { drafts } = useVault();
  const [full, setFull] = useState(false);
  const open = useAnswer(() => drafts.list<EventDraft>(KIND), [drafts]);
  const start = async () => {
    const id = newId();
    try {
      await drafts.keep(id, KIND, blank(today()));
      go(`/hadir/${id}`);
    } catch {
      setFull(true);
    }
  };
  return (
    <Screen title={said.title} back="/lainnya">
      <Button kind="primary" icon="users" onClick={() => void start()}>
        {said.start}
      </Button>
      {full && <Notice tone="bad">{said.full}</Notice>}
      <Card title={said.open}>
        {open?.length === 0 && (
          <EmptyState icon="pencil" title={said.none}>
            {said.noneWhy}
          </EmptyState>
        )}
        <Rows>
          {open?.map(({ id, value }) => (
            <Row key={id} title={value.title || said.unnamed} to={`/hadir/${id}`} icon="pencil">
              {said.people(value.attendees.length)}
            </Row>
          ))}
        </Rows>
      </Card>
      <SentEvents />
    </Screen>
  );
}

function SentEvents(): JSX.Element {
  const said = WORDS();
  const { commands } = useVault();
  const rows = useOutbox();
  const sent = useAnswer(async () => {
    const opened = await Promise.all((rows ?? []).map((row) => commands.opened(row)));
    return opened.filter(({ command }) => command.kind === "record_attendance").reverse();
  }, [rows]);
  return (
    <Card title={said.sent}>
      {sent?.length === 0 && (
        <EmptyState icon="send" title={said.noSent}>
          {said.noSentWhy}
        </EmptyState>
      )}
      <Rows>
        {sent?.map(({ row, command }) => {
          const { title, attendees } = command.body as { title: string; attendees: readonly unknown[] };
          const refused = row.state === "refused" || row.state === "misuse";
          return (
            <Row
              key={command.id}
              title={title}
              aside={
                <Chip
                  tone={refused ? "bad" : row.settled_at ? "good" : "plain"}
                  icon={refused ? "cross" : row.settled_at ? "check" : "clock"}
                >
                  {refused ? said.refused : row.settled_at ? said.arrived : said.waiting}
                </Chip>
              }
            >
              {day(command.occurred_on)} · {said.people(attendees.length)}
            </Row>
          );
        })}
      </Rows>
    </Card>
  );
}

/** The outbox: every command, how it stands, why it was refused, and what to do. */
import { useState } from "preact/hooks";
import { ago, count } from "../i18n/formats";
import { words } from "../i18n/words";
import type { IconName } from "../parts/icons";
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
  Sheet,
  type Tone,
  Waiting,
} from "../parts/parts";
import { useAnswer, useOutbox, useVault } from "../parts/use";
import { type Sent, UNSETTLED } from "../store/commands";
import type { CommandRow, CommandState } from "../store/tables";
import { contact } from "../sync/contact";
import { contactNow } from "../sync/running";
import type { Command, CommandKind, Outcome } from "../wire/shapes";
import { mendingOf } from "./mending";
import { handOver } from "./parcel";

const WORDS = words(
  {
    title: "Kotak keluar",
    under: "Yang Anda kerjakan, dan apa jawaban kantor",
    send: "Kirim sekarang",
    sending: "Sedang mengirim…",
    empty: "Belum ada yang dikerjakan",
    emptyWhy: "Rujukan, perubahan data, dan daftar hadir muncul di sini begitu Anda selesai mengisinya.",
    unsettled: "Menunggu kirim",
    problems: "Perlu Anda perhatikan",
    settled: "Sudah dijawab kantor",
    refer_member: "Rujukan pekerja",
    resubmit_registration: "Rujukan diperbaiki",
    change_contact: "Perubahan data peserta",
    request_code: "Minta kode bayar",
    dispute_line: "Sanggahan insentif",
    confirm_payout: "Konfirmasi pembayaran insentif",
    record_attendance: "Daftar hadir",
    waiting: "menunggu kirim",
    state_sending: "sedang dikirim",
    accepted: "diterima",
    in_review: "diperiksa kantor",
    refused: "ditolak",
    held: "menunggu yang sebelumnya",
    misuse: "tidak bisa dikirim",
    waitingWhy: "Terkirim sendiri begitu ada sinyal. Anda boleh menutup aplikasi.",
    pausedWhy:
      "Kantor belum bisa membaca yang satu ini. Yang lain tetap terkirim; yang ini dicoba lagi nanti.",
    heldWhy:
      "Kantor menunggu langkah sebelumnya untuk pekerja ini. Keduanya dikirim lagi pada sambungan berikutnya.",
    acceptedWhy: "Sudah dicatat di kantor.",
    in_reviewWhy: "Kantor cabang memeriksa dan memutuskan. Anda tidak perlu mengirim lagi.",
    misuseWhy:
      "Nomor pekerjaan ini sudah pernah dipakai untuk isi lain. Tunjukkan layar ini ke kantor cabang.",
    made: "Dibuat",
    answered: "Dijawab",
    reference: "Nomor rujukan",
    mend: "Perbaiki dan kirim lagi",
    forget: "Hapus dari daftar",
    week: "Tidak ada sinyal berhari-hari?",
    weekWhy:
      "Simpan kotak keluar sebagai berkas tersegel dan bawa ke kantor cabang. Hanya kantor yang bisa membukanya; yang terkirim dua kali tetap dihitung sekali.",
    export: "Simpan sebagai berkas",
    noExport:
      "Peramban HP ini terlalu lama untuk membuat berkas tersegel. Perbarui peramban, atau kirim dengan sinyal.",
    loading: "Membuka…",
  },
  {
    title: "Outbox",
    under: "What you did, and what the office answered",
    send: "Send now",
    sending: "Sending…",
    empty: "Nothing has been done yet",
    emptyWhy: "Referrals, changes and attendance lists appear here once you have filled them in.",
    unsettled: "Waiting to be sent",
    problems: "Needs your attention",
    settled: "Answered by the office",
    refer_member: "Referral of a worker",
    resubmit_registration: "Mended referral",
    change_contact: "Change of a member's data",
    request_code: "Request for a payment code",
    dispute_line: "Dispute of an incentive line",
    confirm_payout: "Confirmation of a payout",
    record_attendance: "Attendance list",
    waiting: "waiting to be sent",
    state_sending: "being sent",
    accepted: "accepted",
    in_review: "in review",
    refused: "refused",
    held: "waits for the one before",
    misuse: "cannot be sent",
    waitingWhy: "Sent by itself once there is a signal. You may close the app.",
    pausedWhy: "The office could not read this one yet. The others are sent; this one is tried again later.",
    heldWhy: "The office waits for the step before it. Both are sent again at the next contact.",
    acceptedWhy: "On record at the office.",
    in_reviewWhy: "The branch looks at it and decides. You need not send it again.",
    misuseWhy: "This number was used before for something else. Show this screen to the branch.",
    made: "Made",
    answered: "Answered",
    reference: "Reference",
    mend: "Mend and send again",
    forget: "Remove from the list",
    week: "No signal for days?",
    weekWhy:
      "Save the outbox as a sealed file and take it to the branch. Only the office can open it; what is sent twice still counts once.",
    export: "Save as a file",
    noExport: "This phone's browser is too old to make a sealed file. Update it, or send with a signal.",
    loading: "Opening…",
  },
);

const LOOKS: Record<CommandState, readonly [Tone, IconName]> = {
  waiting: ["plain", "hourglass"],
  sending: ["info", "send"],
  accepted: ["good", "check"],
  in_review: ["info", "search"],
  refused: ["bad", "cross"],
  held: ["soon", "clock"],
  misuse: ["bad", "alert"],
};

const SHOWN = 100;

export function Outbox() {
  const t = WORDS();
  const { commands } = useVault();
  const rows = useOutbox();
  const [open, setOpen] = useState<string | null>(null);
  const sent = useAnswer(
    () => Promise.all((rows ?? []).slice(-SHOWN).map((row) => commands.opened(row))),
    [rows],
  );
  if (!rows || !sent) {
    return (
      <Screen title={t.title} back="/lainnya">
        <Waiting>{t.loading}</Waiting>
      </Screen>
    );
  }
  const unsettled = sent.filter(({ row }) => UNSETTLED.includes(row.state));
  const problems = sent.filter(({ row }) => row.state === "refused" || row.state === "misuse").reverse();
  const settled = sent.filter(({ row }) => row.state === "accepted" || row.state === "in_review").reverse();
  const shown = sent.find(({ row }) => row.id === open);
  return (
    <Screen
      title={t.title}
      back="/lainnya"
      under={t.under}
      foot={
        unsettled.length > 0 && (
          <Button
            kind="primary"
            icon="send"
            disabled={contact.value.busy !== null}
            onClick={() => void contactNow()}
          >
            {contact.value.busy === "sending" ? t.sending : t.send}
          </Button>
        )
      }
    >
      {sent.length === 0 && (
        <EmptyState icon="send" title={t.empty}>
          {t.emptyWhy}
        </EmptyState>
      )}
      <Group title={t.problems} sent={problems} onOpen={setOpen} />
      <Group title={t.unsettled} sent={unsettled} onOpen={setOpen} />
      <Group title={t.settled} sent={settled} onOpen={setOpen} />
      {unsettled.length > 0 && <Export />}
      {shown && <Details sent={shown} onClose={() => setOpen(null)} />}
    </Screen>
  );
}

interface GroupProps {
  readonly title: string;
  readonly sent: readonly Sent[];
  readonly onOpen: (id: string) => void;
}

function Group({ title, sent, onOpen }: GroupProps) {
  const t = WORDS();
  if (sent.length === 0) return null;
  return (
    <Card title={title} aside={<strong>{count(sent.length)}</strong>}>
      <Rows>
        {sent.map(({ row, command }) => (
          <Row key={row.id} title={named(command) || t[command.kind]} onClick={() => onOpen(row.id)}>
            {named(command) && `${t[command.kind]} · `}
            {ago(row.made_at)}
            <br />
            <State row={row} />
          </Row>
        ))}
      </Rows>
    </Card>
  );
}

function State({ row }: { readonly row: CommandRow }) {
  const t = WORDS();
  const [tone, icon] = LOOKS[row.state];
  return (
    <Chip tone={tone} icon={icon}>
      {row.state === "sending" ? t.state_sending : t[row.state]}
    </Chip>
  );
}

function Details({ sent, onClose }: { readonly sent: Sent; readonly onClose: () => void }) {
  const t = WORDS();
  const { commands } = useVault();
  const { row, command, outcome } = sent;
  const mending = row.state === "refused" ? mendingOf(command) : null;
  const forget = async () => {
    await commands.forget(row.id);
    onClose();
  };
  return (
    <Sheet title={named(command) || t[command.kind]} onClose={onClose}>
      <State row={row} />
      <Why row={row} outcome={outcome} />
      <Facts
        facts={[
          [t.made, ago(row.made_at)],
          [t.answered, row.settled_at && ago(row.settled_at)],
          ...(typeof outcome?.result.reference === "string"
            ? [[t.reference, outcome.result.reference] as const]
            : []),
        ]}
      />
      {mending && (
        <a class="button button-primary" href={`#${mending}`} onClick={onClose}>
          {t.mend}
        </a>
      )}
      {!UNSETTLED.includes(row.state) && (
        <Button icon="trash" onClick={() => void forget()}>
          {t.forget}
        </Button>
      )}
    </Sheet>
  );
}

function Why({ row, outcome }: { readonly row: CommandRow; readonly outcome: Outcome | null }) {
  const t = WORDS();
  const said = [outcome?.message, ...(outcome?.also ?? []).map((each) => each.message)].filter(Boolean);
  if (row.state === "refused")
    return (
      <Notice tone="bad">
        {said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Notice>
    );
  const why: Record<Exclude<CommandState, "refused">, string> = {
    waiting: row.tries > 0 ? t.pausedWhy : t.waitingWhy,
    sending: t.waitingWhy,
    accepted: t.acceptedWhy,
    in_review: t.in_reviewWhy,
    held: outcome?.code === "command_stumbled" ? t.pausedWhy : t.heldWhy,
    misuse: t.misuseWhy,
  };
  return <p>{why[row.state]}</p>;
}

function Export() {
  const t = WORDS();
  const open = useVault();
  const [failed, setFailed] = useState(false);
  const make = async () => {
    try {
      await handOver((await open.parcel()).bytes, new Date());
    } catch {
      setFailed(true);
    }
  };
  return (
    <Card title={t.week}>
      <p class="quiet">{t.weekWhy}</p>
      {failed && <Notice tone="bad">{t.noExport}</Notice>}
      <Button icon="download" onClick={() => void make()}>
        {t.export}
      </Button>
    </Card>
  );
}

/** Whom or what a command is about, in the agent's own words. */
function named({ body }: Command): string {
  const about = body as { name?: unknown; title?: unknown };
  return typeof about.name === "string" ? about.name : typeof about.title === "string" ? about.title : "";
}

export type { CommandKind };

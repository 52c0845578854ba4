/** Today: how the month stands, whom to visit, what waits, which paper runs out, what the branch says. */
import { ago, count, day, month, rupiah } from "../i18n/formats";
import { words } from "../i18n/words";
import { today as dayOfToday, daysBetween } from "../kernel/days";
import { Card, Chip, EmptyState, Figure, Notice, Row, Rows, Screen, Waiting } from "../parts/parts";
import { useAnswer, useOutbox, useRows, useVault } from "../parts/use";
import { UNSETTLED } from "../store/commands";
import { contact } from "../sync/contact";
import { appKept } from "../sync/updates";
import type { AgentRow } from "../wire/shapes";
import { type Visit, visits } from "./visits";

const WORDS = words(
  {
    title: "Hari ini",
    members: (in_month: string) => `Peserta baru, ${in_month}`,
    missing: (n: string, of: string) => `${n} lagi sampai ambang insentif (${of} peserta baru sebulan)`,
    reached: (of: string) => `ambang insentif (${of} peserta baru sebulan) tercapai`,
    bar: "Peserta baru menuju ambang insentif",
    received: "Iuran diterima bulan ini",
    receivedUnder: "dari peserta binaan Anda",
    visit: "Perlindungan berakhir dalam 7 hari",
    visitNone: "Tidak ada yang harus dikunjungi",
    visitNoneWhy:
      "Peserta yang perlindungannya berakhir dalam 7 hari muncul di sini, lengkap dengan jumlah iurannya.",
    days: (n: number) => (n === 0 ? "mulai hari ini" : n === 1 ? "besok" : `${n} hari lagi`),
    waits: "Menunggu",
    drafts: (n: number) => `${n} draf belum selesai`,
    draftsUnder: "Tersimpan di HP ini, belum dikirim",
    outbox: (n: number) => `${n} menunggu kirim`,
    outboxUnder: "Terkirim sendiri begitu ada sinyal",
    mend: (n: number) => `${n} ditolak kantor, perlu diperbaiki`,
    mendUnder: "Lihat sebabnya dan kirim lagi",
    returned: (n: number) => `${n} dikembalikan untuk diperbaiki`,
    returnedUnder: "Kantor menulis apa yang kurang",
    nothing: "Tidak ada yang menunggu",
    nothingWhy: "Draf dan pekerjaan yang belum terkirim muncul di sini.",
    papers: "Surat-surat Anda",
    certificate: "Sertifikat",
    letter: "Surat Tugas",
    pks: "PKS Wadah",
    none: "tidak ada",
    until: (on: string) => `sampai ${on}`,
    over: (on: string) => `habis ${on}`,
    mayNot: "Anda belum boleh merujuk pekerja",
    mayNotWhy: (lacks: string) => `Yang kurang: ${lacks}. Hubungi kantor cabang Anda.`,
    messages: "Pesan dari kantor cabang",
    messagesNone: "Belum ada pesan",
    messagesNoneWhy: "Pesan kantor cabang untuk Anda muncul di sini sesudah tersambung.",
    loading: "Membuka salinan…",
    first: "Menyimpan aplikasi dan data pertama kali",
    firstWhy:
      "Sesudah ini semuanya bisa dipakai tanpa sinyal. Biarkan aplikasi terbuka sebentar selama ada sinyal.",
  },
  {
    title: "Today",
    members: (in_month: string) => `New members, ${in_month}`,
    missing: (n: string, of: string) => `${n} to go to the incentive threshold (${of} new members a month)`,
    reached: (of: string) => `incentive threshold (${of} new members a month) reached`,
    bar: "New members towards the incentive threshold",
    received: "Contributions received this month",
    receivedUnder: "from the members you look after",
    visit: "Protection ends within 7 days",
    visitNone: "Nobody has to be visited",
    visitNoneWhy: "Members whose protection ends within 7 days appear here, with what they have to pay.",
    days: (n: number) => (n === 0 ? "from today" : n === 1 ? "tomorrow" : `in ${n} days`),
    waits: "Waiting",
    drafts: (n: number) => `${n} unfinished drafts`,
    draftsUnder: "Kept on this phone, not sent yet",
    outbox: (n: number) => `${n} waiting to be sent`,
    outboxUnder: "Sent by themselves once there is a signal",
    mend: (n: number) => `${n} refused by the office, to be mended`,
    mendUnder: "See why, and send again",
    returned: (n: number) => `${n} returned to be mended`,
    returnedUnder: "The office wrote what is missing",
    nothing: "Nothing is waiting",
    nothingWhy: "Drafts and unsent work appear here.",
    papers: "Your papers",
    certificate: "Certificate",
    letter: "Letter of assignment",
    pks: "The Wadah's agreement",
    none: "none",
    until: (on: string) => `until ${on}`,
    over: (on: string) => `ended ${on}`,
    mayNot: "You may not refer workers yet",
    mayNotWhy: (lacks: string) => `What is missing: ${lacks}. Call your branch.`,
    messages: "Messages from the branch",
    messagesNone: "No messages yet",
    messagesNoneWhy: "What the branch writes to you appears here once there was a contact.",
    loading: "Opening the copy…",
    first: "Keeping app and data for the first time",
    firstWhy:
      "After this everything works without a signal. Keep the app open for a moment while there is one.",
  },
);

export function Today() {
  const t = WORDS();
  const agent = useRows("agent")?.[0];
  const members = useRows("member");
  const on = dayOfToday();
  return (
    <Screen title={t.title} under={day(on)}>
      {(contact.value.last_at === null || !appKept.value) && (
        <Notice tone="info" title={t.first}>
          {t.firstWhy}
        </Notice>
      )}
      {agent && !agent.may_act && (
        <Notice tone="bad" title={t.mayNot}>
          {t.mayNotWhy(agent.lacks.join(", "))}
        </Notice>
      )}
      {agent && <Month agent={agent} on={on} />}
      {members ? <Visits visits={visits(members, on)} /> : <Waiting>{t.loading}</Waiting>}
      <Waits />
      {agent && <Papers agent={agent} on={on} />}
      <Messages />
    </Screen>
  );
}

function Month({ agent, on }: { readonly agent: AgentRow; readonly on: string }) {
  const t = WORDS();
  const missing = Math.max(0, agent.threshold - agent.new_members);
  return (
    <Card title={t.members(month(on))}>
      <Figure value={count(agent.new_members)}>
        {missing > 0 ? t.missing(count(missing), count(agent.threshold)) : t.reached(count(agent.threshold))}
      </Figure>
      <progress
        class="bar"
        aria-label={t.bar}
        max={agent.threshold}
        value={Math.min(agent.new_members, agent.threshold)}
      />
      <Rows>
        <Row icon="coin" title={t.received} aside={<strong>{rupiah(agent.received_idr)}</strong>}>
          {t.receivedUnder}
        </Row>
      </Rows>
    </Card>
  );
}

function Visits({ visits: found }: { readonly visits: readonly Visit[] }) {
  const t = WORDS();
  return (
    <Card title={t.visit} aside={found.length > 0 && <strong>{count(found.length)}</strong>}>
      {found.length === 0 ? (
        <EmptyState icon="check" title={t.visitNone}>
          {t.visitNoneWhy}
        </EmptyState>
      ) : (
        <Rows>
          {found.map(({ member, days, month_idr }) => (
            <Row
              key={member.id}
              to={`/peserta/${member.id}`}
              title={member.name}
              aside={<strong>{rupiah(month_idr)}</strong>}
            >
              {t.days(days)} · {member.village_name}
            </Row>
          ))}
        </Rows>
      )}
    </Card>
  );
}

function Waits() {
  const t = WORDS();
  const { drafts } = useVault();
  const outbox = useOutbox() ?? [];
  const begun = useAnswer(() => drafts.count(), [drafts, outbox]) ?? 0;
  const returned = (useRows("registration") ?? []).filter((each) => each.state === "returned").length;
  const waiting = outbox.filter((row) => UNSETTLED.includes(row.state)).length;
  const refused = outbox.filter((row) => row.state === "refused" || row.state === "misuse").length;
  return (
    <Card title={t.waits}>
      {begun + waiting + refused + returned === 0 ? (
        <EmptyState icon="check" title={t.nothing}>
          {t.nothingWhy}
        </EmptyState>
      ) : (
        <Rows>
          {refused > 0 && (
            <Row icon="alert" to="/kotak-keluar" title={t.mend(refused)}>
              {t.mendUnder}
            </Row>
          )}
          {returned > 0 && (
            <Row icon="pencil" to="/peserta" title={t.returned(returned)}>
              {t.returnedUnder}
            </Row>
          )}
          {begun > 0 && (
            <Row icon="pencil" to="/daftarkan" title={t.drafts(begun)}>
              {t.draftsUnder}
            </Row>
          )}
          {waiting > 0 && (
            <Row icon="send" to="/kotak-keluar" title={t.outbox(waiting)}>
              {t.outboxUnder}
            </Row>
          )}
        </Rows>
      )}
    </Card>
  );
}

/** Days before its end at which a paper is called out. */
const SOON = 30;

function Papers({ agent, on }: { readonly agent: AgentRow; readonly on: string }) {
  const t = WORDS();
  const papers = [
    [t.certificate, agent.certificate_until],
    [t.letter, agent.letter_until],
    [t.pks, agent.pks_until],
  ] as const;
  return (
    <Card title={t.papers}>
      <Rows>
        {papers.map(([name, until]) => (
          <Row key={name} icon="certificate" title={name} aside={<Until until={until} on={on} />} />
        ))}
      </Rows>
    </Card>
  );
}

function Until({ until, on }: { readonly until: string | null; readonly on: string }) {
  const t = WORDS();
  if (!until)
    return (
      <Chip tone="bad" icon="cross">
        {t.none}
      </Chip>
    );
  const left = daysBetween(on, until);
  if (left < 0)
    return (
      <Chip tone="bad" icon="cross">
        {t.over(day(until))}
      </Chip>
    );
  return left <= SOON ? (
    <Chip tone="soon" icon="clock">
      {t.until(day(until))}
    </Chip>
  ) : (
    <Chip tone="good" icon="check">
      {t.until(day(until))}
    </Chip>
  );
}

function Messages() {
  const t = WORDS();
  const messages = [...(useRows("message") ?? [])].sort((one, other) =>
    one.sent_at < other.sent_at ? 1 : -1,
  );
  return (
    <Card title={t.messages}>
      {messages.length === 0 ? (
        <EmptyState icon="message" title={t.messagesNone}>
          {t.messagesNoneWhy}
        </EmptyState>
      ) : (
        <Rows>
          {messages.slice(0, 10).map((message) => (
            <Row key={message.id} icon="message" title={message.text}>
              {ago(new Date(message.sent_at))}
            </Row>
          ))}
        </Rows>
      )}
    </Card>
  );
}

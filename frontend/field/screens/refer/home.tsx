/** The place "Daftarkan": a new referral in one press, the drafts as they were left, and what became of the sent ones. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RegistrationState } from "../../../generated/transitions";
import { ago, day } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { newId } from "../../kernel/ids";
import { Button, Card, Chip, EmptyState, Notice, Row, Rows, Screen } from "../../parts/parts";
import { go } from "../../parts/route";
import { useAnswer, useOutbox, useRows, useVault } from "../../parts/use";
import type { Draft } from "../../store/drafts";
import { REGISTRATION_STATES, REGISTRATION_TONES, wordFor } from "../terms";
import { blank, KIND, type ReferralDraft } from "./draft";

const WORDS = words(
  {
    title: "Daftarkan",
    start: "Daftarkan pekerja baru",
    drafts: "Draf",
    noDrafts: "Tidak ada draf",
    noDraftsWhy: "Yang belum selesai diketik muncul di sini, juga bila HP mati di tengah jalan.",
    unnamed: "Belum bernama",
    kept: (when: string) => `tersimpan ${when}`,
    drop: "Hapus draf",
    dropSure: (name: string) => `Hapus draf ${name} untuk selamanya?`,
    keep: "Biarkan",
    sent: "Rujukan Anda",
    noSent: "Belum ada rujukan",
    noSentWhy: "Rujukan yang sudah sampai di kantor muncul di sini dengan keadaannya.",
    full: "HP penuh: draf baru tidak dapat dimulai",
    fullWhy: "Hapus foto atau aplikasi lain di HP, lalu coba lagi.",
    waiting: "Menunggu kirim",
  },
  {
    title: "Refer",
    start: "Refer a new worker",
    drafts: "Drafts",
    noDrafts: "No drafts",
    noDraftsWhy: "What is not finished appears here, also when the phone dies half-way.",
    unnamed: "Without a name",
    kept: (when: string) => `kept ${when}`,
    drop: "Delete the draft",
    dropSure: (name: string) => `Delete the draft of ${name} for ever?`,
    keep: "Leave it",
    sent: "Your referrals",
    noSent: "No referrals yet",
    noSentWhy: "Referrals that have reached the office appear here with their state.",
    full: "The phone is full: no new draft can be begun",
    fullWhy: "Delete photos or other apps on the phone, then try again.",
    waiting: "Waiting to be sent",
  },
);

export function ReferHome(): JSX.Element {
  const said = WORDS();
  const { drafts } = useVault();
  const [full, setFull] = useState(false);
  const start = async () => {
    const id = newId();
    try {
      await drafts.keep(id, KIND, blank(today()));
      go(`/daftarkan/${id}/nik`);
    } catch {
      setFull(true);
    }
  };
  return (
    <Screen title={said.title}>
      <Button kind="primary" icon="add-user" onClick={() => void start()}>
        {said.start}
      </Button>
      {full && (
        <Notice tone="bad" title={said.full}>
          <p>{said.fullWhy}</p>
        </Notice>
      )}
      <DraftList />
      <SentList />
    </Screen>
  );
}

function DraftList(): JSX.Element | null {
  const said = WORDS();
  const { drafts } = useVault();
  const [dropped, setDropped] = useState(0);
  const [asked, setAsked] = useState<Draft<ReferralDraft> | null>(null);
  const kept = useAnswer(() => drafts.list<ReferralDraft>(KIND), [drafts, dropped]);
  if (!kept) return null;
  const drop = async (id: string) => {
    await drafts.drop(id);
    setAsked(null);
    setDropped((times) => times + 1);
  };
  return (
    <Card title={said.drafts}>
      {kept.length === 0 && (
        <EmptyState icon="pencil" title={said.noDrafts}>
          {said.noDraftsWhy}
        </EmptyState>
      )}
      <Rows>
        {kept.map((draft) => (
          <li class="with-act" key={draft.id}>
            <ul class="rows">
              <Row
                title={draft.value.name || said.unnamed}
                to={`/daftarkan/${draft.id}/${draft.value.step}`}
                icon="pencil"
              >
                {said.kept(ago(draft.kept_at))}
              </Row>
            </ul>
            <Button icon="trash" onClick={() => setAsked(draft)}>
              {said.drop}
            </Button>
            {asked?.id === draft.id && (
              <Notice tone="soon" title={said.dropSure(draft.value.name || said.unnamed.toLowerCase())}>
                <Button kind="danger" icon="trash" onClick={() => void drop(draft.id)}>
                  {said.drop}
                </Button>
                <Button onClick={() => setAsked(null)}>{said.keep}</Button>
              </Notice>
            )}
          </li>
        ))}
      </Rows>
    </Card>
  );
}

function SentList(): JSX.Element | null {
  const said = WORDS();
  const { commands } = useVault();
  const registrations = useRows("registration");
  const rows = useOutbox();
  const unsent = useAnswer(async () => {
    const opened = await Promise.all((rows ?? []).map((row) => commands.opened(row)));
    return opened.filter(({ row, command }) => row.settled_at === null && command.kind === "refer_member");
  }, [rows]);
  if (!registrations || !unsent) return null;
  const newest = [...registrations].sort((one, other) => other.submitted_at.localeCompare(one.submitted_at));
  return (
    <Card title={said.sent}>
      {newest.length + unsent.length === 0 && (
        <EmptyState icon="send" title={said.noSent}>
          {said.noSentWhy}
        </EmptyState>
      )}
      <Rows>
        {unsent.map(({ command }) => (
          <Row
            key={command.id}
            title={(command.body as { name: string }).name}
            to={`/slip/${command.entity}`}
          >
            {day(command.occurred_on)}{" "}
            <Chip tone="plain" icon="clock">
              {said.waiting}
            </Chip>
          </Row>
        ))}
        {newest.map(({ id, name, state, occurred_on }) => (
          <Row key={id} title={name} to={`/pendaftaran/${id}`}>
            {day(occurred_on)} <StateChip state={state} />
          </Row>
        ))}
      </Rows>
    </Card>
  );
}

export function StateChip({
  state,
  since,
}: {
  readonly state: string;
  readonly since?: string;
}): JSX.Element {
  const [tone, icon] = REGISTRATION_TONES[state as RegistrationState] ?? ["plain", "info"];
  return (
    <Chip tone={tone} icon={icon} {...(since && { since })}>
      {wordFor(REGISTRATION_STATES(), state)}
    </Chip>
  );
}

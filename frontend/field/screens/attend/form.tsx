/** One event and its people. Everything is kept at every keystroke; the whole list goes as one command. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Occupation, SECTOR_OF } from "../../../generated/choices";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { newId } from "../../kernel/ids";
import {
  BigChoice,
  Button,
  ButtonLink,
  Card,
  EmptyState,
  Field,
  Notice,
  Row,
  Rows,
  Screen,
  Waiting,
} from "../../parts/parts";
import { go, goInstead } from "../../parts/route";
import { useAnswer, useVault } from "../../parts/use";
import { send } from "../send";
import { Signature } from "../signature";
import { OCCUPATIONS } from "../terms";
import { useDraft } from "../use-draft";
import { VillagePicker } from "../village-picker";
import {
  type Attendee,
  type EventDraft,
  fromCommand,
  KIND,
  type Missing,
  missingIn,
  missingOf,
  newAttendee,
  orderOf,
} from "./event";

const WORDS = words(
  {
    title: "Daftar hadir",
    opening: "Membuka …",
    gone: "Daftar ini tidak ada lagi",
    goneWhy: "Mungkin sudah dikirim. Lihat daftar yang sudah selesai.",
    list: "Ke daftar",
    name: "Judul acara",
    nameHint: "Misalnya: Sosialisasi petani kopi.",
    place: "Tempat",
    placeHint: "Misalnya: balai nagari, lapau Uni Eti.",
    held: "Tanggal",
    heldHint: "Hari-bulan-tahun.",
    people: (n: number) => `Yang hadir: ${n} orang`,
    none: "Belum ada yang dicatat",
    noneWhy: "Tambah orang satu demi satu; setiap orang boleh tanda tangan di layar.",
    add: "Tambah orang",
    incomplete: "belum lengkap",
    unnamed: "Belum bernama",
    send: "Kirim daftar hadir",
    drop: "Hapus daftar ini",
    dropSure: "Hapus daftar hadir ini untuk selamanya?",
    keep: "Biarkan",
    failed: "HP penuh: daftar belum tersimpan. Kosongkan ruang, lalu coba lagi.",
    person: "Yang hadir",
    personName: "Nama",
    phone: "Nomor HP (boleh kosong)",
    sex: "Perempuan atau laki-laki",
    female: "Perempuan",
    male: "Laki-laki",
    work: "Pekerjaan",
    sign: "Tanda tangan yang hadir",
    done: "Selesai",
    another: "Orang berikutnya",
    remove: "Hapus orang ini",
    phoneWrong: "Nomor HP tidak dikenal. Tulis seperti 0812 3456 7890, atau kosongkan.",
  },
  {
    title: "Attendance",
    opening: "Opening …",
    gone: "This list is no longer there",
    goneWhy: "It may have been sent. Look at the finished lists.",
    list: "To the list",
    name: "Title of the event",
    nameHint: "Such as: Talk for coffee farmers.",
    place: "Place",
    placeHint: "Such as: village hall, Uni Eti's stall.",
    held: "Date",
    heldHint: "Day-month-year.",
    people: (n: number) => `Who came: ${n}`,
    none: "Nobody is noted yet",
    noneWhy: "Add people one by one; each may sign on the screen.",
    add: "Add a person",
    incomplete: "not complete",
    unnamed: "Without a name",
    send: "Send the attendance list",
    drop: "Delete this list",
    dropSure: "Delete this attendance list for ever?",
    keep: "Leave it",
    failed: "The phone is full: the list is not kept. Make room, then try again.",
    person: "Who came",
    personName: "Name",
    phone: "Phone number (may stay empty)",
    sex: "Woman or man",
    female: "Woman",
    male: "Man",
    work: "Work",
    sign: "Signature of who came",
    done: "Done",
    another: "Next person",
    remove: "Delete this person",
    phoneWrong: "The phone number is not recognised. Write it like 0812 3456 7890, or leave it empty.",
  },
);

const MISSING = words<Record<Missing, string>>(
  {
    title: "Tulis judul acaranya.",
    village: "Pilih nagari tempat acaranya.",
    place: "Tulis tempatnya.",
    held: "Tulis tanggalnya, misalnya 24-11-2026.",
    future: "Tanggal acara ada di masa depan. Periksa tanggalnya.",
    attendees: "Catat paling sedikit satu orang, dan lengkapi nama, kelamin, dan pekerjaan setiap orang.",
  },
  {
    title: "Write the title of the event.",
    village: "Choose the village where it was held.",
    place: "Write the place.",
    held: "Write the date, such as 24-11-2026.",
    future: "The date lies in the future. Check it.",
    attendees: "Note at least one person, and complete name, sex and work of each.",
  },
);

export function EventForm({ draft: id }: { readonly draft: string }): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const { value: draft, change, full } = useDraft<EventDraft>(id, KIND);
  const [pressed, setPressed] = useState(false);
  const [failed, setFailed] = useState(false);
  const [dropping, setDropping] = useState(false);
  if (draft === undefined) return <Waiting>{said.opening}</Waiting>;
  if (draft === null) return <Gone />;
  const missing = missingIn(draft, today());
  const wrong = (...names: Missing[]) =>
    pressed ? names.filter((name) => missing.includes(name)).map((name) => MISSING()[name])[0] : undefined;
  const add = () => {
    const person = newAttendee();
    change({ attendees: [...draft.attendees, person] });
    go(`/hadir/${id}/${person.id}`);
  };
  const submit = async () => {
    setPressed(true);
    if (missing.length > 0) return;
    try {
      await send(vault, orderOf(id, draft));
      goInstead("/hadir");
    } catch {
      setFailed(true);
    }
  };
  const drop = async () => {
    await vault.drafts.drop(id);
    goInstead("/hadir");
  };
  return (
    <Screen
      title={said.title}
      back="/hadir"
      foot={
        <>
          <Button kind="primary" icon="send" onClick={() => void submit()}>
            {said.send}
          </Button>
          <Button icon="trash" onClick={() => setDropping(true)}>
            {said.drop}
          </Button>
          {dropping && (
            <Notice tone="soon" title={said.dropSure}>
              <Button kind="danger" icon="trash" onClick={() => void drop()}>
                {said.drop}
              </Button>
              <Button onClick={() => setDropping(false)}>{said.keep}</Button>
            </Notice>
          )}
        </>
      }
    >
      {(full || failed) && <Notice tone="bad">{said.failed}</Notice>}
      <Field
        label={said.name}
        value={draft.title}
        onInput={(title) => change({ title })}
        hint={said.nameHint}
        wrong={wrong("title")}
      />
      <VillagePicker
        code={draft.village_code}
        path={draft.village_name}
        onPick={(village_code, village_name) => change({ village_code, village_name })}
        wrong={wrong("village")}
      />
      <Field
        label={said.place}
        value={draft.place}
        onInput={(place) => change({ place })}
        hint={said.placeHint}
        wrong={wrong("place")}
      />
      <Field
        label={said.held}
        value={draft.held_typed}
        onInput={(held_typed) => change({ held_typed })}
        mode="numeric"
        hint={said.heldHint}
        wrong={wrong("held", "future")}
      />
      <Card title={said.people(draft.attendees.length)}>
        {wrong("attendees") && <Notice tone="bad">{wrong("attendees")}</Notice>}
        {draft.attendees.length === 0 && (
          <EmptyState icon="users" title={said.none}>
            {said.noneWhy}
          </EmptyState>
        )}
        <Rows>
          {draft.attendees.map((each) => (
            <Row key={each.id} title={each.name || said.unnamed} to={`/hadir/${id}/${each.id}`} icon="user">
              {missingOf(each).length > 0
                ? said.incomplete
                : each.occupation && OCCUPATIONS()[each.occupation]}
            </Row>
          ))}
        </Rows>
        <Button icon="add-user" onClick={add}>
          {said.add}
        </Button>
      </Card>
    </Screen>
  );
}

interface AttendeeProps {
  readonly draft: string;
  readonly person: string;
}

export function AttendeeForm({ draft: id, person }: AttendeeProps): JSX.Element {
  const said = WORDS();
  const { value: draft, change, full } = useDraft<EventDraft>(id, KIND);
  if (draft === undefined) return <Waiting>{said.opening}</Waiting>;
  const attendee = draft?.attendees.find((each) => each.id === person);
  if (!draft || !attendee) return <Gone />;
  const put = (part: Partial<Attendee>) =>
    change(({ attendees }) => ({
      attendees: attendees.map((each) => (each.id === person ? { ...each, ...part } : each)),
    }));
  const another = () => {
    const next = newAttendee();
    change({ attendees: [...draft.attendees, next] });
    goInstead(`/hadir/${id}/${next.id}`);
  };
  const remove = () => {
    change({ attendees: draft.attendees.filter((each) => each.id !== person) });
    goInstead(`/hadir/${id}`);
  };
  const phoneWrong =
    missingOf(attendee).includes("phone") && attendee.phone.replaceAll(/\D/g, "").length >= 8;
  return (
    <Screen
      title={said.person}
      under={draft.title}
      back={`/hadir/${id}`}
      foot={
        <>
          <Button kind="primary" icon="add-user" onClick={another}>
            {said.another}
          </Button>
          <ButtonLink to={`/hadir/${id}`} icon="check">
            {said.done}
          </ButtonLink>
          <Button icon="trash" onClick={remove}>
            {said.remove}
          </Button>
        </>
      }
    >
      {full && <Notice tone="bad">{said.failed}</Notice>}
      <Field label={said.personName} value={attendee.name} onInput={(name) => put({ name })} />
      <Field
        label={said.phone}
        value={attendee.phone}
        onInput={(phone) => put({ phone })}
        type="tel"
        mode="tel"
        wrong={phoneWrong ? said.phoneWrong : undefined}
      />
      <BigChoice
        label={said.sex}
        value={attendee.sex || null}
        onChoose={(sex) => put({ sex })}
        choices={[
          { value: "f", label: said.female },
          { value: "m", label: said.male },
        ]}
      />
      <BigChoice
        label={said.work}
        value={attendee.occupation || null}
        onChoose={(occupation) => put({ occupation })}
        choices={(Object.keys(SECTOR_OF) as Occupation[]).map((value) => ({
          value,
          label: OCCUPATIONS()[value],
        }))}
      />
      <Sign label={said.sign} attendee={attendee} onSigned={(signature) => put({ signature })} />
    </Screen>
  );
}

interface SignProps {
  readonly label: string;
  readonly attendee: Attendee;
  readonly onSigned: (sha: string | null) => void;
}

function Sign({ label, attendee, onSigned }: SignProps): JSX.Element | null {
  const { blobs } = useVault();
  // Only what was kept when this screen opened is drawn again; later strokes are on the screen already.
  const [first] = useState(attendee.signature);
  const kept = useAnswer(async () => (first && (await blobs.find(first))) || null, [blobs, first]);
  const signed = async (picture: Blob | null) => onSigned(picture && (await blobs.put(picture)));
  return kept === undefined ? null : (
    <Signature label={label} kept={kept} onSigned={(picture) => void signed(picture)} />
  );
}

function Gone(): JSX.Element {
  const said = WORDS();
  return (
    <Screen title={said.gone} foot={<ButtonLink to="/hadir">{said.list}</ButtonLink>}>
      <EmptyState icon="info" title={said.gone}>
        {said.goneWhy}
      </EmptyState>
    </Screen>
  );
}

/** Opened from the outbox: a refused list becomes a draft again, with everybody who came. */
export function MendEvent({ command: id }: { readonly command: string }): JSX.Element {
  const { commands, copy, drafts } = useVault();
  const made = useAnswer(async () => {
    const command = (await commands.find(id))?.command;
    if (!command) return null;
    const begun = (await drafts.list<EventDraft>(KIND)).find(({ value }) => value.entity === command.entity);
    if (begun) return begun.id;
    const { village_code } = command.body as { village_code: string };
    const village =
      (await copy.all("village")).find(({ code }) => code === village_code)?.path ?? village_code;
    const draft = newId();
    await drafts.keep(draft, KIND, fromCommand(command, village));
    return draft;
  }, [commands, copy, drafts, id]);
  useEffect(() => {
    if (made) goInstead(`/hadir/${made}`);
  }, [made]);
  return made === null ? <Gone /> : <Waiting>{WORDS().opening}</Waiting>;
}

/** One registration: its state at the office, why it came back, and the way to mend it and send it again. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { REGISTRATION_MOVES, type RegistrationState } from "../../../generated/transitions";
import { day, instant, rupiah } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { newId } from "../../kernel/ids";
import { Button, ButtonLink, Card, EmptyState, Facts, Notice, Screen, Waiting } from "../../parts/parts";
import { go, goInstead } from "../../parts/route";
import { useAnswer, useRow, useRows, useVault } from "../../parts/use";
import type { Vault } from "../../store/vault";
import type { RegistrationRow } from "../../wire/shapes";
import { DOUBTS, wordFor } from "../terms";
import { blank, fromCommand, KIND, type ReferralDraft } from "./draft";
import { StateChip } from "./home";

const WORDS = words(
  {
    none: "Pendaftaran ini tidak ada di HP",
    noneWhy: "Mungkin sudah dialihkan, atau belum sampai. Sambungkan ke internet, lalu buka lagi.",
    opening: "Membuka …",
    why: "Kata kantor cabang",
    mend: "Perbaiki dan kirim lagi",
    mendFull: "HP penuh: draf perbaikan tidak dapat dimulai. Kosongkan ruang, lalu tekan lagi.",
    slip: "Lihat slip",
    member: "Lihat peserta",
    doubts: "Diperiksa kantor",
    facts: "Rujukan",
    reference: "Nomor rujukan",
    nik: "NIK",
    born: "Lahir",
    village: "Tempat tinggal",
    met: "Tanggal bertemu",
    arrived: "Sampai di kantor",
    decided: "Diputus",
    code: "Kode bayar",
    amount: "Jumlah",
    until: "Bayar sebelum",
  },
  {
    none: "This registration is not on the phone",
    noneWhy: "It may have been reassigned, or has not arrived. Connect to the internet, then open it again.",
    opening: "Opening …",
    why: "What the branch says",
    mend: "Mend and send again",
    mendFull: "The phone is full: no draft can be begun. Make room, then press again.",
    slip: "See the slip",
    member: "See the member",
    doubts: "The office is looking at",
    facts: "Referral",
    reference: "Reference",
    nik: "NIK",
    born: "Born",
    village: "Home",
    met: "Met on",
    arrived: "Reached the office",
    decided: "Decided",
    code: "Payment code",
    amount: "Amount",
    until: "Pay before",
  },
);

export function RegistrationScreen({ id }: { readonly id: string }): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const row = useRow("registration", id);
  const villages = useRows("village");
  const [full, setFull] = useState(false);
  if (row === undefined) return <Waiting>{said.opening}</Waiting>;
  if (row === null) {
    return (
      <Screen title={said.none} back="/daftarkan">
        <EmptyState icon="info" title={said.none}>
          {said.noneWhy}
        </EmptyState>
      </Screen>
    );
  }
  const village = villages?.find(({ code }) => code === row.village_code)?.path ?? row.village_code;
  const mend = async () => {
    try {
      go(`/daftarkan/${await mendingDraft(vault, row, village)}/summary`);
    } catch {
      setFull(true);
    }
  };
  const mendable = "resubmit" in (REGISTRATION_MOVES[row.state as RegistrationState] ?? {});
  return (
    <Screen
      title={row.name}
      under={
        <StateChip state={row.state} {...(row.decided_at && { since: instant(new Date(row.decided_at)) })} />
      }
      back="/daftarkan"
      foot={
        <>
          {mendable && (
            <Button kind="primary" icon="pencil" onClick={() => void mend()}>
              {said.mend}
            </Button>
          )}
          {row.member_id && (
            <ButtonLink to={`/peserta/${row.member_id}`} icon="user">
              {said.member}
            </ButtonLink>
          )}
          <ButtonLink to={`/slip/${id}`} icon="list">
            {said.slip}
          </ButtonLink>
        </>
      }
    >
      {full && <Notice tone="bad">{said.mendFull}</Notice>}
      {row.decision_note && (
        <Notice tone={row.state === "rejected" ? "bad" : "soon"} title={said.why}>
          <p>{row.decision_note}</p>
        </Notice>
      )}
      {row.doubts.length > 0 && (
        <Notice tone="info" title={said.doubts}>
          <ul class="plain">
            {row.doubts.map((doubt) => (
              <li key={doubt}>{wordFor(DOUBTS(), doubt)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <FactsOf row={row} village={village} />
    </Screen>
  );
}

function FactsOf({ row, village }: { readonly row: RegistrationRow; readonly village: string }): JSX.Element {
  const said = WORDS();
  return (
    <Card title={said.facts}>
      <Facts
        facts={[
          [said.reference, row.reference],
          [said.nik, row.nik_masked],
          [said.born, day(row.born_on)],
          [said.village, village],
          [said.met, day(row.occurred_on)],
          [said.arrived, instant(new Date(row.submitted_at))],
          [said.decided, row.decided_at && instant(new Date(row.decided_at))],
          [said.code, row.code],
          [said.amount, row.amount_idr !== null && rupiah(row.amount_idr)],
          [said.until, row.code_expires_at && instant(new Date(row.code_expires_at))],
        ]}
      />
    </Card>
  );
}

/**
 * The draft that mends a returned referral, made once. What this phone sent is taken up again; where it was sent from
 * another phone, the NIK and the rest have to be typed anew, for the office sends no NIK down.
 */
async function mendingDraft(
  { drafts, commands }: Vault,
  row: RegistrationRow,
  village: string,
): Promise<string> {
  const begun = (await drafts.list<ReferralDraft>(KIND)).find(({ value }) => value.entity === row.id);
  if (begun) return begun.id;
  const sent = (await commands.about(row.id)).at(-1)?.command;
  const [year, month, date] = row.born_on.split("-");
  const value: ReferralDraft = sent
    ? fromCommand(sent, village, true)
    : {
        ...blank(row.occurred_on),
        entity: row.id,
        resubmits: true,
        name: row.name,
        born_typed: `${date}-${month}-${year}`,
        village_code: row.village_code,
        village_name: village,
        step: "summary",
      };
  const id = newId();
  await drafts.keep(id, KIND, value);
  return id;
}

/** Opened from the outbox: a refused referral becomes a draft again, with everything as it was typed. */
export function MendRefused({ command: id }: { readonly command: string }): JSX.Element {
  const said = WORDS();
  const { commands, copy, drafts } = useVault();
  const made = useAnswer(async () => {
    const sent = await commands.find(id);
    if (!sent) return null;
    const { command } = sent;
    const begun = (await drafts.list<ReferralDraft>(KIND)).find(
      ({ value }) => value.entity === command.entity,
    );
    if (begun) return begun.id;
    const { village_code } = command.body as { village_code: string };
    const village =
      (await copy.all("village")).find(({ code }) => code === village_code)?.path ?? village_code;
    const draft = newId();
    await drafts.keep(draft, KIND, fromCommand(command, village, command.kind === "resubmit_registration"));
    return draft;
  }, [commands, copy, drafts, id]);
  useEffect(() => {
    if (made) goInstead(`/daftarkan/${made}/summary`);
  }, [made]);
  if (made !== null) return <Waiting>{said.opening}</Waiting>;
  return (
    <Screen title={said.none} back="/kotak-keluar">
      <EmptyState icon="info" title={said.none}>
        {said.noneWhy}
      </EmptyState>
    </Screen>
  );
}

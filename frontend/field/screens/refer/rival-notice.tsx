/** What the phone already knows of a worker with this NIK or this name: said at once, and it never stops the agent. */
import type { JSX } from "preact";
import { words } from "../../i18n/words";
import { Notice } from "../../parts/parts";
import { useAnswer, useOutbox, useRows, useVault } from "../../parts/use";
import { KIND, type ReferralDraft } from "./draft";
import { type Rival, rivalsOf } from "./rivals";

const WORDS = words(
  {
    nik: "NIK ini sudah ada di HP Anda",
    name: "Mungkin orang yang sama sudah ada",
    member: (name: string) => `${name} sudah peserta`,
    registration: (name: string) => `${name} sudah didaftarkan`,
    outbox: (name: string) => `${name} ada di kotak keluar`,
    draft: (name: string) => `Draf: ${name || "belum bernama"}`,
    go: "Boleh tetap dikirim; kantor cabang akan membandingkan keduanya.",
  },
  {
    nik: "This NIK is on your phone already",
    name: "The same person may be here already",
    member: (name: string) => `${name} is a member already`,
    registration: (name: string) => `${name} has been referred already`,
    outbox: (name: string) => `${name} is in the outbox`,
    draft: (name: string) => `Draft: ${name || "without a name"}`,
    go: "It may still be sent; the branch will compare the two.",
  },
);

interface RivalsProps {
  readonly id: string;
  readonly draft: ReferralDraft;
}

export function Rivals({ draft }: RivalsProps): JSX.Element | null {
  const rivals = useRivals(draft);
  const [first] = rivals;
  if (!first) return null;
  const said = WORDS();
  return (
    <Notice tone="soon" title={said[first.by]}>
      <ul class="plain">
        {rivals.slice(0, 4).map((rival) => (
          <li key={`${rival.where} ${rival.id}`}>{whereOf(rival)}</li>
        ))}
      </ul>
      <p>{said.go}</p>
    </Notice>
  );
}

function whereOf(rival: Rival): JSX.Element {
  const text = WORDS()[rival.where](rival.name);
  if (rival.where === "member") return <a href={`#/peserta/${rival.id}`}>{text}</a>;
  if (rival.where === "registration") return <a href={`#/pendaftaran/${rival.id}`}>{text}</a>;
  if (rival.where === "draft") return <a href={`#/daftarkan/${rival.id}/nik`}>{text}</a>;
  return <a href="#/kotak-keluar">{text}</a>;
}

function useRivals(draft: ReferralDraft): Rival[] {
  const { commands, drafts, nikTag } = useBound();
  const members = useRows("member");
  const registrations = useRows("registration");
  const rows = useOutbox();
  const digits = draft.nik.replaceAll(/\D/g, "");
  const tag = useAnswer(async () => (digits.length === 16 ? nikTag(digits) : ""), [digits]);
  const sent = useAnswer(async () => {
    const opened = await Promise.all((rows ?? []).map((row) => commands.opened(row)));
    return opened.map(({ command }) => command).filter(({ kind }) => kind === "refer_member");
  }, [rows]);
  const others = useAnswer(() => drafts.list<ReferralDraft>(KIND), [drafts]);
  if (!members || !registrations || !sent || !others) return [];
  return rivalsOf({ draft, tag: tag ?? "" }, { members, registrations, drafts: others, commands: sent });
}

function useBound() {
  const vault = useVault();
  return { commands: vault.commands, drafts: vault.drafts, nikTag: (nik: string) => vault.nikTag(nik) };
}

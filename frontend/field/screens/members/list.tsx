/** My members: found by a name that may be misspelt, by number, or by a NIK typed in full. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { peopleLike, peopleOf } from "../../find/people";
import { count, month } from "../../i18n/formats";
import { words } from "../../i18n/words";
import { today } from "../../kernel/days";
import { missedMonths } from "../../law/contribution";
import { monthOf } from "../../law/period";
import { Button, Chip, EmptyState, Field, Row, Rows, Screen, Waiting } from "../../parts/parts";
import { useAnswer, useRows, useVault } from "../../parts/use";
import type { MemberRow } from "../../wire/shapes";
import { MEMBER_STATES, wordFor } from "../terms";

const WORDS = words(
  {
    title: "Peserta",
    search: "Cari nama, nomor peserta, atau NIK",
    hint: "Ejaan lama dan baru sama-sama ketemu. NIK: ketik 16 angka lengkap.",
    under: (shown: string, of: string) => `${shown} dari ${of} peserta`,
    none: "Tidak ada yang cocok",
    noneWhy: "Periksa ejaannya. Peserta agen lain tidak ada di HP ini; tanya kantor cabang.",
    empty: "Belum ada peserta",
    emptyWhy:
      "Pekerja yang Anda daftarkan menjadi peserta sesudah kantor menyetujui dan iuran pertama masuk.",
    more: "Tampilkan lebih banyak",
    paid: (until: string) => `lunas sampai ${until}`,
    never: "belum ada iuran",
    missed: (n: number) => `${n} bulan belum dibayar`,
    opening: "Membuka salinan …",
  },
  {
    title: "Members",
    search: "Search by name, member number or NIK",
    hint: "Old and new spellings are both found. NIK: type all 16 digits.",
    under: (shown: string, of: string) => `${shown} of ${of} members`,
    none: "Nobody fits",
    noneWhy: "Check the spelling. Members of other agents are not on this phone; ask the branch.",
    empty: "No members yet",
    emptyWhy:
      "Workers whom you refer become members once the office has approved and the first contribution has come.",
    more: "Show more",
    paid: (until: string) => `paid until ${until}`,
    never: "no contribution yet",
    missed: (n: number) => (n === 1 ? "1 month unpaid" : `${n} months unpaid`),
    opening: "Opening the copy …",
  },
);

const A_SCREENFUL = 10;

export function Members(): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const rows = useRows("member");
  const people = useMemo(() => peopleOf(rows ?? []), [rows]);
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState(A_SCREENFUL);
  const nik = typed.replaceAll(/[ .]/g, "");
  const tag = useAnswer(async () => (/^\d{16}$/.test(nik) ? vault.nikTag(nik) : null), [nik]);
  const found = useMemo(() => {
    const byNik = tag ? people.byTag.get(tag) : undefined;
    return byNik ? [byNik] : peopleLike(people, typed, shown);
  }, [people, typed, shown, tag]);
  if (!rows) return <Waiting>{said.opening}</Waiting>;
  return (
    <Screen title={said.title} under={said.under(count(found.length), count(rows.length))}>
      {rows.length === 0 ? (
        <EmptyState icon="users" title={said.empty}>
          {said.emptyWhy}
        </EmptyState>
      ) : (
        <Field
          label={said.search}
          value={typed}
          onInput={(text) => {
            setTyped(text);
            setShown(A_SCREENFUL);
          }}
          type="search"
          hint={said.hint}
        />
      )}
      {rows.length > 0 && found.length === 0 && (
        <EmptyState icon="search" title={said.none}>
          {said.noneWhy}
        </EmptyState>
      )}
      <Rows>
        {found.map((member) => (
          <Row key={member.id} title={member.name} to={`/peserta/${member.id}`}>
            {member.paid_until ? said.paid(month(member.paid_until)) : said.never}{" "}
            <MemberChip member={member} />
          </Row>
        ))}
      </Rows>
      {found.length === shown && shown < rows.length && (
        <Button onClick={() => setShown(shown + A_SCREENFUL)}>{said.more}</Button>
      )}
    </Screen>
  );
}

/** Active and paid, active with months missed, or asleep. */
export function MemberChip({ member }: { readonly member: MemberRow }): JSX.Element {
  const missed = monthsMissed(member);
  const word = wordFor(MEMBER_STATES(), member.state);
  if (member.state !== "active") {
    return (
      <Chip tone="bad" icon="cross">
        {word}
      </Chip>
    );
  }
  return (
    <Chip tone={missed > 0 ? "soon" : "good"} icon={missed > 0 ? "clock" : "check"}>
      {missed > 0 ? WORDS().missed(missed) : word}
    </Chip>
  );
}

export const monthsMissed = ({ paid_until }: MemberRow): number =>
  paid_until ? missedMonths(monthOf(paid_until), today()).length : 0;

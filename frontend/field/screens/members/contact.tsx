/** A change of phone, address or work, told with the version it was based on: the office merges it, or decides. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Occupation } from "../../../generated/choices";
import { SECTOR_OF } from "../../../generated/choices";
import { language, words } from "../../i18n/words";
import { tidy } from "../../law/names";
import { readPhone } from "../../law/numbers";
import { Refused } from "../../law/refused";
import { BigChoice, Button, EmptyState, Field, Notice, Screen, Waiting } from "../../parts/parts";
import { goInstead } from "../../parts/route";
import { useRow, useVault } from "../../parts/use";
import type { MemberRow } from "../../wire/shapes";
import { send } from "../send";
import { OCCUPATIONS } from "../terms";
import { useDraft } from "../use-draft";

const WORDS = words(
  {
    title: "Ubah data",
    opening: "Membuka …",
    none: "Peserta ini tidak ada di HP",
    noneWhy: "Mungkin sudah dialihkan ke agen lain. Tanya kantor cabang.",
    phone: "Nomor HP",
    address: "Alamat",
    work: "Pekerjaan utama",
    send: "Kirim perubahan",
    nothing: "Belum ada yang diubah.",
    hint: "Hanya yang berbeda yang dikirim. Bila kantor mengubah hal yang sama, kantor melihat keduanya dan memutuskan.",
    full: "HP penuh: perubahan belum tersimpan. Kosongkan ruang, lalu ketik lagi.",
  },
  {
    title: "Change data",
    opening: "Opening …",
    none: "This member is not on the phone",
    noneWhy: "The member may be with another agent now. Ask the branch.",
    phone: "Phone number",
    address: "Address",
    work: "Main work",
    send: "Send the change",
    nothing: "Nothing is changed yet.",
    hint: "Only what differs is sent. If the office changed the same, it sees both and decides.",
    full: "The phone is full: the change is not kept. Make room, then type again.",
  },
);

const KIND = "contact";

export interface Contact {
  readonly base_version: number;
  readonly phone: string;
  readonly address: string;
  readonly occupation: string;
}

/** Only the fields that change, in one spelling (docs/sync.md). Empty when nothing does. */
export function changesOf(typed: Contact, member: MemberRow): Partial<Omit<Contact, "base_version">> {
  const phone = readPhone(typed.phone) ?? typed.phone.trim();
  const address = tidy(typed.address);
  return {
    ...(phone !== member.phone && { phone }),
    ...(address !== member.address && { address }),
    ...(typed.occupation !== member.occupation && { occupation: typed.occupation }),
  };
}

/** What stands in the way of sending, by field. */
export function problemsOf(typed: Contact): Refused[] {
  return [
    ...(readPhone(typed.phone) ? [] : [new Refused("phone_malformed", "phone")]),
    ...(tidy(typed.address) ? [] : [new Refused("address_missing", "address")]),
  ];
}

export function ContactScreen({ id }: { readonly id: string }): JSX.Element {
  const said = WORDS();
  const member = useRow("member", id);
  if (member === undefined) return <Waiting>{said.opening}</Waiting>;
  if (member === null) {
    return (
      <Screen title={said.title} back="/peserta">
        <EmptyState icon="users" title={said.none}>
          {said.noneWhy}
        </EmptyState>
      </Screen>
    );
  }
  return <Form member={member} />;
}

function Form({ member }: { readonly member: MemberRow }): JSX.Element {
  const said = WORDS();
  const vault = useVault();
  const name = `contact-${member.id}`;
  const { phone, address, occupation, version: base_version } = member;
  const { value, change, full } = useDraft<Contact>(name, KIND, { base_version, phone, address, occupation });
  const [failed, setFailed] = useState(false);
  if (!value) return <Waiting>{said.opening}</Waiting>;
  const problems = problemsOf(value);
  const changes = changesOf(value, member);
  const wrong = (field: string) => problems.find((each) => each.field === field)?.in(language.value);
  const nothing = Object.keys(changes).length === 0;
  const submit = async () => {
    try {
      const body = { base_version: value.base_version, ...changes };
      await send(vault, { kind: "change_contact", entity: member.id, body, draft: name });
      goInstead(`/peserta/${member.id}`);
    } catch {
      setFailed(true);
    }
  };
  return (
    <Screen
      title={said.title}
      under={member.name}
      back={`/peserta/${member.id}`}
      foot={
        <>
          <Button
            kind="primary"
            icon="send"
            disabled={nothing || problems.length > 0}
            onClick={() => void submit()}
          >
            {said.send}
          </Button>
          <p class="hint">{nothing ? said.nothing : said.hint}</p>
        </>
      }
    >
      {(full || failed) && <Notice tone="bad">{said.full}</Notice>}
      <Field
        label={said.phone}
        value={value.phone}
        onInput={(phone) => change({ phone })}
        type="tel"
        mode="tel"
        wrong={wrong("phone")}
      />
      <Field
        label={said.address}
        value={value.address}
        onInput={(address) => change({ address })}
        lines={3}
        wrong={wrong("address")}
      />
      <BigChoice
        label={said.work}
        value={value.occupation as Occupation}
        onChoose={(occupation) => change({ occupation })}
        choices={(Object.keys(SECTOR_OF) as Occupation[]).map((each) => ({
          value: each,
          label: OCCUPATIONS()[each],
        }))}
      />
    </Screen>
  );
}

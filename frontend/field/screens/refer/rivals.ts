/** Whether this worker is known to the phone already: by NIK, or by a name that sounds the same and the same birth date. */
import { heardAs } from "../../law/names";
import type { Draft } from "../../store/drafts";
import type { Command, MemberRow, RegistrationRow } from "../../wire/shapes";
import { type ReferralDraft, workerOf } from "./draft";

export interface Known {
  readonly members: readonly MemberRow[];
  readonly registrations: readonly RegistrationRow[];
  readonly drafts: readonly Draft<ReferralDraft>[];
  /** Referrals in the outbox and among the sent. */
  readonly commands: readonly Command[];
}

export interface Rival {
  readonly where: "member" | "registration" | "outbox" | "draft";
  readonly by: "nik" | "name";
  readonly id: string;
  readonly name: string;
}

interface Asked {
  readonly draft: ReferralDraft;
  /** Of the sixteen digits, empty while they are not all typed. */
  readonly tag: string;
}

/** The same NIK first. A name alone is no rival: a registration needs the birth date, a member the village as well. */
export function rivalsOf({ draft, tag }: Asked, known: Known): Rival[] {
  const nik = draft.nik.replaceAll(/\D/g, "");
  const heard = heardAs(draft.name);
  const { born_on } = workerOf(draft);
  const sounds = (name: string) => heard !== "" && heardAs(name) === heard;
  const rival = (
    where: Rival["where"],
    row: { id: string; name: string },
    sameNik: boolean,
    sameName: boolean,
  ): Rival[] =>
    sameNik || sameName ? [{ where, by: sameNik ? "nik" : "name", id: row.id, name: row.name }] : [];
  const found = [
    ...known.members.flatMap((each) =>
      rival(
        "member",
        each,
        tag !== "" && each.nik_tag === tag,
        sounds(each.name) && each.village_code === draft.village_code,
      ),
    ),
    ...known.registrations
      .filter(({ id }) => id !== draft.entity)
      .flatMap((each) =>
        rival(
          "registration",
          each,
          tag !== "" && each.nik_tag === tag,
          sounds(each.name) && each.born_on === born_on,
        ),
      ),
    ...known.commands
      .filter(({ entity }) => entity !== draft.entity && known.registrations.every(({ id }) => id !== entity))
      .flatMap(({ id, body }) => {
        const sent = body as { nik: string; name: string; born_on: string };
        const row = { id, name: sent.name };
        return rival(
          "outbox",
          row,
          nik.length === 16 && sent.nik === nik,
          sounds(sent.name) && sent.born_on === born_on,
        );
      }),
    ...known.drafts
      .filter(({ value }) => value.entity !== draft.entity)
      .flatMap(({ id, value }) => {
        const sameNik = nik.length === 16 && value.nik.replaceAll(/\D/g, "") === nik;
        const sameName = sounds(value.name) && born_on !== "" && workerOf(value).born_on === born_on;
        return rival("draft", { id, name: value.name }, sameNik, sameName);
      }),
  ];
  return found.sort((one, other) => Number(other.by === "nik") - Number(one.by === "nik"));
}

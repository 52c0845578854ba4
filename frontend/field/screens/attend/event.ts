/** An education event and who came to it: a draft that is filled under a tree, and one command at the end. */
import type { Occupation } from "../../../generated/choices";
import { newId } from "../../kernel/ids";
import { tidy } from "../../law/names";
import { readPhone } from "../../law/numbers";
import { isDay } from "../../law/period";
import { dayTyped } from "../../law/referral";
import type { Order } from "../../store/commands";
import type { Command } from "../../wire/shapes";

export const KIND = "event";

export interface Attendee {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly sex: "f" | "m" | "";
  readonly occupation: Occupation | "";
  readonly signature: string | null;
}

export interface EventDraft {
  /** The event itself, made on this phone. */
  readonly entity: string;
  readonly title: string;
  readonly village_code: string;
  readonly village_name: string;
  readonly place: string;
  readonly held_typed: string;
  readonly attendees: readonly Attendee[];
}

export function blank(today: string): EventDraft {
  const [year, month, day] = today.split("-");
  const held_typed = `${day}-${month}-${year}`;
  return {
    entity: newId(),
    title: "",
    village_code: "",
    village_name: "",
    place: "",
    held_typed,
    attendees: [],
  };
}

export const newAttendee = (): Attendee => ({
  id: newId(),
  name: "",
  phone: "",
  sex: "",
  occupation: "",
  signature: null,
});

export type Missing = "title" | "village" | "place" | "held" | "future" | "attendees";

/** What an event still needs before it can be sent. */
export function missingIn(draft: EventDraft, today: string): Missing[] {
  const held = dayTyped(draft.held_typed);
  const wanting: [Missing, boolean][] = [
    ["title", !tidy(draft.title)],
    ["village", !draft.village_code],
    ["place", !tidy(draft.place)],
    ["held", !isDay(held)],
    ["future", held > today],
    ["attendees", draft.attendees.length === 0 || draft.attendees.some((each) => missingOf(each).length > 0)],
  ];
  return wanting.filter(([, wants]) => wants).map(([name]) => name);
}

/** A phone may be missing: not everybody has one. A wrong one is said. */
export function missingOf(attendee: Attendee): ("name" | "phone" | "sex" | "occupation")[] {
  return [
    ...(tidy(attendee.name) ? [] : (["name"] as const)),
    ...(!attendee.phone.trim() || readPhone(attendee.phone) ? [] : (["phone"] as const)),
    ...(attendee.sex ? [] : (["sex"] as const)),
    ...(attendee.occupation ? [] : (["occupation"] as const)),
  ];
}

export function orderOf(id: string, draft: EventDraft): Order {
  const held_on = dayTyped(draft.held_typed);
  return {
    kind: "record_attendance",
    entity: draft.entity,
    body: {
      title: tidy(draft.title),
      village_code: draft.village_code,
      place: tidy(draft.place),
      held_on,
      attendees: draft.attendees.map(({ name, phone, sex, occupation, signature }) => ({
        name: tidy(name),
        phone: readPhone(phone) ?? "",
        sex,
        occupation,
        signature,
      })),
    },
    occurred_on: held_on,
    draft: id,
    blobs: draft.attendees.flatMap(({ signature }) => signature ?? []),
  };
}

interface Body {
  readonly title: string;
  readonly village_code: string;
  readonly place: string;
  readonly held_on: string;
  readonly attendees: readonly Omit<Attendee, "id">[];
}

/** A draft from a list that the office refused, so that only what is wrong is written again. */
export function fromCommand(command: Command, villageName: string): EventDraft {
  const { title, village_code, place, held_on, attendees } = command.body as Body;
  return {
    ...blank(held_on),
    entity: command.entity,
    title,
    village_code,
    village_name: villageName,
    place,
    attendees: attendees.map((each) => ({ ...newAttendee(), ...each })),
  };
}

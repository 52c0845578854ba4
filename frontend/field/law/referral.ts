/**
 * Whether a referral can be sent: the checks of `membership/rules.py`, so that the office will not refuse days later
 * what the phone could have said at once.
 */
import {
  LONGEST_ADDRESS,
  LONGEST_ATTESTATION,
  LONGEST_NAME,
  MONTHS_AT_ONCE,
  type Occupation,
  PACKAGES,
  type Programme,
  SECTOR_OF,
  SHORTEST_ATTESTATION,
} from "../../generated/choices";
import { MOST_IDR } from "./money";
import { searchKey, tidy } from "./names";
import { digitsIn, parseNik } from "./nik";
import { readPhone } from "./numbers";
import { ageOn, isDay } from "./period";
import { Refused } from "./refused";
import { whole } from "./rulebook";

/** What is said of a worker, with the names of the wire (docs/sync.md). */
export interface Worker {
  readonly nik: string;
  readonly kk: string;
  readonly name: string;
  readonly born_on: string;
  readonly sex: "f" | "m" | "";
  readonly village_code: string;
  readonly address: string;
  readonly phone: string;
  readonly mother_name: string;
  readonly occupation: Occupation | "";
  readonly income_idr: number;
  readonly programmes: readonly Programme[];
  readonly months: number;
  readonly consent: boolean;
  readonly attested_work: string;
}

export type WorkerField = keyof Worker;

/** Everything that stands in the way of sending, by field, in the order of the form. Ages are those of `on`. */
export function problemsIn(worker: Worker, on: string): Refused[] {
  const wrong: (Refused | null)[] = [
    digits(worker.nik, "nik"),
    named(worker.name, "name"),
    birth(worker.born_on, on),
    choice(worker.sex === "f" || worker.sex === "m", "sex"),
    named(worker.mother_name, "mother_name"),
    worker.kk.trim() ? digits(worker.kk, "kk") : null,
    worker.village_code ? null : new Refused("village_unknown", "village_code", { region: "" }),
    text(worker.address, LONGEST_ADDRESS, "address_missing", "address_too_long", "address"),
    readPhone(worker.phone) ? null : new Refused("phone_malformed", "phone"),
    choice(worker.occupation !== "" && worker.occupation in SECTOR_OF, "occupation"),
    worker.income_idr > 0 && worker.income_idr <= MOST_IDR
      ? null
      : new Refused("income_out_of_range", "income_idr"),
    isPackage(worker.programmes) ? null : new Refused("package_unknown", "programmes"),
    choice(MONTHS_AT_ONCE.includes(worker.months), "months"),
    worker.consent ? null : new Refused("consent_missing", "consent"),
    attested(worker.attested_work),
  ];
  return wrong.filter((each) => each !== null);
}

/** A referral as it goes over the wire: digits, names and phone in one spelling. */
export const tidied = (worker: Worker): Worker => ({
  ...worker,
  nik: worker.nik.replaceAll(/\D/g, ""),
  kk: worker.kk.replaceAll(/\D/g, ""),
  name: tidy(worker.name),
  mother_name: tidy(worker.mother_name),
  address: tidy(worker.address),
  phone: readPhone(worker.phone) ?? worker.phone.trim(),
  attested_work: tidy(worker.attested_work),
});

/** `31-12-1990` with whatever stands between, or `31121990`, as a day; empty when the calendar has no such day. */
export function dayTyped(typed: string): string {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\D*(\d{1,2})\D*(\d{4})$/.exec(typed.trim()) ?? [];
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(written) ? written : "";
}

function digits(typed: string, field: "nik" | "kk"): Refused | null {
  try {
    parseNik(typed);
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return field === "nik" ? error : new Refused("kk_malformed", "kk", { digits: digitsIn(typed) });
  }
}

function named(typed: string, field: "name" | "mother_name"): Refused | null {
  if (!searchKey(typed)) return new Refused("name_missing", field);
  return tidy(typed).length > LONGEST_NAME
    ? new Refused("name_too_long", field, { most: LONGEST_NAME })
    : null;
}

function birth(bornOn: string, on: string): Refused | null {
  if (!isDay(bornOn)) return new Refused("choice_unknown", "born_on");
  if (bornOn > on) return new Refused("born_in_future", "born_on");
  const age = ageOn(bornOn, on);
  const least = whole("membership.age_from", on).value;
  const below = whole("membership.age_below", on).value;
  if (age < least) return new Refused("too_young", "born_on", { age, least });
  return age >= below ? new Refused("too_old", "born_on", { age, below }) : null;
}

function text(
  typed: string,
  most: number,
  missing: "address_missing",
  long: "address_too_long",
  field: WorkerField,
): Refused | null {
  const tidied = tidy(typed);
  if (!tidied) return new Refused(missing, field);
  return tidied.length > most ? new Refused(long, field, { most }) : null;
}

function attested(typed: string): Refused | null {
  const { length } = tidy(typed);
  if (length < SHORTEST_ATTESTATION) return new Refused("attestation_missing", "attested_work");
  const most = LONGEST_ATTESTATION;
  return length > most ? new Refused("attestation_too_long", "attested_work", { most }) : null;
}

const choice = (known: boolean, field: WorkerField): Refused | null =>
  known ? null : new Refused("choice_unknown", field);

const isPackage = (chosen: readonly Programme[]): boolean =>
  PACKAGES.some((offer) => offer.length === chosen.length && offer.every((each) => chosen.includes(each)));

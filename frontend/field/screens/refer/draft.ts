/** The referral as it is typed: one draft, kept whole at every keystroke, and what becomes of it at the end. */
import type { Occupation, Programme } from "../../../generated/choices";
import { SECTOR_OF } from "../../../generated/choices";
import type { RefusalCode } from "../../../generated/refusals";
import { newId } from "../../kernel/ids";
import { type CodeAmount, codeAmount } from "../../law/contribution";
import { monthOf } from "../../law/period";
import { dayTyped, problemsIn, tidied, type Worker, type WorkerField } from "../../law/referral";
import type { Refused } from "../../law/refused";
import type { Order } from "../../store/commands";
import type { Command } from "../../wire/shapes";

export const KIND = "referral";

export const STEPS = [
  "nik",
  "name",
  "born",
  "sex",
  "family",
  "village",
  "address",
  "phone",
  "occupation",
  "income",
  "programmes",
  "months",
  "photo",
  "consent",
  "work",
  "summary",
] as const;

export type Step = (typeof STEPS)[number];

/** Texts stay as they were typed; `village_name` and `occurred_on` are for the eye and for the command. */
export interface ReferralDraft extends Omit<Worker, "born_on"> {
  /** The registration: made on this phone, the same when it is mended and sent again. */
  readonly entity: string;
  /** An accepted referral came back from the office: this one resubmits it. */
  readonly resubmits: boolean;
  readonly born_typed: string;
  readonly village_name: string;
  readonly photo: string | null;
  readonly signature: string | null;
  readonly occurred_on: string;
  /** Where the agent was; the draft opens there again. */
  readonly step: Step;
}

export const blank = (today: string): ReferralDraft => ({
  entity: newId(),
  resubmits: false,
  nik: "",
  kk: "",
  name: "",
  born_typed: "",
  sex: "",
  mother_name: "",
  village_code: "",
  village_name: "",
  address: "",
  phone: "",
  occupation: "",
  income_idr: 0,
  programmes: [],
  months: 0,
  photo: null,
  consent: false,
  signature: null,
  attested_work: "",
  occurred_on: today,
  step: "nik",
});

const STEP_OF: Readonly<Record<WorkerField, Step>> = {
  nik: "nik",
  name: "name",
  born_on: "born",
  sex: "sex",
  mother_name: "family",
  kk: "family",
  village_code: "village",
  address: "address",
  phone: "phone",
  occupation: "occupation",
  income_idr: "income",
  programmes: "programmes",
  months: "months",
  consent: "consent",
  attested_work: "work",
};

export const stepOf = (field: string): Step => STEP_OF[field as WorkerField] ?? "summary";

export const workerOf = (draft: ReferralDraft): Worker => ({ ...draft, born_on: dayTyped(draft.born_typed) });

export const problemsOf = (draft: ReferralDraft, today: string): Refused[] =>
  problemsIn(workerOf(draft), today);

/** What stands in the way at one step; null when one may go on. */
export const problemAt = (draft: ReferralDraft, step: Step, today: string): Refused | null =>
  problemsOf(draft, today).find(({ field }) => stepOf(field) === step) ?? null;

/** Nothing was typed yet: a missing answer is asked for in other words than a wrong one. */
export const isMissing = (code: RefusalCode, draft: ReferralDraft, step: Step): boolean =>
  code === "choice_unknown" ||
  (step === "nik" && !draft.nik.trim()) ||
  (step === "phone" && !draft.phone.trim());

/** The price of the chosen months from this one, as soon as everything that decides it is known. */
export function priceOf(draft: ReferralDraft, today: string, months = draft.months): CodeAmount | null {
  const { occupation, income_idr: income, programmes } = draft;
  if (!occupation || income <= 0 || programmes.length === 0 || months < 1) return null;
  return codeAmount({ income, programmes, sector: SECTOR_OF[occupation] }, monthOf(today), months);
}

/**
 * The command that this draft becomes; a resubmission leaves out the photo that stays (docs/sync.md). A day that lies
 * ahead of `today` was that of a wrong clock, and the office would refuse it.
 */
export function orderOf(id: string, draft: ReferralDraft, today: string): Order {
  const { nik, kk, name, born_on, sex, village_code, address, phone, mother_name, ...rest } = tidied(
    workerOf(draft),
  );
  const { occupation, income_idr, programmes, months, consent, attested_work } = rest;
  const { photo, signature } = draft;
  const worker = {
    nik,
    kk,
    name,
    born_on,
    sex,
    village_code,
    address,
    phone,
    mother_name,
    occupation,
    income_idr,
    programmes,
    months,
    consent,
    attested_work,
    signature,
    position: null,
  };
  return {
    kind: draft.resubmits ? "resubmit_registration" : "refer_member",
    entity: draft.entity,
    body: draft.resubmits && photo === null ? worker : { ...worker, photo },
    occurred_on: draft.occurred_on < today ? draft.occurred_on : today,
    draft: id,
    blobs: [photo, signature].filter((sha) => sha !== null),
  };
}

interface Body extends Omit<Worker, "born_on"> {
  readonly born_on: string;
  readonly photo?: string | null;
  readonly signature: string | null;
}

/** A draft from a command that was sent before, so that only what is wrong is typed again. */
export function fromCommand(command: Command, villageName: string, resubmits: boolean): ReferralDraft {
  const body = command.body as Body;
  const [year = "", month = "", day = ""] = body.born_on.split("-");
  return {
    ...blank(command.occurred_on),
    ...body,
    occupation: body.occupation as Occupation | "",
    programmes: body.programmes as readonly Programme[],
    entity: command.entity,
    resubmits,
    born_typed: `${day}-${month}-${year}`,
    village_name: villageName,
    photo: body.photo ?? null,
    step: "summary",
  };
}

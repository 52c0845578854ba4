import { expect, test } from "vitest";
import type { Command, MemberRow, RegistrationRow } from "../../wire/shapes";
import { blank, type ReferralDraft } from "./draft";
import { type Known, rivalsOf } from "./rivals";

const draft: ReferralDraft = {
  ...blank("2026-11-24"),
  nik: "1306 0852 0388 0003",
  name: "Siti Aminah",
  born_typed: "12-03-1988",
  village_code: "13.06.08.2001",
};
const member = (change: Partial<MemberRow>) =>
  ({ id: "m", name: "Zubir", nik_tag: "other", village_code: "13.06.08.2001", ...change }) as MemberRow;
const registration = (change: Partial<RegistrationRow>) =>
  ({ id: "r", name: "Zubir", nik_tag: "other", born_on: "1988-03-12", ...change }) as RegistrationRow;
const sent = (body: object) =>
  ({ id: "c", entity: "e", body: { nik: "1", name: "Zubir", born_on: "", ...body } }) as Command;
const nobody: Known = { members: [], registrations: [], drafts: [], commands: [] };
const found = (known: Partial<Known>, change: Partial<ReferralDraft> = {}) =>
  rivalsOf({ draft: { ...draft, ...change }, tag: "tag" }, { ...nobody, ...known }).map(
    ({ where, by }) => `${where} ${by}`,
  );

test("who is not known has no rival", () => {
  expect(found({ members: [member({})], registrations: [registration({})], commands: [sent({})] })).toEqual(
    [],
  );
});

test("the same NIK is a rival wherever it stands", () => {
  const typed = {
    id: "d",
    kind: "referral",
    kept_at: new Date(),
    value: { ...blank("2026-11-24"), nik: "1306085203880003" },
  };
  expect(
    found({
      members: [member({ nik_tag: "tag" })],
      registrations: [registration({ nik_tag: "tag" })],
      commands: [sent({ nik: "1306085203880003" })],
      drafts: [typed],
    }),
  ).toEqual(["member nik", "registration nik", "outbox nik", "draft nik"]);
});

test("a name that sounds the same needs the birth date, or of a member the village", () => {
  expect(found({ registrations: [registration({ name: "Sitti Amina" })] })).toEqual(["registration name"]);
  expect(found({ registrations: [registration({ name: "Sitti Amina", born_on: "1990-01-01" })] })).toEqual(
    [],
  );
  expect(found({ members: [member({ name: "Sitti Amina" })] })).toEqual(["member name"]);
  expect(found({ members: [member({ name: "Sitti Amina", village_code: "13.06.08.2002" })] })).toEqual([]);
});

test("the referral itself is no rival of its own", () => {
  expect(found({ registrations: [registration({ id: draft.entity, nik_tag: "tag" })] })).toEqual([]);
});

test("the same NIK comes before the same name", () => {
  const registrations = [
    registration({ id: "a", name: "Siti Aminah" }),
    registration({ id: "b", nik_tag: "tag" }),
  ];
  expect(found({ registrations })).toEqual(["registration nik", "registration name"]);
});

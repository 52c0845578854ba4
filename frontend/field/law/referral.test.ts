import { expect, test } from "vitest";
import { dayTyped, problemsIn, tidied, type Worker } from "./referral";

const TODAY = "2026-11-24";
const siti: Worker = {
  nik: "1306 0852 0388 0003",
  kk: "",
  name: " Siti  Aminah ",
  born_on: "1988-03-12",
  sex: "f",
  village_code: "13.06.08.2001",
  address: "Jorong Baruah",
  phone: "0812 0000 0201",
  mother_name: "Rosmaniar",
  occupation: "farmer",
  income_idr: 1_000_000,
  programmes: ["jkk", "jkm"],
  months: 1,
  consent: true,
  attested_work: "Saya lihat ia bekerja di sawahnya.",
};
const found = (change: Partial<Worker>) =>
  problemsIn({ ...siti, ...change }, TODAY).map(({ field, code }) => `${field}: ${code}`);

test("Siti can be sent as she is", () => {
  expect(found({})).toEqual([]);
  expect(tidied(siti)).toMatchObject({
    nik: "1306085203880003",
    name: "Siti Aminah",
    phone: "+6281200000201",
  });
});

test.each<[Partial<Worker>, string]>([
  [{ nik: "130608520388000" }, "nik: nik_malformed"],
  [{ nik: "0000000000000000" }, "nik: nik_zeros"],
  [{ kk: "123" }, "kk: kk_malformed"],
  [{ name: "123" }, "name: name_missing"],
  [{ name: "a".repeat(101) }, "name: name_too_long"],
  [{ mother_name: "" }, "mother_name: name_missing"],
  [{ born_on: "" }, "born_on: choice_unknown"],
  [{ born_on: "2026-11-25" }, "born_on: born_in_future"],
  [{ born_on: "2011-11-25" }, "born_on: too_young"],
  [{ born_on: "1961-11-24" }, "born_on: too_old"],
  [{ sex: "" }, "sex: choice_unknown"],
  [{ village_code: "" }, "village_code: village_unknown"],
  [{ address: " " }, "address: address_missing"],
  [{ address: "a".repeat(201) }, "address: address_too_long"],
  [{ phone: "12345" }, "phone: phone_malformed"],
  [{ occupation: "" }, "occupation: choice_unknown"],
  [{ income_idr: 0 }, "income_idr: income_out_of_range"],
  [{ programmes: ["jkk"] }, "programmes: package_unknown"],
  [{ months: 2 }, "months: choice_unknown"],
  [{ consent: false }, "consent: consent_missing"],
  [{ attested_work: "bekerja" }, "attested_work: attestation_missing"],
  [{ attested_work: "a".repeat(501) }, "attested_work: attestation_too_long"],
])("%j is said at once", (change, problem) => {
  expect(found(change)).toEqual([problem]);
});

test("the day before the birthday decides", () => {
  expect(found({ born_on: "1961-11-25" })).toEqual([]);
  expect(found({ born_on: "2011-11-24" })).toEqual([]);
});

test("a NIK whose digits tell another birth date is no problem", () => {
  expect(found({ born_on: "1990-01-01", sex: "m" })).toEqual([]);
});

test("all problems are told together", () => {
  expect(found({ nik: "", name: "", phone: "" })).toHaveLength(3);
});

test("a refusal is said in the office's words, in both languages", () => {
  const [refused] = problemsIn({ ...siti, nik: "123" }, TODAY);
  expect(refused?.in("id")).toBe("NIK harus 16 angka; yang tertulis 3 angka. Salin lagi dari KTP.");
  expect(refused?.in("en")).toContain("this one has 3");
});

test.each([
  ["12-03-1988", "1988-03-12"],
  ["1/2/1990", "1990-02-01"],
  ["12031988", "1988-03-12"],
  ["12 3 1988", "1988-03-12"],
  ["31-02-1990", ""],
  ["12-03-88", ""],
  ["", ""],
])("%s is read as %s", (typed, day) => {
  expect(dayTyped(typed)).toBe(day);
});

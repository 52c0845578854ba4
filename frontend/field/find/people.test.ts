import { expect, test } from "vitest";
import { peopleLike, peopleOf } from "./people";

const members = ["Siti Aminah", "Siti Rahma", "Soekarno", "Aminullah", "Yusuf Hanafi", "Rahmat Hidayat"].map(
  (name, at) => ({ id: `m${at}`, name, number: `2611000000${at}`, nik_tag: `tag${at}` }),
);
const people = peopleOf(members);
const named = (typed: string) => peopleLike(people, typed).map(({ name }) => name);

test("nothing typed shows everybody by name", () => {
  expect(named("  ")).toEqual([...members.map(({ name }) => name)].sort());
});

test.each([
  ["siti", ["Siti Aminah", "Siti Rahma"]],
  ["aminah", ["Siti Aminah"]],
  ["amina siti", ["Siti Aminah"]],
  ["Sitti Aminah", ["Siti Aminah"]],
  ["sukarno", ["Soekarno"]],
  ["jusuf", ["Yusuf Hanafi"]],
  ["rahm", ["Siti Rahma", "Rahmat Hidayat"]],
  ["siti yusuf", []],
  ["xyz", []],
])("%s finds %j", (typed, expected) => {
  expect(named(typed).slice(0, expected.length || 9)).toEqual(expected);
});

test("the exact name comes first", () => {
  expect(named("rahmat")[0]).toBe("Rahmat Hidayat");
});

test("a member number is found as it is typed, and by its beginning", () => {
  expect(named("2611 0000 003")).toEqual(["Aminullah"]);
  expect(named("2611")).toHaveLength(6);
  expect(named("99")).toEqual([]);
});

test("a NIK is found by its tag alone", () => {
  expect(people.byTag.get("tag2")?.name).toBe("Soekarno");
});

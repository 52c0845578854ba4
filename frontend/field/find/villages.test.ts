import { expect, test } from "vitest";
import { atlasOf, placesLike } from "./villages";

const place = (code: string, name: string, above: string) => ({ code, name, path: `${name}, ${above}` });
const atlas = atlasOf([
  place("13.06.08.2001", "Koto Tinggi", "Baso, Agam, Sumatera Barat"),
  place("13.06.08.2002", "Simarasok", "Baso, Agam, Sumatera Barat"),
  place("13.07.05.2001", "Koto Tinggi", "Gunuang Omeh, Lima Puluh Kota, Sumatera Barat"),
  place("13.06.09.2004", "Panyalaian", "Sepuluh Koto, Tanah Datar, Sumatera Barat"),
  place("13.75.01.1001", "Pakan Kurai", "Guguak Panjang, Kota Bukittinggi, Sumatera Barat"),
  place("13.06.04.2003", "Pu'uk Atas", "Palembayan, Agam, Sumatera Barat"),
]);
const found = (typed: string) => placesLike(atlas, typed).map(({ code }) => code);

test.each([
  ["koto tinggi", "13.06.08.2001"],
  ["koto tinggi baso", "13.06.08.2001"],
  ["koto tinggi gunuang omeh", "13.07.05.2001"],
  ["nagari simarasok", "13.06.08.2002"],
  ["simarasuk", "13.06.08.2002"],
  ["panyalayan", "13.06.09.2004"],
  ["puuk atas", "13.06.04.2003"],
  ["pakan", "13.75.01.1001"],
])("%s finds its village first", (typed, code) => {
  expect(found(typed)[0]).toBe(code);
});

test("a code finds what it begins", () => {
  expect(found("13.06.08")).toEqual(["13.06.08.2001", "13.06.08.2002"]);
});

test("a letter, nothing, and a name from elsewhere find nothing", () => {
  expect([...found("k"), ...found(""), ...found("wonosobo")]).toEqual([]);
});

import { expect, test } from "vitest";
import type { MemberRow } from "../../wire/shapes";
import { changesOf, problemsOf } from "./contact";

const siti = {
  phone: "+6281200000201",
  address: "Jorong Baruah",
  occupation: "farmer",
  version: 3,
} as MemberRow;
const typed = { base_version: 3, phone: "0812 0000 0201", address: " Jorong  Baruah", occupation: "farmer" };

test("another spelling of the same is no change", () => {
  expect(changesOf(typed, siti)).toEqual({});
});

test("only what differs is told", () => {
  expect(changesOf({ ...typed, phone: "0812 0000 0202" }, siti)).toEqual({ phone: "+6281200000202" });
  expect(changesOf({ ...typed, occupation: "trader", address: "Jorong Koto" }, siti)).toEqual({
    address: "Jorong Koto",
    occupation: "trader",
  });
});

test("a phone that is none and an address that is empty are said", () => {
  expect(problemsOf({ ...typed, phone: "12", address: "" }).map(({ code }) => code)).toEqual([
    "phone_malformed",
    "address_missing",
  ]);
});

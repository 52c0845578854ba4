import { expect, test } from "vitest";
import { blank, fromCommand, orderOf, priceOf, problemsOf, type ReferralDraft, STEPS, stepOf } from "./draft";

const TODAY = "2026-11-24";
const siti: ReferralDraft = {
  ...blank(TODAY),
  nik: "1306 0852 0388 0003",
  name: "Siti  Aminah",
  born_typed: "12-03-1988",
  sex: "f",
  mother_name: "Rosmaniar",
  village_code: "13.06.08.2001",
  village_name: "Koto Tinggi, Baso",
  address: "Jorong Baruah",
  phone: "0812 0000 0201",
  occupation: "farmer",
  income_idr: 1_000_000,
  programmes: ["jkk", "jkm"],
  months: 3,
  photo: "f".repeat(64),
  consent: true,
  signature: "e".repeat(64),
  attested_work: "Saya lihat ia bekerja di sawahnya.",
};

test("every problem of an empty form leads to a step", () => {
  const steps = new Set(problemsOf(blank(TODAY), TODAY).map(({ field }) => stepOf(field)));
  expect([...steps]).toEqual(STEPS.filter((step) => step !== "photo" && step !== "summary"));
});

test("the price of three months in November crosses the end of the relief", () => {
  expect(priceOf(siti, TODAY)?.total).toBe(8_400 + 8_400 + 16_800);
  expect(priceOf({ ...siti, occupation: "" }, TODAY)).toBeNull();
});

test("the command is what the wire says, tidied, and takes its draft and pictures along", () => {
  const order = orderOf("draft-1", siti, TODAY);
  expect(order).toMatchObject({
    kind: "refer_member",
    entity: siti.entity,
    occurred_on: TODAY,
    draft: "draft-1",
    blobs: [siti.photo, siti.signature],
  });
  expect(order.body).toEqual({
    nik: "1306085203880003",
    kk: "",
    name: "Siti Aminah",
    born_on: "1988-03-12",
    sex: "f",
    village_code: "13.06.08.2001",
    address: "Jorong Baruah",
    phone: "+6281200000201",
    mother_name: "Rosmaniar",
    occupation: "farmer",
    income_idr: 1_000_000,
    programmes: ["jkk", "jkm"],
    months: 3,
    consent: true,
    attested_work: "Saya lihat ia bekerja di sawahnya.",
    photo: siti.photo,
    signature: siti.signature,
    position: null,
  });
});

test("a returned referral is mended from what was sent, and goes again without the photo that stays", () => {
  const order = orderOf("draft-1", siti, TODAY);
  const command = { ...order, id: "c", v: 1, seq: 1, device: "d", recorded_at: "", occurred_on: TODAY };
  const again = fromCommand(command, "Koto Tinggi, Baso", true);
  expect(again).toMatchObject({
    entity: siti.entity,
    born_typed: "12-03-1988",
    step: "summary",
    village_name: "Koto Tinggi, Baso",
  });
  const second = orderOf("draft-2", { ...again, photo: null }, TODAY);
  expect(second.kind).toBe("resubmit_registration");
  expect(second.entity).toBe(siti.entity);
  expect(second.body).not.toHaveProperty("photo");
  expect(orderOf("draft-2", again, TODAY).body).toHaveProperty("photo", siti.photo);
});

test("a day that lies ahead was a wrong clock's; a day behind is kept", () => {
  expect(orderOf("d", { ...siti, occurred_on: "2999-01-01" }, TODAY).occurred_on).toBe(TODAY);
  expect(orderOf("d", { ...siti, occurred_on: "2020-01-01" }, TODAY).occurred_on).toBe("2020-01-01");
});

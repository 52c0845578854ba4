import { expect, test } from "vitest";
import {
  type Attendee,
  blank,
  type EventDraft,
  fromCommand,
  missingIn,
  missingOf,
  newAttendee,
  orderOf,
} from "./event";

const TODAY = "2026-11-24";
const siti: Attendee = {
  ...newAttendee(),
  name: " Siti  Aminah",
  phone: "0812 0000 0201",
  sex: "f",
  occupation: "farmer",
  signature: "a".repeat(64),
};
const event: EventDraft = {
  ...blank(TODAY),
  title: "Sosialisasi petani",
  village_code: "13.06.08.2001",
  place: "Balai nagari",
  attendees: [siti],
};

test("a new event is of today and needs the rest", () => {
  expect(missingIn(blank(TODAY), TODAY)).toEqual(["title", "village", "place", "attendees"]);
});

test("an event of tomorrow is not sent", () => {
  expect(missingIn({ ...event, held_typed: "25-11-2026" }, TODAY)).toEqual(["future"]);
  expect(missingIn({ ...event, held_typed: "24-11" }, TODAY)).toEqual(["held"]);
});

test("who came has a name; a phone may be missing but not be wrong", () => {
  expect(missingOf(newAttendee())).toEqual(["name", "sex", "occupation"]);
  expect(missingOf({ ...siti, phone: "" })).toEqual([]);
  expect(missingOf({ ...siti, phone: "12" })).toEqual(["phone"]);
  expect(missingIn({ ...event, attendees: [siti, newAttendee()] }, TODAY)).toEqual(["attendees"]);
});

test("the list goes as one command, with its signatures, on the day it was held", () => {
  const order = orderOf("draft-1", event);
  expect(missingIn(event, TODAY)).toEqual([]);
  expect(order).toMatchObject({
    kind: "record_attendance",
    entity: event.entity,
    occurred_on: TODAY,
    draft: "draft-1",
  });
  expect(order.blobs).toEqual([siti.signature]);
  expect(order.body).toEqual({
    title: "Sosialisasi petani",
    village_code: "13.06.08.2001",
    place: "Balai nagari",
    held_on: TODAY,
    attendees: [
      {
        name: "Siti Aminah",
        phone: "+6281200000201",
        sex: "f",
        occupation: "farmer",
        signature: siti.signature,
      },
    ],
  });
});

test("a refused list is mended from what was sent, about the same event", () => {
  const order = orderOf("draft-1", event);
  const command = { ...order, id: "c", v: 1, seq: 1, device: "d", recorded_at: "", occurred_on: TODAY };
  const again = fromCommand(command, "Koto Tinggi, Baso");
  expect(again).toMatchObject({
    entity: event.entity,
    title: event.title,
    held_typed: "24-11-2026",
    place: event.place,
  });
  expect(orderOf("draft-2", again).body).toEqual(order.body);
});

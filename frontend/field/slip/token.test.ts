import { expect, test } from "vitest";
import { newDeviceKey, openDeviceKey, signed } from "../crypto/device";
import { newKey } from "../crypto/seal";
import { type Bytes, fromBase64, text, utf8 } from "../kernel/bytes";
import { checkAddress, slipToken } from "./token";

const DEVICE = "01930000-0000-7000-8000-000000000001";
const REGISTRATION = "01930000-0000-7000-8000-000000000002";

test("the token says what it is of, on which day, and that it is no card; the office's key checks it", async () => {
  const work = await newKey();
  const key = await newDeviceKey(work);
  const signing = await openDeviceKey(key.sealed, work);
  const signer = { device: DEVICE, sign: (said: string) => signed(said, signing) };
  const token = await slipToken(signer, REGISTRATION, "2026-11-24");
  const [kind, device, payload = "", signature = ""] = token.split(".");
  expect([kind, device]).toEqual(["d", DEVICE]);
  expect(text(fromBase64(payload))).toBe(`k=rujukan-bukan-kartu&r=${REGISTRATION}&d=2026-11-24`);
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const point = await crypto.subtle.importKey("raw", fromBase64(key.public_key), curve, false, ["verify"]);
  const holds = (said: string) =>
    crypto.subtle.verify(
      { name: "ECDSA", hash: "SHA-256" },
      point,
      fromBase64(signature) as Bytes,
      utf8(said),
    );
  expect(await holds(`perisai slip ${DEVICE}.${payload}`)).toBe(true);
  expect(await holds(`perisai slip ${DEVICE}.${payload}x`)).toBe(false);
  expect(checkAddress(token, "https://perisai.example")).toBe(`https://perisai.example/kartu/${token}`);
});

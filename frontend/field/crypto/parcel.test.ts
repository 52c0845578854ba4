// @vitest-environment node
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { text } from "../kernel/bytes";
import { parcelKey, parcelOf } from "./parcel";

test("the office opens a parcel with its own key and what stands in docs/sync.md, and nobody else does", async () => {
  const curve = { name: "ECDH", namedCurve: "P-256" } as const;
  const office = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
  const other = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", office.publicKey));
  const contents = { device: "d", token: "t", sealed_at: "2026-11-24T08:00:00+07:00", commands: [] };
  const parcel = await parcelOf(contents, point);

  expect(text(parcel.slice(0, 5))).toBe("PRSI1");
  const open = async (mine: CryptoKeyPair) => {
    const phone = await crypto.subtle.importKey("raw", parcel.slice(5, 70), curve, false, []);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: phone }, mine.privateKey, 256);
    const sealed = { name: "AES-GCM", iv: parcel.slice(70, 82) };
    return gunzipSync(
      new Uint8Array(await crypto.subtle.decrypt(sealed, await parcelKey(shared), parcel.slice(82))),
    );
  };
  expect(JSON.parse((await open(office)).toString())).toEqual(contents);
  await expect(open(other)).rejects.toThrow();
});

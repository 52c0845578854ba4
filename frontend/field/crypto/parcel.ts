/** A parcel: the outbox as a file that only the office can open (docs/sync.md, *Parcels*). */
import { type Bytes, gzipped, joined, random, utf8 } from "../kernel/bytes";
import type { Command } from "../wire/shapes";

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;

export interface Contents {
  readonly device: string;
  readonly token: string;
  readonly sealed_at: string;
  readonly commands: readonly Command[];
}

/** `office` is the raw public P-256 key of the server. Throws where the browser cannot gzip. */
export async function parcelOf(contents: Contents, office: Bytes): Promise<Bytes> {
  const packed = await gzipped(utf8(JSON.stringify(contents)));
  if (!packed) throw new Error("this browser has no CompressionStream");
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const server = await crypto.subtle.importKey("raw", office, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, pair.privateKey, 256);
  const nonce = random(12);
  const key = await parcelKey(shared);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, packed);
  return joined(utf8("PRSI1"), point, nonce, new Uint8Array(sealed));
}

export async function parcelKey(shared: ArrayBuffer): Promise<CryptoKey> {
  const whole = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8("perisai parcel 1") },
    whole,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

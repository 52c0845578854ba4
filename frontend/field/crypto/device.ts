/** The phone's own P-256 key: it signs slips without signal, and its private half never leaves the phone. */
import { type Bytes, base64url, hex, joined, random, utf8 } from "../kernel/bytes";

const NONCE = 12;
const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;

export interface DeviceKey {
  /** The raw public point in base64url, as `POST /devices` wants it. */
  readonly public_key: string;
  /** The private half in PKCS 8, sealed under the key of the work. */
  readonly sealed: Bytes;
}

export async function newDeviceKey(by: CryptoKey): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  const nonce = random(NONCE);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, by, pkcs8);
  return { public_key: base64url(point), sealed: joined(nonce, new Uint8Array(sealed)) };
}

export async function openDeviceKey(sealed: Bytes, by: CryptoKey): Promise<CryptoKey> {
  const pkcs8 = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.slice(0, NONCE) },
    by,
    sealed.slice(NONCE),
  );
  return crypto.subtle.importKey("pkcs8", pkcs8, CURVE, false, ["sign"]);
}

/** ECDSA P-256 SHA-256 over the UTF-8 text, in base64url (the two numbers side by side, 64 bytes). */
export async function signed(said: string, by: CryptoKey): Promise<string> {
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, by, utf8(said));
  return base64url(new Uint8Array(signature));
}

/** What stands for a NIK in the copy: the first 12 bytes, in hex, of HMAC-SHA256 over its digits (docs/sync.md). */
export async function nikTag(nik: string, salt: Bytes): Promise<string> {
  const key = await crypto.subtle.importKey("raw", salt, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(nik))).slice(0, 12));
}

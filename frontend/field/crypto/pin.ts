import { type Bytes, utf8 } from "../kernel/bytes";

/** PBKDF2 rounds of a new vault, the floor that OWASP names for SHA-256; each vault keeps its own number. */
export const ITERATIONS = 600_000;

export const PIN_LENGTH = 6;

export const TRIES = 10;

/** Six digits that are neither one digit six times nor a run up or down. */
export function isGoodPin(pin: string): boolean {
  if (!/^\d{6}$/.test(pin)) return false;
  const steps = new Set(Array.from(pin.slice(1), (digit, at) => Number(digit) - Number(pin[at])));
  return steps.size > 1 || ![-1, 0, 1].includes([...steps][0] ?? 0);
}

/** The key that a PIN makes with the salt of its vault; it only wraps other keys. */
export async function keyOfPin(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const digits = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    digits,
    { name: "AES-GCM", length: 256 },
    false,
    ["wrapKey", "unwrapKey"],
  );
}

/** The key that restores unsent work: from the secret that the office gives this device at every sign-in. */
export async function keyOfSecret(secret: Bytes): Promise<CryptoKey> {
  const whole = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8("perisai work 1") },
    whole,
    { name: "AES-GCM", length: 256 },
    false,
    ["wrapKey", "unwrapKey"],
  );
}

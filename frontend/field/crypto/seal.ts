import { type Bytes, joined, random, text, utf8 } from "../kernel/bytes";

const NONCE = 12;

/** A new AES-256 key. It may be wrapped, so it is extractable; the key that is worked with never is. */
export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);

/** Nonce and AES-GCM ciphertext. `about` names the place of the row: sealed there, it opens nowhere else. */
export async function sealBytes(key: CryptoKey, bytes: Bytes, about: string): Promise<Bytes> {
  const nonce = random(NONCE);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: utf8(about) },
    key,
    bytes,
  );
  return joined(nonce, new Uint8Array(sealed));
}

/** Throws OperationError when the key, the place or a single bit is not the one it was sealed with. */
export async function openBytes(key: CryptoKey, sealed: Bytes, about: string): Promise<Bytes> {
  const opened = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.slice(0, NONCE), additionalData: utf8(about) },
    key,
    sealed.slice(NONCE),
  );
  return new Uint8Array(opened);
}

export const seal = (key: CryptoKey, value: unknown, about: string): Promise<Bytes> =>
  sealBytes(key, utf8(JSON.stringify(value)), about);

export const open = async <T>(key: CryptoKey, sealed: Bytes, about: string): Promise<T> =>
  JSON.parse(text(await openBytes(key, sealed, about))) as T;

/** The key, sealed under another. */
export async function wrap(key: CryptoKey, by: CryptoKey): Promise<Bytes> {
  const nonce = random(NONCE);
  return joined(
    nonce,
    new Uint8Array(await crypto.subtle.wrapKey("raw", key, by, { name: "AES-GCM", iv: nonce })),
  );
}

/** Throws OperationError under the wrong key. `extractable` only to wrap it anew. */
export const unwrap = (wrapped: Bytes, by: CryptoKey, extractable = false): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey(
    "raw",
    wrapped.slice(NONCE),
    by,
    { name: "AES-GCM", iv: wrapped.slice(0, NONCE) },
    "AES-GCM",
    extractable,
    ["encrypt", "decrypt"],
  );

/** Photos and signatures until the office has them, named by the hash of their bytes. */
import { openBytes, sealBytes } from "../crypto/seal";
import { type Bytes, sha256 } from "../kernel/bytes";
import type { BlobRow, VaultBase } from "./tables";

/** Days after which a picture that no command came to name is thrown away. */
const FORGOTTEN_AFTER = 30;

export class Blobs {
  readonly #base: VaultBase;
  readonly #key: CryptoKey;

  constructor(base: VaultBase, key: CryptoKey) {
    this.#base = base;
    this.#key = key;
  }

  /** Keeps a picture and answers its name; it is sent once a command names it. Twice the same is one. */
  async put(picture: Blob): Promise<string> {
    const bytes = new Uint8Array(await picture.arrayBuffer());
    const sha = await sha256(bytes);
    const type = picture.type === "image/png" ? "image/png" : "image/jpeg";
    const sealed = await sealBytes(this.#key, bytes, `blob:${sha}`);
    await this.#base.transaction("rw", this.#base.blobs, async () => {
      const wanted = (await this.#base.blobs.get(sha))?.wanted ?? 0;
      await this.#base.blobs.put({ sha, type, size: bytes.length, kept_at: new Date(), wanted, sealed });
    });
    return sha;
  }

  async find(sha: string): Promise<Blob | undefined> {
    const row = await this.#base.blobs.get(sha);
    return row && new Blob([await this.bytes(row)], { type: row.type });
  }

  bytes(row: BlobRow): Promise<Bytes> {
    return openBytes(this.#key, row.sealed, `blob:${row.sha}`);
  }

  /** Those that wait to be sent, smallest first: a signature is there while a photo still crawls. */
  wanted(): Promise<BlobRow[]> {
    return this.#base.blobs.where("wanted").equals(1).sortBy("size");
  }

  async sent(sha: string): Promise<void> {
    await this.#base.blobs.delete(sha);
  }

  async sweep(now: Date = new Date()): Promise<void> {
    const before = now.getTime() - FORGOTTEN_AFTER * 86_400_000;
    await this.#base.blobs
      .where("wanted")
      .equals(0)
      .and((row) => row.kept_at.getTime() < before)
      .delete();
  }
}

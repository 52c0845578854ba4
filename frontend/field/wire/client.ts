/** One call to the office and what may come of it. Nothing here retries: who calls knows what may be repeated. */
import { type Bytes, gzipped, utf8 } from "../kernel/bytes";
import { writtenInstant } from "../kernel/days";
import type { Changes, Command, Enrolled, Outcome, Refusal } from "./shapes";

export type Failure =
  /** No answer, or none that means anything: everything is kept and tried again. */
  | { readonly ok: false; readonly is: "offline" | "timeout" | "server" | "busy"; readonly after_s?: number }
  /** The batch is too large for the office. */
  | { readonly ok: false; readonly is: "too_large" }
  /** The office emptied this phone. */
  | { readonly ok: false; readonly is: "revoked" }
  /** The office does not know this token any more: sign in anew. */
  | { readonly ok: false; readonly is: "signed_out" }
  | { readonly ok: false; readonly is: "refused"; readonly refusal: Refusal };

export type Answer<T> = { readonly ok: true; readonly body: T; readonly skew_ms: number } | Failure;

export interface Device {
  readonly id: string;
  readonly label: string;
  readonly key: string;
}

const SECONDS = 1000;

/** Bytes that the slowest network worth waiting for (32 kbit/s) moves in a second. */
const CRAWL = 4_000;

export class Office {
  readonly #token: string;
  readonly #language: string;

  constructor(token = "", language = "id") {
    this.#token = token;
    this.#language = language;
  }

  enrol(username: string, password: string, device: Device): Promise<Answer<Enrolled>> {
    return this.#json("POST", "/devices", { username, password, device });
  }

  commands(
    commands: readonly Command[],
  ): Promise<Answer<{ outcomes: readonly Outcome[]; server_time: string }>> {
    return this.#json("POST", "/commands", { commands });
  }

  changes(cursor: string): Promise<Answer<Changes>> {
    return this.#json("GET", cursor ? `/changes?cursor=${encodeURIComponent(cursor)}` : "/changes");
  }

  /** How many bytes of a picture the office has already. */
  async received(sha: string): Promise<Answer<number>> {
    const answer = await this.#call("HEAD", `/blobs/${sha}`, null, {});
    if (!answer.ok) return answer;
    return { ...answer, body: Number(answer.body.headers.get("X-Received") ?? 0) };
  }

  /** A piece of a picture of `size` bytes, from byte `from` on. */
  async piece(
    sha: string,
    type: string,
    piece: Bytes,
    from: number,
    size: number,
  ): Promise<Answer<{ received: number; complete: boolean }>> {
    const range = `bytes ${from}-${from + piece.length - 1}/${size}`;
    return read(
      await this.#call("PUT", `/blobs/${sha}`, piece, { "Content-Type": type, "Content-Range": range }),
    );
  }

  async #json<T>(method: string, path: string, body?: object): Promise<Answer<T>> {
    if (!body) return read(await this.#call(method, path, null, {}));
    const plain = utf8(JSON.stringify(body));
    const packed = plain.length > 1_000 ? await gzipped(plain) : null;
    const headers = { "Content-Type": "application/json", ...(packed && { "Content-Encoding": "gzip" }) };
    return read(await this.#call(method, path, packed ?? plain, headers));
  }

  async #call(
    method: string,
    path: string,
    body: Bytes | null,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer<Response>> {
    // "Online" may be wrong, "offline" is not: no use in waking the radio.
    if (navigator.onLine === false) return { ok: false, is: "offline" };
    const given = new AbortController();
    const patience = 20 + (body?.length ?? 0) / CRAWL + (method === "GET" ? 40 : 0);
    const timer = setTimeout(() => given.abort(), patience * SECONDS);
    try {
      const response = await fetch(`/api/v1${path}`, {
        method,
        body,
        headers: {
          ...headers,
          "Accept-Language": this.#language,
          "X-Device-Time": writtenInstant(new Date()),
          ...(this.#token && { Authorization: `Bearer ${this.#token}` }),
        },
        signal: given.signal,
        cache: "no-store",
        credentials: "omit",
      });
      // The body belongs to the call: a network that dies in the middle of an answer is no answer.
      const bytes = await response.arrayBuffer();
      const { status, headers: told } = response;
      const whole = new Response(bytes.byteLength ? bytes : null, { status, headers: told });
      const unknownYet = method === "HEAD" && status === 404;
      return response.ok || unknownYet
        ? { ok: true, body: whole, skew_ms: skew(response) }
        : await failed(whole);
    } catch {
      return { ok: false, is: given.signal.aborted ? "timeout" : "offline" };
    } finally {
      clearTimeout(timer);
    }
  }
}

async function read<T>(answer: Answer<Response>): Promise<Answer<T>> {
  if (!answer.ok) return answer;
  try {
    return { ...answer, body: (await answer.body.json()) as T };
  } catch {
    return { ok: false, is: "server" };
  }
}

/** Phone's clock minus the office's, in milliseconds; the header knows whole seconds only. */
function skew(response: Response): number {
  const theirs = Date.parse(response.headers.get("Date") ?? "");
  return Number.isNaN(theirs) ? 0 : Date.now() - theirs;
}

async function failed(response: Response): Promise<Failure> {
  const { status } = response;
  if (status === 413) return { ok: false, is: "too_large" };
  if (status === 429 || status === 503) {
    return { ok: false, is: "busy", after_s: Number(response.headers.get("Retry-After")) || 30 };
  }
  if (status >= 500) return { ok: false, is: "server" };
  const refusal = await response.json().then(
    (body: { error?: Refusal }) => body.error,
    () => undefined,
  );
  // Not our server but something between: a captive portal, a proxy.
  if (!refusal?.code) return { ok: false, is: "server" };
  if (status === 401 && refusal.code === "device_revoked") return { ok: false, is: "revoked" };
  if (status === 401 && refusal.code === "sign_in_needed") return { ok: false, is: "signed_out" };
  return { ok: false, is: "refused", refusal };
}

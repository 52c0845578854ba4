/** The copy, brought up to date. The first time and every later time are the same call. */
import type { Removed } from "../store/copy";
import type { Vault } from "../store/vault";
import type { Failure, Office } from "../wire/client";
import type { Item } from "../wire/shapes";

/** So many rows are gathered before they are written: pages are sealed a few times, not once for each answer. */
const AT_ONCE = 4_000;

export type Fetched = { readonly ok: true; readonly skew_ms: number } | Failure;

export async function fetchChanges(vault: Vault, office: Office): Promise<Fetched> {
  let cursor = (await vault.base.fact<string>("cursor")) ?? "";
  let [items, removed, reset]: [Item[], Removed[], boolean] = [[], [], false];
  for (;;) {
    const answer = await office.changes(cursor);
    if (!answer.ok) return answer;
    const { body } = answer;
    if (body.reset) [items, removed, reset] = [[], [], true];
    removed = removed.concat(body.removed);
    items = items.concat(body.items);
    cursor = body.cursor;
    if (!body.more || items.length >= AT_ONCE) {
      await vault.copy.apply(items, removed, cursor, reset);
      [items, removed, reset] = [[], [], false];
    }
    if (!body.more) return { ok: true, skew_ms: answer.skew_ms };
  }
}

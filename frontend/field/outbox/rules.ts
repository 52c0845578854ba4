/** What is sent next, and how long a command that finds no answer is left in peace. No clock, no network, no disk. */
import type { CommandRow } from "../store/tables";

/** Commands in a batch (docs/sync.md). */
export const MOST = 200;

const SECOND = 1_000;
const FIRST_PAUSE = 30 * SECOND;
const LONGEST_PAUSE = 6 * 3_600 * SECOND;

/** Pause of one command after so many fruitless attempts of it alone, in milliseconds: doubled each time. */
export const pauseAfter = (tries: number): number =>
  Math.min(FIRST_PAUSE * 2 ** Math.max(0, Math.min(tries - 1, 20)), LONGEST_PAUSE);

/**
 * The next commands to send, in the order in which they were made, at most `size`. `tried` are those that this run has
 * sent without a verdict. A command whose predecessor is left in peace waits with it: the office would only hold it.
 */
export function nextBatch(
  unsettled: readonly CommandRow[],
  size: number,
  now: number,
  tried: ReadonlySet<string>,
): CommandRow[] {
  const blocked = new Set<string>();
  const batch: CommandRow[] = [];
  for (const row of unsettled) {
    if (blocked.has(row.entity)) continue;
    if (row.not_before > now || tried.has(row.id)) blocked.add(row.entity);
    else if (batch.push(row) === size) break;
  }
  return batch;
}

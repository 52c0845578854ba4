/** The months of an agent's pay, from the lines exactly as the office posted them; nothing is recomputed. */
import type { LineRow, StatementRow } from "../../wire/shapes";

export interface Month {
  readonly period: string;
  readonly agent_idr: number;
  readonly lines: number;
  readonly statement: StatementRow | null;
}

/** Newest first; the running month stands there even before its first line. */
export function monthsOf(
  lines: readonly LineRow[],
  statements: readonly StatementRow[],
  running: string,
): Month[] {
  const periods = new Set([
    running,
    ...lines.map((line) => line.period.slice(0, 7)),
    ...statements.map(periodOf),
  ]);
  return [...periods]
    .sort()
    .reverse()
    .map((period) => {
      const mine = lines.filter((line) => line.period.slice(0, 7) === period);
      const statement = statements.find((each) => periodOf(each) === period) ?? null;
      return { period, agent_idr: sum(mine), lines: mine.length, statement };
    });
}

/** In the order in which they were posted; a correction stands after what it corrects. */
export const inOrder = (lines: readonly LineRow[]): LineRow[] =>
  [...lines].sort(
    (one, other) => one.posted_at.localeCompare(other.posted_at) || one.id.localeCompare(other.id),
  );

export const sum = (lines: readonly LineRow[]): number =>
  lines.reduce((total, line) => total + line.agent_idr, 0);

const periodOf = ({ period }: StatementRow): string => period.slice(0, 7);

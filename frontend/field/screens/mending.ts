/** Where a refused command is mended. A screen that can take one up again says so here. */
import type { Command, CommandKind } from "../wire/shapes";

type Mending = (command: Command) => string;

/** A screen opens at the address with the refused command, and sends what was mended as a new one. */
const MENDING: Partial<Record<CommandKind, Mending>> = {};

export const mendingOf = (command: Command): string | null => MENDING[command.kind]?.(command) ?? null;

/** Where a refused command is mended. A screen that can take one up again says so here. */
import type { Command, CommandKind } from "../wire/shapes";

type Mending = (command: Command) => string;

/** A screen opens at the address with the refused command, and sends what was mended as a new one. */
const MENDING: Partial<Record<CommandKind, Mending>> = {
  refer_member: ({ id }) => `/perbaiki/${id}`,
  resubmit_registration: ({ id }) => `/perbaiki/${id}`,
  change_contact: ({ entity }) => `/peserta/${entity}/ubah`,
  record_attendance: ({ id }) => `/hadir/perbaiki/${id}`,
  request_code: ({ entity }) => `/peserta/${entity}`,
};

export const mendingOf = (command: Command): string | null => MENDING[command.kind]?.(command) ?? null;

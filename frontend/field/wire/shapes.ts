/** What goes over the wire, as docs/sync.md fixes it. Names are the wire's own. */

export interface Refusal {
  readonly code: string | null;
  readonly message: string | null;
  readonly field: string | null;
  readonly also: readonly Omit<Refusal, "also">[];
}

export interface Agent {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly branch_code: string;
  readonly branch_name: string;
  readonly village_code: string;
}

export interface Enrolled {
  readonly token: string;
  readonly device_id: string;
  readonly agent: Agent;
  readonly nik_salt: string;
  readonly parcel_key: string;
  readonly server_time: string;
}

export type CommandKind =
  | "refer_member"
  | "resubmit_registration"
  | "change_contact"
  | "request_code"
  | "dispute_line"
  | "confirm_payout"
  | "record_attendance";

export interface Command {
  readonly id: string;
  readonly kind: CommandKind;
  readonly v: number;
  readonly entity: string;
  readonly seq: number;
  readonly device: string;
  readonly recorded_at: string;
  readonly occurred_on: string;
  readonly body: object;
}

export type Verdict = "accepted" | "in_review" | "refused" | "held" | "misuse";

export interface Outcome extends Refusal {
  readonly id: string;
  readonly outcome: Verdict;
  readonly result: Readonly<Record<string, unknown>>;
}

export interface AgentRow {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly branch_code: string;
  readonly branch_name: string;
  readonly wadah_name: string;
  readonly village_code: string;
  readonly state: string;
  readonly certificate_until: string | null;
  readonly letter_until: string | null;
  readonly pks_until: string | null;
  readonly may_act: boolean;
  readonly lacks: readonly string[];
  readonly new_members: number;
  readonly threshold: number;
  readonly received_idr: number;
}

export interface RegistrationRow {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
  readonly name: string;
  readonly nik_masked: string;
  readonly nik_tag: string;
  readonly born_on: string;
  readonly village_code: string;
  readonly occurred_on: string;
  readonly submitted_at: string;
  readonly decided_at: string | null;
  readonly decision_note: string;
  readonly doubts: readonly string[];
  readonly member_id: string | null;
  readonly code: string | null;
  readonly amount_idr: number | null;
  readonly code_expires_at: string | null;
  readonly slip_token: string;
}

export interface MemberRow {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly name_key: string;
  readonly nik_masked: string;
  readonly nik_tag: string;
  readonly phone: string;
  readonly address: string;
  readonly village_code: string;
  readonly village_name: string;
  readonly occupation: string;
  readonly income_idr: number;
  readonly programmes: readonly string[];
  readonly state: string;
  readonly joined_on: string;
  readonly protected_from: string;
  readonly paid_until: string | null;
  readonly managed_months: number;
  readonly version: number;
  readonly branch_phone: string;
}

export interface CodeRow {
  readonly id: string;
  readonly member_id: string;
  readonly code: string;
  readonly amount_idr: number;
  readonly months: number;
  readonly first_month: string;
  readonly state: string;
  readonly expires_at: string;
}

export interface MonthRow {
  readonly id: string;
  readonly member_id: string;
  readonly month: string;
  readonly total_idr: number;
  readonly received_on: string;
  readonly receipt_number: string;
}

export interface LineRow {
  readonly id: string;
  readonly period: string;
  readonly line_kind: string;
  readonly subject: string;
  readonly member_id: string | null;
  readonly month: string | null;
  readonly received_idr: number;
  readonly rate: string | null;
  readonly agent_idr: number;
  readonly counted: boolean;
  readonly reason: string;
  readonly why: string;
  readonly posted_at: string;
  readonly rulebook_hash: string;
}

export interface StatementRow {
  readonly id: string;
  readonly period: string;
  readonly state: string;
  readonly agent_idr: number;
  readonly tax_idr: number;
  readonly net_idr: number;
  readonly paid_on: string | null;
}

export interface MessageRow {
  readonly id: string;
  readonly text: string;
  readonly sent_at: string;
}

export interface VillageRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly path: string;
}

/** Every kind of row that the office sends down. */
export interface Rows {
  agent: AgentRow;
  registration: RegistrationRow;
  member: MemberRow;
  code: CodeRow;
  month: MonthRow;
  line: LineRow;
  statement: StatementRow;
  message: MessageRow;
  village: VillageRow;
}

export type Kind = keyof Rows;

export type Item = { readonly kind: string; readonly id: string } & Readonly<Record<string, unknown>>;

export interface Changes {
  readonly cursor: string;
  readonly more: boolean;
  readonly reset: boolean;
  readonly server_time: string;
  readonly items: readonly Item[];
  readonly removed: readonly { readonly kind: string; readonly id: string }[];
}

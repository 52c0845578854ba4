// Written by `make generate` from the server's rules; do not edit.

/** What may be done in a state: what is not listed, the server refuses as `wrong_order`. */
export type Moves<State extends string, Action extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Action, State>>>>
>;

export type RegistrationState = "submitted" | "in_review" | "returned" | "rejected" | "approved" | "completed";
export type RegistrationAction = "hold" | "return" | "resubmit" | "reject" | "approve" | "complete";

export const REGISTRATION_MOVES: Moves<RegistrationState, RegistrationAction> = {
  submitted: { hold: "in_review", return: "returned", reject: "rejected", approve: "approved" },
  in_review: { return: "returned", reject: "rejected", approve: "approved" },
  returned: { resubmit: "submitted", reject: "rejected" },
  rejected: {},
  approved: { reject: "rejected", complete: "completed" },
  completed: {},
};

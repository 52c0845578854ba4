// Written by `make generate` from the server's rules; do not edit.

export type Sector = "transport" | "other";

export type Funding = "self" | "apbn" | "apbd" | "csr";

export type Programme = "jkk" | "jkm" | "jht";

export type Occupation = "farmer" | "fisher" | "livestock" | "trader" | "craft" | "builder" | "domestic" | "service" | "ojek" | "driver" | "courier" | "other";

export type Doubt = "nik_referred_twice" | "nik_already_member" | "outside_territory";

export type MemberState = "active" | "inactive" | "deceased";

export type Segment = "bpu" | "pu_micro" | "pu_small" | "pu_larger";

export type LineKind = "acquisition" | "contribution";

export type Reason = "counted" | "threshold_reached" | "below_threshold" | "nik_known_before" | "segment_not_covered" | "programmes_not_covered" | "firm_pays_too_much" | "back_to_branch" | "taken_back";

export const SECTOR_OF: Readonly<Record<Occupation, Sector>> = {"farmer": "other", "fisher": "other", "livestock": "other", "trader": "other", "craft": "other", "builder": "other", "domestic": "other", "service": "other", "ojek": "transport", "driver": "transport", "courier": "transport", "other": "other"};

export const PACKAGES: readonly (readonly Programme[])[] = [["jkk", "jkm"], ["jkk", "jkm", "jht"]];

export const MONTHS_AT_ONCE: readonly number[] = [1, 3, 6, 12];

export const LONGEST_NAME: number = 100;

export const LONGEST_ADDRESS: number = 200;

export const SHORTEST_ATTESTATION: number = 10;

export const LONGEST_ATTESTATION: number = 500;

/** Lengths and digits of Indonesian numbers after the 0 or +62, as the server's library knows them. */
export const PHONE_SHAPES: readonly (readonly [lengths: readonly number[], digits: string])[] = [[[9, 10, 11, 12], "8[1-35-9]\\d{7,10}"], [[7, 8, 9, 10, 11], "2[124]\\d{7,8}|619\\d{8}|2(?:1(?:14|500)|2\\d{3})\\d{3}|61\\d{5,8}|(?:2(?:[35][1-4]|6[0-8]|7[1-6]|8\\d|9[1-8])|3(?:1|[25][1-8]|3[1-68]|4[1-3]|6[1-3568]|7[0-469]|8\\d)|4(?:0[1-589]|1[01347-9]|2[0-36-8]|3[0-24-68]|43|5[1-378]|6[1-5]|7[134]|8[1245])|5(?:1[1-35-9]|2[25-8]|3[124-9]|4[1-3589]|5[1-46]|6[1-8])|6(?:[25]\\d|3[1-69]|4[1-6])|7(?:02|[125][1-9]|[36]\\d|4[1-8]|7[0-36-9])|9(?:0[12]|1[013-8]|2[0-479]|5[125-8]|6[23679]|7[159]|8[01346]))\\d{5,8}"], [[8, 9, 10, 11, 12, 13, 14, 15, 16, 17], "00(?:1803\\d{5,11}|7803\\d{7})|(?:177\\d|800)\\d{5,7}"], [[10], "809\\d{7}"], [[10], "804\\d{7}"], [[7, 10], "(?:1500|8071\\d{3})\\d{3}"]];

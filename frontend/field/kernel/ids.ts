import { v7 } from "uuid";

/** A UUIDv7: made on the phone, sorted by the time it was made. */
export const newId = (): string => v7();

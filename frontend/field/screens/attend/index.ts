export { Events } from "./events";
export { AttendeeForm, EventForm, MendEvent } from "./form";

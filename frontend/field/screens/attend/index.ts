export { Events } from "./events";
export { AttendeeForm, EventForm } from "./form";

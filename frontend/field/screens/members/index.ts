export { ContactScreen } from "./contact";
export { Members } from "./list";
export { MemberScreen } from "./member";

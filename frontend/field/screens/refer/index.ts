export { ReferHome } from "./home";
export { MendRefused, RegistrationScreen } from "./registration";
export { SlipScreen } from "./slip";
export { ReferStep } from "./step";

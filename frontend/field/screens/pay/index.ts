export { PayCalculator } from "./calculator";
export { PayLine } from "./line";
export { PayMonths } from "./months";
export { PayStatement } from "./statement";

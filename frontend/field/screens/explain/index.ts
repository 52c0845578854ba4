export { BenefitCalculator } from "./calculator";
export { Explain, ExplainProgramme } from "./programmes";

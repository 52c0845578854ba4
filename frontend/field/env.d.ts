/** The day on which this version was built, `2026-11-24`. */
declare const __BUILT_ON__: string;

/** Drawings for those who would rather look than read: drawn by us, plain lines, good in the sun and in black and white. */
import type { ComponentChildren, JSX } from "preact";
import type { Programme } from "../../../generated/choices";

const Drawing = ({ children }: { readonly children: ComponentChildren }): JSX.Element => (
  <svg class="drawing" viewBox="0 0 240 120" aria-hidden="true" focusable="false">
    <path class="ground" d="M0 104c40-10 80-10 120-4s80 6 120-2v22H0z" />
    {children}
  </svg>
);

/** A farmer under a broad hat, at `x`. */
const Farmer = ({ x, y = 0 }: { readonly x: number; readonly y?: number }): JSX.Element => (
  <g transform={`translate(${x} ${y})`}>
    <path class="fill" d="M-20 36 0 22l20 14z" />
    <circle class="paper" cx="0" cy="42" r="8" />
    <path class="line" d="M0 50v26M0 56l-14 12M0 56l14 10M0 76l-9 22M0 76l9 22" />
  </g>
);

/** He has cut his foot in the field; somebody comes with a bandage, and behind them stands the hospital. */
const Accident = (): JSX.Element => (
  <Drawing>
    <path class="paper" d="M156 46h62v52h-62z" />
    <path class="line" d="M156 46h62v52h-62zM178 98V78h18v20" />
    <path class="fill" d="M183 52h8v7h7v8h-7v7h-8v-7h-7v-8h7z" />
    <Farmer x={54} />
    <path class="line" d="M70 66c8 10 10 20 4 34M66 102c6 4 14 4 18-2" />
    <Farmer x={116} />
    <path class="mark" d="M92 84l14-6 4 8-14 6z" />
  </Drawing>
);

/** A mother and two children before their house: they are not left alone. */
const Family = (): JSX.Element => (
  <Drawing>
    <path class="paper" d="M128 60h84v40h-84z" />
    <path class="fill" d="M118 62c18-6 30-16 36-30 8 10 24 10 32 0 6 14 18 24 36 30z" />
    <path class="line" d="M128 60v40h84V60M162 100V78h16v22" />
    <circle class="paper" cx="60" cy="40" r="9" />
    <path class="line" d="M60 49v26M60 56l-14 14M60 56l16 12M60 75l-9 24M60 75l9 24" />
    <circle class="paper" cx="88" cy="62" r="7" />
    <path class="line" d="M88 69v18M88 74l-10 6M88 74l10 6M88 87l-6 12M88 87l6 12" />
    <circle class="paper" cx="32" cy="66" r="6" />
    <path class="line" d="M32 72v16M32 76l-8 6M32 76l9 4M32 88l-5 11M32 88l5 11" />
  </Drawing>
);

/** Year by year a coin falls into the jar; an old farmer sits beside it. */
const OldAge = (): JSX.Element => (
  <Drawing>
    <path class="line" d="M132 40h52M138 40c-10 10-12 22-12 34 0 14 8 26 32 26s32-12 32-26c0-12-2-24-12-34" />
    <path class="fill" d="M130 72c6 4 16 5 28 5s22-1 28-5c0 14-6 24-28 24s-28-10-28-24z" />
    <circle class="mark" cx="158" cy="18" r="9" />
    <path class="line" d="M158 31v8" />
    <Farmer x={66} />
    <path class="line" d="M84 66v34M84 66c0-6 8-6 8 0" />
  </Drawing>
);

export const DRAWINGS: Readonly<Record<Programme, () => JSX.Element>> = {
  jkk: Accident,
  jkm: Family,
  jht: OldAge,
};

/**
 * The referral slip as a picture: A6 at 300 dots an inch, good in black and white. It says in capitals across its middle
 * that it is not a card. One drawing serves the screen, the share sheet and the printer (design.md, "The slip and the card").
 */
import { encode } from "uqr";

export interface SlipFacts {
  readonly name: string;
  readonly village: string;
  readonly agent: string;
  readonly branch: string;
  readonly madeOn: string;
  readonly steps: readonly string[];
  readonly amount: string;
  /** The payment code, once the office has given one. */
  readonly code: string | null;
  readonly qr: string;
}

/** What stands on it besides the facts, in the reader's language. */
export interface SlipWords {
  readonly title: string;
  readonly under: string;
  readonly made: string;
  readonly referredBy: string;
  readonly branch: string;
  readonly notProtected: string;
  readonly toCome: string;
  readonly first: string;
  readonly code: string;
  readonly notYet: string;
  readonly scan: string;
}

export const NOT_A_CARD = "BUKAN KARTU PESERTA";

const WIDTH = 105;
const HEIGHT = 148;
const DOTS = 11.81;
const EDGE = 8;
const INK = "#14213d";
const SOFT = "#3d4763";
const FACE = '"Plus Jakarta Sans Variable", system-ui, sans-serif';

/** A PNG of the slip. Raises when the browser has no canvas to give. */
export async function slipPicture(facts: SlipFacts, words: SlipWords): Promise<Blob> {
  await document.fonts?.ready;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(WIDTH * DOTS);
  canvas.height = Math.round(HEIGHT * DOTS);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.scale(DOTS, DOTS);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  head(pen, facts, words);
  notACard(pen, words);
  steps(pen, facts, words);
  money(pen, facts, words);
  code(pen, facts.qr, words);
  return new Promise((resolve, reject) => {
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture"))), "image/png");
  });
}

type Pen = CanvasRenderingContext2D;

function head(pen: Pen, facts: SlipFacts, words: SlipWords): void {
  write(pen, words.title, EDGE, 13, { size: 5, bold: true });
  write(pen, words.under, EDGE, 17.5, { size: 2.7, soft: true });
  write(pen, `${words.made} ${facts.madeOn}`, WIDTH - EDGE, 13, { size: 2.9, soft: true, right: true });
  pen.fillStyle = INK;
  pen.fillRect(EDGE, 20, WIDTH - 2 * EDGE, 0.3);
  write(pen, facts.name, EDGE, 28, { size: 5.4, bold: true });
  write(pen, facts.village, EDGE, 33.5, { size: 3.1 });
  const half = (WIDTH - 2 * EDGE) / 2 - 1;
  for (const [label, value, at] of [
    [words.referredBy, facts.agent, EDGE],
    [words.branch, facts.branch, EDGE + half + 2],
  ] as const) {
    write(pen, label, at, 39.5, { size: 2.5, soft: true });
    write(pen, value, at, 43.5, { size: 3.2, bold: true, most: half });
  }
}

function notACard(pen: Pen, words: SlipWords): void {
  pen.fillStyle = INK;
  pen.fillRect(0, 47, WIDTH, 17);
  write(pen, NOT_A_CARD, WIDTH / 2, 56.5, { size: 7.4, bold: true, white: true, middle: true });
  write(pen, words.notProtected, WIDTH / 2, 61.3, { size: 2.7, white: true, middle: true });
}

function steps(pen: Pen, facts: SlipFacts, words: SlipWords): void {
  write(pen, words.toCome, EDGE, 71, { size: 3.4, bold: true });
  let at = 76.5;
  for (const [place, step] of facts.steps.entries()) {
    write(pen, `${place + 1}.`, EDGE, at, { size: 3.1, bold: true });
    for (const line of wrapped(pen, step, WIDTH - 2 * EDGE - 5, 3.1)) {
      write(pen, line, EDGE + 5, at, { size: 3.1 });
      at += 4.2;
    }
    at += 0.9;
  }
}

function money(pen: Pen, facts: SlipFacts, words: SlipWords): void {
  const most = 50;
  write(pen, words.first, EDGE, 109, { size: 2.6, soft: true, most });
  write(pen, facts.amount, EDGE, 116.5, { size: 6.6, bold: true, most });
  pen.strokeStyle = INK;
  pen.lineWidth = 0.4;
  pen.setLineDash(facts.code ? [] : [1, 0.8]);
  pen.strokeRect(EDGE, 123, most, 16);
  pen.setLineDash([]);
  if (facts.code) {
    write(pen, words.code, EDGE + 2, 127.5, { size: 2.6, soft: true });
    write(pen, facts.code, EDGE + 2, 135, { size: 5, bold: true, most: most - 4 });
    return;
  }
  for (const [place, line] of wrapped(pen, words.notYet, most - 4, 2.9).entries()) {
    write(pen, line, EDGE + 2, 128 + place * 4, { size: 2.9, bold: true });
  }
}

function code(pen: Pen, text: string, words: SlipWords): void {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const side = 36;
  const left = WIDTH - EDGE - side + 3;
  // Whole dots: a module between two dots blurs, and a cheap camera then gives up.
  const dot = Math.floor((side * DOTS) / size);
  const [x, y] = [Math.round(left * DOTS), Math.round(103 * DOTS)];
  pen.save();
  pen.resetTransform();
  pen.fillStyle = "#000000";
  for (const [row, line] of data.entries()) {
    for (const [column, black] of line.entries()) {
      if (black) pen.fillRect(x + column * dot, y + row * dot, dot, dot);
    }
  }
  pen.restore();
  write(pen, words.scan, left + side / 2, 142, { size: 2.4, soft: true, middle: true, most: side });
}

interface Manner {
  readonly size: number;
  readonly bold?: boolean;
  readonly soft?: boolean;
  readonly white?: boolean;
  readonly right?: boolean;
  readonly middle?: boolean;
  readonly most?: number;
}

/** One line; a text that is too long is written smaller, never cut. Sizes and places are millimetres. */
function write(pen: Pen, text: string, x: number, y: number, how: Manner): void {
  pen.fillStyle = how.white ? "#ffffff" : how.soft ? SOFT : INK;
  pen.textAlign = how.middle ? "center" : how.right ? "right" : "left";
  const most = how.most ?? WIDTH - 2 * EDGE;
  pen.font = font(how.size, how.bold);
  const wide = pen.measureText(text).width;
  if (wide > most) pen.font = font((how.size * most) / wide, how.bold);
  pen.fillText(text, x, y);
}

const font = (size: number, bold = false): string => `${bold ? 700 : 450} ${size}px ${FACE}`;

function wrapped(pen: Pen, text: string, most: number, size: number): string[] {
  pen.font = font(size);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && pen.measureText(longer).width <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A place to sign with a finger; what is drawn goes out as a PNG at the end of every stroke, so nothing is lost. */
import type { JSX, TargetedPointerEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/words";
import { Button } from "../parts/parts";

const WORDS = words(
  { again: "Ulangi tanda tangan", here: "Tanda tangan di sini" },
  { again: "Sign again", here: "Sign here" },
);

const WIDTH = 600;
const HEIGHT = 240;

interface SignatureProps {
  /** Who signs, for those who do not see the field. */
  readonly label: string;
  /** The picture that was kept before, if any. */
  readonly kept: Blob | null;
  readonly onSigned: (picture: Blob | null) => void;
}

export function Signature({ label, kept, onSigned }: SignatureProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [signed, setSigned] = useState(kept !== null);
  useEffect(() => {
    if (!kept) return;
    setSigned(true);
    void createImageBitmap(kept).then((picture) => pen(canvas.current)?.drawImage(picture, 0, 0));
  }, [kept]);

  const at = (event: PointerEvent): [number, number] => {
    const box = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect();
    return [
      ((event.clientX - box.left) * WIDTH) / box.width,
      ((event.clientY - box.top) * HEIGHT) / box.height,
    ];
  };
  const down = (event: TargetedPointerEvent<HTMLCanvasElement>) => {
    const line = pen(canvas.current);
    if (!line) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    line.beginPath();
    line.moveTo(...at(event));
    setSigned(true);
  };
  const move = (event: TargetedPointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const line = pen(canvas.current);
    line?.lineTo(...at(event));
    line?.stroke();
  };
  const up = () => canvas.current?.toBlob((made) => onSigned(made), "image/png");
  const again = () => {
    pen(canvas.current)?.clearRect(0, 0, WIDTH, HEIGHT);
    setSigned(false);
    onSigned(null);
  };
  return (
    <div class="signature">
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={label}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      {signed ? (
        <Button icon="refresh" onClick={again}>
          {WORDS().again}
        </Button>
      ) : (
        <p class="hint">{WORDS().here}</p>
      )}
    </div>
  );
}

function pen(canvas: HTMLCanvasElement | null): CanvasRenderingContext2D | null {
  const line = canvas?.getContext("2d") ?? null;
  if (line) {
    line.lineWidth = 4;
    line.lineCap = "round";
    line.lineJoin = "round";
    line.strokeStyle = "#000000";
  }
  return line;
}

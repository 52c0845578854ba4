/** A photo from the camera, made small enough for a village's signal: at most 200 KB, upright, still readable. */

export const MOST_BYTES = 200 * 1024;

/** Longest side in pixels and JPEG quality, tried in turn until the picture is small enough. */
const TRIES: readonly (readonly [side: number, quality: number])[] = [
  [1600, 0.8],
  [1600, 0.65],
  [1280, 0.65],
  [1280, 0.5],
  [960, 0.5],
  [720, 0.45],
  [480, 0.4],
];

export class NotAPicture extends Error {}

/** Raises NotAPicture for a file that the phone cannot read as one, or cannot make small enough. */
export async function shrunk(file: Blob): Promise<Blob> {
  let picture: ImageBitmap;
  try {
    // The phone's own reading of how it was held; drawn upright, so the office needs to know nothing of it.
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new NotAPicture("not readable");
  }
  try {
    for (const [side, quality] of TRIES) {
      const made = await drawn(picture, side, quality);
      if (made.size <= MOST_BYTES) return made;
    }
  } finally {
    picture.close();
  }
  throw new NotAPicture("too large");
}

/** Width and height with the longest side at most `side`; a small picture is not blown up. */
export function fitted(width: number, height: number, side: number): [width: number, height: number] {
  const by = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))];
}

function drawn(picture: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fitted(picture.width, picture.height, side);
  const pen = canvas.getContext("2d");
  if (!pen) throw new NotAPicture("no canvas");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (made) => (made ? resolve(made) : reject(new NotAPicture("no picture"))),
      "image/jpeg",
      quality,
    );
  });
}

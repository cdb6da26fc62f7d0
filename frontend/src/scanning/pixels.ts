/** Our own reading of a code, out of the pixels of a picture. A file of its own: most phones never need it. */
import { decodeQR } from "qr/decode.js";

/** More pixels than this read no better and take an old phone too long. */
const MOST = 720;

const canvas = document.createElement("canvas");

/** What the code says; undefined when there is none in the picture. */
export function readPixels(video: HTMLVideoElement): string | undefined {
  const scale = Math.min(1, MOST / Math.max(video.videoWidth, video.videoHeight, 1));
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  const drawing = width && height ? place(width, height) : null;
  if (!drawing) return undefined;
  drawing.drawImage(video, 0, 0, width, height);
  const { data } = drawing.getImageData(0, 0, width, height);
  try {
    return decodeQR({ width, height, data }, { timeLimit: 60 });
  } catch {
    return undefined; // No code, or not all of it: the next picture may be better.
  }
}

function place(width: number, height: number): CanvasRenderingContext2D | null {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return canvas.getContext("2d", { willReadFrequently: true });
}

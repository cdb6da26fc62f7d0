/**
 * Reads a code in a picture of the camera: by the browser's own reader where it has one, else by a file of ours that is
 * fetched only then.
 */

/** What the code in the picture says; undefined while there is none. */
export type ReadCode = (video: HTMLVideoElement) => Promise<string | undefined>;

/** The part of the browser's reader that is used here; not every browser has it. */
interface Detector {
  detect(from: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorMaker {
  new (how: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** @throws whatever kept our own reader from being fetched. */
export async function codeReader(): Promise<ReadCode> {
  const Made = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  // Some browsers have the name and no reader behind it.
  const formats: readonly string[] = (await Made?.getSupportedFormats().catch(() => [])) ?? [];
  if (Made && formats.includes("qr_code")) {
    const detector = new Made({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue;
  }
  const { readPixels } = await import("./pixels.ts");
  return async (video) => readPixels(video);
}

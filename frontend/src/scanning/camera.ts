/**
 * Looks for a code with the phone's camera, and lets go of the camera at once when it has one, when it is told to
 * stop, and when the app is no longer looked at. No picture is kept or sent.
 */
import { codeReader, type ReadCode } from "./reader.ts";

/** `denied`: the camera may not be used · `none`: there is none that works · `stopped`: told to, or out of sight. */
export type Scanned = { readonly text: string } | "denied" | "none" | "stopped";

/** Between two looks: quick enough for a hand that holds still, slow enough for an old phone. */
const LOOK_MS = 150;

/** Whether this browser hands out a camera at all. */
export const canScan = (): boolean => navigator.mediaDevices?.getUserMedia !== undefined;

/**
 * Shows the camera in `video` until a code is seen.
 *
 * @param end stops it, also while the browser still asks for permission.
 * @returns what was found or why nothing was; never rejects. The camera is off by then.
 */
export async function scan(video: HTMLVideoElement, end: AbortSignal): Promise<Scanned> {
  let stream: MediaStream | undefined;
  let isOver = end.aborted;
  const off = (): void => {
    isOver = true;
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
  };
  const away = (): void => {
    if (document.visibilityState !== "visible") off();
  };
  end.addEventListener("abort", off);
  document.addEventListener("visibilitychange", away);
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    if (isOver) return "stopped";
    video.srcObject = stream;
    const [read] = await Promise.all([codeReader(), video.play()]);
    return await firstCode(read, video, () => isOver);
  } catch (cause) {
    if (isOver) return "stopped";
    return cause instanceof DOMException && cause.name === "NotAllowedError" ? "denied" : "none";
  } finally {
    off();
    end.removeEventListener("abort", off);
    document.removeEventListener("visibilitychange", away);
  }
}

async function firstCode(read: ReadCode, video: HTMLVideoElement, isOver: () => boolean): Promise<Scanned> {
  while (!isOver()) {
    const text = await read(video);
    if (text && !isOver()) return { text };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return "stopped";
}

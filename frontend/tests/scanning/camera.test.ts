/** The camera is off as soon as it is not needed: at a result, when told, when out of sight, and after any failure. */
import { beforeEach, expect, it, vi } from "vitest";

import { canScan, scan } from "../../src/scanning/camera.ts";

const track = { stop: vi.fn() };
const stream = { getTracks: () => [track] };
let video: HTMLVideoElement;
let seen: string[];
let getUserMedia: ReturnType<typeof vi.fn<() => Promise<unknown>>>;

beforeEach(() => {
  track.stop = vi.fn();
  seen = [];
  getUserMedia = vi.fn(async () => stream);
  video = { srcObject: null, play: async () => undefined } as HTMLVideoElement;
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
  vi.stubGlobal("BarcodeDetector", class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => seen.splice(0, 1).map((rawValue) => ({ rawValue }));
  });
});

const looking = () => vi.waitFor(() => expect(video.srcObject).toBe(stream));
const isOff = () => expect([track.stop.mock.calls.length > 0, video.srcObject]).toEqual([true, null]);

it("gives the code that comes into sight, and turns the camera off", async () => {
  const end = new AbortController();
  const scanned = scan(video, end.signal);
  await looking();
  seen.push("#v1.code");
  expect(await scanned).toEqual({ text: "#v1.code" });
  isOff();
  expect(getUserMedia).toHaveBeenCalledWith({ video: { facingMode: "environment" }, audio: false });
});

it("is off at once when the screen is left", async () => {
  const end = new AbortController();
  const scanned = scan(video, end.signal);
  await looking();
  end.abort();
  isOff();
  expect(await scanned).toBe("stopped");
});

it("is off at once when the app is out of sight", async () => {
  const scanned = scan(video, new AbortController().signal);
  await looking();
  (document as { visibilityState: string }).visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  isOff();
  expect(await scanned).toBe("stopped");
});

it("is off when the screen was left while the browser still asked", async () => {
  let allow = (_: unknown): void => undefined;
  getUserMedia.mockReturnValue(new Promise((resolve) => (allow = resolve)));
  video.play = vi.fn();
  const end = new AbortController();
  const scanned = scan(video, end.signal);
  end.abort();
  allow(stream);
  expect(await scanned).toBe("stopped");
  expect(video.play).not.toHaveBeenCalled();
  isOff();
});

it.each([
  ["denied", new DOMException("", "NotAllowedError")],
  ["none", new DOMException("", "NotFoundError")],
])("says that it is %s", async (said, cause) => {
  getUserMedia.mockRejectedValue(cause);
  expect(await scan(video, new AbortController().signal)).toBe(said);
});

it("is off when nothing can read a code", async () => {
  video.play = async () => Promise.reject(new Error("no picture"));
  expect(await scan(video, new AbortController().signal)).toBe("none");
  isOff();
});

it("is offered only where there is a camera to ask for", () => {
  expect(canScan()).toBe(true);
  vi.stubGlobal("navigator", {});
  expect(canScan()).toBe(false);
});

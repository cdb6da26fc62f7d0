/** Three times Shift leaves, and nothing else that happens on a keyboard does. */
import { beforeEach, expect, it, vi } from "vitest";

import { startThreeShifts } from "../../src/state/three-shifts.ts";

let page: EventTarget;
let time: number;
let leave: ReturnType<typeof vi.fn<() => void>>;
let focused: { matches: (selector: string) => boolean } | null;

beforeEach(() => {
  page = new EventTarget();
  time = 1_000;
  focused = null;
  leave = vi.fn();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("document", { get activeElement() { return focused; } });
  startThreeShifts(leave);
});

function send(name: "keydown" | "keyup", key: string, more: object = {}): void {
  const event = Object.assign(new Event(name), { key, repeat: false, ctrlKey: false, altKey: false, metaKey: false });
  Object.defineProperty(event, "timeStamp", { value: time });
  page.dispatchEvent(Object.assign(event, more));
}

function shift(apart = 200): void {
  time += apart;
  send("keydown", "Shift");
  send("keyup", "Shift");
}

it("leaves at the third, within a second and a half", () => {
  shift();
  shift();
  expect(leave).not.toHaveBeenCalled();
  shift();
  expect(leave).toHaveBeenCalledOnce();
});

it("stays when they come slowly", () => {
  for (let at = 0; at < 8; at++) shift(800);
  expect(leave).not.toHaveBeenCalled();
});

it("stays while somebody types in a field", () => {
  focused = { matches: (selector) => selector.includes("textarea") };
  for (let at = 0; at < 5; at++) shift();
  focused = null;
  shift();
  shift();
  expect(leave).not.toHaveBeenCalled();
});

it("stays when Shift is held for other keys, or another key comes in between", () => {
  for (let at = 0; at < 4; at++) {
    send("keydown", "Shift");
    send("keydown", "Tab", { shiftKey: true });
    send("keyup", "Tab");
    send("keyup", "Shift");
  }
  shift();
  shift();
  send("keydown", "a");
  send("keyup", "a");
  shift();
  expect(leave).not.toHaveBeenCalled();
});

it("stays when Shift is held down, or goes with another modifier", () => {
  send("keydown", "Shift");
  for (let at = 0; at < 9; at++) send("keydown", "Shift", { repeat: true });
  for (let at = 0; at < 4; at++) {
    send("keydown", "Shift", { ctrlKey: true });
    send("keyup", "Shift");
  }
  expect(leave).not.toHaveBeenCalled();
});

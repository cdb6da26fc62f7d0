/**
 * Three times Shift on a keyboard leaves the app. Never while somebody types, and never while Shift is held for another
 * key: leaving by mistake in the middle of a check would teach people to fear the keyboard.
 */
const TIMES = 3;
const WITHIN_MS = 1_500;

/** Call once, when the app starts. @param leave what three times Shift does */
export function startThreeShifts(leave: () => void): void {
  let taps: number[] = [];
  let alone = false;
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!alone && !event.repeat) taps = [];
  });
  // A Shift counts when it comes up again with nothing typed in between.
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone || isField(document.activeElement)) {
      if (event.key === "Shift") taps = [];
      return;
    }
    taps = [...taps.filter((at) => event.timeStamp - at <= WITHIN_MS), event.timeStamp];
    alone = false;
    if (taps.length >= TIMES) leave();
  });
}

function isField(element: Element | null): boolean {
  return element?.matches("input, textarea, select, [contenteditable]") ?? false;
}

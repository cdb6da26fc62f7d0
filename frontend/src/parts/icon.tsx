/** Small line drawings. They only stand beside words, so they say nothing to a screen reader. */

const PATHS = {
  back: "M19 12H5M11 6l-6 6 6 6",
  on: "M5 12h14M13 6l6 6-6 6",
  exit: "M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M10 8l-4 4 4 4M6 12h10",
  world: "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  warn: "M12 4l9 16H3zM12 10v4M12 17v.01",
  phone:
    "M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
  send: "M21 4L3 11l7 3 3 7zM21 4L10 14",
  tick: "M5 12.500l4.500 4.500L19 7.500",
  person: "M8.500 7a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0-7 0M5 20c.6-4.500 3.300-7 7-7s6.400 2.500 7 7",
  place: "M12 21s-7-6-7-11a7 7 0 0 1 14 0c0 5-7 11-7 11zM9.500 10a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  list: "M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01",
} as const;

export type IconName = keyof typeof PATHS;

/** Drawings that point somewhere turn round where reading does. */
const POINTING: readonly IconName[] = ["back", "on", "exit", "send", "list"];

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={POINTING.includes(name) ? "ico flip" : "ico"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

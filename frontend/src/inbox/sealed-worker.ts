/** The worker's side of sealed-work.ts: which job does what. It is told everything it needs and keeps nothing. */
import { admit, anew, begin, makeOwn, newSheet, reanchor, renewKey } from "./sealed-jobs-keys.ts";
import { openSheet, recover } from "./sealed-jobs-recovery.ts";
import { drill, passkeyWrap, unlock } from "./sealed-jobs-unlock.ts";
import type { Work } from "./sealed-work.ts";

const JOBS: Readonly<Record<string, (request: never) => Promise<Work<unknown>>>> = {
  unlock,
  passkeyWrap,
  drill,
  begin,
  makeOwn,
  reanchor,
  admit,
  renewKey,
  newSheet,
  anew,
  openSheet,
  recover,
};

addEventListener("message", ({ data }: MessageEvent<{ do: string }>) => {
  Promise.resolve()
    .then(() => JOBS[data.do]!(data as never))
    .then(
      (answer) => postMessage(answer),
      () => postMessage({ trouble: "failed" }),
    );
});

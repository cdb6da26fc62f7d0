/**
 * Work with secrets, done in a worker of its own that ends with the answer: scrypt would freeze the page, and what
 * the worker held is gone with it.
 */
import workerUrl from "./sealed-worker.ts?worker&url";

import { ownScript } from "../trusted.ts";
import type { Opened, Shown } from "../sealing/envelope.ts";

export interface OpenNote {
  readonly do: "open";
  readonly passphrase: string;
  readonly identityWrapped: string;
  readonly teamWrap: string;
  /** Fetched by the worker once the words are right: a slip of the pen must not count as having read the note. */
  readonly noteUrl: string;
  readonly shown: Shown;
}

export interface MakeKeys {
  readonly do: "make";
}

/** Everything the form sends, and the words, which it never does. Files are base64. */
export interface MadeKeys {
  readonly passphrase: string;
  readonly identity_recipient: string;
  readonly identity_wrapped: string;
  readonly team_recipient: string;
  readonly vouch_key: string;
  readonly team_wrap: string;
}

/** Why a note stayed closed. `passphrase`: the words are wrong. `damaged`: the file is not what was sealed. */
export type Trouble = "passphrase" | "damaged" | "failed";

export type Work<T> = { readonly done: T } | { readonly trouble: Trouble };

/** A machine that needs longer has stopped. */
const LONGEST_MS = 60_000;

export function openNote(request: OpenNote): Promise<Work<Opened>> {
  return inWorker(request);
}

export function makeKeys(): Promise<Work<MadeKeys>> {
  return inWorker({ do: "make" } satisfies MakeKeys);
}

/** Settles within a minute; never rejects. */
function inWorker<T>(request: OpenNote | MakeKeys): Promise<Work<T>> {
  return new Promise((resolve) => {
    const worker = new Worker(ownScript(workerUrl), { type: "module" });
    const end = (answer: Work<T>): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => end({ trouble: "failed" }), LONGEST_MS);
    worker.onmessage = ({ data }: MessageEvent<Work<T>>) => end(data);
    worker.onerror = () => end({ trouble: "failed" });
    worker.postMessage(request);
  });
}

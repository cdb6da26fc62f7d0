/**
 * Work with secrets, done in a worker of its own that ends with the answer: scrypt would freeze the page, and what
 * the worker held is gone with it. What comes back is sealed, public, or of use only together with another half.
 */
import workerUrl from "./sealed-worker.ts?worker&url";

import { ownScript } from "../trusted.ts";
import type { Halved } from "../sealing/halves.ts";
import type { TeamKey, Trusted } from "../sealing/vouch.ts";

/** What opens the member's identity, and the file that it opens (base64). Words are taken as they were typed. */
export type Opener =
  | { readonly words: string; readonly file: string }
  | { readonly prf: Uint8Array<ArrayBuffer>; readonly file: string };

/** `pin`: the team's key that people compared in this browser. `history`: as the server tells it. */
export interface Unlock {
  readonly do: "unlock";
  readonly opener: Opener;
  readonly teamWrap: string;
  readonly team: number;
  readonly history: readonly TeamKey[];
  readonly pin: Trusted | undefined;
}

/** `rewrapped`: the identity's file anew (base64), now with the key that was compared; only where that was missing. */
export interface Unlocked {
  readonly halved: Halved;
  readonly half: Uint8Array<ArrayBuffer>;
  readonly key: Trusted;
  readonly rewrapped?: string;
}

/** Wraps the member's identity for a passkey, which from then on opens it like the words. */
export interface PasskeyWrap {
  readonly do: "passkeyWrap";
  readonly opener: Opener;
  readonly prf: Uint8Array<ArrayBuffer>;
}

/** Really opens everything with the words, and gives nothing back. */
export interface Drill {
  readonly do: "drill";
  readonly opener: Opener;
  readonly teamWrap: string;
}

/**
 * `words`: they are wrong · `damaged`: a file is not what was sealed, or not to this member · `compare`: nothing that
 * people compared leads to this team key · `failed`: the worker did not end.
 */
export type Trouble =
  | { readonly trouble: "words" | "damaged" | "failed" }
  | {
      readonly trouble: "compare";
      readonly key: Trusted;
      /** There was something that people compared, and it leads elsewhere. */
      readonly broken: boolean;
    };

export type Work<T> = { readonly done: T } | Trouble;

/** A machine that needs longer has stopped. */
const LONGEST_MS = 60_000;

/** Does one job of sealed-worker.ts. Settles within a minute; never rejects. */
export function inWorker<T>(request: { readonly do: string }): Promise<Work<T>> {
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

export const unlock = (request: Omit<Unlock, "do">): Promise<Work<Unlocked>> => inWorker({ do: "unlock", ...request });

/** @returns the wrapped identity, base64. */
export const passkeyWrap = (request: Omit<PasskeyWrap, "do">): Promise<Work<string>> =>
  inWorker({ do: "passkeyWrap", ...request });

export const drill = (request: Omit<Drill, "do">): Promise<Work<true>> => inWorker({ do: "drill", ...request });

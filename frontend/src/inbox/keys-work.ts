/**
 * What the Keys page asks of its worker (sealed-jobs-keys.ts). What comes back is sealed, public or halved, but for what
 * goes on paper: seven words and the key of a recovery sheet, which the page shows once and never sends.
 */
import type { Halved } from "../sealing/halves.ts";
import type { Roster, SignedRoster } from "../sealing/roster.ts";
import type { TeamKey } from "../sealing/vouch.ts";
import { inWorker, type Opener, type Work } from "./sealed-work.ts";

/** As the server's forms take them: texts, numbers as texts, files base64. */
export type Fields = Readonly<Record<string, string>>;

/** What goes on the recovery sheet: the private key (AGE-SECRET-KEY-1…) and six words of the team's first key. */
export interface Sheet {
  readonly secret: string;
  readonly words: readonly string[];
}

/** The team's keys for this browser: see unlocked.ts, `takeUp`. */
export interface Halves {
  readonly halved: Halved;
  readonly half: Uint8Array<ArrayBuffer>;
}

/** `after`: the number of a key that was lost, 0 for first keys. `version`: of the roster that is made with them. */
export interface Begin {
  readonly team: number;
  readonly member: number;
  readonly after: number;
  readonly version: number;
}

export interface Begun {
  readonly passphrase: string;
  readonly sheet: Sheet;
  readonly key: TeamKey;
  readonly identity: Fields;
  readonly team: Fields;
  readonly halves: Halves;
}

/** `anchor`: the team's vouching key as this browser is told it; colleagues compare it with theirs. */
export interface MakeOwn {
  readonly anchor: string;
}

export interface MadeOwn {
  readonly passphrase: string;
  readonly fields: Fields;
}

/** The same key and words with another anchor. */
export interface Reanchor extends MakeOwn {
  readonly words: string;
  readonly file: string;
}

interface Opening {
  readonly opener: Opener;
  readonly teamWrap: string;
}

/** `roster`: as it shall be, with the colleague's key on it. */
export interface Admit extends Opening {
  readonly roster: Roster;
  readonly member: number;
}

/** `roster`: as it shall be, but for the new key, which the job puts on it. */
export interface Renew extends Opening {
  readonly roster: Roster;
}

export interface Renewed {
  readonly fields: Fields;
  readonly key: TeamKey;
  readonly halves: Halves;
}

/** `roster`: as it shall be, but for the sheet's public half, which the job puts on it. */
export interface NewSheet extends Opening {
  readonly roster: Roster;
}

export interface MadeSheet {
  readonly sheet: Sheet;
  readonly fields: Fields;
}

/** A list begun anew, with nobody on it but its maker. `versions`: the last has to be newer than any that was seen. */
export interface Anew extends Opening {
  readonly team: number;
  readonly member: number;
  readonly history: readonly TeamKey[];
  readonly versions: readonly number[];
}

/** `forms`: one for each version. */
export interface MadeAnew {
  readonly sheet: Sheet;
  readonly forms: readonly Fields[];
}

export interface OpenSheet {
  readonly secret: string;
  readonly file: string;
  readonly team: number;
  readonly history: readonly TeamKey[];
}

/** `words`: six, of the first key in the file. `recipient`: the sheet's public half. `vouch`: the newest key's. */
export interface OpenedSheet {
  readonly words: readonly string[];
  readonly recipient: string;
  readonly vouch: string;
}

/**
 * `roster`: as the server gives it; one that does not hold is begun anew, and `next` is its number then. `active`: who
 * may stay on it.
 */
export interface Recover extends OpenSheet {
  readonly member: number;
  readonly active: readonly number[];
  readonly roster: SignedRoster | null;
  readonly next: number;
}

export interface Recovered {
  readonly passphrase: string;
  readonly fields: Fields;
  readonly key: TeamKey;
  readonly halves: Halves;
  readonly isAnew: boolean;
}

export const begin = (job: Begin): Promise<Work<Begun>> => inWorker({ do: "begin", ...job });
export const makeOwn = (job: MakeOwn): Promise<Work<MadeOwn>> => inWorker({ do: "makeOwn", ...job });
/** @returns the public key, and what is sent. */
export const reanchor = (job: Reanchor): Promise<Work<{ readonly key: string; readonly fields: Fields }>> =>
  inWorker({ do: "reanchor", ...job });
export const admit = (job: Admit): Promise<Work<Fields>> => inWorker({ do: "admit", ...job });
export const renewKey = (job: Renew): Promise<Work<Renewed>> => inWorker({ do: "renewKey", ...job });
export const newSheet = (job: NewSheet): Promise<Work<MadeSheet>> => inWorker({ do: "newSheet", ...job });
export const anew = (job: Anew): Promise<Work<MadeAnew>> => inWorker({ do: "anew", ...job });
export const openSheet = (job: OpenSheet): Promise<Work<OpenedSheet>> => inWorker({ do: "openSheet", ...job });
export const recover = (job: Recover): Promise<Work<Recovered>> => inWorker({ do: "recover", ...job });

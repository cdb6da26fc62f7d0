/**
 * What the worker writes to the team afterwards: sealed at once, kept with its receipt as the very bytes that go, and sent
 * in order until the server has confirmed their hash. Words that cannot be sealed are not taken.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import { base64, hex, sha256 } from "../sealing/bytes.ts";
import { pack } from "../sealing/envelope.ts";
import { withEnd } from "../storage/deadline.ts";
import { readSealed } from "../storage/kept.ts";
import { readSetting } from "../storage/settings.ts";
import { reachable } from "./addressee.ts";
import { ask, type Trouble } from "./asking.ts";
import { changeReceipt, isOver, type Receipt } from "./follow-up.ts";
import { freshKeys } from "./hearing.ts";
import { askAbout } from "./news.ts";

/** Characters of one message. */
export const MOST = 1000;

/** Longer than this and the worker is told: the words are still in their field. */
const SEAL_MS = 15_000;

/** A message of the worker, kept with its receipt. */
export interface Mine {
  /** Counts from 1 for each referral. */
  readonly seq: number;
  readonly text: string;
  /** By the phone's clock, in milliseconds. */
  readonly made_at: number;
  /** What is sent, unchanged each time. */
  readonly recipient: string;
  readonly file: string;
  readonly mac: string;
  /** Of the file's bytes, hexadecimal: what the server must repeat. */
  readonly sha256: string;
  /** The server has it. */
  readonly stored?: 1;
}

/** `no_key`, `key_changed`: it cannot be sealed · `over`: nothing is added any more · `kept`: it goes by itself. */
export type Written = "kept" | "no_key" | "key_changed" | "over";

const troubles = signal<Readonly<Record<string, Trouble>>>({});
/** Why the last message of a referral could not be sent, until the next try, by the referral's id. */
export const writingTrouble: ReadonlySignal<Readonly<Record<string, Trouble>>> = troubles;

/** When the server asked for time, on the clock that no setting moves. */
const notBefore = new Map<string, number>();

/**
 * Seals a message and keeps it; then it is sent by itself.
 *
 * @throws CouldNotKeep, or what kept it from being sealed: nothing of it is kept, and the words are the caller's.
 */
export async function write(id: string, text: string): Promise<Written> {
  const recipient = await keyFor(id);
  if (!recipient.startsWith("age1")) return recipient as Written;
  for (;;) {
    const receipt = await readSealed<Receipt>("receipts", id);
    if (!receipt || isOver(receipt)) return "over";
    const made = await sealedMessage(receipt, recipient, { seq: nextPlace(receipt), text, made_at: Date.now() });
    // Two tabs may write at once: who comes second seals it anew, for the next place.
    let isIn = false;
    const now = await changeReceipt(id, (is) => {
      isIn = nextPlace(is) === made.seq;
      return isIn ? { ...is, mine: [...(is.mine ?? []), made] } : is;
    });
    if (!now) return "over";
    if (!isIn) continue;
    void sendMessages(id);
    return "kept";
  }
}

/** The key of the team that has the referral, as a link vouched for it or as it was followed; or why there is none. */
async function keyFor(id: string): Promise<string> {
  const team = (await readSealed<Receipt>("receipts", id))?.team.id;
  const find = async () => reachable(await readSetting("devices")).find((one) => one.team === team);
  const by = (await find())?.by;
  if (by !== undefined) await freshKeys(by);
  const found = await find();
  return found?.key ?? (found?.cut ? "key_changed" : "no_key");
}

function nextPlace({ mine = [], received = 0 }: Receipt): number {
  return 1 + Math.max(received, ...mine.map(({ seq }) => seq));
}

async function sealedMessage(
  { id: referral_id, coded_sha256, reply_key }: Receipt,
  recipient: string,
  { seq, text, made_at }: Pick<Mine, "seq" | "text" | "made_at">,
): Promise<Mine> {
  // The age library is fetched only here.
  const fetching = Promise.all([import("../sealing/seal.ts"), import("../sealing/reply.ts")]);
  const [{ sealTo }, { messageTag }] = await withEnd(fetching, SEAL_MS);
  const envelope = { v: 1, kind: "message", referral_id, coded_sha256, seq, reply_key: "", text: { text } } as const;
  const file = new Uint8Array(await sealTo(recipient, pack<"message">(envelope)));
  const hash = hex(await sha256(file));
  const mac = await messageTag(reply_key, { referral_id, direction: "to_team", seq, sha256: hash });
  return { seq, text, made_at, recipient, file: base64(file), mac, sha256: hash };
}

let line: Promise<unknown> = Promise.resolve();

/**
 * Sends what waits of a referral, in order, one after the other; two calls do so after each other. Settles, never rejects.
 * @returns why something still waits.
 */
export function sendMessages(id: string): Promise<Trouble | undefined> {
  const turn = line.then(async () => {
    const trouble = await sendAll(id).catch((): Trouble => ({ code: "not_kept" }));
    const { [id]: _before, ...others } = troubles.value;
    troubles.value = trouble ? { ...others, [id]: trouble } : others;
    if (trouble?.wait !== undefined) notBefore.set(id, performance.now() + trouble.wait);
    return trouble;
  });
  line = turn;
  return turn;
}

/** A place that is taken is answered by moving on, once a round. */
const TAKEN = ["other-content", "out-of-order"];

async function sendAll(id: string): Promise<Trouble | undefined> {
  const wait = (notBefore.get(id) ?? 0) - performance.now();
  if (wait > 0) return { code: "busy", wait };
  for (let moves = 0; ; ) {
    const receipt = await readSealed<Receipt>("receipts", id);
    const next = receipt?.mine?.find(({ stored }) => !stored);
    if (!receipt || !next || isOver(receipt)) return undefined;
    const { seq, recipient, file, mac } = next;
    const reply = await ask("follow-up/messages", {
      method: "POST",
      body: JSON.stringify({ seq, recipient, file, mac }),
      authorization: `Receipt ${receipt.secret}`,
    });
    if ("trouble" in reply) {
      const { trouble } = reply;
      const code = trouble.server_code ?? "";
      if (code === "closed") return askAbout(id);
      if (!TAKEN.includes(code) || moves++ > 0) return trouble;
      const unknown = (await askAbout(id)) ?? (await movedOn(id));
      if (unknown) return unknown;
      continue;
    }
    if (reply.body.seq !== seq || reply.body.sha256 !== next.sha256) return { code: "receipt_differs" };
    await changeReceipt(id, (is) => ({
      ...is,
      received: Math.max(is.received ?? 0, seq),
      mine: is.mine!.map((one) => (one.sha256 === next.sha256 ? { ...one, stored: 1 } : one)),
    }));
  }
}

/**
 * What waits, sealed anew for the places after those that the server has. Another phone may have written as this one: it
 * took in the same saved file. @throws CouldNotKeep
 */
async function movedOn(id: string): Promise<undefined> {
  const receipt = await readSealed<Receipt>("receipts", id);
  if (!receipt) return;
  const waits = (receipt.mine ?? []).filter(({ stored }) => !stored);
  const moved = new Map<string, Mine>();
  for (const [at, one] of waits.entries()) {
    const seq = (receipt.received ?? 0) + 1 + at;
    if (seq !== one.seq) moved.set(one.sha256, await sealedMessage(receipt, one.recipient, { ...one, seq }));
  }
  await changeReceipt(id, (is) => ({ ...is, mine: (is.mine ?? []).map((one) => moved.get(one.sha256) ?? one) }));
}

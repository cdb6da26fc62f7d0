/** The server's side of the wire for tests: stores as intake does, or goes wrong as it is told to. */
import { createHash } from "node:crypto";

import { canonicalJson } from "../../src/screening/canonical.ts";

export interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly body: string;
  readonly authorization: string | null;
}

type Answering = (asked: Asked, signal: AbortSignal) => Response | Promise<Response>;

const sha = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers },
  });

export const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(status, { type: "about:blank", title: code, status, code }, headers);

export class FieldServer {
  readonly asked: Asked[] = [];
  readonly referrals = new Map<string, Kept>();
  /** What the next requests meet instead of a server that works, in order. */
  readonly mishaps: Answering[] = [];
  /** Answers for everything but referrals. */
  readonly pages = new Map<string, Answering>();
  token = "device-token";
  /** Tokens of before that are still taken. */
  readonly tokens = new Set<string>();

  readonly fetch = async (url: string, how: RequestInit): Promise<Response> => {
    const headers = new Headers(how.headers);
    const asked = {
      path: url.replace("/api/v1/", ""),
      body: String(how.body ?? ""),
      authorization: headers.get("authorization"),
      ...(how.method === "DELETE" && { method: how.method }),
    };
    this.asked.push(asked);
    const answer = this.mishaps.shift() ?? this.pages.get(asked.path) ?? this.intake;
    return answer(asked, how.signal!);
  };

  readonly intake: Answering = (asked) => {
    const { path, body, authorization } = asked;
    if (path.startsWith("follow-up")) return this.followUp(asked);
    if (path !== "referrals") return problem(404, "not-found");
    const token = authorization?.replace("Bearer ", "") ?? "";
    if (token !== this.token && !this.tokens.has(token)) return problem(401, "unknown-device");
    const { id, coded, sealed, receipt_sha256 } = JSON.parse(body) as Sent;
    const before = this.referrals.get(id);
    const held: Kept = before ?? {
      coded: sha(canonicalJson(coded)),
      token,
      receipt: receipt_sha256,
      answers: [],
      received: [],
    };
    if (held.coded !== sha(canonicalJson(coded))) return problem(409, "other-content");
    const file = sealed && Buffer.from(sealed.file, "base64");
    if (file && held.sealed !== sha(file)) {
      if (held.sealed && (held.isRead || held.token !== token)) return problem(409, "note-already-read");
      if (held.sealed && held.isReplaced) return problem(409, "note-replaced-before");
      if (held.sealed) held.isReplaced = true;
      Object.assign(held, { sealed: sha(file), file, recipient: sealed.recipient });
    }
    this.referrals.set(id, held);
    return json(before ? 200 : 201, receiptFor(id, held));
  };

  private followUp({ path, method, body, authorization }: Asked): Response {
    const secret = Buffer.from(authorization?.replace("Receipt ", "") ?? "", "base64url");
    const [id, held] = [...this.referrals].find(([, { receipt }]) => receipt === sha(secret)) ?? [];
    if (!id || !held) return problem(404, "receipt-unknown");
    if (path === "follow-up/messages") return this.receive(held, JSON.parse(body) as Received & { file: string });
    if (method !== "DELETE") return json(200, newsOf(id, held));
    if (held.isRead) return problem(409, "already-read");
    Object.assign(held, { closed_as: "withdrawn", sealed: undefined, answers: [], received: [] });
    return new Response(null, { status: 204 });
  }

  private receive(held: Kept, { seq, file, mac }: Received): Response {
    const one = { seq, file, mac, sha256: sha(Buffer.from(file, "base64")) };
    const there = held.received.find((other) => other.seq === seq);
    if (there && there.sha256 !== one.sha256) return problem(409, "other-content");
    if (held.closed_as) return problem(409, "closed");
    if (!there && seq !== 1 + Math.max(0, ...held.received.map((other) => other.seq))) return problem(409, "out-of-order");
    if (!there) held.received.push(one);
    return json(there ? 200 : 201, { seq, sha256: one.sha256 });
  }
}

interface Sent {
  readonly id: string;
  readonly coded: object;
  readonly receipt_sha256: string;
  readonly sealed?: { readonly recipient: string; readonly file: string };
}

/** A referral as the server has it: the hashes of its parts, the sealed note, and as whose phone it came. */
interface Kept {
  readonly coded: string;
  readonly token: string;
  sealed?: string;
  file?: Buffer;
  recipient?: string;
  isReplaced?: boolean;
  /** Somebody has opened the note. */
  isRead?: boolean;
  readonly receipt: string;
  closed_as?: string;
  /** To the phone, as the server gives them out. */
  answers: unknown[];
  /** From the phone, and up to which place somebody has opened them. */
  received: Received[];
  receivedRead?: number;
  /** In its time: next to nothing is left of it. */
  isDeleted?: boolean;
}

export interface Received {
  readonly seq: number;
  readonly file: string;
  readonly mac: string;
  readonly sha256: string;
}

function newsOf(id: string, { sealed, isRead, closed_as, answers, received, receivedRead = 0, isDeleted }: Kept) {
  if (isDeleted) return { id, reference: "HD-0000-0000", state: "closed", note: "none", messages: [] };
  return {
    id,
    reference: "HD-0000-0000",
    state: closed_as ? "closed" : isRead ? "read" : "stored",
    ...(closed_as && { closed_as }),
    note: sealed ? (isRead ? "read" : "stored") : closed_as ? "none" : "waiting",
    ...(sealed && { note_sha256: sealed }),
    messages: answers,
    received: Math.max(0, ...received.map(({ seq }) => seq)),
    received_read: receivedRead,
  };
}

export function receiptFor(id: string, held: { coded: string; sealed?: string }) {
  return {
    id,
    reference: "HD-0000-0000",
    coded_sha256: held.coded,
    ...(held.sealed && { sealed_sha256: held.sealed }),
    state: "stored",
    received_at: "2026-11-22T14:10:00Z",
    due_at: "2026-11-22T16:10:00Z",
    team: {
      hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: "08:00", closes: "22:00" }],
      reading_hours: "Every day 8 to 22",
      urgent_number: "+441410000001",
    },
  };
}

/** Answers are taken in, and then lost on the way back. */
export const answerLost =
  (server: FieldServer): Answering =>
  async (asked, signal) => {
    await server.intake(asked, signal);
    throw new TypeError("Failed to fetch");
  };

/** A page that wants you to sign in to the Wi-Fi, with a 200. */
export const captivePortal: Answering = () =>
  new Response("<!doctype html><title>Free Wi-Fi</title>", {
    status: 200,
    headers: { "content-type": "text/html" },
  });

/** A body that never ends; the browser ends it when told to, as fetch does. */
export const slowTrickle: Answering = (_, signal) =>
  new Response(
    new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode("{"));
        signal.addEventListener("abort", () => stream.error(new DOMException("ended", "AbortError")));
      },
    }),
    { status: 201, headers: { "content-type": "application/json" } },
  );

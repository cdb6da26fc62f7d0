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
  readonly referrals = new Map<string, { coded: string; sealed?: string }>();
  /** What the next requests meet instead of a server that works, in order. */
  readonly mishaps: Answering[] = [];
  /** Answers for everything but referrals. */
  readonly pages = new Map<string, Answering>();
  token = "device-token";

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

  readonly intake: Answering = ({ path, body, authorization }) => {
    if (path !== "referrals") return problem(404, "not-found");
    if (authorization !== `Bearer ${this.token}`) return problem(401, "unknown-device");
    const { id, coded, sealed } = JSON.parse(body) as { id: string; coded: object; sealed?: { file: string } };
    const arrived = {
      coded: sha(canonicalJson(coded)),
      ...(sealed && { sealed: sha(Buffer.from(sealed.file, "base64")) }),
    };
    const before = this.referrals.get(id);
    if (before && before.coded !== arrived.coded) return problem(409, "other-content");
    if (before?.sealed && arrived.sealed && before.sealed !== arrived.sealed)
      return problem(409, "note-replaced-before");
    const held = { ...before, ...arrived };
    this.referrals.set(id, held);
    return json(before ? 200 : 201, receiptFor(id, held));
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

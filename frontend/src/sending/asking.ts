/**
 * One request to our own server, with an end, and every way it can go wrong named.
 * What is not plainly our server's answer (a captive portal's page, a proxy's) is never taken for one.
 */
import { withEnd } from "../storage/deadline.ts";

/** What went wrong, as a code the screens translate. */
export type TroubleCode =
  | "no_connection" // nothing answered
  | "too_slow" // no whole answer in time
  | "not_our_server" // an answer that is not ours: sign in to the Wi-Fi, perhaps
  | "device_refused" // 401: this phone is not accepted any more, join again
  | "other_content" // 409: this id is already there with other answers
  | "note_already_read" // 409: someone has read the note that is there
  | "note_replaced_before" // 409: the note was replaced once already
  | "too_large" // 413
  | "team_not_offered" // 403: this phone may not send to that team: choose another
  | "busy" // 429: wait as long as it says
  | "server_trouble" // 5xx
  | "not_found" // 404
  | "refused" // any other refusal: `server_code` and `fields` say why
  | "receipt_differs" // the receipt is not for what this phone sent: it stays here and is tried again
  | "not_sealed" // the words could not be sealed this time
  | "not_kept"; // it arrived, but this phone could not keep the receipt: it is sent again, and counts once

/** The server will never take it as it is, whatever the worker does: it may be put away. */
export const HOPELESS: readonly TroubleCode[] = [
  "other_content",
  "note_already_read",
  "note_replaced_before",
  "too_large",
  "refused",
];

/**
 * The server has them already, or will not take them however often they are sent: tried at the slowest pace, and at
 * once when the worker asks.
 */
export const FOR_GOOD: readonly TroubleCode[] = [...HOPELESS, "device_refused", "team_not_offered"];

export interface Trouble {
  readonly code: TroubleCode;
  readonly status?: number;
  /** The problem document's stable word. */
  readonly server_code?: string;
  /** The fields that the server names, for support; never shown as the only explanation. */
  readonly fields?: readonly { readonly pointer: string; readonly detail: string }[];
  /** Milliseconds the server asks us to wait. */
  readonly wait?: number;
}

export type Reply =
  { readonly status: number; readonly body: Readonly<Record<string, unknown>> } | { readonly trouble: Trouble };

export interface Request {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Exact text of the body. */
  readonly body?: string;
  readonly authorization?: string;
  /** Milliseconds, where REQUEST_MS is too short. */
  readonly ms?: number;
}

/** A request that has not been answered whole by then is given up; the row stays. */
export const REQUEST_MS = 20_000;

const CODES: Readonly<Record<string, TroubleCode>> = {
  "other-content": "other_content",
  "note-already-read": "note_already_read",
  "note-replaced-before": "note_replaced_before",
  "team-not-offered": "team_not_offered",
};

/**
 * Asks /api/v1/`path`. Never rejects and always settles, within REQUEST_MS or `ms`.
 *
 * @returns the JSON object of a 2xx answer (empty after a 204), or the trouble.
 */
export async function ask(
  path: string,
  { method = "GET", body, authorization, ms = REQUEST_MS }: Request = {},
): Promise<Reply> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), ms);
  const headers = {
    accept: "application/json",
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(authorization !== undefined && { authorization }),
  };
  // No cookie and no redirect: a captive portal's detour ends here. What is one phone's own is cached nowhere.
  const how: RequestInit = {
    method,
    headers,
    credentials: "omit",
    cache: authorization === undefined ? "no-cache" : "no-store",
    redirect: "error",
    signal: end.signal,
  };
  if (body !== undefined) how.body = body;
  try {
    // The race is for a browser that forgets the signal while the body trickles.
    return await withEnd(whole(`/api/v1/${path}`, how), ms + 500);
  } catch {
    return { trouble: { code: end.signal.aborted ? "too_slow" : "no_connection" } };
  } finally {
    clearTimeout(timer);
  }
}

async function whole(url: string, how: RequestInit): Promise<Reply> {
  const response = await fetch(url, how);
  const text = await response.text();
  const { status, ok } = response;
  const body = /^application\/(problem\+)?json/.test(response.headers.get("content-type") ?? "")
    ? jsonObject(text)
    : undefined;
  if (ok && (body || status === 204)) return { status, body: body ?? {} };
  if (ok) return { trouble: { code: "not_our_server", status } };
  return { trouble: troubleOf(status, body, response.headers.get("retry-after")) };
}

function troubleOf(status: number, body: Record<string, unknown> | undefined, retryAfter: string | null): Trouble {
  if (status === 429) return { code: "busy", status, wait: waitFor(retryAfter) };
  if (status >= 500) return { code: "server_trouble", status, ...(retryAfter && { wait: waitFor(retryAfter) }) };
  if (status === 413) return { code: "too_large", status };
  const server_code = body?.code;
  // A refusal without our problem document comes from something in between: it must not end a device or a row.
  if (typeof server_code !== "string") return { code: "not_our_server", status };
  const code = CODES[server_code] ?? (status === 401 ? "device_refused" : status === 404 ? "not_found" : "refused");
  const fields = Array.isArray(body?.errors) ? (body.errors as Trouble["fields"]) : undefined;
  return { code, status, server_code, ...(fields && { fields }) };
}

/** Retry-After in seconds or as a date; a minute when it cannot be read, an hour at most. */
function waitFor(header: string | null): number {
  const seconds = Number(header ?? "60");
  const ms = Number.isNaN(seconds) ? Date.parse(header!) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : 60_000;
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

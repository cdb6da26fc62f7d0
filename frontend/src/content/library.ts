/**
 * Checklists, pathway and areas as they were published: fetched when there is a network, kept on the phone,
 * and usable
 * from there for ever. It always says how old they are, and never uses a definition whose hash does not agree.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import { contentHash } from "../screening/canonical.ts";
import { ask, type Trouble } from "../sending/asking.ts";
import { readDrafts, type DefinitionName } from "../storage/drafts.ts";
import { CouldNotKeep } from "../storage/failure.ts";
import { forget, keepText, keysOf, readText } from "../storage/kept.ts";

export interface ListedDefinition extends DefinitionName {
  readonly kind: string;
}

export interface ListedWords {
  readonly locale: string;
  /** The language's own name for itself. */
  readonly autonym: string;
  readonly dir: "ltr" | "rtl";
  /** How far it was checked by people who speak it. */
  readonly state: string;
  readonly hash: string;
  readonly url: string;
  /** The words of definitions that come after the first load. */
  readonly more: { readonly hash: string; readonly url: string };
}

interface Bundle {
  readonly name: string;
  /** Part of the first load. The rest is fetched quietly afterwards. */
  readonly first: boolean;
  readonly url: string;
  /** Hashes of the definitions in it. */
  readonly holds: readonly string[];
}

export interface ContentIndex {
  /** The newest day on which a number in it was checked, YYYY-MM-DD: how old what the phone says may be. */
  readonly published: string;
  /** Above 1, this app is too old to send and must be opened with a network to renew itself. */
  readonly oldest_supported: number;
  readonly definitions: readonly ListedDefinition[];
  readonly bundles: readonly Bundle[];
  readonly words: readonly ListedWords[];
  /** Contacts to strike through. */
  readonly withdrawn_contacts: readonly string[];
}

export interface Library {
  readonly index: ContentIndex;
  /** When the index was last fetched, by the phone's clock, in milliseconds: say how old it is. */
  readonly fetched_at: number;
}

/** A bundle may be slow on a bad line; nobody waits for it once something is kept. */
const FILE_MS = 60_000;

const shelf = signal<Library | undefined>(undefined);
const last = signal<Trouble | undefined>(undefined);
const bodies = new Map<string, unknown>();

/** What this phone has, or undefined until something was fetched once. */
export const library: ReadonlySignal<Library | undefined> = shelf;
/** Why the last fetch failed; undefined after one that did not. */
export const libraryTrouble: ReadonlySignal<Trouble | undefined> = last;

/** The published definition of that kind and id. */
export function listed(kind: string, id: string): ListedDefinition | undefined {
  return shelf.value?.index.definitions.find((one) => one.kind === kind && one.id === id);
}

/** The body of a definition that is on the shelf; undefined while its bundle is still to come. */
export function definition<Body>(hash: string): Body | undefined {
  void shelf.value; // so that a screen that reads this is drawn again when a bundle has come
  return bodies.get(hash) as Body | undefined;
}

/**
 * Reads what is kept, so that the app can start without a network. @throws CouldNotKeep when the store cannot
 * be read.
 */
export async function openLibrary(): Promise<Library | undefined> {
  const text = await readText("content", "index");
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as Library;
  const drafts = await readDrafts();
  const hashes = [...kept.index.definitions, ...drafts.flatMap((one) => [one.checklist, one.pathway])].map(
    ({ hash }) => hash,
  );
  await Promise.all(hashes.map(takeDown));
  shelf.value = kept;
  return kept;
}

/**
 * Fetches the index and what is missing of the first load; what was kept stays in use until all of it is here.
 * Settles with the trouble, or undefined; never rejects.
 */
export async function refreshLibrary(): Promise<Trouble | undefined> {
  last.value = await fetched(true).catch(notKept);
  return last.value;
}

/** Fetches, after the first load, everything else that works offline, and forgets what nothing needs any more. */
export async function fetchTheRest(): Promise<Trouble | undefined> {
  last.value = await fetched(false).catch(notKept);
  if (!last.value) await prune().catch(() => undefined);
  return last.value;
}

/** Whether every published definition is kept on this phone. @throws CouldNotKeep when the store cannot be read. */
export async function definitionsAreKept(): Promise<boolean> {
  const keys = await keysOf("content");
  return shelf.value?.index.definitions.every(({ hash }) => keys.includes(rowOf(hash))) ?? false;
}

const notKept = (cause: unknown): Trouble => {
  if (cause instanceof CouldNotKeep) return { code: "not_kept" };
  throw cause;
};

const rowOf = (hash: string): string => `definition ${hash}`;

async function takeDown(hash: string): Promise<boolean> {
  if (bodies.has(hash)) return true;
  const text = await readText("content", rowOf(hash));
  if (text !== undefined) bodies.set(hash, JSON.parse(text));
  return text !== undefined;
}

async function fetched(first: boolean): Promise<Trouble | undefined> {
  const index = first ? await fetchIndex() : shelf.value?.index;
  if (!index) return undefined;
  if ("trouble" in index) return index.trouble;
  for (const bundle of index.bundles) {
    if (first && !bundle.first) continue;
    const trouble = await fetchBundle(bundle);
    if (trouble) return trouble;
  }
  const fresh: Library = { index, fetched_at: first ? Date.now() : shelf.value!.fetched_at };
  await keepText("content", "index", JSON.stringify(fresh));
  shelf.value = fresh;
  return undefined;
}

async function fetchIndex(): Promise<ContentIndex | { trouble: Trouble }> {
  const reply = await ask("content");
  if ("trouble" in reply) return reply;
  const index = reply.body as unknown as ContentIndex;
  const whole = [index.definitions, index.bundles, index.words].every(Array.isArray);
  return whole ? index : { trouble: { code: "not_our_server", status: reply.status } };
}

async function fetchBundle({ url, holds }: Bundle): Promise<Trouble | undefined> {
  const kept = await Promise.all(holds.map(takeDown));
  if (!kept.includes(false)) return undefined;
  const reply = await ask(url, { ms: FILE_MS });
  if ("trouble" in reply) return reply.trouble;
  for (const hash of holds) {
    const body = reply.body[hash];
    if (!(await agrees(body, hash))) return { code: "not_our_server", status: reply.status };
    await keepText("content", rowOf(hash), JSON.stringify(body));
    bodies.set(hash, body);
  }
  return undefined;
}

/** Whether a body is the one its hash names. */
export function agrees(body: unknown, hash: string): Promise<boolean> {
  return contentHash(body).then(
    (found) => found === hash,
    () => false,
  );
}

/** A definition stays while it is published or a draft was begun with it. */
async function prune(): Promise<void> {
  const drafts = await readDrafts();
  const needed = [...shelf.value!.index.definitions, ...drafts.flatMap((one) => [one.checklist, one.pathway])];
  const rows = new Set(needed.map(({ hash }) => rowOf(hash)));
  for (const key of await keysOf("content")) {
    if (key.startsWith("definition ") && !rows.has(key)) await forget("content", key);
  }
}

/**
 * Checklists, pathway and areas as they were published for this phone's nation: fetched when there is a network, kept on
 * the phone, and usable from there for ever. It always says how old they are, never uses a bundle whose hash does not
 * agree, and never uses one nation's law for another.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import { contentHash } from "../screening/canonical.ts";
import { ask, type Trouble } from "../sending/asking.ts";
import { readDrafts, type DefinitionName, type Draft } from "../storage/drafts.ts";
import { CouldNotKeep } from "../storage/failure.ts";
import { forget, keepText, keysOf, readText } from "../storage/kept.ts";
import { homeDevice } from "../storage/settings.ts";

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
  /** The words of nations other than the one that a phone works with before it has joined a team. */
  readonly abroad: { readonly hash: string; readonly url: string };
}

interface Bundle {
  /** The nation whose first load it is. Those of no nation are for every phone, and are fetched quietly afterwards. */
  readonly nation?: string;
  readonly hash: string;
  readonly url: string;
}

export interface ContentIndex {
  /** The newest day on which a number in it was checked, YYYY-MM-DD: how old what the phone says may be. */
  readonly published: string;
  /** Above 1, this app is too old to send and must be opened with a network to renew itself. */
  readonly oldest_supported: number;
  /** Those of nations in the order in which they are offered: the first is what a phone of no team works with. */
  readonly bundles: readonly Bundle[];
  readonly words: readonly ListedWords[];
  /** The languages that the person can choose (content/person-words.ts). An index kept by an older app has none. */
  readonly person_words?: { readonly hash: string; readonly url: string };
  /** Numbers to strike through, wherever they stand. */
  readonly withdrawn_contacts: readonly string[];
}

interface Held {
  readonly hash: string;
  /** Hashes of the definitions in it. */
  readonly list: readonly string[];
}

export interface Library {
  readonly index: ContentIndex;
  /** When the index was last fetched, by the phone's clock, in milliseconds: say how old it is. */
  readonly fetched_at: number;
  /** The bundles that are here, by their nation ("" for all): each the newest that has come. */
  readonly held: Readonly<Record<string, Held>>;
  /** The nation of the home team; empty before joining. */
  readonly nation: string;
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

/** The published definition of that kind and id; of a kind alone (pathway, areas), the one of this phone's nation. */
export function listed(kind: string, id?: string): ListedDefinition | undefined {
  return listedAll(kind).find((one) => one.id === id || !id);
}

/** All published definitions of that kind that are here for this phone's nation. */
export function listedAll(kind: string): readonly ListedDefinition[] {
  const here = shelf.value ? heldOf(shelf.value) : [];
  return here.map((hash) => ({ ...(bodies.get(hash) as ListedDefinition), hash })).filter((one) => one.kind === kind);
}

/** Whether the newest of every bundle has come. */
export function allHasCome(): boolean {
  const now = shelf.value;
  return !!now && wanted(now.index, now.nation).every((one) => now.held[one.nation ?? ""]?.hash === one.hash);
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
  const kept = { ...(JSON.parse(text) as Library), nation: await ownNation() };
  const drafts = await readDrafts();
  await Promise.all([...heldOf(kept), ...hashesOf(drafts)].map(takeDown));
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
  return allHasCome() && heldOf(shelf.value!).every((hash) => keys.includes(rowOf(hash)));
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

const ownNation = async (): Promise<string> => (await homeDevice())?.organisation.nation ?? "";

/** The bundles for this phone: its nation's, then those for all. A nation that is not offered has the first one's. */
function wanted({ bundles }: ContentIndex, nation: string): readonly Bundle[] {
  const own = bundles.find((one) => nation && one.nation === nation) ?? bundles[0];
  return bundles.filter((one) => one === own || !one.nation);
}

const heldOf = ({ index, nation, held }: Library): readonly string[] =>
  wanted(index, nation).flatMap((one) => held[one.nation ?? ""]?.list ?? []);

const hashesOf = (drafts: readonly Draft[]): readonly string[] =>
  drafts.flatMap((one) => [one.checklist.hash, one.pathway.hash]);

async function fetched(first: boolean): Promise<Trouble | undefined> {
  const nation = await ownNation();
  // At once: a check that is begun before the other nation's pack has come must not be begun with the old one.
  if (shelf.value && shelf.value.nation !== nation) shelf.value = { ...shelf.value, nation };
  const index = first ? await fetchIndex() : shelf.value?.index;
  if (!index) return undefined;
  if ("trouble" in index) return index.trouble;
  const came: Record<string, Held> = {};
  for (const bundle of wanted(index, nation)) {
    if (first && !bundle.nation) continue;
    const of = bundle.nation ?? "";
    const now = await fetchBundle(bundle, shelf.value?.held[of]);
    if ("trouble" in now) return now.trouble;
    came[of] = now;
  }
  // Both as they are by now: the phone may have joined a team of another nation meanwhile.
  const [held, home] = [{ ...shelf.value?.held, ...came }, await ownNation()];
  const fresh: Library = { index, fetched_at: first ? Date.now() : shelf.value!.fetched_at, held, nation: home };
  await keepText("content", "index", JSON.stringify(fresh));
  shelf.value = fresh;
  return undefined;
}

async function fetchIndex(): Promise<ContentIndex | { trouble: Trouble }> {
  const reply = await ask("content");
  if ("trouble" in reply) return reply;
  const index = reply.body as unknown as ContentIndex;
  const whole = [index.bundles, index.words].every(Array.isArray);
  return whole ? index : { trouble: { code: "not_our_server", status: reply.status } };
}

async function fetchBundle({ url, hash }: Bundle, held: Held | undefined): Promise<Held | { trouble: Trouble }> {
  if (held?.hash === hash && !(await Promise.all(held.list.map(takeDown))).includes(false)) return held;
  const reply = await ask(url, { ms: FILE_MS });
  if ("trouble" in reply) return reply;
  if (!(await agrees(reply.body, hash))) return { trouble: { code: "not_our_server", status: reply.status } };
  for (const [key, body] of Object.entries(reply.body)) {
    await keepText("content", rowOf(key), JSON.stringify(body));
    bodies.set(key, body);
  }
  return { hash, list: Object.keys(reply.body) };
}

/** Whether a body is the one its hash names. */
export function agrees(body: unknown, hash: string): Promise<boolean> {
  return contentHash(body).then(
    (found) => found === hash,
    () => false,
  );
}

/** A definition stays while it is published for this phone or a draft was begun with it. */
async function prune(): Promise<void> {
  const needed = [...heldOf(shelf.value!), ...hashesOf(await readDrafts())].map(rowOf);
  for (const key of await keysOf("content")) {
    if (key.startsWith("definition ") && !needed.includes(key)) await forget("content", key);
  }
}

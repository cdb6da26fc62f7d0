/**
 * The check that is going on: each tap changes the draft and keeps it, sealed, before the worker goes on.
 * A tap must never be lost quietly: what could not be kept is said on the screen.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

import { definition, listed } from "../content/library.ts";
import type { Areas, Checklist, Pathway } from "../screening/types.ts";
import {
  beginDraft,
  forgetDraft,
  keepDraft,
  readDraft,
  type Answered,
  type Draft,
  type Raised,
} from "../storage/drafts.ts";
import type { CouldNotKeep } from "../storage/failure.ts";

const current = signal<Draft | undefined>(undefined);
const failure = signal<CouldNotKeep | undefined>(undefined);

/** The draft as it stands. */
export const draft: ReadonlySignal<Draft | undefined> = current;
/** Why the last change is not kept on this phone; undefined while all is well. */
export const notKept: ReadonlySignal<CouldNotKeep | undefined> = failure;

/** The checklist of the draft; undefined while it is not on this phone. */
export const checklist = computed(() => current.value && definition<Checklist>(current.value.checklist.hash));
/** The nation's pack of the draft. */
export const pathway = computed(() => current.value && definition<Pathway>(current.value.pathway.hash));
/** The pack that is published now for this phone's nation, with or without a check. */
export const publishedPathway = computed(() => {
  const found = listed("pathway");
  return found && definition<Pathway>(found.hash);
});
/** Where a check can be sent from. */
export const areas = computed(() => {
  const found = listed("areas");
  return found && definition<Areas>(found.hash);
});

/** A published checklist that is on this phone. */
export function checklistHere(id: string): Checklist | undefined {
  const found = listed("checklist", id);
  return found && definition<Checklist>(found.hash);
}

/**
 * Begins a check, with what was said before it. A list for one route says whom it is about. Nothing is kept before the
 * first tap. Undefined while its definitions are not here.
 */
export function begin(id: string, told: Draft["facts"] = {}): Draft | undefined {
  const [one, pack] = [listed("checklist", id), listed("pathway")];
  const body = checklistHere(id);
  if (!one || !pack || !body) return undefined;
  const fresh = beginDraft(nameOf(one), nameOf(pack));
  const [route, ...others] = Object.keys(body.routes);
  const about: Draft["facts"] =
    body.subject === "place"
      ? { subject: "place" }
      : others.length
        ? {}
        : { subject: "person", age: route === "adult" ? "adult" : "unsure" };
  current.value = { ...fresh, facts: { ...about, ...told } };
  failure.value = undefined;
  return current.value;
}

/** Takes up a kept draft. False when there is none: it was sent, or thrown away. */
export async function carryOn(id: string): Promise<boolean> {
  if (current.value?.id === id) return true;
  const kept = await readDraft(id);
  if (kept) current.value = kept;
  return kept !== undefined;
}

/** Records an answer, or takes it back: not asked. */
export function record(sign: string, answered: Answered | undefined): void {
  const { [sign]: _before, ...others } = current.value!.answers;
  change({ answers: answered ? { ...others, [sign]: answered } : others });
}

/** Records a fact. */
export function settle(facts: Draft["facts"]): void {
  change({ facts: { ...current.value!.facts, ...facts } });
}

/** Raises the concern above what was screened, with a reason; undefined takes it back. */
export function raise(raised: Raised | undefined): void {
  const { raised: _before, ...rest } = current.value!;
  keep(raised ? { ...rest, raised } : rest);
}

/** Lets a fact follow from the signs again. */
export function unsettle(fact: string): void {
  const { [fact]: _before, ...facts } = current.value!.facts;
  change({ facts });
}

/**
 * Who it is about: another list is taken when this one is not made for them. Signs that the other list has too
 * stay answered, except those of a person when it turns out to be a place. False while that list is not here.
 */
export function aboutWhom(who: "adult" | "unsure" | "place"): boolean {
  const { facts, answers, checklist: before } = current.value!;
  const { subject: _subject, age: _age, ...others } = facts;
  const isPlace = who === "place";
  const told: Draft["facts"] = isPlace ? { subject: "place" } : { subject: "person", age: who };
  const route = isPlace ? "place" : who === "adult" ? "adult" : "child_or_unsure";
  const fits = checklist.value?.routes[route] !== undefined;
  const one = fits ? before : listed("checklist", isPlace ? "place" : "first-look");
  const body = one && definition<Checklist>(one.hash);
  if (!body) return false;
  // What was seen at a place is about nobody in particular.
  const isOfPerson = !isPlace && checklist.value?.subject === "person";
  const kept = Object.entries(answers).filter(([sign]) => fits || (isOfPerson && sign in body.indicators));
  change({ checklist: nameOf(one), answers: Object.fromEntries(kept), facts: { ...others, ...told } });
  return true;
}

/** What is told only at sending, and where the worker is. */
export function tell(told: Partial<Pick<Draft, "area" | "reach" | "send_to" | "note" | "at">>): void {
  change(told);
}

/** Tries once more to keep what could not be kept. */
export function keepAgain(): void {
  if (current.value) keep(current.value);
}

/** Forgets the check: thrown away by the worker. @throws CouldNotKeep */
export async function throwAway(id: string): Promise<void> {
  await queue;
  await forgetDraft(id);
  if (current.value?.id === id) current.value = undefined;
}

/** Settles when every tap so far was written: a late write must not bring back a draft that was sent. */
export function written(): Promise<void> {
  return queue;
}

/** Lets go of the check once it was written: the phone is locked. What could not be kept stays, and is said later. */
export async function letGo(): Promise<void> {
  await queue;
  if (!failure.value) current.value = undefined;
}

/** Puts the check down: it was handed to the outbox. */
export function putDown(): void {
  current.value = undefined;
}

const nameOf = ({ id, version, hash }: Draft["checklist"]): Draft["checklist"] => ({ id, version, hash });

const change = (part: Partial<Draft>): void => keep({ ...current.value!, ...part });

/** One write after the other, so that an older state can never overwrite a newer one. */
let queue: Promise<void> = Promise.resolve();

function keep(next: Draft): void {
  current.value = next;
  queue = queue.then(async () => {
    // Only the newest state needs writing.
    if (current.value !== next) return;
    try {
      await keepDraft(next);
      failure.value = undefined;
    } catch (cause) {
      failure.value = cause as CouldNotKeep;
    }
  });
}

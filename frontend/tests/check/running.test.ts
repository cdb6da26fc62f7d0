/** The running check: every tap is kept before the worker goes on, and what could not be kept is said. */
import { expect, it, vi } from "vitest";

import { beginAdult, openShelf } from "./opened-check.ts";

it("keeps nothing before the first tap, and everything after it", async () => {
  const shelf = await openShelf();
  const { id } = shelf.begin("first-look")!;
  await shelf.written();
  expect(await shelf.readDrafts()).toEqual([]);
  shelf.record("lives-at-work", { answer: "yes", known: ["seen"] });
  await shelf.written();
  expect((await shelf.readDraft(id))?.answers).toEqual({ "lives-at-work": { answer: "yes", known: ["seen"] } });
});

it("keeps the last of many quick taps", async () => {
  const shelf = await openShelf();
  const id = beginAdult(shelf);
  for (const answer of ["yes", "no", "dont_know", "no"] as const) shelf.record("lives-at-work", { answer });
  await shelf.written();
  expect((await shelf.readDraft(id))?.answers["lives-at-work"]).toEqual({ answer: "no" });
});

it("takes an answer back to not asked", async () => {
  const shelf = await openShelf();
  const id = beginAdult(shelf);
  shelf.record("lives-at-work", { answer: "no" });
  shelf.record("lives-at-work", undefined);
  await shelf.written();
  expect((await shelf.readDraft(id))?.answers).toEqual({});
});

it("says what could not be kept, leaves it on the screen, and keeps it when asked again", async () => {
  const shelf = await openShelf();
  const id = beginAdult(shelf);
  await shelf.written();
  const kept = await import("../../src/storage/drafts.ts");
  await shelf.closeDatabase();
  const { indexedDB } = globalThis;
  vi.stubGlobal("indexedDB", { open: () => { throw new DOMException("no", "SecurityError"); } });
  shelf.record("lives-at-work", { answer: "yes", known: ["seen"] });
  await shelf.written();
  expect(shelf.notKept.value?.reason).toBe("no_storage");
  expect(shelf.draft.value?.answers["lives-at-work"]?.answer).toBe("yes");
  vi.stubGlobal("indexedDB", indexedDB);
  shelf.keepAgain();
  await shelf.written();
  expect(shelf.notKept.value).toBeUndefined();
  expect((await kept.readDraft(id))?.answers["lives-at-work"]?.answer).toBe("yes");
});

it("does not bring back a check that was thrown away right after a tap", async () => {
  const shelf = await openShelf();
  const id = beginAdult(shelf);
  shelf.record("lives-at-work", { answer: "yes" });
  await shelf.throwAway(id);
  await shelf.written();
  expect(await shelf.readDrafts()).toEqual([]);
  expect(shelf.draft.value).toBeUndefined();
});

it("carries on a kept check, and says when there is none", async () => {
  const shelf = await openShelf();
  const id = beginAdult(shelf);
  await shelf.written();
  shelf.putDown();
  expect(await shelf.carryOn("another")).toBe(false);
  expect(await shelf.carryOn(id)).toBe(true);
  expect(shelf.draft.value?.facts).toMatchObject({ age: "adult" });
});

it("asks the age of nobody whose list says it, and of no place", async () => {
  const shelf = await openShelf();
  expect(shelf.begin("adult")!.facts).toEqual({ subject: "person", age: "adult" });
  expect(shelf.begin("place")!.facts).toEqual({ subject: "place" });
  expect(shelf.begin("child")!.facts).toEqual({ subject: "person", age: "unsure" });
  expect(shelf.begin("first-look")!.facts).toEqual({});
  expect(shelf.begin("first-look", { setting: "school" })!.facts).toEqual({ setting: "school" });
});

it("begins nothing with a list that is not on this phone yet", async () => {
  const shelf = await openShelf(false);
  expect(shelf.begin("adult")).toBeUndefined();
  expect(shelf.begin("first-look")).toBeDefined();
  expect(shelf.aboutWhom("place")).toBe(false);
  expect(shelf.draft.value?.checklist.id).toBe("first-look");
});

it("leaves a person's signs behind when it turns out to be a place, and keeps what was said of danger", async () => {
  const shelf = await openShelf();
  beginAdult(shelf);
  shelf.settle({ danger: "ongoing" });
  shelf.record("lives-at-work", { answer: "yes", known: ["seen"] });
  expect(shelf.aboutWhom("place")).toBe(true);
  expect(shelf.draft.value?.checklist.id).toBe("place");
  expect(shelf.draft.value?.answers).toEqual({});
  expect(shelf.draft.value?.facts).toMatchObject({ subject: "place", danger: "ongoing" });
  expect(shelf.draft.value?.facts).not.toHaveProperty("age");
});

it("keeps the same list, and the shared answers, when an adult may be under 18", async () => {
  const shelf = await openShelf();
  shelf.begin("adult");
  shelf.record("locked-in-or-guarded", { answer: "no" });
  expect(shelf.aboutWhom("unsure")).toBe(true);
  expect(shelf.draft.value).toMatchObject({ checklist: { id: "first-look" }, facts: { age: "unsure" } });
  expect(shelf.draft.value?.answers).toEqual({ "locked-in-or-guarded": { answer: "no" } });
});

it("leaves what was seen of a place behind when it turns out to be about a person", async () => {
  const shelf = await openShelf();
  shelf.begin("place");
  const shared = Object.keys(shelf.checklist.value!.indicators)[0]!;
  shelf.record(shared, { answer: "yes", known: ["seen"] });
  shelf.aboutWhom("adult");
  expect(shelf.draft.value?.answers).toEqual({});
  expect(shelf.draft.value?.facts).toMatchObject({ subject: "person", age: "adult" });
});

it("raises with a reason, and takes it back", async () => {
  const shelf = await openShelf();
  beginAdult(shelf);
  shelf.raise({ to: "strong", why: "pattern" });
  expect(shelf.result.value).toMatchObject({ concern: "none", facts: { concern: "strong" } });
  shelf.raise(undefined);
  expect(shelf.draft.value).not.toHaveProperty("raised");
  expect(shelf.result.value?.facts["concern"]).toBe("none");
});

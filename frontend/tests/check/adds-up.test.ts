/** What the running check adds up to: the engine's own result, and when to stop and say it at once. */
import { describe, expect, it } from "vitest";

import { screen } from "../../src/screening/screen.ts";
import { joined } from "../sending/phone.ts";
import { beginAdult, openShelf } from "./opened-check.ts";

const yes = { answer: "yes", known: ["seen"] } as const;

it("is what the engine says of the same answers, and nothing else", async () => {
  const shelf = await openShelf();
  beginAdult(shelf);
  shelf.record("always-with-minder", yes);
  shelf.record("little-or-no-pay", { answer: "yes", known: ["person_said"] });
  shelf.record("lied-about-job", { answer: "declined" });
  const plain = { "always-with-minder": "yes", "little-or-no-pay": "yes", "lied-about-job": "declined" };
  const facts = { subject: "person", age: "adult", danger: "none", contact: "in_person" };
  expect(shelf.result.value).toEqual(screen(shelf.checklist.value!, shelf.pathway.value!, plain, facts));
});

it("counts no answer that the worker can no longer see, and has it again when the age is changed back", async () => {
  const shelf = await openShelf();
  beginAdult(shelf);
  shelf.record("lives-at-work", yes);
  expect(shelf.result.value?.flags).toContain("labour_rights");
  shelf.aboutWhom("unsure");
  expect(shelf.recorded.value).toEqual({});
  expect(shelf.result.value?.facts["labour_rights"]).toBe("no");
  shelf.aboutWhom("adult");
  expect(shelf.recorded.value).toEqual({ "lives-at-work": yes });
});

it("knows from the organisation who may send the form, and never asks the worker", async () => {
  const shelf = await openShelf();
  beginAdult(shelf);
  shelf.record("locked-in-or-guarded", yes);
  shelf.settle({ consent: "yes" });
  const asked = () => shelf.result.value!.actions.map(({ action }) => action);
  expect(asked()).toContain("adult.nrm.via_fro");
  shelf.device.value = joined().by_team["team-1"];
  expect(asked()).toContain("adult.nrm.submit");
});

it("stops at the first sign that decides, and at the next only for something new to do now", async () => {
  const shelf = await openShelf();
  beginAdult(shelf);
  const { indicators } = shelf.checklist.value!;
  shelf.record("lives-at-work", yes);
  expect(shelf.stopsAt(indicators["lives-at-work"]!)).toBe(false);
  shelf.record("home-taken-over", yes);
  expect(shelf.stopsAt(indicators["home-taken-over"]!)).toBe(true);
  expect(shelf.stopsAt(indicators["home-taken-over"]!)).toBe(false);
  shelf.record("locked-in-or-guarded", yes);
  shelf.settle({ danger: "now" });
  expect(shelf.stopsAt(indicators["locked-in-or-guarded"]!)).toBe(true);
  expect(shelf.firstThings().map(({ action }) => action)).toContain("emergency.call");
});

it("shows what is for now first, or else the two next things", async () => {
  const shelf = await openShelf();
  beginAdult(shelf);
  shelf.record("home-taken-over", yes);
  const { actions } = shelf.result.value!;
  expect(actions.every(({ urgency }) => urgency !== "now")).toBe(true);
  expect(shelf.firstThings()).toEqual(actions.slice(0, 2));
});

describe("the parts of a list", () => {
  const WORK = ["car-wash", "nail-bar"];

  it("offers those that add something for whom it is about, and none where the list has none", async () => {
    const shelf = await openShelf();
    beginAdult(shelf);
    expect(shelf.parts.value).toEqual([]);
    expect(shelf.partIsOpen.value).toBe(false);
    shelf.begin("workplace");
    shelf.aboutWhom("adult");
    expect(shelf.parts.value).toEqual(expect.arrayContaining(WORK));
    shelf.begin("place");
    expect(shelf.parts.value).toContain("security");
    // In the own care of a child: there is nothing in it to ask of an adult.
    shelf.begin("sexual");
    shelf.aboutWhom("unsure");
    expect(shelf.parts.value).toContain("clinic");
    shelf.aboutWhom("adult");
    expect(shelf.parts.value).not.toContain("clinic");
  });

  it("asks the signs of the chosen part, and says no more which part fits", async () => {
    const shelf = await openShelf();
    shelf.begin("workplace");
    shelf.aboutWhom("adult");
    const [before, part] = [shelf.route.value!.items, shelf.checklist.value!.parts["car-wash"]!.routes.adult!];
    expect(shelf.partIsOpen.value).toBe(true);
    shelf.settle({ setting: "car-wash" });
    expect(shelf.route.value!.items).toEqual(part.items);
    expect(shelf.route.value!.items.length).toBeGreaterThan(before.length);
    expect(shelf.partIsOpen.value).toBe(false);
    shelf.settle({ setting: "any" });
    expect(shelf.route.value!.items).toEqual(before);
    expect(shelf.partIsOpen.value).toBe(false);
  });

  it("counts no answer of a part that was given up, and has it again when it is chosen again", async () => {
    const shelf = await openShelf();
    shelf.begin("workplace");
    shelf.aboutWhom("adult");
    shelf.settle({ setting: "car-wash" });
    const list = shelf.checklist.value!;
    const own = list.parts["car-wash"]!.routes.adult!.items.find((id) => !list.routes.adult!.items.includes(id))!;
    shelf.record(own, yes);
    expect(Object.keys(shelf.recorded.value)).toEqual([own]);
    shelf.settle({ setting: "nail-bar" });
    expect(shelf.recorded.value).toEqual({});
    expect(shelf.result.value!.contributors).toEqual([]);
    shelf.settle({ setting: "car-wash" });
    expect(shelf.recorded.value).toEqual({ [own]: yes });
  });

  it("asks again when it turns out to be about someone for whom the part has nothing", async () => {
    const shelf = await openShelf();
    shelf.begin("workplace");
    shelf.aboutWhom("adult");
    shelf.settle({ setting: "domestic-work" });
    expect(shelf.aboutWhom("place")).toBe(true);
    expect(shelf.parts.value).not.toContain("domestic-work");
    expect(shelf.partIsOpen.value).toBe(true);
    expect(shelf.route.value!.items).toEqual(shelf.checklist.value!.routes.place!.items);
  });
});

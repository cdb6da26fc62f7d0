/** What may be said to whom: never an adult's choices to a child, never consent from a draft, and no card out of reach. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

import { DECKS, decksOf, isChecked, messagesOf, saidInCard } from "../../src/check/person-cards.ts";
import type { Deck } from "../../src/check/places.ts";
import type { PersonWords } from "../../src/content/person-words.ts";
import { holds } from "../../src/screening/pathway.ts";
import type { Facts } from "../../src/screening/types.ts";
import { keyOf } from "../../src/words/key.ts";
import { checklist, checklistIds, pathway } from "../screening/definitions.ts";
import { cardsHere } from "./cards-here.ts";

const cards = cardsHere();
const decks = Object.keys(DECKS) as Deck[];
const AGES = ["under16", "16-17", "unsure", "adult"];
const CONTACTS = ["in_person", "remote", "third_party"];
const PACKS = ["scotland", "england-wales", "northern-ireland", "usa"];
const OFFICES = [undefined, "council", "police", "border", "prison", "charity"];
const KINDS = [["unknown"], ["labour"], ["sexual"]];

function* everybody(): Generator<Facts> {
  for (const age of AGES)
    for (const contact of CONTACTS)
      for (const pack of PACKS)
        for (const organisation of OFFICES)
          for (const exploitation of KINDS)
            yield { subject: "person", age, contact, pathway: pack, exploitation, ...(organisation && { organisation }) };
}

const saidTo = (facts: Facts): readonly string[] => decks.flatMap((deck) => messagesOf(cards, deck, facts));

it("a child, or someone who may be one, is never shown what only an adult chooses", () => {
  for (const facts of everybody()) {
    const said = saidTo(facts);
    if (facts["age"] === "adult") expect(said.filter((id) => id.startsWith("card.young."))).toEqual([]);
    else {
      expect(said.filter((id) => /^card\.(consent|option|who)\./.test(id))).toEqual([]);
      expect(said.filter((id) => cards.messages[id]!.checked_only)).toEqual([]);
    }
  }
});

it("an age that nobody has said yet is a child's", () => {
  expect(saidTo({ subject: "person", pathway: "scotland" }).some((id) => id.startsWith("card.consent."))).toBe(false);
  expect(saidTo({ subject: "person", pathway: "scotland" })).toContain("card.young.listen");
});

it("nothing is said at a place, nor to someone who was not met", () => {
  for (const facts of everybody()) {
    if (facts["contact"] === "third_party") expect(saidTo(facts)).toEqual([]);
    expect(saidTo({ ...facts, subject: "place", age: "not_a_person" })).toEqual([]);
  }
});

it("only those who truly do not decide about visas say so, and a phone that does not know says nothing", () => {
  for (const facts of everybody()) {
    const says = saidTo(facts).includes("card.who.not_visas");
    if ([undefined, "police", "border", "prison"].includes(facts["organisation"] as string | undefined)) expect(says).toBe(false);
    if (facts["organisation"] === undefined) expect(saidTo(facts)).not.toContain("card.who.work");
  }
  const council: Facts = { subject: "person", age: "adult", contact: "in_person", organisation: "council", pathway: "scotland" };
  expect(saidTo(council)).toContain("card.who.not_visas");
});

it("what only one nation has is said in that nation alone", () => {
  for (const facts of everybody()) {
    if (facts["pathway"] !== "usa") continue;
    const said = saidTo(facts).filter((id) => /^card\.consent\.(?!share|anon)/.test(id) || id === "card.danger.silent_call");
    expect(said).toEqual([]);
  }
});

it("every message can be reached: at a moment, as an answer, or on the card itself", () => {
  const reached = new Set([...everybody()].flatMap(saidTo));
  for (const { answers = [] } of Object.values(cards.messages)) answers.forEach((id) => reached.add(id));
  const card = ["parts/person-card.tsx", "screens/show-card.tsx", "parts/person-deal.tsx", "check/person-answer.ts"]
    .map((name) => readFileSync(join(import.meta.dirname, "../../src", name), "utf8"))
    .join();
  const onCard = (id: string): boolean => card.includes(`"${id}"`) || card.includes(`"${id.replace("card.answer.", "")}"`);
  cards.order.filter(onCard).forEach((id) => reached.add(id));
  reached.add("card.language.mine"); // The server gives it with the list of languages.
  expect(cards.order.filter((id) => !reached.has(id))).toEqual([]);
});

it("every moment has its groups, and every action that has one is in the packs", () => {
  const named = decks.flatMap((deck) => DECKS[deck]);
  expect(Object.keys(cards.groups).filter((name) => !["language", "answers", ...named].includes(name))).toEqual([]);
  expect(named.filter((name) => !cards.groups[name])).toEqual([]);
  const actions = Object.keys(pathway("scotland").actions);
  expect(new Set(actions.flatMap(decksOf))).toEqual(new Set(["danger", "sharing", "consent", "refused"]));
});

it("wording that must be checked is said in a checked language and in English alone", () => {
  const consent = cards.messages["card.consent.form"]!;
  const hello = cards.messages["card.who.hello"]!;
  const words = (state: string): PersonWords => ({
    locale: "ar",
    dir: "rtl",
    state,
    messages: { [keyOf(consent.text)]: "نعم", [keyOf(hello.text)]: "مرحبا" },
  });
  expect(saidInCard(hello, words("draft by machine"))).toBe("مرحبا");
  for (const state of ["draft by machine", "for testing", "", "checked"]) {
    expect(isChecked(words(state))).toBe(false);
    expect(saidInCard(consent, words(state))).toBeUndefined();
  }
  for (const state of ["checked by a speaker", "checked by two"]) expect(saidInCard(consent, words(state))).toBe("نعم");
  expect(saidInCard(consent, { locale: "en", dir: "ltr", state: "source", messages: {} })).toBe(consent.text);
});

it("the phone is turned round for an adult who was met, and for nobody else", () => {
  for (const id of checklistIds()) {
    const list = checklist(id);
    for (const facts of everybody()) {
      const may = holds(list.show_card, {}, facts);
      expect(may).toBe(facts["age"] === "adult" && facts["contact"] === "in_person");
    }
    expect(holds(list.show_card, {}, { subject: "place", age: "not_a_person", contact: "in_person" })).toBe(false);
  }
});

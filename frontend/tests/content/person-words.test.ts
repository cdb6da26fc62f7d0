/** Words for the person: fetched when they are wanted, kept, and never taken when they are not what was published. */
import { beforeEach, expect, it, vi } from "vitest";

import { contentHash } from "../../src/screening/canonical.ts";
import { keyOf } from "../../src/words/key.ts";
import { FieldServer, json } from "../sending/field-server.ts";
import { newPhone } from "../sending/phone.ts";

const WORDS = { locale: "ar", dir: "rtl", state: "draft by machine", messages: { [keyOf("Yes")]: "نعم" } };
let server: FieldServer;

beforeEach(async () => {
  newPhone();
  vi.resetModules();
  server = new FieldServer();
  vi.stubGlobal("fetch", server.fetch);
  const hash = await contentHash(WORDS);
  server.pages.set("content/person.ar.json", () => json(200, WORDS));
  const english = { locale: "en", autonym: "English", dir: "ltr", state: "source", mine: "This is my language." };
  const arabic = { locale: "ar", autonym: "العربية", dir: "rtl", state: WORDS.state, mine: "هذه لغتي." };
  const list = { languages: [english, { ...arabic, hash, url: "content/person.ar.json" }] };
  server.pages.set("content/person.json", () => json(200, list));
  const person_words = { hash: await contentHash(list), url: "content/person.json" };
  const index = { published: "2026-11-22", oldest_supported: 1, withdrawn_contacts: [], words: [], bundles: [], person_words };
  server.pages.set("content", () => json(200, index));
});

async function opened() {
  const library = await import("../../src/content/library.ts");
  await library.refreshLibrary();
  return import("../../src/content/person-words.ts");
}

it("offers what is published, and says it in the language that was chosen", async () => {
  const { personLanguages, personWords, saidToPerson } = await opened();
  const [english, arabic] = await personLanguages();
  expect([english!.autonym, arabic!.mine]).toEqual(["English", "هذه لغتي."]);
  expect(saidToPerson((await personWords(english!))!, "Yes")).toBe("Yes");
  const words = (await personWords(arabic!))!;
  expect(saidToPerson(words, "Yes")).toBe("نعم");
  expect(saidToPerson(words, "No")).toBeUndefined();
});

it("works without a network once the words were here", async () => {
  const { fetchPersonWords } = await opened();
  await fetchPersonWords("ar");
  server.pages.delete("content/person.json");
  server.pages.delete("content/person.ar.json");
  const { personLanguages, personWords } = await import("../../src/content/person-words.ts");
  const arabic = (await personLanguages()).find((one) => one.locale === "ar")!;
  expect(await personWords(arabic)).toEqual(WORDS);
});

it("never takes words that are not what was published", async () => {
  server.pages.set("content/person.ar.json", () => json(200, { ...WORDS, messages: { [keyOf("Yes")]: "لا" } }));
  const { personLanguages, personWords } = await opened();
  expect(await personWords((await personLanguages())[1]!)).toBeUndefined();
});

it("offers nothing where nothing was ever fetched", async () => {
  server.pages.clear();
  const { fetchPersonWords, personLanguages } = await opened();
  expect(await personLanguages()).toEqual([]);
  await fetchPersonWords("ar");
});

/** Content: what was fetched once is there for ever, is what its hash says, and stays while a check needs it. */
import { beforeEach, expect, it, vi } from "vitest";

import { contentHash } from "../../src/screening/canonical.ts";
import { FieldServer, json } from "../sending/field-server.ts";
import { draft, newPhone, openTab } from "../sending/phone.ts";

interface Part {
  hash: string;
  url: string;
}

interface Published {
  definitions: { kind: string; id: string; version: number; hash: string }[];
  bundles: { name: string; first: boolean; url: string; holds: string[] }[];
  words: { locale: string; autonym: string; dir: string; state: string; hash: string; url: string; more: Part }[];
}

let server: FieldServer;
let published: Published;

async function publish(version: number): Promise<string> {
  const look = { kind: "checklist", id: "first-look", version, title: "First look" };
  const adult = { kind: "checklist", id: "adult", version: 1 };
  const words = {
    locale: "ar",
    dir: "rtl",
    state: "draft",
    categories: ["one", "other"],
    messages: { Send: `أرسل ${version}` },
  };
  const later = { ...words, messages: { Adult: `بالغ ${version}` } };
  const [first, more, said] = [await contentHash(look), await contentHash(adult), await contentHash(words)];
  const saidLater = await contentHash(later);
  published = {
    definitions: [
      { kind: "checklist", id: "first-look", version, hash: first },
      { kind: "checklist", id: "adult", version: 1, hash: more },
    ],
    bundles: [
      { name: "scotland", first: true, url: `content/definitions.${first}.json`, holds: [first] },
      { name: "scotland-more", first: false, url: `content/definitions.${more}.json`, holds: [more] },
    ],
    words: [
      {
        locale: "ar",
        autonym: "العربية",
        dir: "rtl",
        state: "draft",
        hash: said,
        url: `content/words.ar.${said}.json`,
        more: { hash: saidLater, url: `content/words.ar.${saidLater}.json` },
      },
    ],
  };
  const index = { published: "2026-11-22", oldest_supported: 1, withdrawn_contacts: [], ...published };
  server.pages.set("content", () => json(200, index));
  server.pages.set(published.bundles[0]!.url, () => json(200, { [first]: look }));
  server.pages.set(published.bundles[1]!.url, () => json(200, { [more]: adult }));
  server.pages.set(published.words[0]!.url, () => json(200, words));
  server.pages.set(published.words[0]!.more.url, () => json(200, later));
  return first;
}

async function openShelf() {
  const tab = await openTab();
  return {
    ...tab,
    ...(await import("../../src/content/library.ts")),
    ...(await import("../../src/content/words.ts")),
  };
}

beforeEach(async () => {
  newPhone();
  server = new FieldServer();
  vi.stubGlobal("fetch", server.fetch);
  await publish(1);
});

it("comes with three requests, and the rest quietly afterwards", async () => {
  const app = await openShelf();
  expect(await app.openLibrary()).toBeUndefined();
  expect(await app.refreshLibrary()).toBeUndefined();
  expect(await app.loadWords("ar")).toMatchObject({ dir: "rtl" });
  expect(server.asked).toHaveLength(3);
  expect(app.definition(app.listed("checklist", "first-look")!.hash)).toMatchObject({ title: "First look" });
  expect(app.definition(app.listed("checklist", "adult")!.hash)).toBeUndefined();
  expect(await app.definitionsAreKept()).toBe(false);
  await app.fetchTheRest();
  expect(await app.definitionsAreKept()).toBe(true);
  expect(server.asked).toHaveLength(4);
});

it("is there without a network, with its age, and one failed look takes nothing away", async () => {
  const online = await openShelf();
  await online.refreshLibrary();
  await online.loadWords("ar");
  const { fetched_at } = online.library.value!;
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  const app = await openShelf();
  expect(await app.openLibrary()).toMatchObject({ fetched_at });
  expect(await app.refreshLibrary()).toMatchObject({ code: "no_connection" });
  expect(app.libraryTrouble.value?.code).toBe("no_connection");
  expect(app.library.value).toMatchObject({ fetched_at });
  expect(app.definition(app.listed("checklist", "first-look")!.hash)).toBeDefined();
  expect(await app.loadWords("ar")).toMatchObject({ messages: { Send: "أرسل 1" } });
  expect(await app.keptWords("en")).toBeUndefined();
});

it("asks again for nothing it has", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  await app.loadWords("ar");
  await app.refreshLibrary();
  await app.loadWords("ar");
  expect(server.asked.map(({ path }) => path).filter((path) => path === "content")).toHaveLength(2);
  expect(server.asked).toHaveLength(4);
});

it.each([
  [
    "a definition that is not the one named",
    () => published.bundles[0]!.url,
    () => json(200, { [published.definitions[0]!.hash]: { kind: "checklist", title: "Changed" } }),
  ],
  [
    "a definition that cannot be read the same everywhere",
    () => published.bundles[0]!.url,
    () => json(200, { [published.definitions[0]!.hash]: { yes: true } }),
  ],
  ["a portal's page in place of the index", () => "content", () => json(200, { welcome: "guest" })],
])("never uses %s", async (_, where, answer) => {
  server.pages.set(where(), answer);
  const app = await openShelf();
  expect(await app.refreshLibrary()).toMatchObject({ code: "not_our_server" });
  expect(app.library.value).toBeUndefined();
});

it("never uses words that are not those named", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  server.pages.set(published.words[0]!.url, () => json(200, { locale: "ar", messages: { Send: "no" } }));
  expect(await app.loadWords("ar")).toBeUndefined();
  expect(await app.wordsAreKept("ar")).toBe(false);
});

it("says the words of the first load at once, and the rest when it has come", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  expect((await app.loadWords("ar"))?.messages).toEqual({ Send: "أرسل 1" });
  expect(await app.wordsAreKept("ar")).toBe(false);
  expect((await app.loadWords("ar", true))?.messages).toEqual({ Send: "أرسل 1", Adult: "بالغ 1" });
  expect(await app.wordsAreKept("ar")).toBe(true);
  expect((await app.keptWords("ar"))?.messages).toEqual({ Send: "أرسل 1", Adult: "بالغ 1" });
});

it("speaks with what it has when the rest cannot be had", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  server.pages.set(published.words[0]!.more.url, () => json(503, {}));
  expect((await app.loadWords("ar", true))?.messages).toEqual({ Send: "أرسل 1" });
  expect(await app.wordsAreKept("ar")).toBe(false);
});

it("keeps an old definition while a draft was begun with it, and no longer", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  const old = published.definitions[0]!.hash;
  await app.keepDraft({ ...draft, checklist: { id: "first-look", version: 1, hash: old } });
  await publish(2);
  await app.refreshLibrary();
  await app.fetchTheRest();
  const later = await openShelf();
  await later.openLibrary();
  expect(later.listed("checklist", "first-look")?.version).toBe(2);
  expect(later.definition(old)).toMatchObject({ version: 1 });
  await later.forgetDraft(draft.id);
  await later.fetchTheRest();
  const last = await openShelf();
  await last.openLibrary();
  expect(last.definition(old)).toBeUndefined();
});

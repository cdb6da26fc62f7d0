/** Content: what was fetched once is there for ever, is what its hash says, and stays while a check needs it. */
import { beforeEach, expect, it, vi } from "vitest";

import { contentHash } from "../../src/screening/canonical.ts";
import { FieldServer, json } from "../sending/field-server.ts";
import { draft, joined, newPhone, openTab } from "../sending/phone.ts";

interface Part {
  hash: string;
  url: string;
}

interface Published {
  bundles: (Part & { nation?: string })[];
  words: { locale: string; autonym: string; dir: string; state: string; hash: string; url: string; more: Part; abroad: Part }[];
}

let server: FieldServer;
let published: Published;

/** A nation's pack and areas by their hashes. */
async function held(id: string, version: number): Promise<Record<string, object>> {
  const bodies = [{ kind: "pathway", id, version }, { kind: "areas", id, version }];
  return Object.fromEntries(await Promise.all(bodies.map(async (body) => [await contentHash(body), body] as const)));
}

async function publish(version: number): Promise<string> {
  const look = { kind: "checklist", id: "first-look", version, title: "First look" };
  const adult = { kind: "checklist", id: "adult", version: 1 };
  const words = {
    locale: "ar",
    dir: "rtl",
    state: "draft",
    categories: ["one", "other"],
    keys: "Send",
    said: [`أرسل ${version}`],
  };
  const later = { ...words, keys: "Adult", said: [`بالغ ${version}`] };
  const abroad = { ...words, keys: "Cornwall", said: [`كورنوال ${version}`] };
  const [first, said, saidLater] = [await contentHash(look), await contentHash(words), await contentHash(later)];
  const saidAbroad = await contentHash(abroad);
  const bodies = {
    scotland: { [first]: look, ...(await held("scotland", version)) },
    england: { [first]: look, ...(await held("england", version)) },
    later: { [await contentHash(adult)]: adult },
  };
  const bundle = async (name: keyof typeof bodies, nation?: string) => {
    const hash = await contentHash(bodies[name]);
    const url = `content/definitions.${hash}.json`;
    server.pages.set(url, () => json(200, bodies[name]));
    return { ...(nation && { nation }), hash, url };
  };
  published = {
    bundles: [await bundle("scotland", "GB-SCT"), await bundle("england", "GB-ENG"), await bundle("later")],
    words: [
      {
        locale: "ar",
        autonym: "العربية",
        dir: "rtl",
        state: "draft",
        hash: said,
        url: `content/words.ar.${said}.json`,
        more: { hash: saidLater, url: `content/words.ar.${saidLater}.json` },
        abroad: { hash: saidAbroad, url: `content/words.ar.${saidAbroad}.json` },
      },
    ],
  };
  const index = { published: "2026-11-22", oldest_supported: 1, withdrawn_contacts: [], ...published };
  server.pages.set("content", () => json(200, index));
  server.pages.set(published.words[0]!.url, () => json(200, words));
  server.pages.set(published.words[0]!.more.url, () => json(200, later));
  server.pages.set(published.words[0]!.abroad.url, () => json(200, abroad));
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
  expect(app.listed("checklist", "adult")).toBeUndefined();
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
    () => json(200, { ["c".repeat(64)]: { kind: "checklist", title: "Changed" } }),
  ],
  [
    "a definition that cannot be read the same everywhere",
    () => published.bundles[0]!.url,
    () => json(200, { ["c".repeat(64)]: { yes: true } }),
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
  server.pages.set(published.words[0]!.url, () => json(200, { locale: "ar", keys: "Send", said: ["no"] }));
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
  const old = app.listed("checklist", "first-look")!.hash;
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

/** The home team is one of that nation. */
async function joinIn(nation: string): Promise<void> {
  const { keepSetting } = await import("../../src/storage/settings.ts");
  const devices = joined();
  const home = devices.by_team[devices.home]!;
  const organisation = { ...home.organisation, nation };
  await keepSetting("devices", { ...devices, by_team: { [devices.home]: { ...home, organisation } } });
}

const asksFor = (path: string): number => server.asked.filter((one) => one.path === path).length;

it("fetches the pack of its own nation only, and the first one before it has joined a team", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  await app.fetchTheRest();
  expect(app.listed("pathway")?.id).toBe("scotland");
  expect(asksFor(published.bundles[1]!.url)).toBe(0);
  expect(await app.definitionsAreKept()).toBe(true);
});

it("says the words of other nations where the team is in one, and spares everybody else", async () => {
  const home = await openShelf();
  await home.refreshLibrary();
  await home.loadWords("ar", true);
  expect(asksFor(published.words[0]!.abroad.url)).toBe(0);
  expect(await home.wordsAreKept("ar")).toBe(true);
  await joinIn("GB-ENG");
  const away = await openShelf();
  await away.refreshLibrary();
  expect(await away.wordsAreKept("ar")).toBe(false);
  const all = { Send: "أرسل 1", Adult: "بالغ 1", Cornwall: "كورنوال 1" };
  expect((await away.loadWords("ar", true))?.messages).toEqual(all);
  expect((await away.keptWords("ar"))?.messages).toEqual(all);
  expect(await away.wordsAreKept("ar")).toBe(true);
});

it("uses no nation's pack for another: after joining, the old one is gone at once, and the other comes", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  await app.fetchTheRest();
  await joinIn("GB-ENG");
  server.pages.set(published.bundles[1]!.url, () => json(503, {}));
  await app.refreshLibrary();
  expect(app.listed("pathway")).toBeUndefined();
  expect(app.listed("checklist", "adult")).toBeDefined();
  expect(await app.definitionsAreKept()).toBe(false);
  await publish(1);
  await app.refreshLibrary();
  expect([app.listed("pathway")?.id, app.listed("areas")?.id]).toEqual(["england", "england"]);
  expect(await app.definitionsAreKept()).toBe(true);
});

it("knows its nation again when it starts without a network", async () => {
  await joinIn("GB-ENG");
  const online = await openShelf();
  await joinIn("GB-ENG");
  await online.refreshLibrary();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  const app = await openShelf();
  await app.openLibrary();
  expect(app.listed("pathway")?.id).toBe("england");
  expect(app.definition(app.listed("pathway")!.hash)).toMatchObject({ id: "england" });
});

it("keeps the pack of a draft that was begun in another nation", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  const { kind: _kind, ...old } = app.listed("pathway")!;
  await app.keepDraft({ ...draft, pathway: old });
  await joinIn("GB-ENG");
  await app.refreshLibrary();
  await app.fetchTheRest();
  const later = await openShelf();
  await later.openLibrary();
  expect(later.listed("pathway")?.id).toBe("england");
  expect(later.definition(old.hash)).toMatchObject({ id: "scotland" });
});

it("has the first nation's pack where its own is not offered", async () => {
  await joinIn("FR");
  const app = await openShelf();
  await app.refreshLibrary();
  expect(app.listed("pathway")?.id).toBe("scotland");
});

it("keeps the lists it has in use while newer ones cannot be had", async () => {
  const app = await openShelf();
  await app.refreshLibrary();
  await app.fetchTheRest();
  const before = published.bundles[2]!;
  published.bundles[2] = { ...before, hash: "d".repeat(64), url: "content/definitions.newer.json" };
  const index = { published: "2026-11-23", oldest_supported: 1, withdrawn_contacts: [], ...published };
  server.pages.set("content", () => json(200, index));
  server.pages.set("content/definitions.newer.json", () => json(503, {}));
  expect(await app.refreshLibrary()).toBeUndefined();
  expect(await app.fetchTheRest()).toMatchObject({ code: "server_trouble" });
  expect(app.definition(app.listed("checklist", "adult")!.hash)).toMatchObject({ id: "adult" });
  expect(await app.definitionsAreKept()).toBe(false);
});

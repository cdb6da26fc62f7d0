/** Numbers to ring: the emergency number is the nation's own, and a withdrawn number never dials, whatever names it. */
import type { VNode } from "preact";
import { beforeEach, expect, it, vi } from "vitest";

import { contentHash } from "../../src/screening/canonical.ts";
import type { Contact, Pathway } from "../../src/screening/types.ts";
import { pathway } from "../screening/definitions.ts";
import { FieldServer, json } from "../sending/field-server.ts";
import { draft, newPhone } from "../sending/phone.ts";

const HELPLINE = "+448000121700";

/** The texts and links of what is drawn, without a page: components are called, elements are walked. */
function drawn(node: unknown): { texts: string[]; links: string[]; struck: string[] } {
  const found = { texts: [] as string[], links: [] as string[], struck: [] as string[] };
  const walk = (one: unknown, isStruck: boolean): void => {
    if (Array.isArray(one)) one.forEach((each) => walk(each, isStruck));
    else if (typeof one === "string") (isStruck ? found.struck : found.texts).push(one);
    else if (one && typeof one === "object") {
      const { type, props } = one as VNode<Record<string, unknown>>;
      if (typeof type === "function") return walk((type as (given: object) => unknown)(props), isStruck);
      if (type === "a") found.links.push(String(props["href"]));
      walk(props["children"], isStruck || type === "s");
    }
  };
  walk(node, false);
  return found;
}

async function open(nation: string, pack: Pathway, withdrawn: readonly string[] = []) {
  newPhone();
  vi.resetModules();
  const server = new FieldServer();
  vi.stubGlobal("fetch", server.fetch);
  const body = { [await contentHash(pack)]: pack };
  const bundle = { nation, hash: await contentHash(body), url: "content/definitions.json" };
  const index = { published: "", oldest_supported: 1, withdrawn_contacts: withdrawn, words: [], bundles: [bundle] };
  server.pages.set("content", () => json(200, index));
  server.pages.set(bundle.url, () => json(200, body));
  const library = await import("../../src/content/library.ts");
  return {
    server,
    index,
    ...library,
    ...(await import("../../src/check/running.ts")),
    ...(await import("../../src/parts/contact.tsx")),
    ...(await import("../../src/storage/drafts.ts")),
  };
}

beforeEach(() => newPhone());

it.each([
  ["GB-SCT", "scotland", "999"],
  ["GB-ENG", "england-wales", "999"],
  ["GB-NIR", "northern-ireland", "999"],
  ["US", "usa", "911"],
])("rings the emergency number of %s, from its pack", async (nation, id, number) => {
  const app = await open(nation, pathway(id));
  expect(app.emergencyNumber()).toBe("112"); // Nothing was fetched yet.
  await app.refreshLibrary();
  expect(app.emergencyNumber()).toBe(number);
  expect(drawn(app.Call({ now: true })).links).toEqual([`tel:${number}`]);
});

it("strikes a withdrawn number through wherever it stands, and never dials it", async () => {
  const pack = pathway("scotland");
  const app = await open("GB-SCT", pack, [HELPLINE]);
  await app.refreshLibrary();
  for (const one of Object.values(pack.contacts)) {
    const { links, struck, texts } = drawn(app.ContactLine({ contact: one }));
    const gone = one.number === HELPLINE;
    expect(links).toEqual(one.number && !gone ? [`tel:${one.number}`] : []);
    expect(struck.length > 0).toBe(gone);
    expect(texts.includes("This number is withdrawn. Do not ring it.")).toBe(gone);
  }
});

it("strikes it through in a check that was begun with an older pack, and the new number of that line dials", async () => {
  const newer = pathway("scotland");
  const line = newer.contacts["tara"]!;
  const older: Pathway = { ...newer, version: 1, contacts: { ...newer.contacts, tara: { ...line, number: "+441414960001" } } };
  const app = await open("GB-SCT", older);
  await app.refreshLibrary();
  const { kind: _kind, ...name } = app.listed("pathway")!;
  await app.keepDraft({ ...draft, pathway: name });
  const body = { [await contentHash(newer)]: newer };
  const bundles = [{ ...app.index.bundles[0]!, hash: await contentHash(body), url: "content/newer.json" }];
  app.server.pages.set("content/newer.json", () => json(200, body));
  app.server.pages.set("content", () => json(200, { ...app.index, bundles, withdrawn_contacts: ["+441414960001"] }));
  await app.refreshLibrary();
  await app.carryOn(draft.id);
  const ring = (contact: Contact | undefined) => drawn(app.ContactLine({ contact: contact! })).links;
  expect(ring(app.pathway.value?.contacts["tara"])).toEqual([]);
  expect(ring(app.publishedPathway.value?.contacts["tara"])).toEqual([`tel:${line.number}`]);
});

it("gives the emergency number of today when that of an older pack was withdrawn", async () => {
  const newer = pathway("scotland");
  const gone = { ...newer.contacts["emergency"]!, number: "998" };
  const app = await open("GB-SCT", { ...newer, contacts: { ...newer.contacts, emergency: gone } });
  await app.refreshLibrary();
  app.server.pages.set("content", () => json(200, { ...app.index, withdrawn_contacts: ["998"] }));
  await app.refreshLibrary();
  expect(app.emergencyNumber()).toBe("112");
});

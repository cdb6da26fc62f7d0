/** A phone with the real definitions on its shelf and a check begun: the app's own modules, fresh each time. */
import { vi } from "vitest";

import { contentHash } from "../../src/screening/canonical.ts";
import { areas, checklist, pathway } from "../screening/definitions.ts";
import { FieldServer, json } from "../sending/field-server.ts";
import { newPhone } from "../sending/phone.ts";

/** Serves first look, adult, child, workplace, sexual, place and Scotland, as two bundles, the second only when `all`. */
export async function openShelf(all = true) {
  newPhone();
  vi.resetModules();
  const server = new FieldServer();
  vi.stubGlobal("fetch", server.fetch);
  const bundle = async (name: string, nation: string | undefined, bodies: readonly object[]) => {
    const hashes = await Promise.all(bodies.map(contentHash));
    const body = Object.fromEntries(hashes.map((hash, at) => [hash, bodies[at]]));
    const url = `content/definitions.${name}.json`;
    server.pages.set(url, () => json(200, body));
    return { ...(nation && { nation }), hash: await contentHash(body), url };
  };
  const bundles = await Promise.all([
    bundle("scotland", "GB-SCT", [checklist("first-look"), pathway("scotland"), areas("scotland")]),
    bundle("later", undefined, [checklist("adult"), checklist("child"), checklist("workplace"), checklist("sexual"), checklist("place")]),
  ]);
  const index = { published: "2026-11-22", oldest_supported: 1, withdrawn_contacts: [], words: [], bundles };
  server.pages.set("content", () => json(200, index));
  const library = await import("../../src/content/library.ts");
  await library.refreshLibrary();
  if (all) await library.fetchTheRest();
  return {
    ...(await import("../../src/check/running.ts")),
    ...(await import("../../src/check/adds-up.ts")),
    ...(await import("../../src/check/do-first.ts")),
    ...(await import("../../src/storage/drafts.ts")),
    ...(await import("../../src/storage/database.ts")),
  };
}

export type Shelf = Awaited<ReturnType<typeof openShelf>>;

/** An adult, met in person, no danger known: the usual beginning of a check. */
export function beginAdult(shelf: Shelf): string {
  const { id } = shelf.begin("first-look")!;
  shelf.settle({ subject: "person", age: "adult", danger: "none", contact: "in_person" });
  return id;
}

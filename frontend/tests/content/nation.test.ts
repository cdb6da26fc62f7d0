/** A phone that joins a team of another nation: its pack comes, new checks use it, and begun ones keep theirs. */
import { expect, it, vi } from "vitest";

import { contentHash } from "../../src/screening/canonical.ts";
import { checklist, pathway } from "../screening/definitions.ts";
import { FieldServer, json } from "../sending/field-server.ts";
import { joined, newPhone } from "../sending/phone.ts";

it("begins new checks with the other nation's pack, and carries the begun one on with its own", async () => {
  newPhone();
  vi.resetModules();
  const server = new FieldServer();
  vi.stubGlobal("fetch", server.fetch);
  const bundle = async (nation: string, pack: string) => {
    const bodies = [checklist("first-look"), pathway(pack)];
    const body = Object.fromEntries(await Promise.all(bodies.map(async (one) => [await contentHash(one), one] as const)));
    const url = `content/definitions.${nation}.json`;
    server.pages.set(url, () => json(200, body));
    return { nation, hash: await contentHash(body), url };
  };
  const bundles = [await bundle("GB-SCT", "scotland"), await bundle("US", "usa")];
  const index = { published: "", oldest_supported: 1, withdrawn_contacts: [], words: [], bundles };
  server.pages.set("content", () => json(200, index));

  const { library, refreshLibrary } = await import("../../src/content/library.ts");
  const { startNation } = await import("../../src/content/nation.ts");
  const running = await import("../../src/check/running.ts");
  const { device } = await import("../../src/check/adds-up.ts");
  const { keepSetting } = await import("../../src/storage/settings.ts");
  await refreshLibrary();
  startNation();
  startNation();
  const { id } = running.begin("first-look")!;
  running.settle({ subject: "person", age: "adult" });
  await running.written();

  const devices = joined();
  const home = devices.by_team[devices.home]!;
  const moved = { ...home, organisation: { ...home.organisation, nation: "US" } };
  await keepSetting("devices", { ...devices, by_team: { [devices.home]: moved } });
  device.value = moved;
  await vi.waitFor(() => expect(library.value?.nation).toBe("US"));
  await vi.waitFor(() => expect(running.publishedPathway.value?.id).toBe("usa"));
  expect(running.pathway.value?.id).toBe("scotland");
  expect(server.asked.filter(({ path }) => path === "content")).toHaveLength(2);

  expect(running.begin("first-look")?.pathway.id).toBe("usa");
  running.putDown();
  await running.carryOn(id);
  expect(running.pathway.value?.id).toBe("scotland");
});

/** What is not sent, saved on one phone and taken in on another: the same bytes, once, and never as another team's. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { openRows, sealRows } from "../../src/sending/saved-file.ts";
import type { OutboxRow } from "../../src/sending/outbox.ts";
import type { FieldServer } from "./field-server.ts";
import { phoneAndServer, phoneWithRow, until } from "./outbox-on-phone.ts";
import { draft, joined, newPhone, openTab, type Tab } from "./phone.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

const WORDS = "one two three four five six seven";
let server: FieldServer;

beforeEach(() => {
  server = phoneAndServer();
  server.pages.set("referrals", () => Promise.reject(new TypeError("Failed to fetch")));
});
afterEach(() => void vi.useRealTimers());

async function saved(): Promise<{ file: Uint8Array; words: string; row: OutboxRow; first: Tab }> {
  const first = await phoneWithRow();
  const { saveUnsent } = await import("../../src/sending/saving.ts");
  const [row] = await first.outboxRows();
  const made = await saveUnsent();
  return { file: made!.file, words: made!.words, row: row!, first };
}

/** Another phone, with or without the team; what it takes in is done by its own modules. */
async function otherPhone(devices = joined()) {
  newPhone();
  const tab = await openTab();
  if (devices) await tab.keepSetting("devices", devices);
  const { takeIn } = await import("../../src/sending/taking-in.ts");
  return { ...tab, takeIn };
}

describe("saving", () => {
  it("puts the rows as they are into a file that only the words open, with no token", async () => {
    const { file, words, row } = await saved();
    expect(new TextDecoder("latin1").decode(file)).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    expect(words.split(" ")).toHaveLength(7);
    expect(await openRows(file, words)).toEqual([row]);
    expect(JSON.stringify(await openRows(file, words))).not.toContain("device-token");
    await expect(openRows(file, "other words")).rejects.toMatchObject({ name: "DoesNotOpen" });
    const flipped = file.slice();
    flipped[flipped.length - 5]! ^= 1;
    await expect(openRows(flipped, words)).rejects.toMatchObject({ name: "DoesNotOpen" });
  }, 30_000);

  it("leaves the rows where they are, and out what nobody is to see any more", async () => {
    const { first } = await saved();
    expect(await first.outboxRows()).toHaveLength(1);
    await first.keepSetting("unshown", [draft.id]);
    const { saveUnsent } = await import("../../src/sending/saving.ts");
    expect(await saveUnsent()).toBeUndefined();
  }, 30_000);

  it("makes files whose length says little", async () => {
    const row = { id: "one", body: "{}" } as OutboxRow;
    const [one, two] = [await sealRows([row], WORDS), await sealRows([row, row], WORDS)];
    expect(one.length).toBe(two.length);
  }, 30_000);
});

describe("taking in", () => {
  it("gives the row to this phone, byte for byte, and it arrives once from whichever goes first", async () => {
    const { file, words, row, first } = await saved();
    server.pages.delete("referrals");
    const tab = await otherPhone();
    expect(await tab.takeIn(file, `  ${words.toUpperCase()} `)).toEqual({ taken: 1, known: 0, join: [] });
    await until(() => tab.receipts.value.length === 1);
    expect(server.referrals.size).toBe(1);
    expect(server.asked.find(({ path }) => path === "referrals" )?.body).toBe(row.body);
    // The other phone sends it as well: the server has it, by id, hash and receipt, and says 200.
    void first;
    const again = await server.intake({ path: "referrals", body: row.body, authorization: "Bearer device-token" }, AbortSignal.abort());
    expect(again.status).toBe(200);
    expect(server.referrals.size).toBe(1);
  }, 30_000);

  it("is done once: a row that is here, or whose receipt is, stays as it is", async () => {
    const { file, words } = await saved();
    const tab = await otherPhone();
    await tab.takeIn(file, words);
    expect(await tab.takeIn(file, words)).toEqual({ taken: 0, known: 1, join: [] });
    expect(await tab.outboxRows()).toHaveLength(1);
    server.pages.delete("referrals");
    await tab.tryNow();
    await until(() => tab.receipts.value.length === 1);
    expect(await tab.takeIn(file, words)).toEqual({ taken: 0, known: 1, join: [] });
    expect(await tab.outboxRows()).toEqual([]);
  }, 30_000);

  it("takes nothing for a team that this phone has not joined, and says which to join", async () => {
    const { file, words } = await saved();
    const tab = await otherPhone(null as never);
    expect(await tab.takeIn(file, words)).toEqual({ taken: 0, known: 0, join: ["Social work"] });
    expect(await tab.outboxRows()).toEqual([]);
  }, 30_000);

  it.each([
    ["answers changed", (row: OutboxRow) => ({ ...row, body: row.body.replace('"A2":', '"A9":') })],
    ["a hash changed", (row: OutboxRow) => ({ ...row, coded_sha256: "0".repeat(64) })],
    ["the receipt's secret changed", (row: OutboxRow) => ({ ...row, secret: "A".repeat(22) })],
    ["another id", (row: OutboxRow) => ({ ...row, id: "another" })],
    ["no team", ({ team: _, ...row }: OutboxRow) => row],
  ])("takes nothing of a file that is not whole: %s", async (_, change) => {
    const { row } = await saved();
    const file = await sealRows([row, change(row) as OutboxRow], WORDS);
    const tab = await otherPhone();
    await expect(tab.takeIn(file, WORDS)).rejects.toMatchObject({ name: "NotSaved" });
    expect(await tab.outboxRows()).toEqual([]);
  }, 30_000);
});


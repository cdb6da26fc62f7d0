/** Taking back what nobody has read, and letting go of a receipt. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import type { Identity } from "../../src/sealing/identities.ts";
import { type FieldServer } from "./field-server.ts";
import { coded, held, phoneAndServer } from "./outbox-on-phone.ts";
import { draft, joined, openTab } from "./phone.ts";
import { kept, phoneThatSent } from "./phone-that-sent.ts";
import { newTeam } from "./team-desk.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

let team: Identity;
let server: FieldServer;

beforeAll(async () => {
  team = await newTeam();
});
beforeEach(() => {
  server = phoneAndServer();
});
afterEach(() => void vi.useRealTimers());

const there = () => server.referrals.get(draft.id)!;

describe("taking it back", () => {
  it("before anybody has read it deletes it there and says so here", async () => {
    const tab = await phoneThatSent(team);
    expect(await tab.takeBack(draft.id)).toBe("taken_back");
    expect(there()).toMatchObject({ closed_as: "withdrawn", sealed: undefined });
    expect(tab.receipts.value).toMatchObject([{ state: "closed", closed_as: "withdrawn" }]);
    expect(tab.isNoteAnother(tab.receipts.value[0]!)).toBe(false);
    expect(await tab.write(draft.id, "too late")).toBe("over");
  });

  it("after somebody has read it is refused, and the receipt says that it was read", async () => {
    const tab = await phoneThatSent(team);
    there().isRead = true;
    expect(await tab.takeBack(draft.id)).toBe("already_read");
    expect(tab.receipts.value).toMatchObject([{ state: "read" }]);
    expect(there().closed_as).toBeUndefined();
  });

  it("without signal changes nothing, and once more after a lost answer is the same", async () => {
    const tab = await phoneThatSent(team);
    server.mishaps.push(() => Promise.reject(new TypeError("Failed to fetch")));
    expect(await tab.takeBack(draft.id)).toMatchObject({ code: "no_connection" });
    expect(tab.receipts.value).toMatchObject([{ state: "stored" }]);
    server.mishaps.push(async (asked, signal) => {
      await server.intake(asked, signal);
      throw new TypeError("Failed to fetch");
    });
    await tab.takeBack(draft.id);
    expect(await tab.takeBack(draft.id)).toBe("taken_back");
  });

  it("of what is gone from the server is said", async () => {
    const tab = await phoneThatSent(team);
    server.referrals.clear();
    expect(await tab.takeBack(draft.id)).toBe("gone");
    expect(tab.receipts.value).toMatchObject([{ state: "gone" }]);
  });

  it("also ends a note that still waits on this phone", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined(""));
    await tab.putInOutbox(draft, coded);
    await tab.tryNow();
    expect(tab.waiting.value).toHaveLength(1);
    expect(await tab.takeBack(draft.id)).toBe("taken_back");
    expect(await held(tab)).toBe(0);
    expect(tab.waiting.value).toEqual([]);
    await tab.keepSetting("devices", joined(team.recipient));
    await tab.tryNow();
    expect(there().sealed).toBeUndefined();
  });
});

it("a receipt that is forgotten is gone with what was written, and no answer under way brings it back", async () => {
  const tab = await phoneThatSent(team);
  const news = tab.askAbout(draft.id);
  await tab.forgetReceipt(draft.id);
  await news;
  expect(tab.receipts.value).toEqual([]);
  expect(await kept(tab)).toBeUndefined();
});

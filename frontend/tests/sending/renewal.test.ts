/**
 * A team's key changes while referrals wait: they arrive once, can be read, and nothing is sealed to a stranger.
 * Long because each way in which a key can change meets each state that a waiting row can be in.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { isVouched, unpack, type Envelope } from "../../src/sealing/envelope.ts";
import { newKeyring, renewed, type Made } from "../../src/sealing/keyring.ts";
import { openWith } from "../../src/sealing/seal.ts";
import type { TeamKey } from "../../src/sealing/vouch.ts";
import type { Device } from "../../src/storage/settings.ts";
import { answerLost, json, type FieldServer } from "./field-server.ts";
import { coded, held, phoneAndServer, until } from "./outbox-on-phone.ts";
import { draft, joined, openTab, WORDS, type Tab } from "./phone.ts";

const TEAM = 7;
const HOUR = 3_600_000;
const [VA, VB] = ["A".repeat(43), "B".repeat(43)] as const;
const { organisation, team: home } = joined("").by_team["team-1"]!;
let [first, second, lost]: Made[] = [];
let server: FieldServer;

beforeAll(async () => {
  first = await newKeyring();
  second = await renewed(TEAM, first.keyring);
  lost = await newKeyring();
});
beforeEach(() => {
  server = phoneAndServer();
  tells([first!.key]);
});
afterEach(() => void vi.useRealTimers());

const pair = ({ key: { age_recipient, vouch_key } }: Made) => ({ age_recipient, vouch_key });
const team = { ...home, id: String(TEAM) };

/** What the server says of the team from now on: this history, and its last key as the current one. */
function tells(keys: readonly TeamKey[], others: object[] = []): void {
  const { age_recipient, vouch_key } = keys.at(-1)!;
  server.pages.set("devices/current", () =>
    json(200, { state: "active", organisation, team: { ...team, id: TEAM, age_recipient, vouch_key, keys }, other_teams: others }),
  );
}

/** This phone's device: joined by a link that vouched for this key. */
const device = (made: Made, more: Partial<Device> = {}): Device => ({
  device_token: "device-token",
  organisation,
  team: { ...team, ...pair(made) },
  usable_key: made.key.age_recipient,
  trusted: pair(made),
  voucher: VA,
  heard_at: Date.now(),
  ...more,
});

const keep = (tab: Tab, one: Device) => tab.keepSetting("devices", { home: team.id, by_team: { [team.id]: one } });

async function phone(one: Device = device(first!)): Promise<Tab> {
  const tab = await openTab();
  await keep(tab, one);
  return tab;
}

async function phoneWithRow(one?: Device): Promise<Tab> {
  const tab = await phone(one);
  await tab.putInOutbox(draft, coded);
  return tab;
}

/** The note that the server has, opened by who holds this keyring. */
async function noteAt(made: Made): Promise<Envelope> {
  const { file, coded: coded_sha256 } = server.referrals.get(draft.id)!;
  const bytes = await openWith(made.keyring.keys.map(({ x25519 }) => x25519), new Uint8Array(file!));
  const { envelope, changed } = unpack(bytes, { referral_id: draft.id, coded_sha256 });
  expect(changed).toEqual([]);
  return envelope;
}

const paths = () => server.asked.map(({ path }) => path);
const later = () => vi.setSystemTime(Date.now() + 2 * HOUR);

describe("before words are sealed", () => {
  it("a key is heard of that follows the trusted one, and the words go to it", async () => {
    tells([first!.key, second!.key]);
    const tab = await phone(device(first!, { heard_at: Date.now() - 2 * HOUR }));
    const row = await tab.putInOutbox(draft, coded);
    expect(row.sealed_to).toBe(second!.key.age_recipient);
    expect(await tab.homeDevice()).toMatchObject({ usable_key: second!.key.age_recipient, trusted: pair(second!) });
    expect((await tab.homeDevice())?.renewed_at).toBe(Date.now());
  });

  it("a key that nothing vouches for gets no words: the answers go, the note waits, for whoever joins anew", async () => {
    tells([first!.key, { ...lost!.key, n: 2 }]);
    const tab = await phone(device(first!, { heard_at: 0 }));
    const row = await tab.putInOutbox(draft, coded);
    expect(row.body).not.toContain("sealed");
    await tab.tryNow();
    expect(server.referrals.get(draft.id)).not.toHaveProperty("file");
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
    await tab.tryNow();
    expect(server.asked.filter(({ path }) => path === "referrals")).toHaveLength(1);

    server.pages.set("devices", () =>
      json(201, { device_token: "device-token", organisation, team: { ...team, id: TEAM, ...pair(lost!), keys: [lost!.key] } }),
    );
    await tab.join({ v: 2, secret: "S".repeat(43), ...pair(lost!) });
    await until(async () => (await held(tab)) === 0);
    expect((await noteAt(lost!)).text).toEqual(WORDS);
    // Signed with the voucher of the phone as which the server has the answers.
    expect(await isVouched(await noteAt(lost!), VA)).toBe(true);
  });

  it("nobody waits longer than three seconds for a server that does not answer", async () => {
    const tab = await phone(device(first!, { heard_at: 0 }));
    server.mishaps.push(() => new Promise(() => undefined));
    const put = tab.putInOutbox(draft, coded);
    await until(() => server.asked.length === 1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await put).sealed_to).toBe(first!.key.age_recipient);
  });

  it.each([
    ["within the hour", {}],
    ["of a phone that was taken out", { heard_at: 0, taken_out: 1 as const }],
  ])("it is not asked for %s", async (_, more) => {
    await phoneWithRow(device(first!, more));
    expect(paths()).toEqual([]);
  });

  it("the order to empty the phone is left for after the sending", async () => {
    const tab = await phone(device(first!, { heard_at: 0 }));
    const { organisation: _o, ...rest } = device(first!);
    server.pages.set("devices/current", () => json(200, { ...rest, organisation, state: "wipe", team: { ...team, id: TEAM } }));
    await tab.putInOutbox(draft, coded);
    expect(await held(tab)).toBe(1);
  });
});

describe("while a referral waits, the key is renewed", () => {
  it("and the answer was lost: sealed anew, one referral, readable", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(answerLost(server));
    await tab.tryNow();
    const [before] = await tab.outboxRows();
    tells([first!.key, second!.key]);
    later();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(server.referrals.size).toBe(1);
    expect(server.referrals.get(draft.id)).toMatchObject({ recipient: second!.key.age_recipient, isReplaced: true });
    expect((await noteAt(second!)).text).toEqual(WORDS);
    await expect(noteAt(first!)).rejects.toThrow();
    const [sent] = server.asked.filter(({ path }) => path === "referrals");
    expect(sent!.body).toBe(before!.body);
    expect(tab.receipts.value).toMatchObject([{ note: "stored" }]);
  });

  it("and somebody has read the note already: the words that arrived stay, the row is done", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(answerLost(server));
    await tab.tryNow();
    server.referrals.get(draft.id)!.isRead = true;
    tells([first!.key, second!.key]);
    later();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(first!)).text).toEqual(WORDS);
    expect(tab.receipts.value).toMatchObject([{ note: "stored" }]);
  });

  it("twice, with every answer lost: once replaced, then what arrived is recognised", async () => {
    const third = await renewed(TEAM, second!.keyring);
    const tab = await phoneWithRow();
    for (const history of [[first!.key], [first!.key, second!.key]]) {
      tells(history);
      later();
      server.pages.set("referrals", answerLost(server));
      await tab.tryNow();
    }
    server.pages.delete("referrals");
    tells([first!.key, second!.key, third.key]);
    later();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(second!)).text).toEqual(WORDS);
  });

  it("and the page is killed after the words were sealed anew: the new bytes go, once", async () => {
    const tab = await phoneWithRow();
    tells([first!.key, second!.key]);
    later();
    server.pages.set("referrals", () => Promise.reject(new TypeError("Failed to fetch")));
    await tab.tryNow();
    const [row] = await tab.outboxRows();
    expect(row).toMatchObject({ sealed_to: second!.key.age_recipient, earlier: [expect.any(String)] });
    server.pages.delete("referrals");
    const again = await openTab();
    await again.tryNow();
    expect(server.referrals.size).toBe(1);
    expect((await noteAt(second!)).text).toEqual(WORDS);
  });

  it("and two tabs try it at once: one referral, one note", async () => {
    const one = await phoneWithRow();
    const two = await openTab();
    tells([first!.key, second!.key]);
    later();
    await Promise.all([one.tryNow(), two.tryNow()]);
    expect(paths().filter((path) => path === "referrals")).toHaveLength(1);
    expect((await noteAt(second!)).text).toEqual(WORDS);
  });

  it("to one that nothing vouches for: what was sealed before is held back, and the answers go", async () => {
    const tab = await phoneWithRow();
    tells([{ ...lost!.key, n: 2 }]);
    later();
    await tab.tryNow();
    expect(server.referrals.get(draft.id)).not.toHaveProperty("file");
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
    expect((await tab.outboxRows())[0]?.note).toEqual(WORDS);
    tells([first!.key]);
    const found = await import("../../src/sending/contact.ts");
    await found.contact();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(first!)).text).toEqual(WORDS);
  });

  it("of another team of the invitation, to one that nothing vouches for: the same", async () => {
    const night = { ...home, id: "8", name: "Night", usable_key: first!.key.age_recipient, trusted: pair(first!) };
    const tab = await phone(device(first!, { other_teams: [night] }));
    await tab.putInOutbox({ ...draft, send_to: { by: team.id, team: "8" } }, coded);
    const { usable_key: _, ...cut } = night;
    await keep(tab, device(first!, { other_teams: [cut] }));
    await tab.tryNow();
    expect(server.referrals.get(draft.id)).not.toHaveProperty("file");
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
  });

  it("a row of before, whose words are not here any more, goes as it is", async () => {
    const tab = await phoneWithRow();
    const [{ words: _w, sealed_to: _s, ...row }] = (await tab.outboxRows()) as [Awaited<ReturnType<Tab["outboxRows"]>>[0]];
    await tab.keepRow(row);
    tells([first!.key, second!.key]);
    await keep(tab, device(second!));
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(first!)).text).toEqual(WORDS);
  });
});

describe("a note is signed with the voucher of the phone as which the server has it", () => {
  const rejoin = (tab: Tab, more: Partial<Device> = {}) => {
    server.token = "second-token";
    return keep(tab, device(first!, { device_token: "second-token", voucher: VB, ...more }));
  };

  it("by the phone that sent it first", async () => {
    const tab = await phoneWithRow();
    await tab.tryNow();
    expect(await isVouched(await noteAt(first!), VA)).toBe(true);
  });

  it("by the new one, when the referral never arrived before it joined again", async () => {
    const tab = await phoneWithRow();
    await rejoin(tab);
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(server.referrals.get(draft.id)?.token).toBe("second-token");
    expect(await isVouched(await noteAt(first!), VB)).toBe(true);
  });

  it("by the first one, when only its answer was lost", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(answerLost(server));
    await tab.tryNow();
    await rejoin(tab);
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(await isVouched(await noteAt(first!), VA)).toBe(true);
  });

  it("by the first one, when the words waited for a key and the answer was lost", async () => {
    const { usable_key: _u, trusted: _t, ...keyless } = device(first!);
    const tab = await phoneWithRow(keyless);
    server.mishaps.push(answerLost(server));
    await tab.tryNow();
    await rejoin(tab);
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(await isVouched(await noteAt(first!), VA)).toBe(true);
  });

  it("and carries none where the phone has none", async () => {
    const { voucher: _, ...unvouched } = device(first!);
    const tab = await phoneWithRow(unvouched);
    await tab.tryNow();
    expect(await noteAt(first!)).not.toHaveProperty("vouch");
  });
});

describe("regular contact", () => {
  const other = (made: Made, more: object = {}) => ({ id: 8, name: "Night", areas: [], urgent_number: "", ...pair(made), ...more });

  it("follows the key of every team, the others of the invitation too", async () => {
    const night = await newKeyring();
    const nightly = await renewed(8, night.keyring);
    const known = { ...home, id: "8", name: "Night", usable_key: night.key.age_recipient, trusted: pair(night) };
    const tab = await phone(device(first!, { other_teams: [known] }));
    tells([first!.key, second!.key], [other(nightly, { keys: [night.key, nightly.key] })]);
    const { contact } = await import("../../src/sending/contact.ts");
    await contact();
    expect(await tab.homeDevice()).toMatchObject({
      usable_key: second!.key.age_recipient,
      other_teams: [{ usable_key: nightly.key.age_recipient, trusted: pair(nightly) }],
    });
    tells([first!.key, second!.key], [other(lost!, { keys: [night.key, { ...lost!.key, n: 2 }] })]);
    await contact();
    expect((await tab.homeDevice())?.other_teams?.[0]).not.toHaveProperty("usable_key");
    expect(await tab.homeDevice()).toMatchObject({ usable_key: second!.key.age_recipient });
  });

  it("shows what was heard between two looks, before words were sealed", async () => {
    const tab = await phone(device(first!, { heard_at: 0 }));
    await tab.keepSetting("looked_at", Date.now());
    tells([first!.key, second!.key]);
    const page = { changed: vi.fn(), clear: async () => undefined, stays: vi.fn(), afresh: vi.fn() };
    (await import("../../src/sending/contact.ts")).startContact(page);
    await tab.putInOutbox(draft, coded);
    await until(() => page.changed.mock.calls.length > 0);
    expect(page.changed).toHaveBeenCalledWith(await tab.homeDevice());
    expect(await tab.homeDevice()).toMatchObject({ renewed_at: Date.now() });
  });

  it("in a tab that heard less than another takes nothing back", async () => {
    const tab = await phone();
    let answer: (response: Response) => void = () => undefined;
    const said = json(200, { state: "active", organisation, team: { ...team, id: TEAM, ...pair(first!), keys: [first!.key] } });
    server.mishaps.push(() => new Promise((resolve) => (answer = resolve)));
    const { contact } = await import("../../src/sending/contact.ts");
    const slow = contact();
    await until(() => server.asked.length === 1);
    await keep(tab, device(second!));
    answer(said);
    await slow;
    expect(await tab.homeDevice()).toMatchObject({ usable_key: second!.key.age_recipient, trusted: pair(second!) });
  });
});

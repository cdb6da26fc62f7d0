/**
 * A team's key changes while referrals wait: they arrive once, can be read, and nothing is sealed to a stranger.
 * Long because each way in which a key can change meets each state that a waiting row can be in.
 */
import { describe, expect, it, vi } from "vitest";

import { isVouched } from "../../src/sealing/envelope.ts";
import { renewed } from "../../src/sealing/keyring.ts";
import { answerLost, json } from "./field-server.ts";
import { coded, held, until } from "./outbox-on-phone.ts";
import { draft, openTab, WORDS, type Tab } from "./phone.ts";
import { device, home, keep, made, noteAt, on, organisation, pair, phone, phoneWithRow, team, TEAM, tells, VA, withKeys } from "./team-with-keys.ts";

const HOUR = 3_600_000;

const paths = () => on.server.asked.map(({ path }) => path);
const later = () => vi.setSystemTime(Date.now() + 2 * HOUR);

withKeys();

describe("before words are sealed", () => {
  it("a key is heard of that follows the trusted one, and the words go to it", async () => {
    tells([made.first.key, made.second.key]);
    const tab = await phone(device(made.first, { heard_at: Date.now() - 2 * HOUR }));
    const row = await tab.putInOutbox(draft, coded);
    expect(row.sealed_to).toBe(made.second.key.age_recipient);
    expect(await tab.homeDevice()).toMatchObject({ usable_key: made.second.key.age_recipient, trusted: pair(made.second) });
    expect((await tab.homeDevice())?.renewed_at).toBe(Date.now());
  });

  it("a key that nothing vouches for gets no words: the answers go, the note waits, for whoever joins anew", async () => {
    tells([made.first.key, { ...made.lost.key, n: 2 }]);
    const tab = await phone(device(made.first, { heard_at: 0 }));
    const row = await tab.putInOutbox(draft, coded);
    expect(row.body).not.toContain("sealed");
    await tab.tryNow();
    expect(on.server.referrals.get(draft.id)).not.toHaveProperty("file");
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
    await tab.tryNow();
    expect(on.server.asked.filter(({ path }) => path === "referrals")).toHaveLength(1);

    on.server.pages.set("devices", () =>
      json(201, { device_token: "device-token", organisation, team: { ...team, id: TEAM, ...pair(made.lost), keys: [made.lost.key] } }),
    );
    await tab.join({ v: 2, secret: "S".repeat(43), ...pair(made.lost) });
    await until(async () => (await held(tab)) === 0);
    expect((await noteAt(made.lost)).text).toEqual(WORDS);
    // Signed with the voucher of the phone as which the server has the answers.
    expect(await isVouched(await noteAt(made.lost), VA)).toBe(true);
  });

  it("nobody waits longer than three seconds for a server that does not answer", async () => {
    const tab = await phone(device(made.first, { heard_at: 0 }));
    on.server.mishaps.push(() => new Promise(() => undefined));
    const put = tab.putInOutbox(draft, coded);
    await until(() => on.server.asked.length === 1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await put).sealed_to).toBe(made.first.key.age_recipient);
  });

  it.each([
    ["within the hour", {}],
    ["of a phone that was taken out", { heard_at: 0, taken_out: 1 as const }],
  ])("it is not asked for %s", async (_, more) => {
    await phoneWithRow(device(made.first, more));
    expect(paths()).toEqual([]);
  });

  it("the order to empty the phone is left for after the sending", async () => {
    const tab = await phone(device(made.first, { heard_at: 0 }));
    const { organisation: _o, ...rest } = device(made.first);
    on.server.pages.set("devices/current", () => json(200, { ...rest, organisation, state: "wipe", team: { ...team, id: TEAM } }));
    await tab.putInOutbox(draft, coded);
    expect(await held(tab)).toBe(1);
  });
});

describe("while a referral waits, the key is renewed", () => {
  it("and the answer was lost: sealed anew, one referral, readable", async () => {
    const tab = await phoneWithRow();
    on.server.mishaps.push(answerLost(on.server));
    await tab.tryNow();
    const [before] = await tab.outboxRows();
    tells([made.first.key, made.second.key]);
    later();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(on.server.referrals.size).toBe(1);
    expect(on.server.referrals.get(draft.id)).toMatchObject({ recipient: made.second.key.age_recipient, isReplaced: true });
    expect((await noteAt(made.second)).text).toEqual(WORDS);
    await expect(noteAt(made.first)).rejects.toThrow();
    const [sent] = on.server.asked.filter(({ path }) => path === "referrals");
    expect(sent!.body).toBe(before!.body);
    expect(tab.receipts.value).toMatchObject([{ note: "stored" }]);
  });

  it("and somebody has read the note already: the words that arrived stay, the row is done", async () => {
    const tab = await phoneWithRow();
    on.server.mishaps.push(answerLost(on.server));
    await tab.tryNow();
    on.server.referrals.get(draft.id)!.isRead = true;
    tells([made.first.key, made.second.key]);
    later();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(made.first)).text).toEqual(WORDS);
    expect(tab.receipts.value).toMatchObject([{ note: "stored" }]);
  });

  it("twice, with every answer lost: once replaced, then what arrived is recognised", async () => {
    const third = await renewed(TEAM, made.second.keyring);
    const tab = await phoneWithRow();
    for (const history of [[made.first.key], [made.first.key, made.second.key]]) {
      tells(history);
      later();
      on.server.pages.set("referrals", answerLost(on.server));
      await tab.tryNow();
    }
    on.server.pages.delete("referrals");
    tells([made.first.key, made.second.key, third.key]);
    later();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(made.second)).text).toEqual(WORDS);
  });

  it("and the page is killed after the words were sealed anew: the new bytes go, once", async () => {
    const tab = await phoneWithRow();
    tells([made.first.key, made.second.key]);
    later();
    on.server.pages.set("referrals", () => Promise.reject(new TypeError("Failed to fetch")));
    await tab.tryNow();
    const [row] = await tab.outboxRows();
    expect(row).toMatchObject({ sealed_to: made.second.key.age_recipient, earlier: [expect.any(String)] });
    on.server.pages.delete("referrals");
    const again = await openTab();
    await again.tryNow();
    expect(on.server.referrals.size).toBe(1);
    expect((await noteAt(made.second)).text).toEqual(WORDS);
  });

  it("and two tabs try it at once: one referral, one note", async () => {
    const one = await phoneWithRow();
    const two = await openTab();
    tells([made.first.key, made.second.key]);
    later();
    await Promise.all([one.tryNow(), two.tryNow()]);
    expect(paths().filter((path) => path === "referrals")).toHaveLength(1);
    expect((await noteAt(made.second)).text).toEqual(WORDS);
  });

  it("to one that nothing vouches for: what was sealed before is held back, and the answers go", async () => {
    const tab = await phoneWithRow();
    tells([{ ...made.lost.key, n: 2 }]);
    later();
    await tab.tryNow();
    expect(on.server.referrals.get(draft.id)).not.toHaveProperty("file");
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
    expect((await tab.outboxRows())[0]?.note).toEqual(WORDS);
    tells([made.first.key]);
    const found = await import("../../src/sending/contact.ts");
    await found.contact();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(made.first)).text).toEqual(WORDS);
  });

  it("of another team of the invitation, to one that nothing vouches for: the same", async () => {
    const night = { ...home, id: "8", name: "Night", usable_key: made.first.key.age_recipient, trusted: pair(made.first) };
    const tab = await phone(device(made.first, { other_teams: [night] }));
    await tab.putInOutbox({ ...draft, send_to: { by: team.id, team: "8" } }, coded);
    const { usable_key: _, ...cut } = night;
    await keep(tab, device(made.first, { other_teams: [cut] }));
    await tab.tryNow();
    expect(on.server.referrals.get(draft.id)).not.toHaveProperty("file");
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
  });

  it("a row of before, whose words are not here any more, goes as it is", async () => {
    const tab = await phoneWithRow();
    const [{ words: _w, sealed_to: _s, ...row }] = (await tab.outboxRows()) as [Awaited<ReturnType<Tab["outboxRows"]>>[0]];
    await tab.keepRow(row);
    tells([made.first.key, made.second.key]);
    await keep(tab, device(made.second));
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect((await noteAt(made.first)).text).toEqual(WORDS);
  });
});

/** What a phone hears of its teams' keys when nothing is to be sent. */
import { describe, expect, it, vi } from "vitest";

import { newKeyring, renewed, type Made } from "../../src/sealing/keyring.ts";
import { json } from "./field-server.ts";
import { coded, until } from "./outbox-on-phone.ts";
import { draft } from "./phone.ts";
import { device, home, keep, made, on, organisation, pair, phone, team, TEAM, tells, withKeys } from "./team-with-keys.ts";

withKeys();

describe("regular contact", () => {
  const other = (made: Made, more: object = {}) => ({ id: 8, name: "Night", areas: [], urgent_number: "", ...pair(made), ...more });

  it("follows the key of every team, the others of the invitation too", async () => {
    const night = await newKeyring();
    const nightly = await renewed(8, night.keyring);
    const known = { ...home, id: "8", name: "Night", usable_key: night.key.age_recipient, trusted: pair(night) };
    const tab = await phone(device(made.first, { other_teams: [known] }));
    tells([made.first.key, made.second.key], [other(nightly, { keys: [night.key, nightly.key] })]);
    const { contact } = await import("../../src/sending/contact.ts");
    await contact();
    expect(await tab.homeDevice()).toMatchObject({
      usable_key: made.second.key.age_recipient,
      other_teams: [{ usable_key: nightly.key.age_recipient, trusted: pair(nightly) }],
    });
    tells([made.first.key, made.second.key], [other(made.lost, { keys: [night.key, { ...made.lost.key, n: 2 }] })]);
    await contact();
    expect((await tab.homeDevice())?.other_teams?.[0]).not.toHaveProperty("usable_key");
    expect(await tab.homeDevice()).toMatchObject({ usable_key: made.second.key.age_recipient });
  });

  it("shows what was heard between two looks, before words were sealed", async () => {
    const tab = await phone(device(made.first, { heard_at: 0 }));
    await tab.keepSetting("looked_at", Date.now());
    tells([made.first.key, made.second.key]);
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
    const said = json(200, { state: "active", organisation, team: { ...team, id: TEAM, ...pair(made.first), keys: [made.first.key] } });
    on.server.mishaps.push(() => new Promise((resolve) => (answer = resolve)));
    const { contact } = await import("../../src/sending/contact.ts");
    const slow = contact();
    await until(() => on.server.asked.length === 1);
    await keep(tab, device(made.second));
    answer(said);
    await slow;
    expect(await tab.homeDevice()).toMatchObject({ usable_key: made.second.key.age_recipient, trusted: pair(made.second) });
  });
});

/** Who stands where on a roster, and what the next one says: a key that only the server names never gets onto it. */
import { expect, test } from "vitest";

import { next, partners, people, withMember, without, withPartner } from "../../src/inbox/keys-rosters.ts";
import { newKeyring, renewed } from "../../src/sealing/keyring.ts";
import type { Roster } from "../../src/sealing/roster.ts";

const roster: Roster = {
  v: 1,
  team: 1,
  version: 4,
  keys: [],
  members: [
    { id: 1, key: "age1own" },
    { id: 2, key: "age1second" },
    { id: 3, key: "age1left" },
  ],
  recovery: "age1paper",
  partners: [],
};

const member = (id: number, key: string | null, has_wrap: boolean) => ({ id, name: `Desk ${id}`, key, has_wrap });

test.each([
  ["the key that was compared", member(2, "age1second", true), "in"],
  ["the key that was compared, whose file is gone", member(2, "age1second", false), "waiting"],
  ["another key, locked out: new words, or somebody else's", member(2, "age1other", false), "remade"],
  ["another key, and still let in: nobody did that with our page", member(2, "age1other", true), "swapped"],
  ["no key any more", member(2, null, false), "swapped"],
  ["a key that nobody compared", member(4, "age1new", false), "waiting"],
  ["a key that nobody compared, which the server gave a file", member(4, "age1new", true), "waiting"],
  ["no key yet", member(4, null, false), "none"],
] as const)("%s", (_, given, standing) => {
  expect(people({ members: [given] }, roster)[0]!.standing).toBe(standing);
});

test("the next roster is one further and leaves out who is of the team no more", () => {
  const after = next({ members: [member(1, "age1own", true), member(2, "age1other", true)] }, roster);
  expect(after.version).toBe(5);
  // By the key that was compared, whatever the server names by now.
  expect(after.members).toEqual(roster.members.slice(0, 2));
});

test("a member's key takes the place of their earlier one, and taking off leaves the others", () => {
  expect(withMember(roster, 2, "age1again").members).toContainEqual({ id: 2, key: "age1again" });
  expect(withMember(roster, 2, "age1again").members).toHaveLength(3);
  expect(without(roster, [1, 3]).members).toEqual([{ id: 2, key: "age1second" }]);
});

test("another team's key is followed from the one that was compared, and no further than signatures go", async () => {
  const first = await newKeyring();
  const second = await renewed(7, first.keyring);
  const stranger = { ...(await newKeyring()).key, n: 2 };
  const names = { team: 7, name: "Support", organisation: "A charity" };
  const known = withPartner(roster, 7, first.key);
  const standing = async (on: Roster, ...history: (typeof stranger)[]) =>
    (await partners({ partners: [{ ...names, history }] }, on))[0]!;
  expect((await standing(roster, first.key)).standing).toBe("new");
  expect((await standing(known, first.key)).standing).toBe("verified");
  expect((await standing(known, second.key, first.key)).standing).toBe("followed");
  expect((await standing(known, first.key, stranger)).standing).toBe("broken");
  expect((await standing(known, stranger)).standing).toBe("broken");
  // What people would compare now is always the newest that the server names.
  expect((await standing(known, second.key, first.key)).key).toEqual(second.key);
  expect(withPartner(known, 7, second.key).partners).toHaveLength(1);
  expect(withPartner(known, 7, second.key).partners[0]).not.toHaveProperty("signature");
});

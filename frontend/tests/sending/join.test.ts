/**
 * Joining: a key counts only when the link and the server say the same, and nothing is joined that was not
 * kept.
 */
import { beforeEach, describe, expect, it, vi } from "vitest";

import { FieldServer, json, problem } from "./field-server.ts";
import { joined, newPhone, openTab, RECIPIENT } from "./phone.ts";

const SECRET = "s".repeat(43);
const VOUCH = "v".repeat(43);
const LINK = `http://localhost:8000/join#v1.${SECRET}.${RECIPIENT}.${VOUCH}`;
const { organisation, team } = joined().by_team["team-1"]!;
let server: FieldServer;

beforeEach(() => {
  newPhone(LINK);
  server = new FieldServer();
  server.pages.set("devices", () => json(201, { device_token: "new", organisation, team: { ...team, id: 7 } }));
  vi.stubGlobal("fetch", server.fetch);
});

describe("an invitation is read from", () => {
  const whole = { secret: SECRET, age_recipient: RECIPIENT, vouch_key: VOUCH };
  it.each([
    ["a link", LINK, whole],
    ["a text around a link", `Hello, join us here:\n ${LINK} \nThank you`, whole],
    ["a fragment", `#v1.${SECRET}.-.-`, { secret: SECRET }],
    ["nothing", "", "not_an_invitation"],
    ["another text", "http://localhost:8000/", "not_an_invitation"],
    ["half a link", LINK.slice(0, 60), "not_an_invitation"],
    ["a key that is none", `#v1.${SECRET}.ssh-ed25519.-`, "not_an_invitation"],
    ["another server's link", LINK.replace("localhost", "elsewhere.example"), "other_server"],
  ])("%s", async (_, text, read) => {
    const { parseInvitation } = await openTab();
    expect(parseInvitation(text)).toEqual(read);
  });
});

it("keeps the device, takes the secret out of the address, and sends it to nobody but our server's join", async () => {
  const tab = await openTab();
  const invitation = tab.invitationInAddress()!;
  expect(await tab.join(invitation)).toMatchObject({ device: { device_token: "new", usable_key: RECIPIENT } });
  expect(location.href).toBe("http://localhost:8000/");
  expect(server.asked).toEqual([
    { path: "devices", body: JSON.stringify({ invitation: SECRET }), authorization: null },
  ]);
  expect(await (await openTab()).homeDevice()).toMatchObject({ team: { id: "7" } });
});

it.each([
  ["the server gives another key", { age_recipient: `age1${"p".repeat(58)}`, vouch_key: VOUCH }],
  ["the server gives another key to vouch by", { age_recipient: RECIPIENT, vouch_key: "w".repeat(43) }],
  ["the server gives none", {}],
])("uses no key when %s", async (_, keys) => {
  const { age_recipient: _a, vouch_key: _v, ...bare } = team;
  server.pages.set("devices", () => json(201, { device_token: "new", organisation, team: { ...bare, ...keys } }));
  const tab = await openTab();
  await tab.join(tab.invitationInAddress()!);
  expect((await tab.homeDevice())?.usable_key).toBeUndefined();
});

it("uses no key when only the server has one, and goes on with one that came in an earlier link", async () => {
  const tab = await openTab();
  await tab.join({ secret: SECRET });
  expect((await tab.homeDevice())?.usable_key).toBeUndefined();
  await tab.join(tab.parseInvitation(LINK) as never);
  await tab.join({ secret: SECRET });
  expect((await tab.homeDevice())?.usable_key).toBe(RECIPIENT);
});

it.each([
  ["is over", () => problem(403, "invitation-not-valid"), { code: "refused", server_code: "invitation-not-valid" }],
  ["meets a captive portal", () => json(200, { hello: "guest" }), { code: "not_our_server" }],
  ["meets nobody", () => Promise.reject(new TypeError("Failed to fetch")), { code: "no_connection" }],
])("joins nothing when the invitation %s, and can be tried again", async (_, mishap, trouble) => {
  const tab = await openTab();
  server.mishaps.push(mishap);
  expect(await tab.join(tab.invitationInAddress()!)).toMatchObject({ trouble });
  expect(await tab.homeDevice()).toBeUndefined();
  expect(tab.invitationInAddress()).toBeDefined();
});

it("joins nothing when the device cannot be kept", async () => {
  const tab = await openTab();
  const db = await tab.database();
  vi.spyOn(db, "transaction").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  await expect(tab.join(tab.invitationInAddress()!)).rejects.toMatchObject({ name: "CouldNotKeep" });
  expect(tab.invitationInAddress()).toBeDefined();
});

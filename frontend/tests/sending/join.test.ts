/**
 * Joining: a key counts only when the link and the server say the same, and nothing is joined that was not
 * kept.
 */
import { beforeEach, describe, expect, it, vi } from "vitest";

import { base64url } from "../../src/sealing/bytes.ts";
import { newKeyring, renewed, type Made } from "../../src/sealing/keyring.ts";
import type { TeamKey } from "../../src/sealing/vouch.ts";
import { joinSecret, voucherOf } from "../../src/sealing/voucher.ts";
import type { Invitation } from "../../src/sending/join.ts";
import { FieldServer, json, problem } from "./field-server.ts";
import { joined, newPhone, openTab, RECIPIENT } from "./phone.ts";

const SECRET = "s".repeat(43);
const VOUCH = "v".repeat(43);
const LINK = `http://localhost:8000/join#v1.${SECRET}.${RECIPIENT}.${VOUCH}`;
const OTHER = `age1${"p".repeat(58)}`;
const OTHER_KEYS = { age_recipient: OTHER, vouch_key: VOUCH };
const { organisation, team } = joined().by_team["team-1"]!;
let server: FieldServer;

beforeEach(() => {
  newPhone(LINK);
  server = new FieldServer();
  server.pages.set("devices", () => json(201, { device_token: "new", organisation, team: { ...team, id: 7 } }));
  vi.stubGlobal("fetch", server.fetch);
});

describe("an invitation is read from", () => {
  const whole = { v: 1, secret: SECRET, age_recipient: RECIPIENT, vouch_key: VOUCH };
  it.each([
    ["a link", LINK, whole],
    ["a text around a link", `Hello, join us here:\n ${LINK} \nThank you`, whole],
    ["a fragment", `#v1.${SECRET}.-.-`, { v: 1, secret: SECRET }],
    ["nothing", "", "not_an_invitation"],
    ["another text", "http://localhost:8000/", "not_an_invitation"],
    ["half a link", LINK.slice(0, 60), "not_whole"],
    ["a key that is none", `#v1.${SECRET}.ssh-ed25519.-`, "not_whole"],
    ["the very beginning of a link", "http://localhost:8000/join#v1.", "not_whole"],
    ["another server's link", LINK.replace("localhost", "elsewhere.example"), "other_server"],
    ["a link at the end of a sentence", `Open ${LINK}.`, whole],
    ["an inbox's link", `http://inbox.localhost:8000/welcome#${SECRET}`, "inbox_link"],
    ["a link with other teams", `${LINK}.8.${OTHER}.${VOUCH}.9.-.-`, { ...whole, others: { 8: OTHER_KEYS, 9: {} } }],
    ["a link with a secret of the browser's", LINK.replace("#v1", "#v2"), { ...whole, v: 2 }],
    ["one whose secret is too short", LINK.replace("#v1.s", "#v2."), "not_whole"],
    ["a link of a version to come", LINK.replace("#v1", "#v3"), "not_an_invitation"],
    ["a link that breaks off in another team", `${LINK}.8.${OTHER}`, "not_whole"],
    ["a link with a team that is no number", `${LINK}.x.-.-`, "not_whole"],
  ])("%s", async (_, text, read) => {
    const { parseInvitation } = await openTab();
    expect(parseInvitation(text)).toEqual(read);
  });
});

it("keeps the device, takes the secret out of the address, and sends it to nobody but our server's join", async () => {
  const tab = await openTab();
  const invitation = tab.invitationInAddress() as Invitation;
  expect(await tab.join(invitation)).toMatchObject({ device: { device_token: "new", usable_key: RECIPIENT } });
  expect(location.href).toBe("http://localhost:8000/");
  expect(server.asked).toEqual([
    { path: "devices", body: JSON.stringify({ invitation: SECRET }), authorization: null },
  ]);
  expect(await (await openTab()).homeDevice()).toMatchObject({ team: { id: "7" } });
});

it("a phone of before goes on with its key only while the server names it", async () => {
  const tab = await openTab();
  const before = { ...joined().by_team["team-1"]!, team: { ...team, id: "7" } };
  await tab.keepSetting("devices", { home: "7", by_team: { 7: before } });
  await tab.join({ v: 1, secret: SECRET });
  expect((await tab.homeDevice())?.usable_key).toBe(RECIPIENT);
  const told = { ...team, id: 7, age_recipient: OTHER };
  server.pages.set("devices", () => json(201, { device_token: "new", organisation, team: told }));
  await tab.join({ v: 1, secret: SECRET });
  expect(await tab.homeDevice()).not.toHaveProperty("usable_key");
});

describe("a link whose secret the inviting browser made", () => {
  const V2 = LINK.replace("#v1", "#v2").replace(SECRET, base64url(new Uint8Array(32).fill(7)));

  it("is never sent: the server gets what joins, the device keeps what vouches", async () => {
    newPhone(V2);
    const tab = await openTab();
    const invitation = tab.invitationInAddress() as Invitation;
    await tab.join(invitation);
    expect(location.href).toBe("http://localhost:8000/");
    const joins = await joinSecret(invitation.secret);
    expect(server.asked).toEqual([{ path: "devices", body: JSON.stringify({ invitation: joins }), authorization: null }]);
    const kept = await tab.homeDevice();
    expect(kept).toMatchObject({ voucher: await voucherOf(invitation.secret), usable_key: RECIPIENT });
    expect(JSON.stringify(kept)).not.toContain(invitation.secret);
    expect(JSON.stringify(server.asked)).not.toContain(kept!.voucher);
  });

  it("of a key that was renewed since is good: the chain leads on", async () => {
    const [old, now] = await chain();
    tellsKeys(now.key, [old.key, now.key]);
    const tab = await openTab();
    await tab.join({ v: 2, secret: SECRET, ...old.key });
    const { age_recipient, vouch_key } = now.key;
    expect(await tab.homeDevice()).toMatchObject({ usable_key: age_recipient, trusted: { age_recipient, vouch_key } });
  });

  it("of a key that was lost since is not, and takes nothing from a newer one", async () => {
    const [old, now] = await chain();
    const fresh = { ...now.key, signature: "" };
    tellsKeys(fresh, [old.key, fresh]);
    const tab = await openTab();
    await tab.join({ v: 2, secret: SECRET, ...old.key });
    expect(await tab.homeDevice()).not.toHaveProperty("usable_key");
    expect(await tab.homeDevice()).toMatchObject({ trusted: { vouch_key: old.key.vouch_key } });
    await tab.join({ v: 2, secret: SECRET, ...now.key });
    expect((await tab.homeDevice())?.usable_key).toBe(now.key.age_recipient);
    await tab.join({ v: 2, secret: SECRET, ...old.key });
    expect((await tab.homeDevice())?.usable_key).toBe(now.key.age_recipient);
  });

  async function chain(): Promise<[Made, Made]> {
    const old = await newKeyring();
    return [old, await renewed(7, old.keyring)];
  }

  function tellsKeys({ age_recipient, vouch_key }: TeamKey, keys: TeamKey[]): void {
    const told = { ...team, id: 7, age_recipient, vouch_key, keys };
    server.pages.set("devices", () => json(201, { device_token: "new", organisation, team: told }));
  }
});

it.each([
  ["the server gives another key", { age_recipient: `age1${"p".repeat(58)}`, vouch_key: VOUCH }],
  ["the server gives another key to vouch by", { age_recipient: RECIPIENT, vouch_key: "w".repeat(43) }],
  ["the server gives none", {}],
])("uses no key when %s", async (_, keys) => {
  const { age_recipient: _a, vouch_key: _v, ...bare } = team;
  server.pages.set("devices", () => json(201, { device_token: "new", organisation, team: { ...bare, ...keys } }));
  const tab = await openTab();
  await tab.join(tab.invitationInAddress() as Invitation);
  expect((await tab.homeDevice())?.usable_key).toBeUndefined();
});

it("uses no key when only the server has one, and goes on with one that came in an earlier link", async () => {
  const tab = await openTab();
  await tab.join({ v: 1, secret: SECRET });
  expect((await tab.homeDevice())?.usable_key).toBeUndefined();
  await tab.join(tab.parseInvitation(LINK) as never);
  await tab.join({ v: 1, secret: SECRET });
  expect((await tab.homeDevice())?.usable_key).toBe(RECIPIENT);
});

describe("the other teams of an invitation", () => {
  const other = { id: 8, name: "Night team", organisation_name: "Health board", areas: [], urgent_number: "+441410000002" };
  const answer = (keys: object) => () =>
    json(201, { device_token: "new", phone: "K7M2QX", organisation, team, other_teams: [{ ...other, ...keys }] });

  it("are kept with the device, each with the key that link and server agree on", async () => {
    server.pages.set("devices", answer(OTHER_KEYS));
    const tab = await openTab();
    await tab.join(tab.parseInvitation(`${LINK}.8.${OTHER}.${VOUCH}`) as Invitation);
    const kept = await tab.homeDevice();
    expect(kept).toMatchObject({ phone: "K7M2QX", other_teams: [{ id: "8", name: "Night team", usable_key: OTHER }] });
  });

  it.each([
    ["the link has none", ".8.-.-", OTHER_KEYS],
    ["the link has it for another team", `.9.${OTHER}.${VOUCH}`, OTHER_KEYS],
    ["the server has another", `.8.${OTHER}.${VOUCH}`, { ...OTHER_KEYS, age_recipient: RECIPIENT }],
  ])("have no key that can be used when %s", async (_, rest, keys) => {
    server.pages.set("devices", answer(keys));
    const tab = await openTab();
    await tab.join(tab.parseInvitation(LINK + rest) as Invitation);
    expect((await tab.homeDevice())?.other_teams?.[0]).not.toHaveProperty("usable_key");
  });

  it("go on with a key of an earlier link", async () => {
    server.pages.set("devices", answer(OTHER_KEYS));
    const tab = await openTab();
    await tab.join(tab.parseInvitation(`${LINK}.8.${OTHER}.${VOUCH}`) as Invitation);
    await tab.join(tab.parseInvitation(LINK) as Invitation);
    expect((await tab.homeDevice())?.other_teams?.[0]?.usable_key).toBe(OTHER);
  });
});

describe("what is said of an invitation that does not work", () => {
  it("tells each reason apart, and what to do", async () => {
    const { saidFault, saidRefusal } = await import("../../src/words/said-sending.ts");
    const codes = ["unknown", "used-up", "over", "ended"].map((code) => `invitation-${code}`);
    const refused = codes.map((server_code) => saidRefusal({ code: "refused", status: 403, server_code }));
    const faults = (["not_an_invitation", "not_whole", "other_server", "inbox_link"] as const).map(saidFault);
    const said = [...refused, ...faults, saidRefusal({ code: "refused", status: 403 }), saidRefusal({ code: "busy" })];
    expect(new Set(said).size).toBe(said.length);
    expect(refused.filter((text) => !/[Aa]sk/.test(text))).toEqual([]);
  });
});

it.each([
  ["is over", () => problem(403, "invitation-not-valid"), { code: "refused", server_code: "invitation-not-valid" }],
  ["meets a captive portal", () => json(200, { hello: "guest" }), { code: "not_our_server" }],
  ["meets nobody", () => Promise.reject(new TypeError("Failed to fetch")), { code: "no_connection" }],
])("joins nothing when the invitation %s, and can be tried again", async (_, mishap, trouble) => {
  const tab = await openTab();
  server.mishaps.push(mishap);
  expect(await tab.join(tab.invitationInAddress() as Invitation)).toMatchObject({ trouble });
  expect(await tab.homeDevice()).toBeUndefined();
  expect(tab.invitationInAddress()).toBeDefined();
});

it("joins nothing when the device cannot be kept", async () => {
  const tab = await openTab();
  const db = await tab.database();
  vi.spyOn(db, "transaction").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  await expect(tab.join(tab.invitationInAddress() as Invitation)).rejects.toMatchObject({ name: "CouldNotKeep" });
  expect(tab.invitationInAddress()).toBeDefined();
});

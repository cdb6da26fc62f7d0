/** A phone whose team has keys, and the server that tells of them: what every way in which a key changes begins with. */
import { afterEach, beforeAll, beforeEach, expect, vi } from "vitest";

import { unpack, type Envelope } from "../../src/sealing/envelope.ts";
import { newKeyring, renewed, type Made } from "../../src/sealing/keyring.ts";
import { openWith } from "../../src/sealing/seal.ts";
import type { TeamKey } from "../../src/sealing/vouch.ts";
import type { Device } from "../../src/storage/settings.ts";
import { json, type FieldServer } from "./field-server.ts";
import { coded, phoneAndServer } from "./outbox-on-phone.ts";
import { draft, joined, openTab, type Tab } from "./phone.ts";

export const TEAM = 7;
export const [VA, VB] = ["A".repeat(43), "B".repeat(43)] as const;
export const { organisation, team: home } = joined("").by_team["team-1"]!;
export const team = { ...home, id: String(TEAM) };

/** The team's keys: the first, the one that follows it, and one that nothing vouches for. */
export const made = {} as { first: Made; second: Made; lost: Made };
/** The server of the test that runs. */
export const on = {} as { server: FieldServer };

/** For each test of a file a new server, which tells of the first key. */
export function withKeys(): void {
  beforeAll(async () => {
    made.first = await newKeyring();
    made.second = await renewed(TEAM, made.first.keyring);
    made.lost = await newKeyring();
  });
  beforeEach(() => {
    on.server = phoneAndServer();
    tells([made.first.key]);
  });
  afterEach(() => void vi.useRealTimers());
}

export const pair = ({ key: { age_recipient, vouch_key } }: Made) => ({ age_recipient, vouch_key });

/** What the server says of the team from now on: this history, and its last key as the current one. */
export function tells(keys: readonly TeamKey[], others: object[] = []): void {
  const { age_recipient, vouch_key } = keys.at(-1)!;
  on.server.pages.set("devices/current", () =>
    json(200, { state: "active", organisation, team: { ...team, id: TEAM, age_recipient, vouch_key, keys }, other_teams: others }),
  );
}

/** This phone's device: joined by a link that vouched for this key. */
export const device = (of: Made, more: Partial<Device> = {}): Device => ({
  device_token: "device-token",
  organisation,
  team: { ...team, ...pair(of) },
  usable_key: of.key.age_recipient,
  trusted: pair(of),
  voucher: VA,
  heard_at: Date.now(),
  ...more,
});

export const keep = (tab: Tab, one: Device) => tab.keepSetting("devices", { home: team.id, by_team: { [team.id]: one } });

export async function phone(one: Device = device(made.first)): Promise<Tab> {
  const tab = await openTab();
  await keep(tab, one);
  return tab;
}

export async function phoneWithRow(one?: Device): Promise<Tab> {
  const tab = await phone(one);
  await tab.putInOutbox(draft, coded);
  return tab;
}

/** The note that the server has, opened by who holds this keyring. */
export async function noteAt(of: Made): Promise<Envelope> {
  const { file, coded: coded_sha256 } = on.server.referrals.get(draft.id)!;
  const bytes = await openWith(of.keyring.keys.map(({ x25519 }) => x25519), new Uint8Array(file!));
  const { envelope, changed } = unpack(bytes, { referral_id: draft.id, coded_sha256 });
  expect(changed).toEqual([]);
  return envelope;
}

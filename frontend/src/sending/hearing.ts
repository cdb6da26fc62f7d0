/**
 * What the server says of one of this phone's teams, taken in: its name, hours, numbers, and keys as far as they can be
 * followed. What it says of the phone itself (taken out, to be emptied) is only handed on.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import { keepSetting, readSetting, type Device, type OtherTeam } from "../storage/settings.ts";
import { ask, REQUEST_MS } from "./asking.ts";
import { isSame, keysOf, type Keyed } from "./keyed.ts";
import { keyNow } from "./team-key.ts";
import { toldKeys, toldOrganisation, toldTeam } from "./told-team.ts";

/** Keys that were heard of within this time are taken as they are. */
const FRESH_MS = 3_600_000;
/** Half a second more, and nobody waits longer for a key: what cannot be heard now is followed another time. */
const PATIENCE_MS = 2_500;

const count = signal(0);
/** Grows when something was heard outside the regular looks, so that the page can show it. */
export const heardBetween: ReadonlySignal<number> = count;

/** `refused`: the server does not take this phone's word. `nothing`: no answer that is our server's, or not about it. */
export type Heard = "active" | "wipe" | "refused" | "nothing";

/** Asks as this device, and keeps what is told of its teams. @throws CouldNotKeep */
export async function hear(asked: Device, ms = REQUEST_MS): Promise<Heard> {
  const reply = await ask("devices/current", { authorization: `Bearer ${asked.device_token}`, ms });
  if ("trouble" in reply) return reply.trouble.code === "device_refused" ? "refused" : "nothing";
  const told = toldTeam(reply.body.team);
  const { state, organisation, phone, other_teams } = reply.body;
  if (told?.id !== asked.team.id || (state !== "active" && state !== "wipe")) return "nothing";
  const keys = await keyNow(asked, toldKeys(reply.body.team));
  const others = await othersIn(other_teams, asked.other_teams ?? []);
  await change(asked.device_token, (device) => {
    const { usable_key: _usable, trusted: _trusted, ...rest } = device;
    const now = later(device, asked, keys);
    const isRenewed = now.usable_key !== undefined && device.trusted && !isSame(now.trusted, device.trusted);
    return {
      ...rest,
      organisation: toldOrganisation(organisation) ?? device.organisation,
      team: told,
      ...now,
      ...(isRenewed && { renewed_at: Date.now() }),
      heard_at: Date.now(),
      ...(typeof phone === "string" && { phone }),
      other_teams: others.map(({ team, before, keys: heard }) => {
        const current = device.other_teams?.find(({ id }) => id === team.id) ?? {};
        return { ...team, ...later(current, before, heard) };
      }),
    };
  });
  return state;
}

interface HeardTeam {
  readonly team: OtherTeam;
  readonly before: Keyed;
  readonly keys: Keyed;
}

async function othersIn(told: unknown, known: readonly OtherTeam[]): Promise<readonly HeardTeam[]> {
  const found: HeardTeam[] = [];
  for (const one of Array.isArray(told) ? (told as unknown[]) : []) {
    const team = toldTeam(one);
    const before = known.find(({ id }) => id === team?.id) ?? {};
    if (team) found.push({ team, before, keys: await keyNow(before, toldKeys(one)) });
  }
  return found;
}

/** Another tab may have followed further, or joined by another link, since this one asked: then that stands. */
const later = (current: Keyed, asked: Keyed, heard: Keyed): Keyed =>
  isSame(current.trusted, asked.trusted) ? heard : keysOf(current);

/**
 * Hears of a team's keys before words are sealed to them, if that was not done lately. Settles within three seconds, and
 * never rejects: whoever cannot hear seals as before. @param by id of the joined team as whose phone it goes.
 */
export async function freshKeys(by: string): Promise<void> {
  try {
    const device = (await readSetting("devices"))?.by_team[by];
    const since = Date.now() - (device?.heard_at ?? 0);
    // A clock that was set back counts as long ago.
    if (!device || device.taken_out || (since >= 0 && since < FRESH_MS)) return;
    const heard = await hear(device, PATIENCE_MS);
    if (heard === "active" || heard === "wipe") count.value += 1;
  } catch {
    // The store cannot be used just now; what comes next says so, if it cannot either.
  }
}

/** Changes the device of this token as it is kept now: the worker may have joined again meanwhile. */
export async function change(token: string, to: (device: Device) => Device): Promise<void> {
  const devices = await readSetting("devices");
  const device = Object.values(devices?.by_team ?? {}).find(({ device_token }) => device_token === token);
  if (!devices || !device) return;
  const by_team = { ...devices.by_team, [device.team.id]: to(device) };
  await keepSetting("devices", { ...devices, by_team });
}

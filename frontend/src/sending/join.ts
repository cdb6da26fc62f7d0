/**
 * Joining a team by its invitation: a link or a pasted text with everything behind the `#`, which no server
 * log sees.
 * A team key is used only if it came in the link and the server says the same: a key from the server alone
 * seals nothing.
 */
import { keepSetting, readSetting, type Device, type Organisation, type Team } from "../storage/settings.ts";
import { ask, type Trouble } from "./asking.ts";
import { tryNow } from "./clock.ts";

export interface Invitation {
  readonly secret: string;
  readonly age_recipient?: string;
  readonly vouch_key?: string;
}

/** `not_an_invitation`: the text holds none · `other_server`: it belongs to another address than this app's. */
export type LinkFault = "not_an_invitation" | "other_server";

const FRAGMENT = /#v1\.([\w-]{16,100})\.(-|age1[02-9ac-hj-np-z]{58})\.(-|[\w-]{43})$/;

/** Reads an invitation out of a link, a pasted text around one, or the fragment alone. */
export function parseInvitation(text: string): Invitation | LinkFault {
  const link = text.match(/\S*#v1\.\S+/)?.[0] ?? "";
  const found = FRAGMENT.exec(link);
  if (!found) return "not_an_invitation";
  const address = link.slice(0, found.index);
  if (address && originOf(address) !== location.origin) return "other_server";
  const [, secret = "", age = "-", vouch = "-"] = found;
  return { secret, ...(age !== "-" && { age_recipient: age }), ...(vouch !== "-" && { vouch_key: vouch }) };
}

function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    return "";
  }
}

/** The invitation in the address bar, if the app was opened by one. */
export function invitationInAddress(): Invitation | undefined {
  const read = parseInvitation(location.hash);
  return typeof read === "string" ? undefined : read;
}

export type Joined = { readonly device: Device } | { readonly trouble: Trouble };

/**
 * Joins, keeps the device and takes the secret out of the address bar. An invitation may be used again by its
 * holder, so
 * trying again after any failure is safe. Joining again with a key frees the notes that wait for one.
 *
 * @throws CouldNotKeep when the device could not be kept: nothing is joined then.
 */
export async function join(invitation: Invitation): Promise<Joined> {
  const reply = await ask("devices", { method: "POST", body: JSON.stringify({ invitation: invitation.secret }) });
  if ("trouble" in reply) return reply;
  const { device_token, organisation, team } = reply.body as unknown as Partial<Device>;
  if (typeof device_token !== "string" || !team?.id || !organisation)
    return { trouble: { code: "not_our_server", status: reply.status } };
  const device = await keepDevice(device_token, organisation, { ...team, id: String(team.id) }, invitation);
  // Out of sight, out of the history, and only now: until here a reload must be able to join again.
  if (location.hash.startsWith("#v1.")) history.replaceState(history.state, "", "/");
  void navigator.storage?.persist?.().catch(() => false);
  void tryNow();
  return { device };
}

async function keepDevice(
  device_token: string,
  organisation: Organisation,
  team: Team,
  invitation: Invitation,
): Promise<Device> {
  const devices = await readSetting("devices");
  const key = usableKey(team, invitation, devices?.by_team[team.id]);
  const device: Device = { device_token, organisation, team, ...(key && { usable_key: key }) };
  await keepSetting("devices", { home: team.id, by_team: { ...devices?.by_team, [team.id]: device } });
  return device;
}

/** The server's key, if this link vouches for it, or an earlier link of the same team did. */
function usableKey(
  { age_recipient, vouch_key }: Team,
  invitation: Invitation,
  before: Device | undefined,
): string | undefined {
  const inLink = age_recipient === invitation.age_recipient && vouch_key === invitation.vouch_key;
  return age_recipient && (inLink || before?.usable_key === age_recipient) ? age_recipient : undefined;
}

/**
 * Joining a team by its invitation: a link, a scanned code or a pasted text with everything behind the `#`, which no
 * server log sees.
 * A team key is used only if it came in the link and the server says the same: a key from the server alone
 * seals nothing.
 */
import { keepSetting, readSetting, type Device, type Settings, type Team } from "../storage/settings.ts";
import { vouchedKeys } from "./addressee.ts";
import { ask, type Trouble } from "./asking.ts";
import { tryNow } from "./clock.ts";
import { toldOrganisation, toldTeam, toldTeams } from "./told-team.ts";

/** The public halves of a team's keys, as a link gives them. */
export interface LinkKeys {
  readonly age_recipient?: string;
  readonly vouch_key?: string;
}

export interface Invitation extends LinkKeys {
  readonly secret: string;
  /** The other teams of the link, by id. */
  readonly others?: Readonly<Record<string, LinkKeys>>;
}

/**
 * `not_an_invitation`: the text holds none · `not_whole`: a part of one · `other_server`: it belongs to another
 * address than this app's · `inbox_link`: it invites to the inbox, which is no place for a phone's app.
 */
export type LinkFault = "not_an_invitation" | "not_whole" | "other_server" | "inbox_link";

const KEYS = String.raw`(?:-|age1[02-9ac-hj-np-z]{58})\.(?:-|[\w-]{43})`;
const FRAGMENT = new RegExp(String.raw`#v1\.([\w-]{16,100})\.(${KEYS})((?:\.\d{1,9}\.${KEYS})*)$`);
/** What a message puts behind a link is not the link's. */
const AFTER = /[.,;:!?)>\]»”"']+$/;

/** Reads an invitation out of a link, a pasted text around one, or the fragment alone. */
export function parseInvitation(text: string): Invitation | LinkFault {
  const link = (text.match(/\S*#v1\.\S*/)?.[0] ?? "").replace(AFTER, "");
  const found = FRAGMENT.exec(link);
  if (!found) return link ? "not_whole" : /\/welcome\/?#\S/.test(text) ? "inbox_link" : "not_an_invitation";
  const address = link.slice(0, found.index);
  if (address && originOf(address) !== location.origin) return "other_server";
  const [, secret = "", keys = "", rest = ""] = found;
  const others = rest.match(/[^.]+\.[^.]+\.[^.]+/g)?.map((one) => one.split(".") as [string, string, string]);
  return {
    secret,
    ...linkKeys(keys),
    ...(others && { others: Object.fromEntries(others.map(([id, ...both]) => [id, linkKeys(both.join("."))])) }),
  };
}

function linkKeys(both: string): LinkKeys {
  const [age = "-", vouch = "-"] = both.split(".");
  return { ...(age !== "-" && { age_recipient: age }), ...(vouch !== "-" && { vouch_key: vouch }) };
}

function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    return "";
  }
}

/** What the address bar holds, if the app was opened by an invitation. */
export function invitationInAddress(): Invitation | LinkFault | undefined {
  return location.hash.startsWith("#v1.") ? parseInvitation(location.hash) : undefined;
}

export type Joined = { readonly device: Device } | { readonly trouble: Trouble };

/**
 * Joins, keeps the device and takes the secret out of the address bar. An invitation may be used again by its
 * holder, so
 * trying again after any failure is safe. Joining again with a key frees the notes that wait for one, and what a
 * phone that was taken out of the team still holds.
 *
 * @throws CouldNotKeep when the device could not be kept: nothing is joined then.
 */
export async function join(invitation: Invitation): Promise<Joined> {
  const reply = await ask("devices", { method: "POST", body: JSON.stringify({ invitation: invitation.secret }) });
  if ("trouble" in reply) return reply;
  const { device_token, phone, other_teams } = reply.body;
  const [organisation, team] = [toldOrganisation(reply.body.organisation), toldTeam(reply.body.team)];
  if (typeof device_token !== "string" || !team || !organisation)
    return { trouble: { code: "not_our_server", status: reply.status } };
  const devices = await readSetting("devices");
  const key = usableKey(team, invitation, devices);
  const device: Device = {
    device_token,
    organisation,
    team,
    ...(key && { usable_key: key }),
    ...(typeof phone === "string" && { phone }),
    other_teams: toldTeams(other_teams).map((one) => {
      const usable_key = usableKey(one, invitation.others?.[one.id] ?? {}, devices);
      return { ...one, ...(usable_key && { usable_key }) };
    }),
  };
  await keepSetting("devices", { home: team.id, by_team: { ...devices?.by_team, [team.id]: device } });
  // Out of sight, out of the history, and only now: until here a reload must be able to join again.
  if (location.hash.startsWith("#v1.")) history.replaceState(history.state, "", "/");
  void navigator.storage?.persist?.().catch(() => false);
  void tryNow();
  return { device };
}

/** The server's key, if this link vouches for it, or an earlier link of the same team did. */
function usableKey(
  { id, age_recipient, vouch_key }: Team,
  inLink: LinkKeys,
  before: Settings["devices"] | undefined,
): string | undefined {
  const isSame = age_recipient === inLink.age_recipient && vouch_key === inLink.vouch_key;
  return age_recipient && (isSame || vouchedKeys(before, id).includes(age_recipient)) ? age_recipient : undefined;
}

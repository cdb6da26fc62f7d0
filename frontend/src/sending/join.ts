/**
 * Joining a team by its invitation: a link, a scanned code or a pasted text with everything behind the `#`, which no
 * server log sees.
 * A team key is used only if it came in the link, or follows that one: a key from the server alone seals nothing. The
 * link's own secret never goes to the server: only what is made from it for joining.
 */
import { joinSecret, voucherOf } from "../sealing/voucher.ts";
import { keepSetting, readSetting, type Device, type OtherTeam, type Settings } from "../storage/settings.ts";
import { keptKeys } from "./addressee.ts";
import { ask, type Trouble } from "./asking.ts";
import { tryNow } from "./clock.ts";
import type { Keyed } from "./keyed.ts";
import { keyNow } from "./team-key.ts";
import { toldKeys, toldOrganisation, toldTeam, type ToldKeys } from "./told-team.ts";

/** The public halves of a team's keys, as a link gives them. */
export interface LinkKeys {
  readonly age_recipient?: string;
  readonly vouch_key?: string;
}

export interface Invitation extends LinkKeys {
  /** 2: a secret that the server does not know. 1: links of before, with the one that joins. */
  readonly v: 1 | 2;
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
const SECRET = String.raw`(?:1\.[\w-]{16,100}|2\.[\w-]{43})`;
const FRAGMENT = new RegExp(String.raw`#v(${SECRET})\.(${KEYS})((?:\.\d{1,9}\.${KEYS})*)$`);
const IN_ADDRESS = /^#v[12]\./;
/** What a message puts behind a link is not the link's. */
const AFTER = /[.,;:!?)>\]»”"']+$/;

/** Reads an invitation out of a link, a pasted text around one, or the fragment alone. */
export function parseInvitation(text: string): Invitation | LinkFault {
  const link = (text.match(/\S*#v[12]\.\S*/)?.[0] ?? "").replace(AFTER, "");
  const found = FRAGMENT.exec(link);
  if (!found) return link ? "not_whole" : /\/welcome\/?#\S/.test(text) ? "inbox_link" : "not_an_invitation";
  const address = link.slice(0, found.index);
  if (address && originOf(address) !== location.origin) return "other_server";
  const [, from = "", keys = "", rest = ""] = found;
  const others = rest.match(/[^.]+\.[^.]+\.[^.]+/g)?.map((one) => one.split(".") as [string, string, string]);
  return {
    v: from.startsWith("2.") ? 2 : 1,
    secret: from.slice(2),
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
  return IN_ADDRESS.test(location.hash) ? parseInvitation(location.hash) : undefined;
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
  const isOwn = invitation.v === 2;
  const secret = isOwn ? await joinSecret(invitation.secret) : invitation.secret;
  const reply = await ask("devices", { method: "POST", body: JSON.stringify({ invitation: secret }) });
  if ("trouble" in reply) return reply;
  const { device_token, phone, other_teams } = reply.body;
  const [organisation, team] = [toldOrganisation(reply.body.organisation), toldTeam(reply.body.team)];
  if (typeof device_token !== "string" || !team || !organisation)
    return { trouble: { code: "not_our_server", status: reply.status } };
  const devices = await readSetting("devices");
  const device: Device = {
    device_token,
    organisation,
    team,
    ...(await firstKey(toldKeys(reply.body.team), invitation, devices)),
    heard_at: Date.now(),
    ...(isOwn && { voucher: await voucherOf(invitation.secret) }),
    ...(typeof phone === "string" && { phone }),
    other_teams: await others(other_teams, invitation, devices),
  };
  await keepSetting("devices", { home: team.id, by_team: { ...devices?.by_team, [team.id]: device } });
  // Out of sight, out of the history, and only now: until here a reload must be able to join again.
  if (IN_ADDRESS.test(location.hash)) history.replaceState(history.state, "", "/");
  void navigator.storage?.persist?.().catch(() => false);
  void tryNow();
  return { device };
}

async function others(
  told: unknown,
  { others: inLink = {} }: Invitation,
  before: Settings["devices"] | undefined,
): Promise<readonly OtherTeam[]> {
  const found: OtherTeam[] = [];
  for (const one of Array.isArray(told) ? (told as unknown[]) : []) {
    const team = toldTeam(one);
    if (team) found.push({ ...team, ...(await firstKey(toldKeys(one), inLink[team.id] ?? {}, before)) });
  }
  return found;
}

/**
 * The key that this link vouches for, or one that an earlier link of the same team did, as far as each leads to what the
 * server names now. When none does, what the newest link vouched for is kept in mind and nothing is sealed.
 */
async function firstKey(
  told: ToldKeys,
  { age_recipient, vouch_key }: LinkKeys,
  before: Settings["devices"] | undefined,
): Promise<Keyed> {
  const inLink = age_recipient && vouch_key ? [{ trusted: { age_recipient, vouch_key } }] : [];
  let first: Keyed = {};
  for (const one of [...inLink, ...keptKeys(before, told.id)]) {
    const now = await keyNow(one, told);
    // A phone of before knows no pair: its key stands while the server names the same.
    if (now.usable_key && (now.trusted || now.usable_key === told.age_recipient)) return now;
    if (now.trusted) first = first.trusted ? first : now;
  }
  return first;
}

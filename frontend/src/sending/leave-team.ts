/**
 * Leaving a team: the server ends this phone's token, and the phone forgets the team.
 * Never while something for that team is still only on this phone: nobody else could send it.
 */
import { forget } from "../storage/kept.ts";
import { keepSetting, readSetting } from "../storage/settings.ts";
import { ask, type Trouble } from "./asking.ts";
import { finishRow, hasWords, outboxRows } from "./outbox.ts";

/** `unsent`: send what waits for this team first. */
export type Left = "left" | "unsent" | Trouble;

/** @param id of a joined team. @throws CouldNotKeep */
export async function leaveTeam(id: string): Promise<Left> {
  const device = (await readSetting("devices"))?.by_team[id];
  if (!device) return "left";
  const rows = (await outboxRows()).filter(({ by, team }) => (by ?? team.id) === id);
  if (rows.some((row) => !row.coded_stored || hasWords(row))) return "unsent";
  const reply = await ask("devices/current", { method: "DELETE", authorization: `Bearer ${device.device_token}` });
  // A token that the server does not take any more is as good as ended.
  if ("trouble" in reply && reply.trouble.code !== "device_refused") return reply.trouble;
  // Sent long ago, with nothing written: their empty notes would wait for ever.
  for (const row of rows) await finishRow(row);
  const devices = await readSetting("devices");
  const { [id]: _left, ...by_team } = devices?.by_team ?? {};
  const [next] = Object.keys(by_team);
  if (next === undefined) await forget("settings", "devices");
  else await keepSetting("devices", { home: devices!.home === id ? next : devices!.home, by_team });
  return "left";
}

/** A phone whose one referral has arrived, and the team that has the key it was joined with. */
import { compose } from "../../src/sending/compose.ts";
import type { Receipt } from "../../src/sending/follow-up.ts";
import type { Identity } from "../../src/sealing/identities.ts";
import { areas, draft, joined, openTab, pathway, result, type Tab } from "./phone.ts";

export async function phoneThatSent(team: Identity): Promise<Tab> {
  const tab = await openTab();
  await tab.keepSetting("devices", joined(team.recipient));
  await tab.putInOutbox(draft, compose({ draft, result, pathway, areas, language: "en" }));
  await tab.tryNow();
  return tab;
}

/** The receipt as it is kept, whatever a tab shows. */
export const kept = async (tab: Tab): Promise<Receipt> => (await tab.readSealed<Receipt>("receipts", draft.id))!;

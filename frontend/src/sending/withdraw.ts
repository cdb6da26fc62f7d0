/**
 * Taking a referral back before anybody has read it, and letting go of a receipt. What is taken back says so on this
 * phone; what somebody has read cannot be, and nothing here may sound as if it could.
 */
import { forget } from "../storage/kept.ts";
import { ask, type Trouble } from "./asking.ts";
import { changeReceipt, receipts, refreshReceipts } from "./follow-up.ts";
import { askAbout } from "./news.ts";
import { finishRow, refreshWaiting } from "./outbox.ts";

/** How a referral is closed that its worker took back. */
export const WITHDRAWN = "withdrawn";

/** `taken_back`: the words are deleted at the server · `already_read`: somebody knows it · `gone`: no longer there. */
export type TakenBack = "taken_back" | "already_read" | "gone";

/**
 * Takes a referral back. Asked again after an answer was lost, it is the same.
 *
 * @throws CouldNotKeep: it is taken back, and this phone could not keep that; the next news tells it.
 */
export async function takeBack(id: string): Promise<TakenBack | Trouble> {
  const receipt = receipts.value.find((one) => one.id === id);
  if (!receipt) return "gone";
  const reply = await ask("follow-up", { method: "DELETE", authorization: `Receipt ${receipt.secret}` });
  if ("trouble" in reply) {
    const { trouble } = reply;
    if (trouble.server_code !== "already-read" && trouble.code !== "not_found") return trouble;
    await askAbout(id);
    return trouble.code === "not_found" ? "gone" : "already_read";
  }
  // A note that still waits here must not follow what was taken back.
  await finishRow({ id });
  await refreshWaiting();
  await changeReceipt(id, (is) => ({ ...is, state: "closed", closed_as: WITHDRAWN, note: "none" }));
  return "taken_back";
}

/** Forgets a receipt, and what was written about its referral. @throws CouldNotKeep */
export async function forgetReceipt(id: string): Promise<void> {
  await forget("receipts", id);
  await refreshReceipts();
}

/** Why something was not sent, or an invitation not taken, and what to do about it. */
import type { Trouble } from "../sending/asking.ts";
import type { LinkFault } from "../sending/join.ts";
import { saidTrouble } from "./said-trouble.ts";
import { t } from "./translate.ts";

/** Why a referral or its note is still on this phone. */
export function saidSending({ code }: Trouble): string {
  switch (code) {
    case "device_refused":
      return saidTakenOut();
    case "other_content":
      return t("The server already has other answers under this reference. Ring your team.");
    case "note_already_read":
    case "note_replaced_before":
      return t("The note can no longer be changed. Ring your team.");
    case "too_large":
      return t("It is too long to send. Ring your team.");
    case "team_not_offered":
      return t("This phone can no longer send to this team. Choose another team below, or ring.");
    case "receipt_differs":
      return t("The receipt does not match. It is tried again.");
    case "not_sealed":
      return t("The note could not be sealed yet. It is tried again.");
    default:
      return saidTrouble(code);
  }
}

/** The phone is not the team's any more: lost, perhaps, and found again. */
export function saidTakenOut(): string {
  return t("This phone was taken out of the team. What is not sent is kept. Ask for a new invitation.");
}

/** The server names a key that nothing vouches for: nothing is sealed to it. */
export function saidKeyChanged(): string {
  return t("The team’s key was changed and nothing vouches for it. Your answers go; the note waits. Ask your team for a new invitation.");
}

/** What is wrong with a text that should be an invitation. */
export function saidFault(fault: LinkFault): string {
  switch (fault) {
    case "other_server":
      return t("This invitation is for another app address. Open its link in the browser.");
    case "inbox_link":
      return t("This link is for the inbox: open it on a computer.");
    case "not_whole":
      return t("This invitation is not whole. Scan the code, or copy the link again from its beginning to its end.");
    case "not_an_invitation":
      return t("This is not an invitation. Paste the whole link.");
  }
}

/** Why the server did not take an invitation. */
export function saidRefusal({ code, server_code }: Trouble): string {
  switch (server_code) {
    case "invitation-unknown":
      return t("This invitation is not whole, or not known here. Scan it again, or ask your team to send it again.");
    case "invitation-used-up":
      return t("As many phones as it was made for have joined by this invitation. Ask your team for a new one.");
    case "invitation-over":
      return t("This invitation is older than 7 days. Ask your team for a new one.");
    case "invitation-ended":
      return t("Your team has withdrawn this invitation. Ask them for a new one.");
  }
  return code === "refused" || code === "not_found" || code === "device_refused"
    ? t("This invitation is used up or too old. Ask your team for a new one.")
    : saidTrouble(code);
}

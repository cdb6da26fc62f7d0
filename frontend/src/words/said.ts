/** What the codes of the record are called on the screen. Nothing here weighs or decides. */
import type { FollowUpState } from "../sending/follow-up.ts";
import type { TroubleCode } from "../sending/asking.ts";
import type { Concern } from "../screening/types.ts";
import { t } from "./translate.ts";

export function saidAnswer(answer: string | undefined): string {
  switch (answer) {
    case "yes":
      return t("Yes");
    case "no":
      return t("No");
    case "dont_know":
      return t("I don’t know");
    case "declined":
      return t("They did not want to say");
    default:
      return t("Not asked");
  }
}

export function saidKnown(known: string): string {
  switch (known) {
    case "seen":
      return t("I saw it");
    case "heard":
      return t("I heard it");
    case "person_said":
      return t("They said it");
    default:
      return t("Someone else said it");
  }
}

export function saidConcern(concern: Concern): string {
  switch (concern) {
    case "strong":
      return t("Strong signs");
    case "some":
      return t("Some signs");
    case "low":
      return t("Few signs");
    default:
      return t("No sign recorded");
  }
}

/** What became of a referral. "Stored" must never sound as if someone acts. */
export function saidState(state: FollowUpState): string {
  switch (state) {
    case "stored":
      return t("Stored. No person has read it yet.");
    case "read":
      return t("A person has read it.");
    case "acted":
      return t("Someone is acting on it.");
    case "closed":
      return t("Closed.");
    default:
      return t("Deleted from the server, as its rules say.");
  }
}

/** How it ended, as the team recorded it. */
export function saidOutcome(outcome: string): string {
  switch (outcome) {
    case "acted_support":
      return t("Support was offered.");
    case "acted_police":
      return t("The police were told.");
    case "child_protection":
      return t("Child protection took it up.");
    case "no_exploitation_other_help":
      return t("Other help was given. It was right to send it.");
    case "not_enough":
      return t("There was not enough to go on. It was right to send it.");
    case "duplicate":
      return t("The team already knew.");
    default:
      return "";
  }
}

/** Why something did not go, and what that means. */
export function saidTrouble(code: TroubleCode): string {
  switch (code) {
    case "no_connection":
      return t("No connection.");
    case "too_slow":
      return t("The connection is too slow just now.");
    case "not_our_server":
      return t("Something else answered. If this is public Wi-Fi, sign in to it first.");
    case "device_refused":
      return t("This phone is not accepted any more. Ask your team for a new invitation.");
    case "other_content":
      return t("The server already has other answers under this reference. Ring your team.");
    case "note_already_read":
    case "note_replaced_before":
      return t("The note can no longer be changed. Ring your team.");
    case "too_large":
      return t("It is too long to send. Ring your team.");
    case "busy":
      return t("The server is busy. It is tried again soon.");
    case "server_trouble":
      return t("The server has a problem. It is tried again.");
    case "not_found":
      return t("The server does not know this.");
    case "refused":
      return t("The server did not take it. Ring your team.");
    case "receipt_differs":
      return t("The receipt does not match. It is tried again.");
    case "not_sealed":
      return t("The note could not be sealed yet. It is tried again.");
    case "not_kept":
      return t("This phone could not keep it. Make some room, then try again.");
  }
}

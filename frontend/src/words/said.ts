/** What the codes of the record are called on the screen. Nothing here weighs or decides. */
import type { FollowUpState } from "../sending/follow-up.ts";
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
    case "withdrawn":
      return t("You took it back. The note and the messages are deleted there.");
    default:
      return "";
  }
}

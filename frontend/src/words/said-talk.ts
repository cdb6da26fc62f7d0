/** What stands between the messages of a referral: what is missing, what was put in, and where one's own are. */
import type { Theirs } from "../sending/messages.ts";
import type { Mine, Written } from "../sending/writing.ts";
import { t } from "./translate.ts";

/** What is wrong at this place, and what to do; "" where a message stands. */
export function saidOdd({ is, lost }: Pick<Theirs, "is" | "lost">): string {
  switch (is) {
    case "dropped":
      return t("A message was left out: nothing shows that it is from your team. Ring them.");
    case "damaged":
      return t("A message from your team cannot be opened. Ring them.");
    case "missing":
      return t("A message is missing here. Ring your team and ask for it.");
    case "shown":
      return lost ? t("The server no longer has this message. It was there before. Ring your team.") : "";
  }
}

/** How far a message of the worker has come. "Stored" must never sound as if someone acts. */
export function saidMine({ seq, stored }: Mine, read: number): string {
  if (!stored) return t("Waits for signal. It goes by itself while the app is open.");
  return seq <= read ? t("Read") : t("Stored. Not read yet.");
}

/** Why words were not taken: they are still in their field. */
export function saidNotWritten(why: Exclude<Written, "kept"> | "failed"): string {
  switch (why) {
    case "no_key":
      return t("This phone has no key of the team. Ring them, or ask for a new invitation.");
    case "key_changed":
      return t("The team’s key was changed and nothing vouches for it. Ring them, and ask for a new invitation.");
    case "over":
      return t("It is closed. Ring the team if there is more to say.");
    case "failed":
      return t("It could not be sealed or kept just now. Your words are still here. Try again.");
  }
}

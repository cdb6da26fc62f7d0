/** What was found, in words: a likeness, never a finding. */
import { t } from "../words/translate.ts";
import type { Kind } from "./kinds.ts";

/** What is said before the found words themselves. */
export function saidFound(kind: Kind): string {
  switch (kind) {
    // words: each of these lines is followed by the words that were found, such as a number
    case "phone":
      return t("This looks like a phone number:");
    case "email":
      return t("This looks like an email address:");
    case "web_address":
      return t("This looks like a web address:");
    case "date":
      return t("This looks like a date:");
    case "postcode":
      return t("This looks like a postcode:");
    case "name_pair":
      return t("This looks like a name:");
    // words: the number that the health service in the United Kingdom gives a person
    case "nhs_number":
      return t("This looks like an NHS number:");
    // words: the number that the health service in Scotland gives a person
    case "chi_number":
      return t("This looks like a health number (CHI):");
    // words: the number for tax and benefits in the United Kingdom
    case "ni_number":
      return t("This looks like a National Insurance number:");
  }
}

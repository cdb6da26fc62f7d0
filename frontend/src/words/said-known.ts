/** How a sign is known, as the worker said it. */
import { t } from "./translate.ts";

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

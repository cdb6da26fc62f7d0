/** Why something could not be fetched or sent, and what that means. Of what only sending can meet: said-sending.ts. */
import type { TroubleCode } from "../sending/asking.ts";
import { t } from "./translate.ts";

export function saidTrouble(code: TroubleCode): string {
  switch (code) {
    case "no_connection":
      return t("No connection.");
    case "too_slow":
      return t("The connection is too slow just now.");
    case "not_our_server":
      return t("Something else answered. If this is public Wi-Fi, sign in to it first.");
    case "busy":
      return t("The server is busy. It is tried again soon.");
    case "server_trouble":
      return t("The server has a problem. It is tried again.");
    case "not_found":
      return t("The server does not know this.");
    case "not_kept":
      return t("This phone could not keep it. Make some room, then try again.");
    default:
      return t("The server did not take it. Ring your team.");
  }
}

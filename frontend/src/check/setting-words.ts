/**
 * What the settings of the lists are called, for a worker who looks for one. A setting of content that is newer than
 * this app has no name, and is then not offered to look for.
 */
import { t } from "../words/translate.ts";

/** The name of a setting; undefined where there is none, also for "any", which is no place to look for. */
export function saidSetting(setting: string): string | undefined {
  switch (setting) {
    case "advice":
      // words: A place where people come for advice, about money, housing or rights.
      return t("Advice centre");
    case "arrivals":
      // words: A port, an airport, a border: where people arrive in the country.
      return t("Arrivals");
    case "bank":
      return t("Bank");
    case "benefits":
      return t("Benefits office");
    case "building":
      return t("Building work");
    case "car-wash":
      return t("Car wash");
    case "care":
      return t("Care work");
    case "children-services":
      return t("Children’s services");
    case "custody":
      // words: A police station or prison where people are held.
      return t("Police custody or prison");
    case "delivery":
      return t("Delivery and driving");
    case "domestic-work":
      return t("Work in a private home");
    case "farm":
      return t("Farm");
    case "fishing":
      return t("Fishing");
    case "health":
      return t("Health care");
    case "home":
      return t("A home that you visit");
    case "hotel":
      return t("Hotel");
    case "housing":
      return t("Housing");
    case "kitchen-hotel":
      return t("Kitchen or hotel work");
    case "licensing":
      return t("Licensing");
    case "nail-bar":
      return t("Nail bar");
    case "online":
      return t("Online");
    case "outreach":
      // words: Teams that go out to people on the street or where they live, to help.
      return t("Outreach");
    case "public-contracts":
      // words: Firms that work for the council or the state.
      return t("Public contracts");
    case "school":
      return t("School");
    case "security":
      return t("Security guards");
    case "street":
      return t("Street");
    case "waste":
      return t("Waste and recycling");
    case "workplace":
      return t("Any other workplace");
    case "youth-work":
      return t("Youth work");
    default:
      return undefined;
  }
}

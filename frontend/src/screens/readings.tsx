/**
 * How the law and others would read the same signs, each apart with its source. None of them is the level, and none is
 * joined with another: one number for "the law" would be believed, and there is none.
 */
import { result, route } from "../check/adds-up.ts";
import { checklist, pathway } from "../check/running.ts";
import type { Display } from "../screening/types.ts";
import { t } from "../words/translate.ts";

/** Signs of the ILO's list for adults at work. Source: ILO and European Commission, operational indicators, 2009. */
const ILO_SIGNS = 67;
const SCOTLAND = "GB-SCT";
const ORDER: readonly Display[] = ["ecat", "scottish-offence", "forced-labour", "ilo"];

export function Readings() {
  const { displays } = result.value!;
  // Elsewhere another law holds: a reading by the Scottish one could be taken for it.
  const isScottish = pathway.value!.jurisdictions.includes(SCOTLAND);
  const shown = ORDER.filter((display) => displays[display] && (display !== "scottish-offence" || isScottish));
  if (!shown.length) return null;
  return (
    <details class="fold">
      <summary>{t("Beside the legal tests")}</summary>
      <div class="rows">
        <p class="small">
          {t("Only a court or the national decision makers decide this. The level above does not come from it.")}
        </p>
        <dl class="pairs">
          {shown.map((display) => (
            <div key={display}>
              <dt>{nameOf(display)}</dt>
              <dd>
                {display === "ilo" ? `${saidWeighed(displays.ilo!)} ${covered()}` : saidOutcome(displays[display]!)}
                <p class="tbc">
                  {sourceOf(display)} {t("To be confirmed.")}
                </p>
              </dd>
            </div>
          ))}
          {!displays.ilo && isSexual() && (
            <div>
              <dt>{nameOf("ilo")}</dt>
              <dd>{t("Not used here: for sexual exploitation we found no published weights that we could confirm.")}</dd>
            </div>
          )}
        </dl>
      </div>
    </details>
  );
}

/** Whether the list, or what was seen, is about sexual exploitation. */
function isSexual(): boolean {
  const { indicators } = checklist.value!;
  const isOfList = route.value!.items.every((id) => indicators[id]!.types.some((type) => type.endsWith("sexual")));
  return isOfList || [result.value!.facts["exploitation"]].flat().includes("sexual");
}

/** A weighing over a part of the signs must say how large a part. */
function covered(): string {
  const { indicators } = checklist.value!;
  const asked = new Set(route.value!.items.flatMap((id) => indicators[id]!.ilo_item ?? []));
  return t("This list asks {n} of their {all} signs.", { n: asked.size, all: ILO_SIGNS });
}

function nameOf(display: Display): string {
  switch (display) {
    case "ecat":
      return t("Trafficking, as the European convention has it");
    case "scottish-offence":
      return t("Trafficking, as the law of Scotland has it");
    case "forced-labour":
      return t("Forced labour and servitude");
    case "ilo":
      return t("Forced labour, as experts of the ILO weigh signs");
  }
}

function sourceOf(display: Display): string {
  switch (display) {
    case "ecat":
      return t("Palermo Protocol, article 3, and Council of Europe Convention, article 4.");
    case "scottish-offence":
      return t("Human Trafficking and Exploitation (Scotland) Act 2015, section 1.");
    case "forced-labour":
      return t("As in the Human Trafficking and Exploitation (Scotland) Act 2015, section 4.");
    case "ilo":
      return t("ILO and European Commission, operational indicators, 2009, for adults at work.");
  }
}

function saidOutcome(outcome: string): string {
  return outcome === "positive"
    ? t("signs for every part")
    : outcome === "negative"
      ? t("a part has no sign")
      : t("a part is not known");
}

function saidWeighed(outcome: string): string {
  return outcome === "positive"
    ? t("Enough signs, as they weigh them.")
    : outcome === "negative"
      ? t("Not enough signs, as they weigh them.")
      : t("Too much is not known to weigh it.");
}

/** Help now: numbers that dial. The emergency number never waits for anything to be fetched. */
import { device } from "../check/adds-up.ts";
import { publishedPathway } from "../check/running.ts";
import { Call, ContactLine } from "../parts/contact.tsx";
import { Contents } from "../parts/contents.tsx";
import { Screen } from "../parts/screen.tsx";
import { t } from "../words/translate.ts";
import { later } from "./fetched.tsx";

/** Who helps with most of it comes first; what is not named here follows in the pack's order. */
const FIRST = ["ms_helpline", "tara", "migrant_help", "migrant_help_ooh", "abuse_scotland", "sarcs", "crimestoppers"];

const rank = (id: string): number => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length);

export function Help() {
  const contacts = Object.entries(publishedPathway.value?.contacts ?? {});
  const ringing = contacts
    .filter(([id, { number }]) => number && id !== "emergency" && id !== "police")
    .sort(([one], [other]) => rank(one) - rank(other));
  const police = publishedPathway.value?.contacts["police"];
  const team = device.value?.team;
  return (
    <Screen heading={t("Help now")} tabs>
      <section class="panel danger">
        <h2>{t("Someone is in danger now")}</h2>
        <p>{t("Police or ambulance. Say where you are and what is happening.")}</p>
        <Call number="999" now />
        <p class="small">{t("Cannot speak or hear? Text relay 18000.")}</p>
      </section>
      {police && (
        <section class="panel">
          <ContactLine id="police" contact={police} />
        </section>
      )}
      {team && (
        <section class="panel">
          <h2>{t("Your team")}</h2>
          <div class="contact">
            <b>{team.name}</b>
            <Call number={team.urgent_number} />
            {later.value && <p class="tbc">{later.value.saidReading(team)}</p>}
          </div>
        </section>
      )}
      {contacts.length ? (
        <section class="panel">
          <h2>{t("Advice and support in Scotland")}</h2>
          {ringing.map(([id, contact]) => (
            <ContactLine key={id} id={id} contact={contact} />
          ))}
        </section>
      ) : (
        <Contents />
      )}
    </Screen>
  );
}

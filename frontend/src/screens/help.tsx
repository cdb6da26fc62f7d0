/** Help now: numbers that dial. The emergency number never waits for anything to be fetched. */
import { device } from "../check/adds-up.ts";
import { publishedPathway } from "../check/running.ts";
import { Call, ContactLine, emergencyContact } from "../parts/contact.tsx";
import { Contents } from "../parts/contents.tsx";
import { Screen } from "../parts/screen.tsx";
import { content, t } from "../words/translate.ts";
import { later } from "./fetched.tsx";

export function Help() {
  const { contacts = {}, actions = {} } = publishedPathway.value ?? {};
  // Who helps with most of it comes first.
  const asked = Object.values(actions).flatMap((action) => action.contacts);
  const times = (id: string): number => asked.filter((one) => one === id).length;
  const emergency = emergencyContact();
  const ringing = Object.entries(contacts)
    .filter(([id, { number }]) => number && number !== emergency?.number && id !== "police")
    .sort(([one], [other]) => times(other) - times(one));
  const { police } = contacts;
  const team = device.value?.team;
  return (
    <Screen heading={t("Help now")} tabs>
      <section class="panel danger">
        <h2>{t("Someone is in danger now")}</h2>
        <p>{t("Police or ambulance. Say where you are and what is happening.")}</p>
        <Call now />
        {emergency?.note && <p class="small">{content(emergency.note)}</p>}
      </section>
      {police && (
        <section class="panel">
          <ContactLine contact={police} />
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
      {asked.length ? (
        <section class="panel">
          <h2>{t("Advice and support")}</h2>
          {ringing.map(([id, contact]) => (
            <ContactLine key={id} contact={contact} />
          ))}
        </section>
      ) : (
        <Contents />
      )}
    </Screen>
  );
}

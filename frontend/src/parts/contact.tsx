/**
 * Somebody to ring: the name, a number that dials, its hours, and how far both can be relied on. A withdrawn number is
 * struck through wherever it stands, and never dials.
 */
import { pathway, publishedPathway } from "../check/running.ts";
import { library } from "../content/library.ts";
import type { Contact, Pathway } from "../screening/types.ts";
import { day, readable } from "../words/dates-and-numbers.ts";
import { content, t } from "../words/translate.ts";
import { Icon } from "./icon.tsx";

/**
 * What a mobile phone takes for an emergency in every nation (3GPP TS 22.101), for the time before any pack is here.
 */
const ANYWHERE = "112";

/** The pack of the check that is going on, then the one of this phone's nation, as far as they are here. */
const packs = (): readonly Pathway[] => [pathway.value, publishedPathway.value].filter((one) => one !== undefined);

const isWithdrawn = (number: string): boolean => library.value?.index.withdrawn_contacts.includes(number) ?? false;

/** Who is rung in an emergency, by the pack; undefined before one is here. */
export function emergencyContact(): Contact | undefined {
  return packs()
    .flatMap(({ actions, contacts }) => actions["emergency.call"]?.contacts.map((id) => contacts[id]!) ?? [])
    .find(({ number }) => number && !isWithdrawn(number));
}

/** The emergency number of the nation whose pack the check was begun with, or of this phone's nation. */
export const emergencyNumber = (): string => emergencyContact()?.number ?? ANYWHERE;

/** A number that dials: the emergency number when none is given. */
export function Call({ number = emergencyNumber(), now }: { number?: string; now?: boolean }) {
  const said = <bdi dir="ltr">{readable(number)}</bdi>;
  if (isWithdrawn(number)) {
    return (
      <p class="tbc">
        <s>{said}</s> {t("This number is withdrawn. Do not ring it.")}
      </p>
    );
  }
  return (
    <a class={now ? "call now" : "call"} href={`tel:${number}`}>
      <Icon name="phone" />
      {said}
    </a>
  );
}

export function ContactLine({ contact, now }: { contact: Contact; now?: boolean }) {
  const { name, number, number_from, note } = contact;
  return (
    <div class="contact">
      <b>{content(name)}</b>
      {number ? (
        <Call number={number} now={now ?? false} />
      ) : (
        <p class="tbc">{number_from ? saidOfArea() : t("No number found yet.")}</p>
      )}
      {number && !isWithdrawn(number) && (
        <p class="tbc">
          {hoursOf(contact)}
          {" · "}
          {note && `${content(note)} · `}
          {checkedOf(contact)}{" "}
          {/* Named as it stands there: it is what somebody would look up. */}
          <cite lang="en" dir="ltr">
            {contact.source}
          </cite>
        </p>
      )}
    </div>
  );
}

function saidOfArea(): string {
  const number = packs()[0]?.contacts["police"]?.number;
  return number
    ? t("Each area has its own number. If you cannot find it, ring {number}.", { number: readable(number) })
    : t("Each area has its own number.");
}

/** Hours that nobody confirmed are never shown as if they were known. */
function hoursOf({ hours }: Contact): string {
  return hours === "to be confirmed" ? t("hours not confirmed") : content(hours);
}

function checkedOf({ checked_on, status }: Contact): string {
  return status === "to be confirmed"
    ? t("seen {day}, to be confirmed", { day: day(checked_on) })
    : t("checked {day}", { day: day(checked_on) });
}

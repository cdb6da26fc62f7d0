/** Somebody to ring: the name, a number that dials, its hours, and how far both can be relied on. */
import { library } from "../content/library.ts";
import type { Contact } from "../screening/types.ts";
import { day, readable } from "../words/dates-and-numbers.ts";
import { content, t } from "../words/translate.ts";
import { Icon } from "./icon.tsx";

/** A number that dials. */
export function Call({ number, now }: { number: string; now?: boolean }) {
  return (
    <a class={now ? "call now" : "call"} href={`tel:${number}`}>
      <Icon name="phone" />
      <bdi dir="ltr">{readable(number)}</bdi>
    </a>
  );
}

export function ContactLine({ id, contact, now }: { id: string; contact: Contact; now?: boolean }) {
  const withdrawn = library.value?.index.withdrawn_contacts.includes(id);
  const { name, number, number_from, note } = contact;
  return (
    <div class="contact">
      <b>{content(name)}</b>
      {withdrawn ? (
        <p class="tbc">{t("This number is withdrawn. Do not ring it.")}</p>
      ) : number ? (
        <Call number={number} now={now ?? false} />
      ) : number_from ? (
        <p class="tbc">{t("Each council has its own number. If you cannot find it, ring 101.")}</p>
      ) : (
        <p class="tbc">{t("No number found yet.")}</p>
      )}
      {number && !withdrawn && (
        <p class="tbc">
          {hoursOf(contact)}
          {" · "}
          {note && `${content(note)} · `}
          {checkedOf(contact)}
        </p>
      )}
    </div>
  );
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

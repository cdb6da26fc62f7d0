/** The way between the three places outside a check, with what waits always in sight. */
import { go, place, type Place } from "../check/places.ts";
import { unlooked, unreadPastDue } from "../sending/follow-up.ts";
import { waiting } from "../sending/outbox.ts";
import { figure, t, tn } from "../words/translate.ts";
import { Icon, type IconName } from "./icon.tsx";

export function Tabs() {
  const messages = unlooked.value.length;
  const count = waiting.value.length + unreadPastDue.value.length + messages;
  return (
    <nav class="tabs" aria-label={t("Main")}>
      <Tab name="home" icon="tick">
        {
          // words: A tab. Begins a check of signs.
          t("Check")
        }
      </Tab>
      <Tab name="help" icon="phone">{t("Help now")}</Tab>
      <Tab name="waiting" icon="send">
        {
          // words: A tab. Everything that was sent, and what still waits to be sent.
          t("Sent")
        }
        {count > 0 && (
          <span class="badge">
            <span aria-hidden="true">{figure(count)}</span>
            <span class="unseen">
              {tn("{n} needs a look", "{n} need a look", count)}
              {messages > 0 && ` · ${t("New message")}`}
            </span>
          </span>
        )}
      </Tab>
    </nav>
  );
}

function Tab({ name, icon, children }: { name: Place["name"] & ("home" | "help" | "waiting"); icon: IconName; children: preact.ComponentChildren }) {
  const here = place.value.name === name;
  return (
    <button type="button" aria-current={here ? "page" : undefined} onClick={() => here || go({ name })}>
      <Icon name={icon} />
      <span class="tab-name">{children}</span>
    </button>
  );
}

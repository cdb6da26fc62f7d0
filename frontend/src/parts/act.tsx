/** One thing to do: when, what, why, how, by which law, and whom to ring. */
import type { ComponentChildren } from "preact";

import { decksOf } from "../check/person-cards.ts";
import type { AskedAction } from "../screening/pathway.ts";
import type { Pathway } from "../screening/types.ts";
import { content, figure, t, tn } from "../words/translate.ts";
import { ContactLine } from "./contact.tsx";
import { CardsLink } from "./person-links.tsx";

interface ActProps {
  readonly pack: Pathway;
  readonly asked: AskedAction;
  readonly n: number;
  /** Late questions that this card needs. */
  readonly children?: ComponentChildren;
}

export function Act({ pack, asked, n, children }: ActProps) {
  const action = pack.actions[asked.action]!;
  const rules = pack.rules.filter(({ id }) => asked.rules.includes(id));
  const laws = [...new Set(rules.flatMap(({ legal }) => legal ?? []))];
  const now = asked.urgency === pack.urgency_order[0];
  const lines = action.contacts.map((id) => (
    <ContactLine key={id} contact={pack.contacts[id]!} now={now} />
  ));
  // Up to the first that can be dialled; a card for now shows them all.
  const first = action.contacts.findIndex((id) => pack.contacts[id]!.number);
  const shown = now || first < 0 ? lines.length : first + 1;
  return (
    <li class={now ? "act now" : "act"}>
      <span class="n" aria-hidden="true">
        {figure(n)}
      </span>
      <div class="rows">
        <p class="when">{content(pack.urgency_words[asked.urgency]!)}</p>
        <h3>{content(action.title)}</h3>
        {rules.slice(0, 1).map(({ id, why }) => (
          <p key={id}>{content(why)}</p>
        ))}
        <ul class="dos">
          {action.do.map((line) => (
            <li key={line}>{content(line)}</li>
          ))}
        </ul>
        {action.flags.includes("not_sent_by_this_app") && (
          <p>
            <b>{t("This app does not send that form.")}</b>
          </p>
        )}
        {children}
        {decksOf(asked.action).map((deck) => (
          <CardsLink key={deck} deck={deck} />
        ))}
        {lines.slice(0, shown)}
        {lines.length > shown && (
          <details class="why">
            <summary>{tn("{n} more to ring", "{n} more to ring", lines.length - shown)}</summary>
            <div class="rows">{lines.slice(shown)}</div>
          </details>
        )}
        {laws.map((law) => (
          <p key={law} class="tbc">
            {content(pack.legal[law]!.line)}
          </p>
        ))}
      </div>
    </li>
  );
}

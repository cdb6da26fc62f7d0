/**
 * What it adds up to and what to do now, on one page. It speaks of signs and never says what a person is; no level
 * stands without its reasons, and none of them stops a worker from sending.
 */
import { answers, result, route } from "../check/adds-up.ts";
import { go } from "../check/places.ts";
import { checklist, draft } from "../check/running.ts";
import { Icon } from "../parts/icon.tsx";
import { CardsLink } from "../parts/person-links.tsx";
import { Heading, Screen } from "../parts/screen.tsx";
import type { Result } from "../screening/screen.ts";
import type { Concern } from "../screening/types.ts";
import { saidKnown } from "../words/said-known.ts";
import { saidConcern } from "../words/said.ts";
import { content, figure, t, tn } from "../words/translate.ts";
import { Readings } from "./readings.tsx";
import { Deeds } from "./result-deeds.tsx";
import { Kinds, Raise } from "./result-more.tsx";

/** More than fit a screen of the smallest phone. */
const MANY_REASONS = 8;

export function ResultScreen() {
  const found = result.value!;
  const check = draft.value!.id;
  return (
    <Screen
      heading=""
      own
      foot={
        <>
          <button type="button" class="btn" onClick={() => go({ name: "overview", check })}>
            {t("All answers")}
          </button>
          <button type="button" class="btn main" onClick={() => go({ name: "send", check })}>
            {t("Send")}
            <Icon name="send" />
          </button>
        </>
      }
    >
      <Level found={found} />
      <Pillars elements={found.elements} />
      <Deeds />
      <CardsLink deck="after" />
      <Why found={found} />
      <Open found={found} />
      <section class="folds">
        <Raise />
        <Kinds />
        <Readings />
      </section>
    </Screen>
  );
}

function Level({ found: { concern, could_be } }: { found: Result }) {
  const { raised } = draft.value!;
  const anyYes = Object.values(answers.value).includes("yes");
  // A sign that counts for nothing by itself was recorded all the same.
  const said = concern === "none" && anyYes ? "low" : concern;
  return (
    <section class={`concern ${said}`}>
      <p class="eyebrow">{t("What it adds up to")}</p>
      <Heading>{saidConcern(said)}</Heading>
      <p>{meaning(said)}</p>
      {could_be !== said && (
        <p>{t("With what is not known yet, it could become: {level}.", { level: saidConcern(could_be) })}</p>
      )}
      {raised && <p>{t("You raised it to: {level}.", { level: saidConcern(raised.to) })}</p>}
      <p>
        <b>{t("This is not proof, and it is not for you to prove.")}</b>{" "}
        {t("Even the best list of this kind is wrong about most people it points to, and this one is not tested yet.")}
      </p>
      <p>
        <b>{t("If you are worried, your worry is enough to send.")}</b>
      </p>
    </section>
  );
}

function meaning(concern: Concern): string {
  switch (concern) {
    case "strong":
      return t("Several signs fit together, or one of them is very serious by itself.");
    case "some":
      return t("Some signs point the same way. Someone who can join things up should see this.");
    case "low":
      return t("Few signs were recorded. They do not say that all is well.");
    default:
      return t("No sign was recorded. That does not say that all is well.");
  }
}

function Pillars({ elements: { act, means, purpose } }: { elements: Result["elements"] }) {
  return (
    <section class="pillars">
      <Pillar name={t("What was done")} {...act} />
      {
        // words: The means of control: force, threat, debt, lies.
        <Pillar name={t("How")} {...means} />
      }
      {
        // words: The purpose: what someone gains from it.
        <Pillar name={t("What for")} {...purpose} />
      }
    </section>
  );
}

function Pillar({ name, state, yes }: { name: string; state: "full" | "open" | "empty"; yes: readonly string[] }) {
  return (
    <div class={`pillar ${state}`}>
      <em aria-hidden="true">{state === "full" ? figure(yes.length) : state === "open" ? "?" : "–"}</em>
      <b>{name}</b>
      <span>
        {state === "full"
          ? tn("{n} sign", "{n} signs", yes.length)
          : state === "open"
            ? t("not known yet")
            : t("no sign")}
      </span>
    </div>
  );
}

/** All signs that count, in the order of the list. Of very many some are folded, never one of those that are enough. */
function Why({ found: { contributors, sufficient } }: { found: Result }) {
  if (!contributors.length) return null;
  const rest = contributors.filter((id) => !sufficient.includes(id));
  const others = rest.slice(Math.max(0, MANY_REASONS - sufficient.length));
  return (
    <section>
      <h2>{t("Why")}</h2>
      <Reasons ids={contributors.filter((id) => !others.includes(id))} full={sufficient} />
      {sufficient.length > 0 && sufficient.length < contributors.length && (
        <p class="small">{t("Those with a full dot are enough for this by themselves.")}</p>
      )}
      {others.length > 0 && (
        <details class="fold">
          <summary>{tn("{n} more sign that counts", "{n} more signs that count", others.length)}</summary>
          <Reasons ids={others} full={sufficient} />
        </details>
      )}
    </section>
  );
}

function Reasons({ ids, full }: { ids: readonly string[]; full: readonly string[] }) {
  const { indicators } = checklist.value!;
  const given = draft.value!.answers;
  return (
    <ul class="signs">
      {ids.map((id) => (
        <li key={id}>
          <i class={full.includes(id) ? "pip" : "pip light"} />
          <span>{content(indicators[id]!.label)}</span>
          <small>
            {[...(given[id]?.known ?? []).map(saidKnown), ...indicators[id]!.elements.map(part)]
              .filter(Boolean)
              .join(" · ")}
          </small>
        </li>
      ))}
    </ul>
  );
}

function part(element: string): string {
  switch (element) {
    case "act":
      return t("What was done");
    case "means":
      return t("How");
    case "purpose":
      return t("What for");
    default:
      return "";
  }
}

/** What is not known, and which of it could change the level. */
function Open({ found: { unknown, change } }: { found: Result }) {
  if (!unknown.length) return null;
  const { id: check } = draft.value!;
  const { items } = route.value!;
  return (
    <section>
      <h2>{t("Not known")}</h2>
      <p class="small">
        {tn("{n} sign is not known, or was not asked.", "{n} signs are not known, or were not asked.", unknown.length)}
        {change === "several" && ` ${t("Several of them together could lift the concern.")}`}
        {change === undefined && ` ${t("None of them would lift the concern further.")}`}
        {` ${t("You need not find out. Do not go looking.")}`}
      </p>
      {Array.isArray(change) && (
        <>
          <p class="small">
            {tn("A yes to this one could lift the concern:", "A yes to these together could lift it:", change.length)}
          </p>
          <ul class="list">
            {(change as string[]).map((id) => (
              <li key={id}>
                <button
                  type="button"
                  class="row"
                  onClick={() => go({ name: "sign", check, at: items.indexOf(id), edit: 1 })}
                >
                  <span>{content(checklist.value!.indicators[id]!.label)}</span>
                  <span class="go">{t("Answer")}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

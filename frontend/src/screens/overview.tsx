/** Every answer of the check on one page, each one tap from being changed. */
import { useSignal } from "@preact/signals";

import { parts, route } from "../check/adds-up.ts";
import { go, instead, type StartFact } from "../check/places.ts";
import { saidValue } from "../check/questions.ts";
import { checklist, draft, throwAway } from "../check/running.ts";
import { Icon } from "../parts/icon.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { saidKnown } from "../words/said-known.ts";
import { saidAnswer } from "../words/said.ts";
import { content, t } from "../words/translate.ts";

export function Overview() {
  const { items, sections } = route.value!;
  const { id: check, answers } = draft.value!;
  const answered = items.filter((id) => id in answers).length;
  const open = items.findIndex((id) => !(id in answers));
  return (
    <Screen
      heading={t("All answers")}
      foot={
        <>
          {open >= 0 && (
            <button type="button" class="btn" onClick={() => go({ name: "sign", check, at: open })}>
              {t("Next open sign")}
            </button>
          )}
          <button type="button" class="btn main" onClick={() => go({ name: "result", check })}>
            {t("What it adds up to")}
            <Icon name="on" />
          </button>
        </>
      }
    >
      <p class="small" role="status">
        {t("{answered} of {all} signs answered. What is not asked is no gap to fill.", {
          answered,
          all: items.length,
        })}
      </p>
      <Facts />
      {sections.map(({ id, title, indicators }) => (
        <section key={id}>
          <h2>{content(title)}</h2>
          <ul class="list">
            {indicators.map((sign) => (
              <SignRow key={sign} id={sign} at={items.indexOf(sign)} />
            ))}
          </ul>
        </section>
      ))}
      <button type="button" class="btn" onClick={() => go({ name: "home" })}>
        {
          // words: Leaves the check as it is and goes to the home screen, where it can be carried on.
          t("Keep it for later")
        }
      </button>
      <Delete check={check} />
    </Screen>
  );
}

function SignRow({ id, at }: { id: string; at: number }) {
  const { id: check, answers } = draft.value!;
  const { answer, known = [] } = answers[id] ?? {};
  const said = [saidAnswer(answer), ...known.map(saidKnown)].join(" · ");
  return (
    <Row said={said} on={() => go({ name: "sign", check, at, edit: 1 })} yes={answer === "yes"}>
      {content(checklist.value!.indicators[id]!.label)}
    </Row>
  );
}

interface RowProps {
  readonly said: string;
  readonly yes?: boolean;
  readonly on: () => void;
  readonly children: string;
}

function Row({ said, yes, on, children }: RowProps) {
  return (
    <li>
      <button type="button" class="row" onClick={on}>
        <span>
          {children}
          <small class={yes ? "yes" : undefined}>{said}</small>
        </span>
        <span class="go">{t("Change")}</span>
      </button>
    </li>
  );
}

function Facts() {
  const { id: check, facts } = draft.value!;
  const edit = (fact: StartFact): void => go({ name: "fact", check, fact, edit: 1 });
  const isPlace = facts["subject"] === "place";
  const age = facts["age"] as string | undefined;
  const contact = facts["contact"];
  return (
    <section>
      <h2>{t("The facts")}</h2>
      <ul class="list">
        <Row
          said={isPlace ? t("A place") : age === "adult" ? t("An adult") : age ? t("May be under 18") : t("Not said")}
          on={() => edit("who")}
        >
          {t("Who it is about")}
        </Row>
        {parts.value.length > 0 && (
          <Row said={saidPart(facts["setting"] as string | undefined)} on={() => edit("where")}>
            {
              // words: The chosen part of the list, such as "Car wash", which adds signs of its own.
              t("Signs added for")
            }
          </Row>
        )}
        <Row
          said={facts["danger"] ? saidValue(facts["danger"] as string) : t("Not said")}
          on={() => edit("danger")}
        >
          {t("Danger")}
        </Row>
        {!isPlace && (
          <Row
            said={
              contact === "in_person"
                ? t("In person")
                : contact === "remote"
                  ? t("By phone or online")
                  : contact
                    ? t("Only seen or heard of")
                    : t("Not said")
            }
            on={() => edit("contact")}
          >
            {t("How you met")}
          </Row>
        )}
      </ul>
    </section>
  );
}

/** A part that has nothing for whom it is about now adds nothing, and is not named. */
function saidPart(setting: string | undefined): string {
  if (!setting) return t("Not said");
  return parts.value.includes(setting) ? content(checklist.value!.parts[setting]!.title) : t("None of these");
}

function Delete({ check }: { check: string }) {
  const step = useSignal<"none" | "sure" | "failed">("none");
  const remove = (): void => {
    throwAway(check).then(
      () => instead({ name: "home" }),
      () => (step.value = "failed"),
    );
  };
  if (step.value === "none") {
    return (
      <button type="button" class="btn plain" onClick={() => (step.value = "sure")}>
        {t("Delete this check")}
      </button>
    );
  }
  return (
    <Notice danger alert>
      <p>
        <b>{t("Delete it from this phone? It was not sent.")}</b>{" "}
        {step.value === "failed" && t("It could not be deleted. Try again.")}
      </p>
      <div class="pair">
        <button type="button" class="btn" onClick={remove}>
          {t("Delete")}
        </button>
        <button type="button" class="btn" onClick={() => (step.value = "none")}>
          {t("Keep")}
        </button>
      </div>
    </Notice>
  );
}

/** One sign: three large answers that move on by themselves; after a yes, how it is known, on the same screen. */
import { useEffect, useRef } from "preact/hooks";

import { back, go } from "../check/places.ts";
import { askedWith, questionAtOnce } from "../check/asked-at-once.ts";
import { likelyKnown } from "../check/likely-known.ts";
import { sayYes } from "../check/say-yes.ts";
import { route } from "../check/adds-up.ts";
import { checklist, draft, record, settle } from "../check/running.ts";
import { stopsAt } from "../check/do-first.ts";
import { Answer, Chips } from "../parts/choices.tsx";
import { Call, emergencyNumber } from "../parts/contact.tsx";
import { Icon } from "../parts/icon.tsx";
import { Meter } from "../parts/meter.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import type { Answer as Said, Indicator, Known } from "../screening/types.ts";
import type { Draft } from "../storage/drafts.ts";
import { saidKnown } from "../words/said-known.ts";
import { content, t } from "../words/translate.ts";
import { later } from "./fetched.tsx";

const WAYS: readonly Known[] = ["seen", "heard", "person_said", "other_said"];

interface SignProps {
  readonly at: number;
  /** Came here from the list of answers: back to it afterwards. */
  readonly edit: boolean;
}

export function Sign({ at, edit }: SignProps) {
  const { items, sections } = route.value!;
  const { id: check, answers } = draft.value!;
  const id = items[at]!;
  const sign = checklist.value!.indicators[id]!;
  const answer = answers[id]?.answer;
  const on = (): void => {
    if (edit) back();
    else if (at + 1 < items.length) go({ name: "sign", check, at: at + 1 });
    else go({ name: "result", check });
  };
  const afterYes = (): void => (stopsAt(sign) ? go({ name: "now", check, next: edit ? -1 : at + 1 }) : on());
  const say = (said: Said): void => {
    record(id, { answer: said });
    on();
  };
  const ShowIt = later.value?.ShowIt;
  const section = sections.find(({ indicators }) => indicators.includes(id))!;
  return (
    <Screen
      heading={content(sign.question)}
      thumb
      above={<Meter done={items.map((one) => one in answers)} at={at} />}
      before={
        <div class="where">
          <p class="eyebrow">
            {content(section.title)}
            {" · "}
            {t("sign {at} of {all}", { at: at + 1, all: items.length })}
          </p>
          <button type="button" class="link" onClick={() => go({ name: "overview", check })}>
            <Icon name="list" />
            {t("All answers")}
          </button>
        </div>
      }
      foot={
        <>
          {!answer && (
            <button type="button" class="btn plain" onClick={on}>
              {t("Skip")}
            </button>
          )}
          <button type="button" class="btn plain" onClick={() => go({ name: "result", check })}>
            {
              // words: Ends the questions here and shows what they add up to. Nothing is lost.
              t("Stop here")
            }
          </button>
          {answer && (
            <button type="button" class="btn main" onClick={answer === "yes" ? afterYes : on}>
              {t("Next")}
              <Icon name="on" />
            </button>
          )}
        </>
      }
    >
      <details class="why">
        <summary>{t("Why we ask, what to look for")}</summary>
        <p>{content(sign.why)}</p>
        <p>{content(sign.look_for)}</p>
      </details>
      {ShowIt && <ShowIt at={at} sign={sign} kind={section.kind} />}
      <div class="answers">
        <Answer chosen={answer === "yes"} onChoose={() => sayYes(id, sign, likelyKnown(sign, section.kind))}>
          {t("Yes")}
        </Answer>
        {answer === "yes" && <AfterYes id={id} sign={sign} />}
        <Answer chosen={answer === "no"} onChoose={() => say("no")}>
          {t("No")}
        </Answer>
        <Answer chosen={answer === "dont_know"} onChoose={() => say("dont_know")}>
          {t("I don’t know")}
        </Answer>
        <div class="quiets">
          {checklist.value!.subject === "person" && (
            <Answer quiet chosen={answer === "declined"} onChoose={() => say("declined")}>
              {t("They did not want to say")}
            </Answer>
          )}
          {answer && (
            <button type="button" class="link" onClick={() => record(id, undefined)}>
              {t("Take this answer back")}
            </button>
          )}
        </div>
      </div>
    </Screen>
  );
}

function AfterYes({ id, sign }: { id: string; sign: Indicator }) {
  const { answers, facts } = draft.value!;
  const known = answers[id]?.known ?? [];
  const toggle = (way: string): void => {
    const ways = WAYS.filter((one) => known.includes(one) !== (one === way));
    if (ways.length) record(id, { answer: "yes", known: ways });
  };
  const more = useRef<HTMLDivElement>(null);
  // What a yes asks must not stay hidden under the buttons.
  useEffect(() => more.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div class="rows after" ref={more}>
      <Chips
        ask={t("How do you know?")}
        choices={WAYS.map((value) => ({ value, said: saidKnown(value) }))}
        chosen={known}
        onChoose={toggle}
      />
      {askedWith(sign).map((fact) => (
        <AtOnce key={fact} fact={fact} said={facts[fact]} />
      ))}
    </div>
  );
}

function AtOnce({ fact, said }: { fact: string; said: Draft["facts"][string] | undefined }) {
  const question = questionAtOnce(fact);
  if (!question) return null;
  return (
    <>
      <Chips
        {...question}
        chosen={typeof said === "string" ? [said] : []}
        onChoose={(value) => settle({ [fact]: value })}
      />
      {fact === "danger" && said === "now" && (
        <Notice danger alert>
          <p>
            <b>{t("Call {number} first, if you can do so safely.", { number: emergencyNumber() })}</b>
          </p>
          <Call now />
        </Notice>
      )}
    </>
  );
}

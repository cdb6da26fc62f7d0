/**
 * One thought on the whole screen, very large, in the person's language, with the worker's words small below it.
 * No colour, place or size may tell which answer is hoped for.
 */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import { isChecked, type Cards } from "../check/person-cards.ts";
import { choosePersonLanguage } from "../check/person-language.ts";
import { ENGLISH_TO_PERSON, saidToPerson, type PersonWords } from "../content/person-words.ts";
import { locale, t } from "../words/translate.ts";
import { Exit, LeaveFirst } from "./bar.tsx";
import { Icon } from "./icon.tsx";
import { useVoice } from "./person-voice.ts";
import { Heading } from "./screen.tsx";

/** What can be tapped: what it means, and its English. */
export interface Tap {
  readonly value: string;
  readonly english: string;
}

interface CardProps {
  readonly words: PersonWords;
  /** The worker's own words for the person's, in the language of the app. */
  readonly own: PersonWords;
  /** The English of what is said. */
  readonly english: string;
  /** On a line of its own: a number, or a name. */
  readonly line?: string | undefined;
  readonly answers?: readonly Tap[];
  /** Smaller ways out, under the answers. */
  readonly ways?: readonly Tap[];
  readonly messages: Cards["messages"];
  readonly onTap?: (value: string) => void;
  readonly onTakeBack: () => void;
  /** To the worker, under the person's words. */
  readonly children?: ComponentChildren;
  /** The worker's buttons. */
  readonly foot?: ComponentChildren;
}

export function PersonCard(card: CardProps) {
  const { words, own, english, line, answers = [], ways = [], messages, onTap, onTakeBack, children, foot } = card;
  const turned = useSignal(false);
  const said = (text: string): string => saidToPerson(words, text) ?? text;
  const tap = (value: string) => (event: MouseEvent) => {
    // The second tap of a double tap would fall on what comes next.
    if (event.detail < 2) onTap?.(value);
  };
  const speak = useVoice(words.locale, said(english));
  const same = words.locale === own.locale;
  return (
    <>
      <header class="bar">
        <LeaveFirst />
        <button type="button" class="pill" onClick={onTakeBack}>
          <Icon name="back" />
          {
            // words: The worker takes the phone back from the person. Nothing is lost.
            t("Take back")
          }
        </button>
        <span class="grow" />
        <button type="button" class="pill" onClick={() => choosePersonLanguage(undefined)}>
          <Icon name="world" />
          <span class="unseen">{t("Another language")}</span>
        </button>
        <Exit />
      </header>
      <main class="person">
        <div class={turned.value ? "rows wide turned" : "rows wide"} lang={words.locale} dir={words.dir}>
          <Heading key={english} class="say">
            {said(english)}
          </Heading>
          {line && (
            <p class="say">
              <bdi lang="en">{line}</bdi>
            </p>
          )}
          {answers.length > 0 && (
            <div class="answers">
              {answers.map(({ value, english: label }) => (
                <button key={value} type="button" class="answer" onClick={tap(value)}>
                  {said(label)}
                </button>
              ))}
            </div>
          )}
          <div class="chips">
            {ways.map(({ value, english: label }) => (
              <button key={value} type="button" class="chip" onClick={tap(value)}>
                {said(label)}
              </button>
            ))}
            {speak && (
              <button type="button" class="chip" onClick={speak}>
                {said(messages["card.answer.repeat"]!.text)}
              </button>
            )}
          </div>
          {!isChecked(words) && <p class="small">{said(messages["card.machine_words"]!.text)}</p>}
        </div>
        <div class="rows">
          {!same && (
            <p class="small" lang={saidToPerson(own, english) === undefined ? ENGLISH_TO_PERSON.locale : locale.value}>
              {saidToPerson(own, english) ?? english}
            </p>
          )}
          {!isChecked(words) && <p class="small">{t("A computer made these words. No speaker has checked them.")}</p>}
          {speak && <p class="small">{t("Only with headphones, or held to the ear: others may hear it.")}</p>}
          {children}
        </div>
      </main>
      <div class="foot">
        <button
          type="button"
          class="btn"
          aria-pressed={turned.value}
          onClick={() => (turned.value = !turned.value)}
        >
          {t("Turn round")}
        </button>
        {speak && (
          <button type="button" class="btn" onClick={speak}>
            {t("Hear it")}
          </button>
        )}
        {foot}
      </div>
    </>
  );
}

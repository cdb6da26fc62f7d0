/** Before you ask: one card. After three times only the line about danger stays open. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { partIsOpen } from "../check/adds-up.ts";
import { go } from "../check/places.ts";
import { checklist, draft } from "../check/running.ts";
import { Call } from "../parts/contact.tsx";
import { Icon } from "../parts/icon.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { countOneMore } from "../storage/settings.ts";
import { content, t } from "../words/translate.ts";
import { later } from "./fetched.tsx";

const TIMES_OPEN = 3;

export function Before() {
  const open = useSignal(true);
  useEffect(() => {
    countOneMore("before").then(
      (times) => (open.value = times <= TIMES_OPEN),
      () => undefined, // It then stays open: nothing is lost by reading it again.
    );
  }, []);
  const list = checklist.value!;
  const check = draft.value!.id;
  const CardsLink = later.value?.CardsLink;
  const isPlace = list.subject === "place";
  const next = (): void => {
    const known = isPlace || draft.value!.facts["age"] !== undefined;
    go({ name: "fact", check, fact: !known ? "who" : partIsOpen.value ? "where" : "danger" });
  };
  return (
    <Screen
      heading={isPlace ? t("Before you look") : t("Before you ask")}
      foot={
        <button type="button" class="btn main" onClick={next}>
          {t("Begin")}
          <Icon name="on" />
        </button>
      }
    >
      <Notice danger>
        <p>
          <b>{t("Is someone in danger now? Call first.")}</b>
        </p>
        <Call now />
      </Notice>
      <details class="panel fold" open={open.value}>
        <summary>{t("Read this first")}</summary>
        <div class="rows">
          {!isPlace && (
            <ul class="points">
              <li>{t("Are you alone with them? If not, only note what you see.")}</li>
              <li>{t("Never let someone who came with them interpret.")}</li>
              <li>{t("Say what you cannot keep to yourself: danger to life, and harm to a child.")}</li>
            </ul>
          )}
          <ul class="points">
            {list.before_you_start.map((line) => (
              <li key={line}>{content(line)}</li>
            ))}
          </ul>
          <h2>{isPlace ? t("Leave out") : t("Do not ask about")}</h2>
          <ul class="points nots">
            {list.what_not_to_ask.map((line) => (
              <li key={line}>{content(line)}</li>
            ))}
          </ul>
        </div>
      </details>
      {CardsLink && <CardsLink deck="opening" />}
      <p class="small">{t("You can stop, skip or go back at any time. Nothing is sent before you say so.")}</p>
    </Screen>
  );
}

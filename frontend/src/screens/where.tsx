/** The setting, one tap: a part of the list that adds a few signs of its own, or none of them. */
import { parts } from "../check/adds-up.ts";
import { back, go } from "../check/places.ts";
import { checklist, draft, settle } from "../check/running.ts";
import { Answer } from "../parts/choices.tsx";
import { Screen } from "../parts/screen.tsx";
import { content, t } from "../words/translate.ts";

/** No part of the list: the record says it in this word. */
const NONE = "any";

export function Where({ edit }: { edit: boolean }) {
  const { id: check, facts } = draft.value!;
  const on = (): void => (edit ? back() : go({ name: "fact", check, fact: "danger" }));
  const choose = (setting: string): void => {
    settle({ setting });
    on();
  };
  return (
    <Screen
      heading={t("Does one of these fit?")}
      thumb
      foot={
        <button type="button" class="btn plain" onClick={on}>
          {t("Skip")}
        </button>
      }
    >
      <p class="small">{t("It adds a few signs of its own. You can change it later.")}</p>
      <div class="answers">
        {parts.value.map((part) => (
          <Answer key={part} chosen={facts["setting"] === part} onChoose={() => choose(part)}>
            {content(checklist.value!.parts[part]!.title)}
          </Answer>
        ))}
        <Answer chosen={facts["setting"] === NONE} onChoose={() => choose(NONE)}>
          {t("None of these")}
        </Answer>
      </div>
    </Screen>
  );
}

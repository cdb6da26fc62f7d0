/** The person points to their language. One that is not here leads to an interpreter, never to a dead end. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { choosePersonLanguage } from "../check/person-language.ts";
import { personLanguages, personWords, type PersonLanguage } from "../content/person-words.ts";
import { t } from "../words/translate.ts";
import { Notice } from "./notice.tsx";

export function PickLanguage() {
  const offered = useSignal<readonly PersonLanguage[]>([]);
  const trouble = useSignal<"" | "not_here" | "not_fetched">("");
  useEffect(() => {
    personLanguages().then(
      (found) => (offered.value = found),
      () => undefined,
    );
  }, []);
  const choose = async (one: PersonLanguage): Promise<void> => {
    const words = await personWords(one).catch(() => undefined);
    trouble.value = words ? "" : "not_fetched";
    if (words) choosePersonLanguage(words);
  };
  return (
    <div class="rows wide">
      <p>{t("Let them point to their language.")}</p>
      <div class="answers">
        {offered.value.map((one) => (
          <button
            key={one.locale}
            type="button"
            class="answer"
            lang={one.locale}
            dir={one.dir}
            onClick={() => void choose(one)}
          >
            <span class="rows">
              <b>{one.autonym}</b>
              <small>{one.mine}</small>
            </span>
          </button>
        ))}
        <button type="button" class="answer quiet" onClick={() => (trouble.value = "not_here")}>
          {t("Their language is not here")}
        </button>
      </div>
      {trouble.value && (
        <Notice alert>
          {trouble.value === "not_fetched" && (
            <p>{t("These words could not be fetched. Try again where there is signal.")}</p>
          )}
          <UseAnInterpreter />
        </Notice>
      )}
    </div>
  );
}

/** What to do where these words do not reach. */
export function UseAnInterpreter() {
  return (
    <p>
      <b>{t("Use a professional interpreter, by phone if need be.")}</b>{" "}
      {t("Never someone who came with them, and never a child.")}
    </p>
  );
}

/** The worker's side of what is said to the person: the same words in the language of the app. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { ENGLISH_TO_PERSON, personLanguages, personWords, type PersonWords } from "../content/person-words.ts";
import { locale } from "../words/translate.ts";

/** English stands for itself until the words of the app's language are here. */
export function useOwnWords(): PersonWords {
  const own = useSignal<PersonWords>(ENGLISH_TO_PERSON);
  const wanted = locale.value;
  useEffect(() => {
    personLanguages()
      .then((all) => all.find((one) => one.locale === wanted))
      .then((found) => found && personWords(found))
      .then(
        (words) => (own.value = words ?? ENGLISH_TO_PERSON),
        () => undefined,
      );
  }, [wanted]);
  return own.value;
}

/** Taking in a file that was saved on another phone: the file, its words, and what came of it. */
import { useSignal } from "@preact/signals";

import { go } from "../check/places.ts";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { DoesNotOpen, NotSaved } from "../sending/saved-file.ts";
import type { TakenIn } from "../sending/taking-in.ts";
import { choosesFile } from "../state/at-rest.ts";
import { t, tn } from "../words/translate.ts";

/** No file of ours is longer: a wrong one must not fill the memory, in bytes. */
const LONGEST = 4_000_000;

type Fault = "no_file" | "words" | "not_saved" | "not_kept";

export function TakeIn() {
  const file = useSignal<File | undefined>(undefined);
  const words = useSignal("");
  const fault = useSignal<Fault | undefined>(undefined);
  const done = useSignal<TakenIn | undefined>(undefined);
  const busy = useSignal(false);
  const take = async (): Promise<void> => {
    fault.value = !file.value ? "no_file" : file.value.size > LONGEST ? "not_saved" : undefined;
    if (busy.value || fault.value) return;
    busy.value = true;
    try {
      const bytes = new Uint8Array(await file.value!.arrayBuffer());
      const { takeIn } = await import("../sending/taking-in.ts");
      done.value = await takeIn(bytes, words.value);
    } catch (cause) {
      fault.value = cause instanceof DoesNotOpen ? "words" : cause instanceof NotSaved ? "not_saved" : "not_kept";
    }
    busy.value = false;
  };
  return (
    <Screen heading={t("Take in a saved file")}>
      {done.value ? (
        <Came came={done.value} />
      ) : (
        <>
          <p>{t("For a file that was saved on another phone of your team, with what could not be sent there.")}</p>
          <div class="field">
            <label for="file">{t("The file")}</label>
            <input
              id="file"
              type="file"
              aria-describedby="file-fault"
              onClick={choosesFile}
              onChange={({ currentTarget }) => (file.value = currentTarget.files?.[0])}
            />
            <p class="error" id="file-fault" role="alert">
              {fault.value === "no_file" && t("Choose the file.")}
              {fault.value === "not_saved" && t("This is not a file that was saved here, or it is not whole.")}
            </p>
          </div>
          <div class="field">
            <label for="words">{t("Its seven words")}</label>
            <input
              id="words"
              dir="ltr"
              lang="en"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              value={words.value}
              aria-invalid={fault.value === "words"}
              aria-describedby="words-fault"
              onInput={({ currentTarget }) => (words.value = currentTarget.value)}
              onKeyDown={({ key }) => key === "Enter" && void take()}
            />
            <p class="error" id="words-fault" role="alert">
              {fault.value === "words" && t("These words do not open this file. Check the spelling and the order.")}
              {fault.value === "not_kept" && t("This phone could not keep all of it. Try again: nothing comes twice.")}
            </p>
          </div>
          <button type="button" class="btn main" disabled={busy.value} onClick={() => void take()}>
            {busy.value ? t("One moment") : t("Take it in")}
          </button>
        </>
      )}
    </Screen>
  );
}

function Came({ came: { taken, known, join } }: { came: TakenIn }) {
  return (
    <>
      <section class="panel" role="status">
        {taken > 0 && <p>{tn("{n} was taken in, and is sent from here.", "{n} were taken in, and are sent from here.", taken)}</p>}
        {known > 0 && <p>{tn("{n} was here already.", "{n} were here already.", known)}</p>}
        {!taken && !known && <p>{t("Nothing was taken in.")}</p>}
      </section>
      {join.map((name) => (
        <Notice key={name} alert>
          <p>{t("Join {team} with this phone first. Then take the file in again.", { team: name })}</p>
        </Notice>
      ))}
      {join.length > 0 && (
        <button type="button" class="btn" onClick={() => go({ name: "join" })}>
          {t("Join a team")}
        </button>
      )}
      <button type="button" class="btn" onClick={() => go({ name: "waiting" })}>
        {t("Sent and waiting")}
      </button>
    </>
  );
}

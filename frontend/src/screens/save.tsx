/** Saving what is not sent as a file: the words that open it, once, and the file only for who has written them down. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { back } from "../check/places.ts";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import type { Saved } from "../sending/saving.ts";
import { t, tn } from "../words/translate.ts";

export function Save() {
  const saved = useSignal<Saved | undefined>(undefined);
  const failed = useSignal(false);
  const busy = useSignal(false);
  const make = async (): Promise<void> => {
    busy.value = true;
    failed.value = false;
    // The screen says that it works before the work holds it up.
    await new Promise((resolve) => setTimeout(resolve, 50));
    saved.value = await import("../sending/saving.ts").then(({ saveUnsent }) => saveUnsent()).catch(() => undefined);
    failed.value = saved.value === undefined;
    busy.value = false;
  };
  return (
    <Screen heading={t("Save what is not sent")}>
      {saved.value ? (
        <WithWords saved={saved.value} />
      ) : (
        <>
          <p>{t("You get a file that only seven words open. Bring both to another phone of your team that has signal, and take the file in there.")}</p>
          <p>{t("It stays here too, and still goes out from here. It arrives once.")}</p>
          <button type="button" class="btn main" disabled={busy.value} onClick={() => void make()}>
            {busy.value ? t("One moment") : t("Make the words")}
          </button>
          <p class="error" role="alert">
            {failed.value && t("It could not be saved. Try again, or ring your team.")}
          </p>
        </>
      )}
    </Screen>
  );
}

function WithWords({ saved }: { saved: Saved }) {
  const words = saved.words.split(" ");
  // Any of them but the first: that one is remembered without writing.
  const asked = useSignal(1 + Math.floor(Math.random() * (words.length - 1)));
  const stage = useSignal<"words" | "check" | "file">("words");
  if (stage.value === "words") {
    return (
      <>
        <p>{t("Write these words down, in this order. They are shown once.")}</p>
        <ol class="panel" dir="ltr" lang="en">
          {words.map((word, at) => (
            <li key={at}>{`${at + 1}. ${word}`}</li>
          ))}
        </ol>
        <button type="button" class="btn main" onClick={() => (stage.value = "check")}>
          {t("I have written them down")}
        </button>
      </>
    );
  }
  if (stage.value === "check")
    return <Check nth={asked.value + 1} word={words[asked.value]!} onRight={() => (stage.value = "file")} />;
  return <File saved={saved} />;
}

function Check({ nth, word, onRight }: { nth: number; word: string; onRight: () => void }) {
  const typed = useSignal("");
  const wrong = useSignal(false);
  const check = (): void => {
    wrong.value = typed.value.trim().toLowerCase() !== word;
    if (!wrong.value) onRight();
  };
  return (
    <>
      <div class="field">
        <label for="word">{t("Type word number {nth}", { nth })}</label>
        <input
          id="word"
          dir="ltr"
          lang="en"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={typed.value}
          aria-invalid={wrong.value}
          aria-describedby="word-fault"
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          onKeyDown={({ key }) => key === "Enter" && check()}
        />
        <p class="error" id="word-fault" role="alert">
          {wrong.value && t("That is another word. Look at what you wrote down.")}
        </p>
      </div>
      <button type="button" class="btn main" onClick={check}>
        {t("Go on")}
      </button>
    </>
  );
}

function File({ saved: { name, file, count } }: { saved: Saved }) {
  const address = useSignal("");
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([file], { type: "application/octet-stream" }));
    address.value = url;
    return () => URL.revokeObjectURL(url);
  }, []);
  return (
    <>
      <p>{tn("The file is ready. {n} is in it.", "The file is ready. {n} are in it.", count)}</p>
      {address.value && (
        <a class="btn main" href={address.value} download={name}>
          {t("Save the file")}
        </a>
      )}
      <Notice>
        <p>{t("Keep the file and the words apart. Delete the file once it was taken in.")}</p>
      </Notice>
      <button type="button" class="btn" onClick={back}>
        {t("Done")}
      </button>
    </>
  );
}

/** The way in on a locked phone: the PIN or the passkey, and the language. It tells nothing else. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { instead } from "../check/places.ts";
import type { Library } from "../content/library.ts";
import { Notice } from "../parts/notice.tsx";
import { PinField } from "../parts/pin-field.tsx";
import { opened, settledLock, startAfresh } from "../state/at-rest.ts";
import { readText } from "../storage/kept.ts";
import { pinOf } from "../storage/pin.ts";
import { emptied, lockAsked, tryPasskey, tryPin } from "../storage/unlock.ts";
import { speak } from "../words/language.ts";
import { locale, t, tn } from "../words/translate.ts";

export function Lock() {
  const by = useSignal<"pin" | "passkey" | undefined>(undefined);
  const wait = useSignal(0);
  useEffect(() => {
    lockAsked().then(
      (asked) => {
        wait.value = asked.ms;
        if (asked.by === "nothing") void opened();
        else by.value = asked.by;
      },
      () => undefined, // The store gives no answer: there is nothing to open with.
    );
  }, []);
  return (
    <>
      {by.value === "pin" && <ByPin wait={wait.value} />}
      {by.value === "passkey" && <ByPasskey />}
      <Languages />
    </>
  );
}

/** Nothing of before is in memory afterwards: the page starts anew, on its first screen. */
function startAgain(): void {
  instead({ name: "home" });
  startAfresh();
}

function ByPin({ wait }: { wait: number }) {
  const pin = useSignal("");
  const said = useSignal("");
  const busy = useSignal(false);
  const now = useSignal(performance.now());
  const opensAt = useSignal(performance.now() + wait);
  useEffect(() => {
    const timer = setInterval(() => (now.value = performance.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil(Math.max(0, opensAt.value - now.value) / 1_000);
  const open = async (): Promise<void> => {
    const figures = pinOf(pin.value);
    if (busy.value || seconds > 0) return;
    if (!figures) {
      said.value = t("A PIN has six figures or more.");
      return;
    }
    busy.value = true;
    try {
      await settledLock();
      const tried = await tryPin(figures);
      if (tried.as === "open") return await opened();
      if (tried.as === "emptied") return startAgain();
      if (tried.as === "wrong") said.value = saidWrong(tried.left);
      now.value = performance.now();
      if ("ms" in tried) opensAt.value = now.value + tried.ms;
    } catch {
      said.value = t("It did not open. Try again.");
    } finally {
      busy.value = false;
      pin.value = "";
    }
  };
  return (
    <div class="rows wide">
      <PinField
        id="pin"
        label={t("PIN")}
        value={pin.value}
        onType={(typed) => (pin.value = typed)}
        onEnter={() => void open()}
        said={said.value}
      />
      {seconds > 0 && (
        <p>{tn("Wait {n} second before the next try.", "Wait {n} seconds before the next try.", seconds)}</p>
      )}
      <button type="button" class="btn main" disabled={busy.value || seconds > 0} onClick={() => void open()}>
        {t("Open")}
      </button>
    </div>
  );
}

function saidWrong(left: number): string {
  const wrong = t("That is not the PIN.");
  if (left > 5) return wrong;
  const then = tn("After {n} more, what is locked is deleted.", "After {n} more, what is locked is deleted.", left);
  return `${wrong} ${then}`;
}

function ByPasskey() {
  const failed = useSignal(false);
  const isSure = useSignal(false);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus({ preventScroll: true }), [isSure.value]);
  const open = async (): Promise<void> => {
    await settledLock();
    const isOpen = await tryPasskey().catch(() => false);
    failed.value = !isOpen;
    if (isOpen) await opened();
  };
  const giveUp = (): Promise<void> => emptied().then(startAgain, () => void (failed.value = true));
  return (
    <div class="rows wide">
      <p class="error" role="alert">
        {failed.value && t("It did not open. Try again.")}
      </p>
      <button type="button" class="btn main" onClick={() => void open()}>
        {t("Open")}
      </button>
      {isSure.value ? (
        <Notice danger alert>
          <p>{t("Then what is locked is deleted, and cannot come back.")}</p>
          <div class="pair">
            <button type="button" class="btn" onClick={() => void giveUp()}>
              {t("Delete it and start again")}
            </button>
            <button type="button" class="btn" ref={back} onClick={() => (isSure.value = false)}>
              {t("Go back")}
            </button>
          </div>
        </Notice>
      ) : (
        <button type="button" class="link" onClick={() => (isSure.value = true)}>
          {t("I cannot open it any more")}
        </button>
      )}
    </div>
  );
}

type Listed = Library["index"]["words"][number];

/** As far as the words are on this phone, or can be had. */
function Languages() {
  const offered = useSignal<readonly Listed[]>([]);
  useEffect(() => {
    readText("content", "index").then(
      (text) => (offered.value = text === undefined ? [] : (JSON.parse(text) as Library).index.words),
      () => undefined, // The language in use stays.
    );
  }, []);
  if (!offered.value.length) return null;
  return (
    <div class="field">
      <label for="language">{t("Language")}</label>
      <select
        id="language"
        value={locale.value}
        onChange={({ currentTarget }) => void speak(currentTarget.value).catch(() => false)}
      >
        {
          // not words: the language's own name for itself
          <option value="en" lang="en">English</option>
        }
        {offered.value
          .filter((one) => one.locale !== "en")
          .map((one) => (
            <option key={one.locale} value={one.locale} lang={one.locale}>
              {one.autonym}
            </option>
          ))}
      </select>
    </div>
  );
}

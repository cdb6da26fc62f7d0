/** The lock in the settings: putting it on, when it comes back, taking it away, and what it does and does not do. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { Chips } from "../parts/choices.tsx";
import { PinField } from "../parts/pin-field.tsx";
import { hasLock, lockAfter, lockChanged, lockNow, startAfresh } from "../state/at-rest.ts";
import { removeLock, setLock } from "../storage/lock-change.ts";
import { keyOfPasskey, newPasskey, passkeyIsOffered } from "../storage/lock-passkey.ts";
import { isEasy, keyOfPin, pinOf, ROUNDS } from "../storage/pin.ts";
import { keepSetting, type Settings } from "../storage/settings.ts";
import { lockAsked, tryPasskey, tryPin } from "../storage/unlock.ts";
import { locale, t, tn } from "../words/translate.ts";

export function LockPanel() {
  return (
    <section class="panel">
      <h2>{t("Lock")}</h2>
      {hasLock.value ? <WithLock /> : <WithoutLock />}
      <ul class="points">
        <li>{t("A lock closes the checks you began and what you hear back. Without it, whoever opens this phone can read them here.")}</li>
        <li>{t("What is not sent yet still goes out while the lock is on.")}</li>
      </ul>
      <ul class="points nots">
        <li>{t("Ten wrong PINs in a row delete what is locked. Nobody can bring it back.")}</li>
        <li>{t("A PIN does not stop someone who copies the phone and has time. A long PIN is better.")}</li>
      </ul>
    </section>
  );
}

const salted = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

/** Behind the lock is also which languages there are: the one in use must be known without it. */
async function locked(): Promise<void> {
  await keepSetting("locale", locale.value);
  await lockChanged();
}

async function lockByPin(pin: string): Promise<void> {
  const salt = salted(16);
  await setLock(await keyOfPin(pin, salt), { salt, rounds: ROUNDS });
  await locked();
}

async function lockByPasskey(): Promise<void> {
  const salt = salted(32);
  const passkey = await newPasskey();
  await setLock(await keyOfPasskey(passkey, salt), { salt, passkey });
  await locked();
}

function WithoutLock() {
  const [pin, again] = [useSignal(""), useSignal("")];
  const fault = useSignal<"short" | "easy" | "differs" | undefined>(undefined);
  const failed = useSignal<"pin" | "passkey" | undefined>(undefined);
  const busy = useSignal(false);
  const offered = useSignal(false);
  useEffect(() => void passkeyIsOffered().then((is) => (offered.value = is)), []);
  const run = async (by: "pin" | "passkey", put: () => Promise<void>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    failed.value = undefined;
    await put().catch(() => (failed.value = by));
    busy.value = false;
  };
  const submit = (): void => {
    const figures = pinOf(pin.value);
    fault.value = !figures ? "short" : isEasy(figures) ? "easy" : pinOf(again.value) !== figures ? "differs" : undefined;
    if (figures && !fault.value) void run("pin", () => lockByPin(figures));
  };
  return (
    <>
      <p>{t("There is no lock on this app.")}</p>
      <div class="rows wide">
        <PinField
          id="new-pin"
          label={t("A PIN of six figures or more")}
          value={pin.value}
          onType={(typed) => (pin.value = typed)}
          onEnter={submit}
          said={
            fault.value === "short"
              ? t("Choose six figures or more.")
              : fault.value === "easy"
                ? t("That is easy to guess. Choose another.")
                : ""
          }
        />
        <PinField
          id="pin-again"
          label={t("The same PIN again")}
          value={again.value}
          onType={(typed) => (again.value = typed)}
          onEnter={submit}
          said={fault.value === "differs" ? t("The two are not the same.") : ""}
        />
        <button type="button" class="btn" disabled={busy.value} onClick={submit}>
          {busy.value ? t("One moment") : t("Put the lock on")}
        </button>
      </div>
      {offered.value && (
        <button
          type="button"
          class="btn"
          disabled={busy.value}
          onClick={() => void run("passkey", lockByPasskey)}
        >
          {t("Use this phone’s own lock")}
        </button>
      )}
      <p class="error" role="alert">
        {failed.value === "pin" && t("The lock could not be put on. Nothing has changed. Try again.")}
        {failed.value === "passkey" && t("This phone’s own lock cannot be used here. Nothing has changed. Choose a PIN.")}
      </p>
    </>
  );
}

function WithLock() {
  const choose = (after: string): void => {
    lockAfter.value = after as Settings["lock_after"];
    void keepSetting("lock_after", lockAfter.value).catch(() => undefined);
  };
  return (
    <>
      <p>{t("The lock is on.")}</p>
      <Chips
        ask={t("When you leave the app, lock it")}
        choices={[
          { value: "at_once", said: t("at once") },
          { value: "five_minutes", said: t("after five minutes") },
        ]}
        chosen={[lockAfter.value]}
        onChoose={choose}
      />
      <button type="button" class="btn" onClick={() => void lockNow()}>
        {t("Lock now")}
      </button>
      <TakeAway />
    </>
  );
}

/** Only who can open the lock may take it away. */
function TakeAway() {
  const asked = useSignal<"pin" | "passkey" | undefined>(undefined);
  const pin = useSignal("");
  const said = useSignal("");
  const begin = async (): Promise<void> => {
    const { by } = await lockAsked();
    if (by === "passkey") return away(tryPasskey);
    asked.value = "pin";
  };
  const away = async (opens: () => Promise<boolean>): Promise<void> => {
    said.value = "";
    try {
      if (!(await opens())) return;
      await removeLock();
      await lockChanged();
    } catch {
      said.value = t("The lock could not be taken away. Try again.");
    }
  };
  const opensByPin = async (): Promise<boolean> => {
    const tried = await tryPin(pinOf(pin.value) ?? "");
    pin.value = "";
    if (tried.as === "emptied") startAfresh();
    if (tried.as === "wrong") said.value = t("That is not the PIN.");
    if (tried.as === "wait") {
      const minutes = Math.ceil(tried.ms / 60_000);
      said.value = tn("Wait {n} minute before the next try.", "Wait {n} minutes before the next try.", minutes);
    }
    return tried.as === "open";
  };
  const submit = (): void => {
    if (pinOf(pin.value)) void away(opensByPin);
    else said.value = t("A PIN has six figures or more.");
  };
  if (asked.value === "pin") {
    return (
      <div class="rows wide">
        <PinField
          id="old-pin"
          label={t("Your PIN, to take the lock away")}
          value={pin.value}
          onType={(typed) => (pin.value = typed)}
          onEnter={submit}
          said={said.value}
        />
        <button type="button" class="btn" onClick={submit}>
          {t("Take the lock away")}
        </button>
      </div>
    );
  }
  return (
    <>
      <button type="button" class="link" onClick={() => void begin().catch(() => undefined)}>
        {t("Take the lock away")}
      </button>
      <p class="error" role="alert">
        {said.value}
      </p>
    </>
  );
}

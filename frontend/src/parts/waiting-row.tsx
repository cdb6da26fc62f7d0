/** One referral, or its note, that is still only on this phone: why, and when it is tried again. */
import { go } from "../check/places.ts";
import { tryNow } from "../sending/clock.ts";
import type { Waiting } from "../sending/outbox.ts";
import { minute } from "../state/minute.ts";
import { saidSending } from "../words/said-sending.ts";
import { t, tn } from "../words/translate.ts";
import { ChooseAgain } from "./choose-again.tsx";

export function WaitingRow({ row }: { row: Waiting }) {
  const { part, state, trouble, next_try_at } = row;
  const left = next_try_at === undefined ? 0 : Math.ceil((next_try_at - minute.value) / 60_000);
  return (
    <div class="rows">
      <p>
        <b>
          {part === "note"
            ? t("The answers have arrived. The note is still on this phone only.")
            : t("Not sent yet. It is on this phone only.")}
        </b>{" "}
        {state === "sending" && t("Sending …")}
      </p>
      {state === "needs_key" ? (
        <>
          <p>{t("This phone has no key of the team. Ask them for a new invitation; the note then goes by itself.")}</p>
          <button type="button" class="btn" onClick={() => go({ name: "join" })}>
            {t("Open an invitation")}
          </button>
        </>
      ) : (
        <>
          {trouble && <p>{saidSending(trouble)}</p>}
          {state === "waiting" && (
            <p class="small">
              {left > 1
                ? tn("It is tried again in {n} minute.", "It is tried again in {n} minutes.", left)
                : t("It is tried again soon, while the app is open.")}
            </p>
          )}
          {trouble?.code === "team_not_offered" && <ChooseAgain row={row} />}
          {trouble?.code === "device_refused" && (
            <button type="button" class="btn" onClick={() => go({ name: "join" })}>
              {t("Open an invitation")}
            </button>
          )}
          <button type="button" class="btn" disabled={state === "sending"} onClick={() => void tryNow()}>
            {t("Try now")}
          </button>
        </>
      )}
    </div>
  );
}

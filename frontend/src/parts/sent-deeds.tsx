/** What a worker can still do about something that was sent: write about it, take it back, or forget it. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { go } from "../check/places.ts";
import { hasUnsent, isOver, isUnlooked, type Receipt } from "../sending/follow-up.ts";
import { waiting } from "../sending/outbox.ts";
import { forgetReceipt, takeBack } from "../sending/withdraw.ts";
import { saidTrouble } from "../words/said-trouble.ts";
import { t } from "../words/translate.ts";
import { Call } from "./contact.tsx";
import { Notice } from "./notice.tsx";

export function SentDeeds({ receipt }: { receipt: Receipt }) {
  const { id, mine, theirs } = receipt;
  const hasTalk = !isOver(receipt) || Boolean(mine?.length || theirs?.length);
  return (
    <>
      {hasTalk && (
        <button type="button" class="btn" onClick={() => go({ name: "conversation", id })}>
          {t("Messages")}
          {isUnlooked(receipt) && (
            <>
              {" · "}
              <b>{t("New message")}</b>
            </>
          )}
        </button>
      )}
      <TakeBack key={id} receipt={receipt} />
      {!waiting.value.some((row) => row.id === id) && <Forget key={`${id} forget`} receipt={receipt} />}
    </>
  );
}

/** Until somebody has read it. That somebody did meanwhile is said, with what is left to do. */
function TakeBack({ receipt: { id, state, team } }: { receipt: Receipt }) {
  const said = useSignal("");
  const isRead = useSignal(false);
  const back = async (): Promise<void> => {
    const outcome = await takeBack(id);
    if (outcome === "already_read") isRead.value = true;
    else if (typeof outcome === "object") said.value = `${t("It was not taken back.")} ${saidTrouble(outcome.code)}`;
  };
  if (isRead.value) {
    return (
      <Notice alert>
        <p>
          <b>{t("Somebody has read it already. It can no longer be taken back.")}</b>{" "}
          {t("Write to the team, or ring them.")}
        </p>
        <Call number={team.urgent_number} />
      </Notice>
    );
  }
  if (state !== "stored") return null;
  return (
    <TwoTaps
      // words: A button. The worker takes back what they sent, before anybody has read it.
      first={t("Take it back")}
      second={t("Yes, take it back")}
      said={said.value}
      deed={() => {
        said.value = "";
        return back();
      }}
    >
      <p>{t("The note and your messages are deleted at the team. They still see that something was sent and taken back.")}</p>
    </TwoTaps>
  );
}

function Forget({ receipt }: { receipt: Receipt }) {
  return (
    <TwoTaps
      // words: Deletes the receipt of one referral from this phone.
      first={t("Forget it")}
      second={t("Yes, forget it")}
      deed={() => forgetReceipt(receipt.id)}
    >
      <p>{t("Nothing on this phone will show that it was sent. You will hear no more.")}</p>
      {hasUnsent(receipt) && <p>{t("What you wrote and is not sent yet is deleted too.")}</p>}
    </TwoTaps>
  );
}

interface Deed {
  readonly first: string;
  readonly second: string;
  /** Why it was not done. */
  readonly said?: string;
  readonly deed: () => Promise<void>;
  readonly children: ComponentChildren;
}

/** What cannot be undone takes two taps, with what it means in between. */
function TwoTaps({ first, second, said, deed, children }: Deed) {
  const isSure = useSignal(false);
  const isUnderWay = useSignal(false);
  const failed = useSignal(false);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isSure.value) keep.current?.focus({ preventScroll: true });
  }, [isSure.value]);
  const doIt = async (): Promise<void> => {
    isUnderWay.value = true;
    failed.value = false;
    await deed().catch(() => (failed.value = true));
    isUnderWay.value = false;
  };
  if (!isSure.value) {
    return (
      <button type="button" class="link" onClick={() => (isSure.value = true)}>
        {first}
      </button>
    );
  }
  return (
    <Notice alert>
      {children}
      <div class="pair">
        <button type="button" class="btn" disabled={isUnderWay.value} onClick={() => void doIt()}>
          {second}
        </button>
        <button type="button" class="btn" ref={keep} onClick={() => (isSure.value = false)}>
          {
            // words: A button: nothing is taken back or forgotten, all stays as it is.
            t("Leave it")
          }
        </button>
      </div>
      <p class="error" role="alert">
        {failed.value ? t("This phone could not keep the change. Try again.") : said}
      </p>
    </Notice>
  );
}

/** What worker and team write to each other about one referral. What does not hold is never shown, and always said. */
import { useEffect } from "preact/hooks";

import { Call } from "../parts/contact.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { isOver, isUnlooked, lookedAt, receipts, type Receipt } from "../sending/follow-up.ts";
import type { Theirs } from "../sending/messages.ts";
import { askForNews } from "../sending/news.ts";
import { writingTrouble, type Mine } from "../sending/writing.ts";
import { moment } from "../words/dates-and-numbers.ts";
import { saidMine, saidNotWritten, saidOdd } from "../words/said-talk.ts";
import { saidTrouble } from "../words/said-trouble.ts";
import { t } from "../words/translate.ts";
import { WriteMessage } from "./conversation-write.tsx";

export function Conversation({ id }: { id: string }) {
  const receipt = receipts.value.find((one) => one.id === id);
  useEffect(() => void askForNews(), [id]);
  const isNew = receipt !== undefined && isUnlooked(receipt);
  useEffect(() => {
    // What could not be kept as looked at stays marked as new.
    if (isNew && document.visibilityState === "visible") void lookedAt(id).catch(() => undefined);
  }, [isNew, id]);
  return (
    <Screen heading={t("Messages")}>
      {receipt ? <Talk receipt={receipt} /> : <p>{t("This phone has no receipt of it any more.")}</p>}
    </Screen>
  );
}

function Talk({ receipt }: { receipt: Receipt }) {
  const { id, reference, team, mine = [], theirs = [] } = receipt;
  const trouble = writingTrouble.value[id];
  const isOdd = theirs.some((one) => saidOdd(one) !== "");
  const both = inOrder(receipt);
  return (
    <>
      <p>
        <bdi dir="ltr">{reference}</bdi>
        {" · "}
        {team.name}
      </p>
      {isOdd && (
        <Notice danger>
          <p>{t("Something is wrong with the messages. Ring your team and say the reference.")}</p>
          <Call number={team.urgent_number} now />
        </Notice>
      )}
      {!both.length && <p>{t("Nobody has written yet. Only your team can read what you write here.")}</p>}
      <ol class="talk" aria-live="polite">
        {both.map((one) =>
          "mine" in one ? (
            <Own key={`mine ${one.mine.seq}`} one={one.mine} read={receipt.received_read ?? 0} isOver={isOver(receipt)} />
          ) : (
            <FromTeam key={`theirs ${one.theirs.is} ${one.theirs.seq} ${one.theirs.sha256}`} one={one.theirs} at={one.at} />
          ),
        )}
      </ol>
      {trouble && mine.some(({ stored }) => !stored) && (
        <Notice>
          <p>
            {t("Your message could not be sent yet.")} {saidTrouble(trouble.code)}
          </p>
          <button type="button" class="btn" onClick={() => void askForNews()}>
            {t("Try now")}
          </button>
        </Notice>
      )}
      {isOver(receipt) ? <p>{saidNotWritten("over")}</p> : <WriteMessage key={id} id={id} team={team} />}
    </>
  );
}

function FromTeam({ one, at }: { one: Theirs; at: number }) {
  const odd = saidOdd(one);
  return (
    <li class={odd ? "odd" : undefined}>
      <small>
        {one.is === "shown" && t("Your team")}
        {one.is === "shown" && " · "}
        {Number.isFinite(at) && moment(at)}
      </small>
      {one.text !== undefined && (
        <p class="said" dir="auto">
          {one.text}
        </p>
      )}
      {odd && (
        <p>
          <b>{odd}</b>
        </p>
      )}
    </li>
  );
}

function Own({ one, read, isOver: isClosed }: { one: Mine; read: number; isOver: boolean }) {
  return (
    <li class="mine">
      <small>
        {
          // words: who wrote a message: the one who holds this phone
          t("You")
        }
        {" · "}
        {moment(one.made_at)}
      </small>
      <p class="said" dir="auto">
        {one.text}
      </p>
      <small>{isClosed && !one.stored ? t("Not sent: it was closed before.") : saidMine(one, read)}</small>
    </li>
  );
}

type Said = { readonly theirs: Theirs; readonly at: number } | { readonly mine: Mine; readonly at: number };

/**
 * Both sides in one list by this phone's clock, each in the order of its places: a wrong time, or one the server made up,
 * never puts two of the same side in another order.
 */
function inOrder({ mine = [], theirs = [], due_here, due_at }: Receipt): Said[] {
  const ahead = due_here - Date.parse(due_at);
  const left = theirs.map((one) => ({ theirs: one, at: Date.parse(one.at) + ahead }));
  const right = mine.map((one) => ({ mine: one, at: one.made_at }));
  const both: Said[] = [];
  while (left.length || right.length) {
    const isTheirs = left[0] && (!right[0] || !(left[0].at > right[0].at));
    both.push(isTheirs ? left.shift()! : right.shift()!);
  }
  return both;
}

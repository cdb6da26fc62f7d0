/** What this phone still has of what was sent: a receipt is evidence too, and the worker may forget any of them at once. */
import { useSignal } from "@preact/signals";

import { receipts, refreshReceipts, type Receipt } from "../sending/follow-up.ts";
import { forget } from "../storage/kept.ts";
import { moment } from "../words/dates-and-numbers.ts";
import { t } from "../words/translate.ts";

export function ReceiptsPanel() {
  return (
    <section class="panel">
      <h2>{t("Kept of what was sent")}</h2>
      <p>{t("The reference and the answers of the team. They go by themselves: a month after it was closed, at the latest after three months of use.")}</p>
      <ul class="list">
        {receipts.value.map((receipt) => (
          <Kept key={receipt.id} receipt={receipt} />
        ))}
      </ul>
      {!receipts.value.length && <p class="small">{t("Nothing is kept.")}</p>}
    </section>
  );
}

function Kept({ receipt: { id, reference, team, began } }: { receipt: Receipt }) {
  const isSure = useSignal(false);
  const failed = useSignal(false);
  const away = async (): Promise<void> => {
    await forget("receipts", id);
    await refreshReceipts();
  };
  return (
    <li class="row">
      <span class="rows">
        <b>
          <bdi dir="ltr">{reference}</bdi>
        </b>
        <small>
          {team.name}
          {" · "}
          {moment(began)}
        </small>
        {isSure.value && <small>{t("You will hear no more of it on this phone.")}</small>}
        <small class="error" role="alert">
          {failed.value && t("This phone could not keep the change. Try again.")}
        </small>
      </span>
      <button
        type="button"
        class="btn"
        onClick={() => (isSure.value ? void away().catch(() => (failed.value = true)) : (isSure.value = true))}
      >
        {
          // words: Deletes the receipt of one referral from this phone.
          isSure.value ? t("Yes, forget it") : t("Forget it")
        }
      </button>
    </li>
  );
}

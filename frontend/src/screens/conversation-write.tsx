/** Writing to the team afterwards. The words stay in their field until they are sealed and kept. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { Call } from "../parts/contact.tsx";
import { Notice } from "../parts/notice.tsx";
import type { Addressee } from "../sending/outbox.ts";
import { MOST, write } from "../sending/writing.ts";
import { saidNotWritten } from "../words/said-talk.ts";
import { t, tn } from "../words/translate.ts";

const NEARLY = 100;

export function WriteMessage({ id, team }: { id: string; team: Addressee }) {
  const text = useSignal("");
  const busy = useSignal(false);
  const fault = useSignal<Parameters<typeof saidNotWritten>[0] | undefined>(undefined);
  const box = useRef<HTMLTextAreaElement>(null);
  const left = MOST - text.value.length;
  const send = async (): Promise<void> => {
    const words = text.value.trim();
    if (!words || busy.value) return box.current?.focus();
    busy.value = true;
    const written = await write(id, words).catch(() => "failed" as const);
    busy.value = false;
    fault.value = written === "kept" ? undefined : written;
    if (written === "kept") text.value = "";
    box.current?.focus();
  };
  return (
    <section class="panel">
      <div class="field">
        <label for="message">{t("Write to the team")}</label>
        <p class="small" id="message-hint">
          {t("Leave out names, birthdays, nationality and papers.")} {t("Only the team can open it.")}
        </p>
        <textarea
          id="message"
          ref={box}
          rows={3}
          maxLength={MOST}
          autocomplete="off"
          dir="auto"
          aria-describedby="message-hint"
          readOnly={busy.value}
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        <p class="small" role="status">
          {left <= NEARLY && tn("{n} character left", "{n} characters left", left)}
        </p>
      </div>
      {fault.value && (
        <Notice alert>
          <p>{saidNotWritten(fault.value)}</p>
          <Call number={team.urgent_number} />
        </Notice>
      )}
      <button type="button" class="btn main" aria-disabled={busy.value} onClick={() => void send()}>
        {busy.value ? t("Sealing …") : t("Seal and send")}
      </button>
      <p class="small">{t("If it cannot wait, ring. Messages are read in the team’s hours.")}</p>
    </section>
  );
}

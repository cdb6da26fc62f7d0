/** The note: four short prompts, the only free text there is. It leaves the phone sealed or not at all. */
import { useRef } from "preact/hooks";

import { draft, tell } from "../check/running.ts";
import { Notice } from "../parts/notice.tsx";
import type { Note } from "../storage/drafts.ts";
import { t, tn } from "../words/translate.ts";
import { Asked } from "./send-note-asked.tsx";

const MOST = 600;
const NEARLY = 100;

interface Prompt {
  readonly field: keyof Note;
  readonly label: string;
  readonly hint: string;
}

export function NoteFields({ fault, hasKey }: { fault: boolean; hasKey: boolean }) {
  const { reach } = draft.value!;
  const prompts: readonly Prompt[] = [
    { field: "where", label: t("Where"), hint: t("Only if it is needed to find them.") },
    { field: "safe_contact", label: t("Safe contact"), hint: t("How and when the person can be reached safely.") },
    { field: "words_used", label: t("Words used"), hint: t("What they said, in their words. Not the whole story.") },
    { field: "reach_me", label: t("Reach me"), hint: t("Your number, and when to ring.") },
  ];
  return (
    <section class="panel">
      <h2>{t("Note, sealed")}</h2>
      <p class="small">
        <b>{t("Leave out names, birthdays, nationality and papers.")}</b>{" "}
        {t("Write only what keeps them safe. Only the team can open it.")}
      </p>
      {!hasKey && (
        <Notice>
          <p>{t("This team cannot open notes yet. Your answers go now; the note waits on this phone and follows.")}</p>
        </Notice>
      )}
      {prompts.map(({ field, ...prompt }) => (
        <Field
          key={field}
          {...prompt}
          id={field === "reach_me" ? "number" : field}
          field={field}
          fault={fault && field === "reach_me"}
          needed={field === "reach_me" && reach === "sealed_number"}
        />
      ))}
    </section>
  );
}

interface FieldProps extends Prompt {
  readonly id: string;
  readonly fault: boolean;
  readonly needed: boolean;
}

function Field({ id, field, label, hint, fault, needed }: FieldProps) {
  const { note } = draft.value!;
  const left = MOST - note[field].length;
  const box = useRef<HTMLTextAreaElement>(null);
  return (
    <div class="field">
      <label for={id}>
        {label} {!needed && <span class="small">{t("(may stay empty)")}</span>}
      </label>
      <p class="small" id={`${id}-hint`}>
        {hint}
      </p>
      <p class="error" id={`${id}-fault`}>
        {fault && t("Write a number or way to reach you.")}
      </p>
      <textarea
        id={id}
        ref={box}
        rows={2}
        maxLength={MOST}
        autocomplete="off"
        dir="auto"
        aria-describedby={`${id}-hint ${id}-fault`}
        aria-invalid={fault}
        value={note[field]}
        onInput={({ currentTarget }) => tell({ note: { ...draft.value!.note, [field]: currentTarget.value } })}
      />
      <p class="small" role="status">
        {left <= NEARLY && tn("{n} character left", "{n} characters left", left)}
      </p>
      <Asked field={field} id={id} label={label} box={box} />
    </div>
  );
}

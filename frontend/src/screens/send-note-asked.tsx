/**
 * Asks, kindly and one at a time, whether what looks personal in a field is needed. It must never hold up sending,
 * and nothing about what was found, kept or taken out leaves this page's memory.
 */
import { signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { draft, tell } from "../check/running.ts";
import { isBeingTyped, nameOf, questions, takeOut, type Question, type Taken } from "../personal/asking.ts";
import { packFor } from "../personal/packs.ts";
import { saidFound } from "../personal/said.ts";
import type { Note } from "../storage/drafts.ts";
import { t } from "../words/translate.ts";

/** Milliseconds without a key: for what the caret has left, and for what it still stands at. */
const SOON = 400;
const LATER = 1600;

interface Keeping {
  readonly draft: string;
  readonly names: ReadonlySet<string>;
}

/** What the worker keeps, for one draft and while the page is open: it may be a name, so it is written nowhere. */
const keeping = signal<Keeping>({ draft: "", names: new Set() });

const keptFor = (id: string): ReadonlySet<string> => (keeping.value.draft === id ? keeping.value.names : new Set());

interface Asking {
  readonly field: keyof Note;
  readonly id: string;
  /** The field's own label. */
  readonly label: string;
  readonly box: RefObject<HTMLTextAreaElement | null>;
}

export function Asked({ field, id, label, box }: Asking) {
  const asked = useSignal<readonly Question[]>([]);
  const taken = useSignal<Taken | undefined>(undefined);
  const here = useRef<HTMLDivElement>(null);
  const text = draft.value?.note[field] ?? "";

  const all = (): readonly Question[] => {
    const now = draft.value;
    return now ? questions(field, now.note[field], packFor(now.pathway.id), keptFor(now.id)) : [];
  };
  // The question on the screen stays the first: a tap must never meet another one in its place.
  const ask = (list: readonly Question[]): void => {
    const [shown] = asked.value;
    const still = shown && list.find((one) => nameOf(one) === nameOf(shown));
    asked.value = still ? [still, ...list.filter((one) => one !== still)] : list;
  };
  useEffect(() => {
    const area = box.current!;
    const waits: ReturnType<typeof setTimeout>[] = [];
    const stop = (): void => waits.splice(0).forEach(clearTimeout);
    const askAll = (): void => ask(all());
    // Never at once: what appears under a finger that is tapping would move the button away from it.
    const left = (): void => {
      stop();
      waits.push(setTimeout(askAll, SOON));
    };
    const typed = (): void => {
      stop();
      taken.value = undefined;
      // A question that stands goes on standing, at its new place, until its words change.
      const standing = asked.value.map(nameOf);
      ask(all().filter((one) => standing.includes(nameOf(one))));
      const askSettled = (): void => {
        const isAway = document.activeElement !== area;
        ask(all().filter((one) => isAway || !isBeingTyped(one, area.selectionEnd)));
      };
      waits.push(setTimeout(askSettled, SOON), setTimeout(askAll, LATER));
    };
    askAll();
    area.addEventListener("input", typed);
    area.addEventListener("blur", left);
    return () => {
      stop();
      area.removeEventListener("input", typed);
      area.removeEventListener("blur", left);
    };
  }, []);

  const keep = (one: Question): void => {
    const check = draft.value!.id;
    keeping.value = { draft: check, names: new Set([...keptFor(check), nameOf(one)]) };
    asked.value = asked.value.filter((other) => nameOf(other) !== nameOf(one));
  };
  const write = (words: string, caret: number): void => {
    tell({ note: { ...draft.value!.note, [field]: words } });
    const area = box.current!;
    // The caret can only be set in words that are there already, and drawing comes later.
    area.value = words;
    area.focus();
    area.setSelectionRange(caret, caret);
    ask(all());
  };
  const takeAway = (one: Question): void => {
    taken.value = takeOut(text, one);
    write(taken.value.rest, one.start);
  };
  const putBack = ({ before, question }: Taken): void => {
    taken.value = undefined;
    keep(question);
    write(before, question.end);
  };

  const kept = keptFor(draft.value?.id ?? "");
  const one = asked.value.find((question) => !kept.has(nameOf(question)));
  const gone = taken.value?.rest === text ? taken.value : undefined;
  return (
    <div class={one || gone ? "asked on" : "asked"} role="group" aria-label={label} tabIndex={-1} ref={here}>
      <div role="status" id={`${id}-asked`}>
        {gone && <p>{t("Taken out.")}</p>}
        {one && (
          <>
            <p>
              {saidFound(one.kind)} <bdi>{one.text}</bdi>
            </p>
            <p>
              <b>{t("Is this needed to keep them safe?")}</b>
            </p>
          </>
        )}
      </div>
      <div class="pair">
        {one && (
          <>
            <button
              type="button"
              class="btn"
              aria-describedby={`${id}-asked`}
              onClick={() => {
                keep(one);
                // The button may be gone now; a keyboard stays at this place.
                here.current?.focus();
              }}
            >
              {/* words: a button: what looks personal stays in the note */}
              {t("Keep it")}
            </button>
            <button type="button" class="btn" aria-describedby={`${id}-asked`} onClick={() => takeAway(one)}>
              {/* words: a button: removes what looks personal from the note */}
              {t("Take it out")}
            </button>
          </>
        )}
        {gone && (
          <button type="button" class="btn" onClick={() => putBack(gone)}>
            {t("Put it back")}
          </button>
        )}
      </div>
    </div>
  );
}

/**
 * The Keys page as a row of views, of which one is shown: what it says is the server's, in templates; this shows, fills
 * in and listens. Texts from outside are only ever set as text.
 */
import type { Sent } from "./state.ts";

/** The person went back: nothing of what was begun is kept. */
export class Left extends Error {
  override name = "Left";
}

/** The server did not keep it: somebody was quicker, the session is over, or it does not hold. */
export class NotSaved extends Error {
  override name = "NotSaved";
  readonly why: Exclude<Sent, "ok">;

  constructor(why: Exclude<Sent, "ok">) {
    super(why);
    this.why = why;
  }
}

export class Page {
  readonly #root: HTMLElement;
  #listening = new AbortController();
  #isFirst = true;
  #after: { readonly notice: string; readonly who: string } | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Shows one view and hides all others; whoever waited for a button of those waits for ever. */
  show(name: string): HTMLElement {
    this.#listening.abort();
    let shown: HTMLElement | undefined;
    for (const view of this.#root.querySelectorAll<HTMLElement>("[data-view]")) {
      view.hidden = !view.dataset.view!.split(" ").includes(name);
      if (!view.hidden) shown ??= view;
    }
    if (!shown) throw new Error(`no view ${name}`);
    this.say(shown, "");
    // The first view comes by itself; whoever reads the page from the top is not thrown about.
    if (!this.#isFirst) shown.querySelector<HTMLElement>("h2")?.focus();
    this.#isFirst = false;
    this.#showNotice();
    return shown;
  }

  /** What has just happened: said above the view that is shown next, and only there. */
  after(notice: string, who = ""): void {
    this.#after = { notice, who };
  }

  /** The next button with `data-do` that is pressed in the view, or the form that is sent. @throws Left by "back". */
  async pressed(view: HTMLElement): Promise<HTMLElement> {
    this.#listening.abort();
    const end = (this.#listening = new AbortController());
    const { signal } = end;
    const by = await new Promise<HTMLElement>((resolve) => {
      view.addEventListener(
        "click",
        ({ target }) => {
          const button = (target as Element).closest<HTMLButtonElement>("button[data-do]");
          if (button && !button.disabled) resolve(button);
        },
        { signal },
      );
      view.addEventListener(
        "submit",
        (event) => {
          const form = event.target as HTMLElement;
          // The panel that unlocks has a form of its own, and its own script.
          if (!form.dataset.do) return;
          event.preventDefault();
          resolve(form);
        },
        { signal },
      );
    });
    end.abort();
    if (by.dataset.do === "back") throw new Left();
    return by;
  }

  /** Says something in the view, and lets nothing be pressed until the work is done. */
  async busy<T>(view: HTMLElement, message: string, work: () => Promise<T>): Promise<T> {
    const buttons = [...view.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
    for (const button of buttons) button.disabled = true;
    this.say(view, message);
    try {
      return await work();
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  /** One of the page's messages in the view's status line, which assistive technology reads out. */
  say(view: HTMLElement, name: string): void {
    const template = this.#root.querySelector<HTMLTemplateElement>(`template[data-message="${name}"]`);
    const status = view.querySelector<HTMLElement>("[role=status]");
    if (status) status.textContent = template?.content.textContent?.trim() ?? "";
  }

  #showNotice(): void {
    const { notice = "", who = "" } = this.#after ?? {};
    this.#after = undefined;
    for (const one of this.#root.querySelectorAll<HTMLElement>("[data-notice]")) {
      one.hidden = one.dataset.notice !== notice;
      for (const place of one.querySelectorAll("[data-who]")) place.textContent = who;
    }
  }

  /** A copy of the template with this name. */
  made(name: string): HTMLElement {
    const template = this.#root.querySelector<HTMLTemplateElement>(`template[data-template="${name}"]`)!;
    return template.content.firstElementChild!.cloneNode(true) as HTMLElement;
  }
}

/** Shows of several parts of a view the one (or none) that has this name. */
export function only(view: HTMLElement, part: string, name: string): void {
  for (const one of view.querySelectorAll<HTMLElement>(`[data-${part}]`))
    one.hidden = one.getAttribute(`data-${part}`) !== name;
}

/** Puts a text into every place of the view that asks for it by name. */
export function fill(view: HTMLElement, texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts))
    for (const place of view.querySelectorAll(`[data-text="${name}"]`)) place.textContent = text;
}

/** Words one to a line. */
export function list(place: HTMLElement, words: readonly string[]): void {
  place.replaceChildren(
    ...words.map((word) => {
      const line = document.createElement("li");
      line.textContent = word;
      return line;
    }),
  );
}

/** A day in the page's language, the British way in English. */
export function longDay(at: Date): string {
  const { lang } = document.documentElement;
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long" }).format(at);
}

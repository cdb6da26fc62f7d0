/** Copying what is shown once: the field's value or the list's lines, and a word on how it went. */
import { expect, test, vi } from "vitest";

import { offerCopy } from "../../src/inbox/copy.ts";

function offered(source: object, write: () => Promise<void>) {
  let click = (): void => undefined;
  const status = { textContent: "" };
  const around = {
    querySelector: (what: string) =>
      what === "[role=status]" ? status : { content: { textContent: /"([\w-]+)"/.exec(what)![1] } },
  };
  const button = {
    hidden: true,
    dataset: { copy: "shown" },
    closest: () => around,
    addEventListener: (_: string, on: () => void) => (click = on),
  };
  const writeText = vi.fn(write);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  vi.stubGlobal("document", { getElementById: (id: string) => (id === "shown" ? source : null) });
  offerCopy(button as unknown as HTMLButtonElement);
  click();
  return { button, status, writeText };
}

test("a link is copied as it stands in its field", async () => {
  const field = { value: "https://x/#y", select: vi.fn() };
  const { button, status, writeText } = offered(field, () => Promise.resolve());
  expect(button.hidden).toBe(false);
  expect(writeText).toHaveBeenCalledWith("https://x/#y");
  await vi.waitFor(() => expect(status.textContent).toBe("copied"));
});

test("codes are copied one a line", () => {
  const list = { querySelectorAll: () => [{ textContent: " ABCD " }, { textContent: "EFGH" }] };
  expect(offered(list, () => Promise.resolve()).writeText).toHaveBeenCalledWith("ABCD\nEFGH");
});

test("where copying is not allowed, the text is marked to be copied by hand", async () => {
  const field = { value: "x", select: vi.fn() };
  const { status } = offered(field, () => Promise.reject(new Error("no")));
  await vi.waitFor(() => expect(status.textContent).toBe("not-copied"));
  expect(field.select).toHaveBeenCalled();
});

/** The secret of a link: out of the address first, then into the form; another host's secret stays on the page. */
import { expect, test, vi } from "vitest";

import { takeLink } from "../../src/inbox/link.ts";

function opened(hash: string) {
  const deeds: string[] = [];
  const field = { value: "" };
  const form = { elements: { namedItem: () => field }, submit: () => deeds.push("sent") };
  vi.stubGlobal("location", { hash, pathname: "/welcome", search: "?language=ar" });
  vi.stubGlobal("history", { replaceState: (_: null, __: string, to: string) => deeds.push(`address ${to}`) });
  takeLink(form as unknown as HTMLFormElement);
  return { deeds, field };
}

test("the address is clean before the form is sent", () => {
  const { deeds, field } = opened("#the-secret");
  expect(field.value).toBe("the-secret");
  expect(deeds).toEqual(["address /welcome?language=ar", "sent"]);
});

test("without a secret nothing is sent", () => {
  expect(opened("").deeds).toEqual([]);
});

test("an invitation for a phone is named, and its secret is not sent", () => {
  expect(opened("#v1.the-secret.age1.vouch").field.value).toBe("v1.");
});

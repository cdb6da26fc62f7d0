import { expect, test } from "vitest";
import { derive } from "../../src/screening/facts.ts";
import { checklist, pathway } from "./definitions.ts";

const firstLook = checklist("first-look");
const scotland = pathway("scotland");

test("a yes on a danger sign is a danger sign, and nothing else is", () => {
  const signs = Object.entries(firstLook.indicators);
  const dangerous = signs.filter(([, sign]) => sign.marks.includes("danger")).map(([id]) => id);
  expect(dangerous).not.toEqual([]);
  for (const [id] of signs) {
    const { danger_sign } = derive(firstLook.indicators, scotland, { [id]: "yes" });
    expect(danger_sign, id).toBe(dangerous.includes(id) ? "yes" : "no");
  }
});

test("kinds are proposed from the yes signs in the order of the pathway; a sign of many kinds tells none", () => {
  const { values } = scotland.facts["exploitation"]!;
  expect(derive(firstLook.indicators, scotland, {})["exploitation"]).toEqual(["unknown"]);
  expect(derive(firstLook.indicators, scotland, { "locked-in-or-guarded": "yes" })["exploitation"]).toEqual(["unknown"]);
  expect(firstLook.indicators["made-to-break-law"]!.types).toEqual(["criminal", "financial-or-benefit"]);
  const told = derive(firstLook.indicators, scotland, { "made-to-break-law": "yes", "child-gets-gifts-for-sex": "yes" });
  expect(told["exploitation"]).toEqual(values.filter((kind) => ["sexual", "criminal", "financial"].includes(kind)));
});

test("reprisal stays open while a question about a threat is open, and danger now settles it", () => {
  const threats = Object.entries(firstLook.indicators).filter(([, sign]) => sign.marks.includes("threat"));
  const allNo = Object.fromEntries(threats.map(([id]) => [id, "no"]));
  expect(derive(firstLook.indicators, scotland, {})["reprisal"]).toBe("unknown");
  expect(derive(firstLook.indicators, scotland, allNo)["reprisal"]).toBe("no");
  expect(derive(firstLook.indicators, scotland, allNo, { danger: "now" })["reprisal"]).toBe("yes");
});

import { expect, test } from "vitest";
import { askedOf, narrowedDisplay, narrowedLadder, narrowedScore } from "../../src/screening/narrowing.ts";
import { screen } from "../../src/screening/screen.ts";
import type { ElementCoverage, FactValue, RouteName } from "../../src/screening/types.ts";
import { checklist, checklistIds, pathway } from "./definitions.ts";

const workplace = checklist("workplace");
const scotland = pathway("scotland");

test.for<[FactValue | undefined]>([[undefined], ["any"], [""], ["no-such-part"], [["care"]], ["constructor"], ["toString"]])(
  "the setting %j is no part and adds nothing",
  ([setting]) => {
    expect(askedOf(workplace, "adult", setting)).toBe(workplace.routes.adult);
  },
);

test("a part without the route adds nothing to it", () => {
  const sexual = checklist("sexual");
  expect(askedOf(sexual, "adult", "clinic")).toBe(sexual.routes.adult);
  expect(askedOf(sexual, "child_or_unsure", "clinic")).toBe(sexual.parts["clinic"]!.routes.child_or_unsure);
});

test("narrowed ladders, scores and legal tests hold the signs that are asked, in their order", () => {
  for (const id of checklistIds()) {
    const list = checklist(id);
    for (const [name, route] of Object.entries(list.routes)) {
      for (const setting of ["any", ...list.part_order]) {
        const { items } = askedOf(list, name as RouteName, setting);
        const inOrder = (ids: readonly string[]) => expect(ids).toEqual(items.filter((item) => ids.includes(item)));
        for (const { ladder } of route.ladders) {
          const signs = Object.fromEntries(items.map((item) => [item, list.indicators[item]!]));
          const narrowed = narrowedLadder(ladder, signs);
          expect(narrowed.items).toEqual(items);
          for (const item of items) expect(narrowed.fold[item]).toBe(signs[item]!.ilo_item);
          Object.values(narrowed.sets).forEach(inOrder);
        }
        for (const display of Object.values(route.displays)) {
          if (display.type === "score") continue;
          Object.values(narrowedDisplay(display as ElementCoverage, items).elements).forEach(inOrder);
        }
      }
    }
  }
});

test("an answer to a sign of another part counts for nothing, and a sign that is not asked is not open", () => {
  const facts = { age: "adult", setting: "farm" };
  const plain = screen(workplace, scotland, { "lives-at-work": "yes" }, facts);
  expect(screen(workplace, scotland, { "lives-at-work": "yes", "care-visa-fees": "yes" }, facts)).toEqual(plain);
  const { items } = askedOf(workplace, "adult", "care");
  const none = screen(workplace, scotland, Object.fromEntries(items.map((id) => [id, "no"])), { age: "adult", setting: "care" });
  expect(none).toMatchObject({ concern: "none", could_be: "none", unknown: [] });
});

test("a dimension of which nothing is asked stays open", () => {
  const score = workplace.routes.adult!.scores["coercive-recruitment"]!;
  expect(narrowedScore(score, workplace.routes.adult!.items)).toBeUndefined();
  expect(narrowedScore(score, askedOf(workplace, "adult", "farm").items)).toMatchObject({ items: [{ id: "farm-recruitment-fees" }] });
});

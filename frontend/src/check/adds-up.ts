/**
 * What the running check adds up to, by the one screening engine. Nothing is decided here: it hands the engine
 * what was answered and reads what it says.
 */
import { computed, signal } from "@preact/signals";

import { askedOf } from "../screening/narrowing.ts";
import { openQuestions, withDefaults } from "../screening/pathway.ts";
import { routeOf, screen } from "../screening/screen.ts";
import type { Answers, Facts } from "../screening/types.ts";
import type { Draft } from "../storage/drafts.ts";
import type { Device } from "../storage/settings.ts";
import { checklist, draft, pathway } from "./running.ts";

/** The team this phone has joined; undefined before joining. */
export const device = signal<Device | undefined>(undefined);

// Apart, so that an answer alone does not make the engine look for the route again.
const told = computed(() => draft.value?.facts);
const lifted = computed(() => draft.value?.raised);

const given = computed<Facts>(() => {
  const facts = told.value ?? {};
  const raised = lifted.value;
  const organisation = device.value?.organisation;
  return {
    ...facts,
    ...(organisation && { org_fro: organisation.first_responder, org_duty: organisation.duty_to_notify }),
    ...(raised && { raised: raised.to }),
  };
});

/** The facts as they stand, with the pack's defaults where nothing was said. */
export const factsNow = computed<Facts>(() =>
  pathway.value && checklist.value
    ? withDefaults(pathway.value, { subject: checklist.value.subject, ...given.value })
    : given.value,
);

const way = computed(() => (checklist.value && pathway.value ? routeOf(checklist.value, factsNow.value) : undefined));

/** The signs that are asked, with those of the chosen part, in their order, and the sections they stand in. */
export const route = computed(
  () => way.value && askedOf(checklist.value!, way.value, factsNow.value["setting"]),
);

/** The parts that could add signs for whom this is about, in the order of the list. */
export const parts = computed<readonly string[]>(() => {
  const [list, name] = [checklist.value, way.value];
  return list && name ? list.part_order.filter((part) => name in list.parts[part]!.routes) : [];
});

/** Whether it is still to be asked which part fits: not when it was chosen already, or none of them was. */
export const partIsOpen = computed(
  () => parts.value.length > 0 && !["any", ...parts.value].includes(factsNow.value["setting"] as string),
);

/** What was answered about the signs of this route. Others stay in the draft, in case the age is changed back. */
export const recorded = computed<Draft["answers"]>(() => {
  const items = route.value?.items ?? [];
  return Object.fromEntries(Object.entries(draft.value?.answers ?? {}).filter(([id]) => items.includes(id)));
});

/** Sign to answer, as the engine takes them. */
export const answers = computed<Answers>(() =>
  Object.fromEntries(Object.entries(recorded.value).map(([id, { answer }]) => [id, answer])),
);

/** The result so far; undefined while the definitions are not on this phone. */
export const result = computed(() =>
  checklist.value && pathway.value ? screen(checklist.value, pathway.value, answers.value, given.value) : undefined,
);

/** Late questions that matter now, by the pack. */
export const questionsOpen = computed(() =>
  result.value && pathway.value ? openQuestions(pathway.value, result.value.facts) : [],
);

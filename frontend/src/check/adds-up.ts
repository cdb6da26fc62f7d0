/**
 * What the running check adds up to, by the one screening engine. Nothing is decided here: it hands the engine
 * what was answered and reads what it says.
 */
import { computed, signal } from "@preact/signals";

import { openQuestions } from "../screening/pathway.ts";
import { screen } from "../screening/screen.ts";
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

/** The signs in their order, and the sections they stand in. */
export const route = computed(() =>
  checklist.value && pathway.value
    ? checklist.value.routes[screen(checklist.value, pathway.value, {}, given.value).route]
    : undefined,
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

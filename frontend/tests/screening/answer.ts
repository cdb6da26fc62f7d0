/**
 * The phone's engine behind a pipe, for the differential test: definitions on the first line, then one case a line; out
 * come the hashes of the definitions on the first line, then one hash and canonical result a line. Each result stands
 * beside the coded part that the phone would send for the draft of the case.
 */
import { readFileSync } from "node:fs";
import { canonicalJson, contentHash } from "../../src/screening/canonical.ts";
import { askedOf } from "../../src/screening/narrowing.ts";
import { openQuestions, withDefaults } from "../../src/screening/pathway.ts";
import { routeOf, screen } from "../../src/screening/screen.ts";
import type { Answers, Areas, Checklist, Facts, Pathway } from "../../src/screening/types.ts";
import { compose } from "../../src/sending/compose.ts";
import type { Draft } from "../../src/storage/drafts.ts";

interface Case {
  checklist: string;
  pathway: string;
  answers: Answers;
  facts: Facts;
  draft: Draft;
  organisation: Facts;
}

const [first, ...lines] = readFileSync(0, "utf8").trimEnd().split("\n");
const definitions = JSON.parse(first!) as Record<string, Checklist | Pathway | Areas>;
const areas = definitions["areas.scotland"] as Areas;
const hashed = Object.entries(definitions).map(async ([name, held]) => [name, await contentHash(held)]);

const answered = lines.map(async (line) => {
  const one = JSON.parse(line) as Case;
  const pack = definitions[one.pathway] as Pathway;
  const list = definitions[one.checklist] as Checklist;
  const result = screen(list, pack, one.answers, one.facts);
  const whole = { result, questions: openQuestions(pack, result.facts), coded: coded(list, pack, one) };
  return `${await contentHash(whole)} ${canonicalJson(whole)}`;
});

/** What is sent: as check/adds-up.ts reads the draft, and screens/send.tsx hands it over. */
function coded(list: Checklist, pack: Pathway, { draft, organisation }: Case) {
  const given = { ...draft.facts, ...organisation, ...(draft.raised && { raised: draft.raised.to }) };
  const facts = withDefaults(pack, { subject: list.subject, ...given });
  const { items } = askedOf(list, routeOf(list, facts), facts["setting"]);
  const recorded = Object.fromEntries(Object.entries(draft.answers).filter(([id]) => items.includes(id)));
  const answers = Object.fromEntries(Object.entries(recorded).map(([id, { answer }]) => [id, answer]));
  const result = screen(list, pack, answers, given);
  return compose({ draft: { ...draft, answers: recorded }, result, pathway: pack, areas, language: "en" });
}

const hashes = canonicalJson(Object.fromEntries(await Promise.all(hashed)));
process.stdout.write(`${[hashes, ...(await Promise.all(answered))].join("\n")}\n`);

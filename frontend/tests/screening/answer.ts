/**
 * The phone's engine behind a pipe, for the differential test: definitions on the first line, then one case a line; out
 * come the hashes of the definitions on the first line, then one hash and canonical result a line.
 */
import { readFileSync } from "node:fs";
import { canonicalJson, contentHash } from "../../src/screening/canonical.ts";
import { openQuestions } from "../../src/screening/pathway.ts";
import { screen } from "../../src/screening/screen.ts";
import type { Answers, Checklist, Facts, Pathway } from "../../src/screening/types.ts";

interface Case {
  checklist: string;
  pathway: string;
  answers: Answers;
  facts: Facts;
}

const [first, ...lines] = readFileSync(0, "utf8").trimEnd().split("\n");
const definitions = JSON.parse(first!) as Record<string, Checklist | Pathway>;
const hashed = Object.entries(definitions).map(async ([name, held]) => [name, await contentHash(held)]);

const answered = lines.map(async (line) => {
  const { checklist, pathway, answers, facts } = JSON.parse(line) as Case;
  const pack = definitions[pathway] as Pathway;
  const result = screen(definitions[checklist] as Checklist, pack, answers, facts);
  const whole = { result, questions: openQuestions(pack, result.facts) };
  return `${await contentHash(whole)} ${canonicalJson(whole)}`;
});

const hashes = canonicalJson(Object.fromEntries(await Promise.all(hashed)));
process.stdout.write(`${[hashes, ...(await Promise.all(answered))].join("\n")}\n`);

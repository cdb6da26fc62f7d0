/**
 * The ways a rung can be met, and the search for the fewest signs that meet it. Exact and quick: cuts leave out only
 * what could not change the answer, so that a reason is found between two screens on an old phone.
 */
import { foldKey } from "./concern.ts";
import type { Ladder, LadderExpression } from "./types.ts";

/** One way to meet a rung: how many different keys of each set, and which scores must be positive. */
export interface Recipe {
  readonly counts: ReadonlyMap<string, number>;
  readonly scores: ReadonlySet<string>;
}

/** Every way to meet an expression: `any` adds ways, `all` joins them (of one set the larger number). */
export function recipesOf(expression: LadderExpression): readonly Recipe[] {
  if ("any" in expression) return expression.any.flatMap(recipesOf);
  if ("all" in expression) {
    return expression.all
      .map(recipesOf)
      .reduce((ways, part) => ways.flatMap((one) => part.map((other) => joined(one, other))));
  }
  if ("score" in expression) return [{ counts: new Map(), scores: new Set([expression.score]) }];
  return [{ counts: new Map([[expression.count.set, expression.count.at_least]]), scores: new Set() }];
}

function joined(one: Recipe, other: Recipe): Recipe {
  const counts = new Map(one.counts);
  for (const [name, number] of other.counts) counts.set(name, Math.max(number, counts.get(name) ?? 0));
  return { counts, scores: new Set([...one.scores, ...other.scores]) };
}

/** An id that could be taken: its fold key, and as bits the still unmet sets where that key is new. */
interface Candidate {
  readonly id: string;
  readonly key: string;
  readonly sets: number;
}

/** A recipe that can be met: how many keys each of its sets still lacks, and the ids that add to one of them. */
export interface Way {
  readonly lacks: readonly number[];
  readonly candidates: readonly Candidate[];
}

/**
 * How the ids of `offered` (checklist order) can meet the counts of `recipe`, on top of those that are there `already`;
 * undefined when not even all of them do. Without this a rung that rests on a score would be searched in vain.
 */
export function wayTo(
  { counts }: Recipe,
  { fold, sets }: Ladder,
  offered: readonly string[],
  already: readonly string[] = [],
): Way | undefined {
  const lacks: number[] = [];
  const adding = new Map<string, number>();
  for (const [name, number] of counts) {
    const members = new Set(sets[name]!);
    const keysOf = (ids: readonly string[]) => new Set(ids.map((id) => foldKey(fold, id)));
    const have = keysOf(already.filter((id) => members.has(id)));
    if (number <= have.size) continue;
    const fresh = offered.filter((id) => members.has(id) && !have.has(foldKey(fold, id)));
    if (keysOf(fresh).size < number - have.size) return undefined;
    for (const id of fresh) adding.set(id, (adding.get(id) ?? 0) | (1 << lacks.length));
    lacks.push(number - have.size);
  }
  const candidates = offered.flatMap((id): Candidate[] => {
    const bits = adding.get(id);
    return bits ? [{ id, key: foldKey(fold, id), sets: bits }] : [];
  });
  return { lacks, candidates };
}

/** The most ids that could be needed: each one taken brings at least one key. */
export function longest({ lacks }: Way): number {
  return total(lacks);
}

/**
 * The first set of exactly `size` ids, in checklist order; undefined if none meets the recipe. Right only when no
 * smaller set does: ids that add nothing are left out on the way. Of ids alike in key and sets only the first can be in
 * the first answer, and of each combination of sets only the first `size`: any later one could be changed for an
 * earlier one.
 */
export function firstOfSize(way: Way, size: number): readonly string[] | undefined {
  if (size > longest(way)) return undefined;
  const ofSets = new Map<number, Set<string>>();
  const few = way.candidates.filter(({ key, sets }) => {
    const alike = ofSets.get(sets) ?? new Set();
    if (alike.has(key) || alike.size === size) return false;
    ofSets.set(sets, alike.add(key));
    return true;
  });
  return search(few, 0, way.lacks, [], size);
}

function search(
  candidates: readonly Candidate[],
  start: number,
  lacks: readonly number[],
  taken: readonly Candidate[],
  left: number,
): readonly string[] | undefined {
  const most = Math.max(0, ...lacks);
  if (!most) return left ? undefined : taken.map(({ id }) => id);
  if (most > left || total(lacks) > left * widest(candidates, start)) return undefined;
  for (let place = start; place < candidates.length; place++) {
    const one = candidates[place]!;
    // A key counts once in a set, whichever id brought it there.
    const used = taken.reduce((bits, { key, sets }) => (key === one.key ? bits | sets : bits), 0);
    const adds = one.sets & ~used;
    const fewer = lacks.map((number, bit) => (number && adds & (1 << bit) ? number - 1 : number));
    if (total(fewer) === total(lacks)) continue;
    const found = search(candidates, place + 1, fewer, [...taken, one], left - 1);
    if (found) return found;
  }
  return undefined;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** How many sets the broadest of the candidates from `start` adds to. */
function widest(candidates: readonly Candidate[], start: number): number {
  let most = 0;
  for (let place = start; place < candidates.length; place++) {
    let wide = 0;
    for (let bits = candidates[place]!.sets; bits; bits &= bits - 1) wide++;
    most = Math.max(most, wide);
  }
  return most;
}

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

/** A set of a recipe that still lacks some keys beside those that are there. */
interface Unmet {
  readonly members: ReadonlySet<string>;
  readonly have: ReadonlySet<string>;
  readonly lacks: number;
}

/** Looks for the fewest of `offered` (checklist order) that meet a recipe, on top of ids that are there already. */
export class Search {
  readonly #fold: Ladder["fold"];
  readonly #members: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #offered: readonly string[];
  readonly #already: readonly string[];

  constructor(ladder: Ladder, offered: readonly string[], already: readonly string[] = []) {
    this.#fold = ladder.fold;
    this.#members = new Map(Object.entries(ladder.sets).map(([name, ids]) => [name, new Set(ids)]));
    this.#offered = offered;
    this.#already = already;
  }

  /**
   * The first set of exactly `size` ids, in checklist order, that meets the counts of `recipe`; undefined if none does.
   * Right only when no smaller set meets it: ids that add nothing are left out on the way.
   */
  firstOfSize(recipe: Recipe, size: number): readonly string[] | undefined {
    const unmet = [...recipe.counts].flatMap(([name, number]): Unmet[] => {
      const members = this.#members.get(name)!;
      const have = new Set(this.#already.filter((id) => members.has(id)).map((id) => foldKey(this.#fold, id)));
      return number > have.size ? [{ members, have, lacks: number - have.size }] : [];
    });
    return search(this.#candidates(unmet, size), 0, unmet.map(({ lacks }) => lacks), [], size);
  }

  /**
   * Those that add something. Of ids alike in key and sets only the first can be in the first answer, and of each
   * combination of sets only the first `size`: any later one could be changed for an earlier one.
   */
  #candidates(unmet: readonly Unmet[], size: number): readonly Candidate[] {
    const found: Candidate[] = [];
    const ofSets = new Map<number, Set<string>>();
    for (const id of this.#offered) {
      const key = foldKey(this.#fold, id);
      let sets = 0;
      unmet.forEach(({ members, have }, bit) => {
        if (members.has(id) && !have.has(key)) sets |= 1 << bit;
      });
      const alike = ofSets.get(sets) ?? new Set();
      if (!sets || alike.has(key) || alike.size === size) continue;
      ofSets.set(sets, alike.add(key));
      found.push({ id, key, sets });
    }
    return found;
  }
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

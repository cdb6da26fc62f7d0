/** Every pack there is, and which one a check uses. A nation that has none yet gets what all share. */
import { base } from "./base.ts";
import type { Pack } from "./kinds.ts";
import { uk } from "./uk.ts";

export const PACKS: Readonly<Record<string, Pack>> = { base, uk };

/** The pack for a pathway's id. */
export function packFor(nation: string): Pack {
  return Object.values(PACKS).find(({ nations }) => nations.includes(nation)) ?? base;
}

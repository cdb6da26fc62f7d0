/** How a yes is most likely known: the chip that is set first, and that the worker may change. */
import type { Indicator, Known, SectionKind } from "../screening/types.ts";

export function likelyKnown({ known }: Indicator, kind: SectionKind): Known {
  if (known !== "by_section") return known;
  return kind === "seen" ? "seen" : "person_said";
}

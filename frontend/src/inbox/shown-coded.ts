/** The answers that a page was given, as they were sent: what is sealed is held against these and nothing else. */
import { hex, sha256 } from "../sealing/bytes.ts";

/** Their hash, hexadecimal; worked out here, because a database can be edited. */
export async function shownHash(section: HTMLElement): Promise<string> {
  const coded = section.querySelector<HTMLTemplateElement>("template[data-coded]")!;
  return hex(await sha256(coded.content.textContent ?? ""));
}

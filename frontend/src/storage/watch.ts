/**
 * Notices when the browser emptied this phone's store: two markers, one in the database and one beside it,
 * must agree.
 * It must never set them right before the worker has seen that something was lost.
 */
import { keepSetting, readSetting } from "./settings.ts";

/** What was lost: how many referrals had not been sent when the phone last counted. */
export interface Loss {
  readonly unsent: number;
}

const BESIDE = "kept";
let agreed = false;

/**
 * Looks once at start. Returns the loss, or null when all is well. @throws CouldNotKeep when there is no store
 * at all.
 */
export async function watchStore(): Promise<Loss | null> {
  const [beside, unsent] = readBeside();
  const inside = await readSetting("marker");
  if (beside && beside !== inside) return { unsent };
  if (!inside) await mark();
  else if (!beside) writeBeside(inside, 0);
  agreed = true;
  return null;
}

/** The worker has seen it: from here on the markers agree again. @throws CouldNotKeep */
export async function lossWasSeen(): Promise<void> {
  await mark();
  agreed = true;
}

/** Remembers beside the database how many referrals wait in it. */
export function rememberUnsent(count: number): void {
  const [marker, held] = readBeside();
  if (agreed && held !== count) writeBeside(marker, count);
}

async function mark(): Promise<void> {
  const marker = crypto.randomUUID();
  await keepSetting("marker", marker);
  writeBeside(marker, 0);
}

function readBeside(): [marker: string, unsent: number] {
  try {
    const [marker = "", count = "0"] = (localStorage.getItem(BESIDE) ?? "").split(" ");
    return [marker, Number(count)];
  } catch {
    return ["", 0]; // The browser refuses localStorage: nothing to compare with.
  }
}

function writeBeside(marker: string, unsent: number): void {
  try {
    localStorage.setItem(BESIDE, `${marker} ${unsent}`);
  } catch {
    // Refused: the database alone must do.
  }
}

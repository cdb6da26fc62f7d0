/** What is started once the later screens are here: nothing of it is needed in the first minute. */
import { startFewPeople } from "../check/few-people.ts";
import { startNation } from "../content/nation.ts";
import { startContact } from "../screens/emptied.tsx";
import { startSweeping } from "./sweeping.ts";

/** Starts all of it. Call it once or often. */
export function startLate(): void {
  startContact();
  startSweeping();
  startNation();
  startFewPeople();
}

/** A referral whose team the server has refused: choose another, or ring. Nothing of it is lost meanwhile. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { reachable, type Addressed } from "../sending/addressee.ts";
import { readdress } from "../sending/handing-over.ts";
import type { Waiting } from "../sending/outbox.ts";
import { readSetting } from "../storage/settings.ts";
import { t } from "../words/translate.ts";
import { Call } from "./contact.tsx";
import { TeamChips } from "./team-chips.tsx";

export function ChooseAgain({ row: { id, team } }: { row: Waiting }) {
  const teams = useSignal<readonly Addressed[]>([]);
  const failed = useSignal(false);
  useEffect(() => {
    readSetting("devices").then(
      (devices) => (teams.value = reachable(devices).filter((one) => one.team !== team.id)),
      () => undefined, // Without the list there is the number.
    );
  }, []);
  const choose = async ({ by, team: to }: Addressed): Promise<void> => {
    failed.value = await readdress(id, { by, team: to }).then(
      () => false,
      () => true,
    );
  };
  return (
    <>
      {teams.value.length > 0 && (
        <TeamChips teams={teams.value} chosen={undefined} onChoose={(to) => void choose(to)} />
      )}
      <p class="error" role="alert">
        {failed.value && t("This phone could not keep your choice. It still waits for the first team.")}
      </p>
      <div class="pair">
        <Call number={team.urgent_number} />
      </div>
    </>
  );
}

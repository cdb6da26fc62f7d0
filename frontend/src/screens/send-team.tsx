/** Whether this team is safe to tell. If not, it goes to another that this phone has joined, or it does not go yet. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { device, questionsOpen } from "../check/adds-up.ts";
import { go } from "../check/places.ts";
import { draft, pathway } from "../check/running.ts";
import { Chips } from "../parts/choices.tsx";
import { Icon } from "../parts/icon.tsx";
import { LateQuestions } from "../parts/late-questions.tsx";
import { Notice } from "../parts/notice.tsx";
import { keepSetting, readSetting, type Settings } from "../storage/settings.ts";
import { content, t } from "../words/translate.ts";

export function Conflict() {
  if (!questionsOpen.value.includes("conflict")) return null;
  return (
    <section class="panel">
      <LateQuestions facts={["conflict"]} />
      {draft.value!.facts["conflict"] === "yes" && <OtherTeam />}
    </section>
  );
}

function OtherTeam() {
  const joined = useSignal<Settings["devices"] | undefined>(undefined);
  useEffect(() => {
    readSetting("devices").then(
      (found) => (joined.value = found),
      () => undefined, // Without the list, what follows says whom to ring.
    );
  }, []);
  const teams = Object.values(joined.value?.by_team ?? {}).map(({ team }) => team);
  const choose = async (home: string): Promise<void> => {
    const devices = { ...joined.value!, home };
    await keepSetting("devices", devices);
    joined.value = devices;
    device.value = devices.by_team[home];
  };
  return (
    <Notice danger alert>
      <p>
        <b>{t("Do not send it to a team that may be part of it.")}</b>
      </p>
      {teams.length > 1 && (
        <Chips
          ask={t("From now on, send to")}
          choices={teams.map(({ id, name }) => ({ value: id, said: name }))}
          chosen={[device.value?.team.id ?? ""]}
          onChoose={(id) => void choose(id)}
        />
      )}
      <ul class="points">
        {(pathway.value!.actions["coordinator.other_team"]?.do ?? []).map((line) => (
          <li key={line}>{content(line)}</li>
        ))}
      </ul>
      <button type="button" class="btn" onClick={() => go({ name: "help" })}>
        <Icon name="phone" />
        {t("Numbers to ring")}
      </button>
    </Notice>
  );
}

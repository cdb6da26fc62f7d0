/** The teams that this phone can send to, to choose one for a single referral. The home team stays the home team. */
import type { Addressed } from "../sending/addressee.ts";
import { t } from "../words/translate.ts";
import { Chips } from "./choices.tsx";

interface TeamChipsProps {
  readonly teams: readonly Addressed[];
  readonly chosen: string | undefined;
  readonly onChoose: (to: Addressed) => void;
}

export function TeamChips({ teams, chosen, onChoose }: TeamChipsProps) {
  return (
    <Chips
      ask={t("Send this one to")}
      choices={teams.map(({ team, to, organisation }) => ({
        value: team,
        said: organisation ? `${to.name} · ${organisation}` : to.name,
      }))}
      chosen={chosen === undefined ? [] : [chosen]}
      onChoose={(id) => onChoose(teams.find(({ team }) => team === id)!)}
    />
  );
}

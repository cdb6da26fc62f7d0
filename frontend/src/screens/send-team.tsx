/** To whom it goes, and whether that team is safe to tell. If not, this one goes to another, or it does not go yet. */
import { device, questionsOpen } from "../check/adds-up.ts";
import { go } from "../check/places.ts";
import { draft, pathway, tell } from "../check/running.ts";
import { Call } from "../parts/contact.tsx";
import { Icon } from "../parts/icon.tsx";
import { LateQuestions } from "../parts/late-questions.tsx";
import { Notice } from "../parts/notice.tsx";
import { TeamChips } from "../parts/team-chips.tsx";
import type { Addressed } from "../sending/addressee.ts";
import { oneOf, saidReading } from "../words/hours.ts";
import { saidKeyChanged, saidTakenOut } from "../words/said-sending.ts";
import { content, t } from "../words/translate.ts";

export interface Teams {
  /** Where it goes; undefined when the team that was chosen can no longer be sent to. */
  readonly to: Addressed | undefined;
  readonly all: readonly Addressed[];
}

export function ToWhom({ to }: { to: Addressed }) {
  const { name, urgent_number } = to.to;
  return (
    <section class="panel">
      <p class="eyebrow">{t("It goes to")}</p>
      <h2>{name}</h2>
      <p>{saidReading(to.to)}</p>
      <p>{t("If it cannot wait, ring:")}</p>
      <Call number={urgent_number} />
      {(to.device.taken_out || to.cut) && (
        <Notice>
          <p>{to.device.taken_out ? saidTakenOut() : saidKeyChanged()}</p>
          <button type="button" class="btn" onClick={() => go({ name: "join" })}>
            {t("Open an invitation")}
          </button>
        </Notice>
      )}
    </section>
  );
}

export function Conflict({ to, all }: Teams) {
  const isAsked = questionsOpen.value.includes("conflict");
  const isPart = isAsked && draft.value!.facts["conflict"] === "yes";
  return (
    <>
      <NotTold to={to} all={all} hasChoice={isPart} />
      {isAsked && (
        <section class="panel">
          <LateQuestions facts={["conflict"]} />
          {isPart && <OtherTeam to={to} all={all} />}
        </section>
      )}
    </>
  );
}

/** About whom this team must not be told; stays while another was chosen, so that the choice can be changed. */
function NotTold({ to, all, hasChoice }: Teams & { hasChoice: boolean }) {
  const names = to?.to.conflicts ?? [];
  const isOther = to && to.team !== device.value?.team.id;
  if (to && !names.length && !isOther) return null;
  const values = { team: to?.to.name ?? "", names: oneOf(names) };
  return (
    <Notice danger={!to} alert={!to}>
      <p>
        {!to
          ? t("The team you chose can no longer be sent to. Choose another.")
          : !names.length
            ? t("This one goes to {team}. Your team does not get it.", values)
            : all.length > 1
              ? t("{team} must not be told about people who work for {names}. If it is about them, choose another team.", values)
              : t("{team} must not be told about people who work for {names}. If it is about them, ring instead of sending.", values)}
      </p>
      {!hasChoice && <Choice to={to} all={all} />}
      {all.length < 2 && <Numbers />}
    </Notice>
  );
}

function OtherTeam({ to, all }: Teams) {
  return (
    <Notice danger alert>
      <p>
        <b>{t("Do not send it to a team that may be part of it.")}</b>
      </p>
      <Choice to={to} all={all} />
      <ul class="points">
        {(pathway.value!.actions["coordinator.other_team"]?.do ?? []).map((line) => (
          <li key={line}>{content(line)}</li>
        ))}
      </ul>
      <Numbers />
    </Notice>
  );
}

function Choice({ to, all }: Teams) {
  if (all.length < 2 && to) return null;
  return (
    <TeamChips teams={all} chosen={to?.team} onChoose={({ by, team }) => tell({ send_to: { by, team } })} />
  );
}

function Numbers() {
  return (
    <button type="button" class="btn" onClick={() => go({ name: "help" })}>
      <Icon name="phone" />
      {t("Numbers to ring")}
    </button>
  );
}

/** The team in the settings: when it reads, what it calls this phone, joining another, and leaving. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { device } from "../check/adds-up.ts";
import { go } from "../check/places.ts";
import { Chips } from "../parts/choices.tsx";
import { Notice } from "../parts/notice.tsx";
import { change } from "../sending/hearing.ts";
import { leaveTeam } from "../sending/leave-team.ts";
import { isCut } from "../sending/keyed.ts";
import { homeDevice, keepSetting, readSetting, type Settings } from "../storage/settings.ts";
import { day } from "../words/dates-and-numbers.ts";
import { saidReading } from "../words/hours.ts";
import { saidKeyChanged, saidTakenOut } from "../words/said-sending.ts";
import { saidTrouble } from "../words/said-trouble.ts";
import { t } from "../words/translate.ts";

export function TeamPanel() {
  const joined = device.value;
  return (
    <section class="panel">
      <h2>{t("Team")}</h2>
      {joined ? (
        <>
          <p>
            {joined.team.name}
            {" · "}
            {joined.organisation.name}
          </p>
          <p>{saidReading(joined.team)}</p>
          {joined.phone && <p>{t("This phone: {code}", { code: joined.phone })}</p>}
          <Renewed />
          {(joined.taken_out || isCut(joined)) && (
            <Notice>
              <p>{joined.taken_out ? saidTakenOut() : saidKeyChanged()}</p>
            </Notice>
          )}
          <Homes />
        </>
      ) : (
        <p>{t("None yet. You can check, and keep what you checked; sending needs a team.")}</p>
      )}
      <button type="button" class="btn" onClick={() => go({ name: "join" })}>
        {joined ? t("Join another team") : t("Join a team")}
      </button>
      {joined && <Leave key={joined.team.id} team={joined.team.id} name={joined.team.name} />}
    </section>
  );
}

/** A renewed key was followed: said quietly, and once. */
function Renewed() {
  const at = useSignal<number | undefined>(undefined);
  const { renewed_at, device_token } = device.value!;
  useEffect(() => {
    if (renewed_at === undefined) return;
    at.value = renewed_at;
    change(device_token, ({ renewed_at: _told, ...rest }) => rest)
      .then(async () => (device.value = await homeDevice()))
      .catch(() => undefined); // Then it is said once more.
  }, [renewed_at]);
  return at.value === undefined ? null : (
    <p class="small">{t("The team’s key was renewed on {day}: nothing to do.", { day: day(at.value) })}</p>
  );
}

/** Where several teams were joined, one of them is home. */
function Homes() {
  const joined = useSignal<Settings["devices"] | undefined>(undefined);
  useEffect(() => {
    readSetting("devices").then(
      (found) => (joined.value = found),
      () => undefined, // The team above stays the home team.
    );
  }, [device.value]);
  const teams = Object.values(joined.value?.by_team ?? {}).map(({ team }) => team);
  const choose = async (home: string): Promise<void> => {
    const devices = await readSetting("devices");
    if (!devices?.by_team[home]) return;
    await keepSetting("devices", { ...devices, home });
    device.value = await homeDevice();
  };
  if (teams.length < 2) return null;
  return (
    <Chips
      ask={t("From now on, send to")}
      choices={teams.map(({ id, name }) => ({ value: id, said: name }))}
      chosen={[device.value?.team.id ?? ""]}
      onChoose={(id) => void choose(id).catch(() => undefined)}
    />
  );
}

/** Two taps: the first says what it means. */
function Leave({ team, name }: { team: string; name: string }) {
  const isSure = useSignal(false);
  const busy = useSignal(false);
  const fault = useSignal("");
  const leave = async (): Promise<void> => {
    busy.value = true;
    fault.value = "";
    try {
      const left = await leaveTeam(team);
      if (left === "unsent") fault.value = t("Something for this team is not sent yet, and is on this phone only. Send it first.");
      else if (left !== "left") fault.value = saidTrouble(left.code);
      device.value = await homeDevice();
    } catch {
      fault.value = t("This phone could not keep the change. Try again.");
    }
    busy.value = false;
    isSure.value = false;
  };
  return (
    <>
      {isSure.value ? (
        <Sure name={name} busy={busy.value} onYes={() => void leave()} onNo={() => (isSure.value = false)} />
      ) : (
        <button type="button" class="link" onClick={() => (isSure.value = true)}>
          {t("Leave this team")}
        </button>
      )}
      <p class="error" role="alert">
        {fault.value}
      </p>
    </>
  );
}

interface SureProps {
  readonly name: string;
  readonly busy: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function Sure({ name, busy, onYes, onNo }: SureProps) {
  const stay = useRef<HTMLButtonElement>(null);
  // The link that was tapped is gone: the focus goes on, to what changes nothing.
  useEffect(() => stay.current?.focus({ preventScroll: true }), []);
  return (
    <Notice alert>
      <p>{t("You can then send nothing to {team}. To come back you need a new invitation.", { team: name })}</p>
      <div class="pair">
        <button type="button" class="btn" disabled={busy} onClick={onYes}>
          {t("Yes, leave this team")}
        </button>
        <button type="button" class="btn" ref={stay} disabled={busy} onClick={onNo}>
          {t("Stay")}
        </button>
      </div>
    </Notice>
  );
}

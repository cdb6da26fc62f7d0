/** Sending: what goes, to whom and when they read, how to be reached, and the note that only the team can open. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { device, result } from "../check/adds-up.ts";
import { asItGoes } from "../check/as-it-goes.ts";
import { fewPeopleHere } from "../check/few-people.ts";
import { go, instead } from "../check/places.ts";
import { areas, draft, pathway, putDown, tell, written } from "../check/running.ts";
import { Answer, Chips } from "../parts/choices.tsx";
import { Call } from "../parts/contact.tsx";
import { Icon } from "../parts/icon.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { addresseeOf, reachable } from "../sending/addressee.ts";
import { tryNow } from "../sending/clock.ts";
import { compose, rolledUp } from "../sending/compose.ts";
import { NotJoined, putInOutbox } from "../sending/handing-over.ts";
import type { Reach } from "../storage/drafts.ts";
import { readSetting, type Settings } from "../storage/settings.ts";
import { content, locale, t } from "../words/translate.ts";
import { NoteFields } from "./send-note.tsx";
import { Conflict, ToWhom } from "./send-team.tsx";

type Missing = "area" | "reach" | "number" | "team" | "kept";

/** Which teams can be sent to is read first: until then nothing can be sent to a wrong one. */
export function Send() {
  const devices = useSignal<Settings["devices"] | undefined>(undefined);
  const joined = device.value;
  useEffect(() => {
    readSetting("devices").then(
      (found) => (devices.value = found),
      () => undefined, // What cannot be read cannot be sent either; the screen stays at its heading.
    );
  }, [joined]);
  if (!joined) return <NoTeam />;
  if (!devices.value) return <Screen heading={t("Send")} />;
  return <SendFrom devices={devices.value} />;
}

function SendFrom({ devices }: { devices: Settings["devices"] }) {
  const missing = useSignal<Missing | undefined>(undefined);
  const busy = useSignal(false);
  const { id, area = "", reach, note } = draft.value!;
  const teams = { all: reachable(devices), to: addresseeOf(draft.value!, devices) };
  const send = async (): Promise<void> => {
    if (!rolledUp(areas.value!, area)) missing.value = "area";
    else if (!reach) missing.value = "reach";
    else if (reach === "sealed_number" && !note.reach_me.trim()) missing.value = "number";
    else return handOver();
    document.getElementById(missing.value)?.focus();
  };
  const handOver = async (): Promise<void> => {
    busy.value = true;
    missing.value = undefined;
    try {
      await written();
      const [draftNow, found] = [asItGoes(), result.value!];
      const pack = { pathway: pathway.value!, areas: areas.value!, language: locale.value };
      await putInOutbox(draftNow, compose({ draft: draftNow, result: found, ...pack }));
      instead({ name: "sent", id, ...(found.facts["concern"] === "strong" && { strong: 1 as const }) });
      putDown();
      void tryNow();
    } catch (cause) {
      // Nothing went out and the draft is still here: the worker may try again.
      missing.value = cause instanceof NotJoined ? "team" : "kept";
      busy.value = false;
    }
  };
  return (
    <Screen
      heading={t("Send")}
      foot={
        <button type="button" class="btn main" disabled={busy.value || !teams.to} onClick={() => void send()}>
          {teams.to ? t("Send to {team}", { team: teams.to.to.name }) : t("Send")}
          <Icon name="send" />
        </button>
      }
    >
      {teams.to && <ToWhom to={teams.to} />}
      <Called />
      <Conflict {...teams} />
      <Area own={teams.to?.to.areas ?? []} fault={missing.value === "area"} />
      <Ways fault={missing.value === "reach"} />
      <NoteFields fault={missing.value === "number"} hasKey={teams.to?.key !== undefined || teams.to?.cut === true} />
      <WhatGoes />
      <p class="error" role="alert">
        {missing.value === "kept" &&
          t("This phone could not keep it for sending. Nothing was sent. Make some room, then try again.")}
        {missing.value === "team" && t("The team you chose can no longer be sent to. Choose another.")}
      </p>
    </Screen>
  );
}

function NoTeam() {
  return (
    <Screen
      heading={t("Send")}
      foot={
        <button type="button" class="btn main" onClick={() => go({ name: "join" })}>
          {t("Join a team")}
        </button>
      }
    >
      <p>{t("To send this, join a team by its invitation. Until then it is kept on this phone.")}</p>
      <p>{t("Nobody reads it there. If it cannot wait, ring.")}</p>
      <button type="button" class="btn" onClick={() => go({ name: "help" })}>
        <Icon name="phone" />
        {t("Numbers to ring")}
      </button>
    </Screen>
  );
}

/** What must be done now is never done by sending. */
function Called() {
  const called = useSignal<string | undefined>(undefined);
  const pack = pathway.value!;
  const urgent = result.value!.actions.filter(({ urgency }) => urgency === pack.urgency_order[0]);
  const contacts = urgent.flatMap(({ action }) => pack.actions[action]!.contacts);
  const numbers = [...new Set(contacts.flatMap((id) => pack.contacts[id]?.number ?? []))];
  if (!numbers.length) return null;
  return (
    <Notice danger>
      <p>
        <b>{t("Something here cannot wait. Sending does not call anyone.")}</b>
      </p>
      <Chips
        ask={t("Have you called?")}
        choices={[
          { value: "yes", said: t("Yes, I have called") },
          { value: "no", said: t("Not yet") },
        ]}
        chosen={called.value ? [called.value] : []}
        onChoose={(value) => (called.value = value)}
      />
      {called.value !== "yes" && (
        <div class="pair">
          {numbers.map((number) => (
            <Call key={number} number={number} now />
          ))}
        </div>
      )}
    </Notice>
  );
}

function Area({ own, fault }: { own: readonly string[]; fault: boolean }) {
  const all = areas.value?.areas ?? [];
  const chosen = draft.value!.area ?? "";
  const wider = all.find(({ code }) => code === chosen)?.roll_up;
  const [near, far] = [all.filter(({ code }) => own.includes(code)), all.filter(({ code }) => !own.includes(code))];
  const option = ({ code, name }: { code: string; name: string }) => (
    <option key={code} value={code}>
      {content(name)}
    </option>
  );
  return (
    <div class="field">
      <label for="area">{t("Area")}</label>
      <select
        id="area"
        required
        aria-invalid={fault}
        aria-describedby="area-fault"
        value={chosen}
        onChange={({ currentTarget }) => tell({ area: currentTarget.value })}
      >
        <option value="" disabled>
          {t("Choose the area")}
        </option>
        <optgroup label={t("Your team’s areas")}>{near.map(option)}</optgroup>
        <optgroup label={t("Other areas")}>{far.map(option)}</optgroup>
      </select>
      <p class="error" id="area-fault">
        {fault && t("Choose the area.")}
      </p>
      {wider && (
        <p class="small">
          {t("It goes as {area}: a small area could point at one person.", { area: content(wider.name) })}
        </p>
      )}
      {fewPeopleHere() && (
        <Notice>
          <p>
            {t("Few people live in this area. With what you tell, it could point at one person. If that could harm them, talk to your team first.")}
          </p>
        </Notice>
      )}
    </div>
  );
}

function Ways({ fault }: { fault: boolean }) {
  const { reach } = draft.value!;
  const ways: readonly { value: Reach; said: string; more: string }[] = [
    { value: "sealed_number", said: t("They can ring me"), more: t("My number is in the sealed note below.") },
    { value: "app", said: t("Messages in the app"), more: t("Their answer comes here. I look for it.") },
    { value: "ring", said: t("I will ring them"), more: t("I say the reference that I get.") },
    {
      value: "none",
      said: t("No follow-up"),
      more: t("Nothing is kept on this phone afterwards. The team cannot reach you."),
    },
  ];
  return (
    <fieldset id="reach" tabIndex={-1} class={fault ? "rows fault" : "rows"} aria-describedby="reach-fault">
      <legend>{t("How can they reach you?")}</legend>
      <p class="error" id="reach-fault">
        {fault && t("Choose how the team can reach you.")}
      </p>
      <div class="answers">
        {ways.map(({ value, said, more }) => (
          <Answer key={value} chosen={reach === value} onChoose={() => tell({ reach: value })}>
            <span class="rows">
              {said}
              <small>{more}</small>
            </span>
          </Answer>
        ))}
      </div>
    </fieldset>
  );
}

function WhatGoes() {
  return (
    <section class="panel">
      <h2>{t("What goes")}</h2>
      <ul class="points">
        <li>{t("Your answers, the facts and what they add up to")}</li>
        <li>{t("The area, the day and the part of the day")}</li>
        <li>{t("The note, sealed: only this team can open it")}</li>
      </ul>
      <h2>{t("What does not go")}</h2>
      <ul class="points nots">
        <li>{t("Your name, your number, the phone’s place")}</li>
        <li>{t("Any name or birthday: nothing here asks for one")}</li>
      </ul>
    </section>
  );
}

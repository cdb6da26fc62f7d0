/** Joining a team: by the link the app was opened with, or one that is pasted. The app works before this too. */
import { useSignal } from "@preact/signals";

import { device } from "../check/adds-up.ts";
import { back } from "../check/places.ts";
import { Call } from "../parts/contact.tsx";
import { Icon } from "../parts/icon.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { invitationInAddress, join, parseInvitation, type Invitation, type LinkFault } from "../sending/join.ts";
import type { Trouble } from "../sending/asking.ts";
import { saidTrouble } from "../words/said.ts";
import { t } from "../words/translate.ts";

type Step = "ask" | "joining" | "joined";

export function Join() {
  const step = useSignal<Step>("ask");
  const pasted = useSignal("");
  const fault = useSignal("");
  const inLink = invitationInAddress();
  const accept = async (invitation: Invitation): Promise<void> => {
    step.value = "joining";
    fault.value = "";
    try {
      const joined = await join(invitation);
      if ("device" in joined) {
        device.value = joined.device;
        step.value = "joined";
        return;
      }
      fault.value = saidRefusal(joined.trouble);
    } catch {
      fault.value = t("This phone could not keep the invitation. Make some room, then try again.");
    }
    step.value = "ask";
  };
  const paste = (): void => {
    const read = parseInvitation(pasted.value);
    if (typeof read === "string") fault.value = saidFault(read);
    else void accept(read);
  };
  if (step.value === "joined") return <Joined />;
  const isBusy = step.value === "joining";
  return (
    <Screen
      heading={inLink ? t("Join this team?") : t("Join a team")}
      foot={
        <button
          type="button"
          class="btn main"
          disabled={isBusy}
          onClick={() => (inLink ? void accept(inLink) : paste())}
        >
          {isBusy ? t("Joining …") : t("Join")}
        </button>
      }
    >
      {inLink ? (
        <p>{t("You opened an invitation. After joining, your checks can be sent to the team that gave it to you.")}</p>
      ) : (
        <>
          <p>{t("Your team gives you an invitation: a code to scan with the phone’s camera, or a link to paste here.")}</p>
          <div class="field">
            <label for="invitation">{t("Invitation link")}</label>
            <textarea
              id="invitation"
              rows={3}
              dir="ltr"
              autocomplete="off"
              spellcheck={false}
              aria-describedby="invitation-fault"
              value={pasted.value}
              onInput={({ currentTarget }) => (pasted.value = currentTarget.value)}
            />
          </div>
        </>
      )}
      <p class="error" id="invitation-fault" role="alert">
        {fault.value}
      </p>
      <p class="small">{t("No name, number or address of yours is asked for. You can check without joining; only sending needs a team.")}</p>
    </Screen>
  );
}

function Joined() {
  const { team, organisation, usable_key } = device.value!;
  return (
    <Screen
      heading={t("You have joined")}
      foot={
        <button type="button" class="btn main" onClick={back}>
          {t("Go on")}
          <Icon name="on" />
        </button>
      }
    >
      <section class="panel">
        <h2>{team.name}</h2>
        <p>{organisation.name}</p>
        <p>{t("They read: {hours}", { hours: team.reading_hours })}</p>
        <p>{t("If it cannot wait, ring:")}</p>
        <Call number={team.urgent_number} />
      </section>
      {!usable_key && (
        <Notice>
          <p>{t("This team cannot open notes yet. Answers are sent; what you write waits on this phone until it can.")}</p>
        </Notice>
      )}
    </Screen>
  );
}

function saidFault(fault: LinkFault): string {
  return fault === "other_server"
    ? t("This invitation is for another app address. Open its link in the browser.")
    : t("This is not an invitation. Paste the whole link.");
}

function saidRefusal({ code }: Trouble): string {
  return code === "refused" || code === "not_found" || code === "device_refused"
    ? t("This invitation is used up or too old. Ask your team for a new one.")
    : saidTrouble(code);
}

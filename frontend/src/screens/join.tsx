/** Joining a team: by the link the app was opened with, a scanned code, or a link that is pasted. */
import { useSignal } from "@preact/signals";

import { device } from "../check/adds-up.ts";
import { back } from "../check/places.ts";
import { Call } from "../parts/contact.tsx";
import { Icon } from "../parts/icon.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { invitationInAddress, join, parseInvitation, type Invitation, type LinkFault } from "../sending/join.ts";
import { isCut } from "../sending/keyed.ts";
import { saidReading } from "../words/hours.ts";
import { saidFault, saidKeyChanged, saidRefusal } from "../words/said-sending.ts";
import { t } from "../words/translate.ts";
import { InstallFirst } from "./join-install.tsx";
import { Scan } from "./join-scan.tsx";

type Step = "ask" | "joining" | "joined";

export function Join() {
  const step = useSignal<Step>("ask");
  const pasted = useSignal("");
  const inAddress = invitationInAddress();
  const opened = useSignal<Invitation | undefined>(typeof inAddress === "string" ? undefined : inAddress);
  const fault = useSignal(typeof inAddress === "string" ? saidFault(inAddress) : "");
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
  const take = (read: Invitation | LinkFault, then: (invitation: Invitation) => void): void => {
    fault.value = "";
    if (typeof read === "string") fault.value = saidFault(read);
    else then(read);
  };
  const joinNow = (): void =>
    opened.value ? void accept(opened.value) : take(parseInvitation(pasted.value), (read) => void accept(read));
  if (step.value === "joined") return <Joined />;
  const isBusy = step.value === "joining";
  return (
    <Screen
      heading={opened.value ? t("Join this team?") : t("Join a team")}
      foot={
        <button type="button" class="btn main" disabled={isBusy} onClick={joinNow}>
          {isBusy ? t("Joining …") : t("Join")}
        </button>
      }
    >
      <InstallFirst hasLink={inAddress !== undefined} />
      {opened.value ? (
        <p role="status">
          {t("You opened an invitation. After joining, your checks can be sent to the team that gave it to you.")}
        </p>
      ) : (
        <>
          <p>{t("Your team gives you an invitation: a code to scan with the phone’s camera, or a link to paste here.")}</p>
          <Scan
            onStart={() => (fault.value = "")}
            onText={(text) =>
              take(parseInvitation(text), (read) => {
                opened.value = read;
                document.querySelector<HTMLElement>("h1")?.focus(); // Its words have changed with what was found.
              })
            }
          />
          <div class="field">
            <label for="invitation">{t("Invitation link")}</label>
            <textarea
              id="invitation"
              rows={3}
              dir="ltr"
              autocomplete="off"
              spellcheck={false}
              aria-describedby="invitation-fault"
              aria-invalid={fault.value !== ""}
              value={pasted.value}
              onInput={({ currentTarget }) => (pasted.value = currentTarget.value)}
            />
          </div>
        </>
      )}
      <p class="error" id="invitation-fault" role="alert">
        {fault.value}
      </p>
      {opened.value && fault.value && (
        <button type="button" class="btn" disabled={isBusy} onClick={() => (opened.value = undefined)}>
          {t("Use another invitation")}
        </button>
      )}
      <p class="small">{t("No name, number or address of yours is asked for. You can check without joining; only sending needs a team.")}</p>
    </Screen>
  );
}

function Joined() {
  const { team, organisation, usable_key } = device.value!;
  const isChanged = isCut(device.value!);
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
        <p>{saidReading(team)}</p>
        <p>{t("If it cannot wait, ring:")}</p>
        <Call number={team.urgent_number} />
      </section>
      {!usable_key && (
        <Notice>
          <p>
            {isChanged
              ? saidKeyChanged()
              : t("This team cannot open notes yet. Answers are sent; what you write waits on this phone until it can.")}
          </p>
        </Notice>
      )}
    </Screen>
  );
}

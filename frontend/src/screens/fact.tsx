/** The three facts, one tap each: who it is about, danger, and whether they were met. The setting is where.tsx. */
import { useSignal } from "@preact/signals";

import { partIsOpen } from "../check/adds-up.ts";
import { saidPlainly } from "../check/asked-at-once.ts";
import { back, go, type StartFact } from "../check/places.ts";
import { aboutWhom, draft, settle } from "../check/running.ts";
import { Answer } from "../parts/choices.tsx";
import { Call, emergencyNumber } from "../parts/contact.tsx";
import { Icon } from "../parts/icon.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { t } from "../words/translate.ts";

interface FactProps {
  readonly fact: StartFact;
  /** Came here to change it: back again afterwards. */
  readonly edit: boolean;
}

export function Fact({ fact, edit }: FactProps) {
  const on = (): void => (edit ? back() : next(fact));
  return fact === "who" ? <Who on={on} /> : fact === "danger" ? <Danger on={on} /> : <Met on={on} />;
}

interface Step {
  readonly on: () => void;
}

function next(fact: StartFact): void {
  const { id: check, facts } = draft.value!;
  if (fact === "who") go({ name: "fact", check, fact: partIsOpen.value ? "where" : "danger" });
  else if (fact === "danger" && facts["subject"] !== "place") go({ name: "fact", check, fact: "contact" });
  else go({ name: "sign", check, at: 0 });
}

function Skip({ on }: Step) {
  return (
    <button type="button" class="btn plain" onClick={on}>
      {t("Skip")}
    </button>
  );
}

function Who({ on }: Step) {
  const missing = useSignal(false);
  const { subject, age } = draft.value!.facts;
  const choose = (who: "adult" | "unsure" | "place"): void => {
    missing.value = !aboutWhom(who);
    if (!missing.value) on();
  };
  return (
    <Screen heading={t("Who is it about?")} thumb>
      <p class="small">{t("If you are not sure that they are 18, say that they may be under 18.")}</p>
      {missing.value && (
        <Notice alert>
          <p>{t("That list is not on this phone yet. Open the app where there is signal.")}</p>
        </Notice>
      )}
      <div class="answers">
        <Answer chosen={age === "adult"} onChoose={() => choose("adult")}>
          {t("An adult")}
        </Answer>
        <Answer
          chosen={subject === "person" && age !== undefined && age !== "adult"}
          onChoose={() => choose("unsure")}
        >
          {t("Someone who may be under 18")}
        </Answer>
        <Answer chosen={subject === "place"} onChoose={() => choose("place")}>
          {t("A place, no one person")}
        </Answer>
      </div>
    </Screen>
  );
}

function Danger({ on }: Step) {
  const { danger } = draft.value!.facts;
  const choose = (value: string): void => {
    settle({ danger: value });
    // With danger now the number comes first, and carrying on is a second tap.
    if (value !== "now") on();
  };
  const isNow = danger === "now";
  return (
    <Screen
      heading={t("Is someone in danger?")}
      thumb
      foot={
        isNow ? (
          <button type="button" class="btn main" onClick={on}>
            {t("Carry on")}
            <Icon name="on" />
          </button>
        ) : (
          <Skip on={on} />
        )
      }
    >
      <div class="answers">
        <Answer chosen={isNow} onChoose={() => choose("now")}>
          {t("Yes, now")}
        </Answer>
        {isNow && (
          <Notice danger alert>
            <p>
              <b>{t("Call {number} first, if you can do so safely.", { number: emergencyNumber() })}</b> {t("What you answered is kept.")}
            </p>
            <Call now />
          </Notice>
        )}
        {["ongoing", "none"].map((value) => (
          <Answer key={value} chosen={danger === value} onChoose={() => choose(value)}>
            {saidPlainly(value)}
          </Answer>
        ))}
      </div>
    </Screen>
  );
}

function Met({ on }: Step) {
  const { contact } = draft.value!.facts;
  const choose = (value: string): void => {
    settle({ contact: value });
    on();
  };
  return (
    <Screen heading={t("Did you meet them?")} thumb foot={<Skip on={on} />}>
      <div class="answers">
        <Answer chosen={contact === "in_person"} onChoose={() => choose("in_person")}>
          {t("Yes, in person")}
        </Answer>
        <Answer chosen={contact === "remote"} onChoose={() => choose("remote")}>
          {t("By phone or online")}
        </Answer>
        <Answer chosen={contact === "third_party"} onChoose={() => choose("third_party")}>
          {t("No, I saw or heard about it")}
        </Answer>
      </div>
    </Screen>
  );
}

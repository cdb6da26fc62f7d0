/** Do this now: shown at once after a sign that decides. Carrying on comes second. */
import { route } from "../check/adds-up.ts";
import { firstThings } from "../check/do-first.ts";
import { back, go, instead } from "../check/places.ts";
import { draft, pathway } from "../check/running.ts";
import { Act } from "../parts/act.tsx";
import { Icon } from "../parts/icon.tsx";
import { LateQuestions } from "../parts/late-questions.tsx";
import { Screen } from "../parts/screen.tsx";
import { t } from "../words/translate.ts";

/** `next`: the sign to carry on with; below nought, back to where the answer was changed. */
export function Now({ next }: { next: number }) {
  const pack = pathway.value!;
  const check = draft.value!.id;
  const signs = route.value!.items.length;
  const things = firstThings();
  const isNow = things[0]?.urgency === pack.urgency_order[0];
  // Shown once: Back after carrying on does not come here again.
  const onward = (): void =>
    next < 0 ? back() : instead(next < signs ? { name: "sign", check, at: next } : { name: "result", check });
  return (
    <Screen
      heading={isNow ? t("Do this now") : t("Do this first")}
      foot={
        <>
          <button type="button" class="btn" onClick={() => go({ name: "result", check })}>
            {t("Stop here")}
          </button>
          <button type="button" class="btn main" onClick={onward}>
            {t("Then carry on")}
            <Icon name="on" />
          </button>
        </>
      }
    >
      <p class="small">{t("Your answers are kept. You can carry on whenever you are ready.")}</p>
      <h2>{t("What to do now")}</h2>
      <ol class="acts">
        {things.map((asked, index) => (
          <Act key={asked.action} pack={pack} asked={asked} n={index + 1}>
            {asked.action === "danger.ask" && <LateQuestions facts={["danger"]} />}
          </Act>
        ))}
      </ol>
    </Screen>
  );
}

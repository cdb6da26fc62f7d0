/** What to do now, in order, each late question inside the card that needs it. */
import { questionsOpen, result } from "../check/adds-up.ts";
import { questionsByCard } from "../check/questions.ts";
import { pathway } from "../check/running.ts";
import { Act } from "../parts/act.tsx";
import { LateQuestions } from "../parts/late-questions.tsx";
import { t, tn } from "../words/translate.ts";

export function Deeds() {
  const pack = pathway.value!;
  const { actions, facts } = result.value!;
  const cards = actions.map(({ action }) => action);
  const { "": rest = [], ...inCards } = questionsByCard(questionsOpen.value, cards, facts);
  return (
    <section class="rows wide">
      <h2 class="deeds" tabIndex={-1}>
        {t("What to do now")}
      </h2>
      <p class="unseen" role="status">
        {tn("{n} thing to do", "{n} things to do", actions.length)}
      </p>
      <ol class="acts">
        {actions.map((asked, index) => (
          <Act key={asked.action} pack={pack} asked={asked} n={index + 1}>
            <LateQuestions facts={inCards[asked.action] ?? []} />
          </Act>
        ))}
      </ol>
      {rest.length > 0 && (
        <div class="panel">
          <h3>{t("If you know")}</h3>
          <p class="small">{t("Your answers may change what to do. Each may stay open. Do not ask if it is not safe.")}</p>
          <LateQuestions facts={rest} />
        </div>
      )}
      <p class="small">
        {t("This app is not a referral to the National Referral Mechanism, and no notice that the law asks for.")}
      </p>
    </section>
  );
}

/** Draws the screen of the place that is shown. A check that is not at hand is fetched first, or left for home. */
import { useEffect } from "preact/hooks";

import { route } from "../check/adds-up.ts";
import { instead, place, type Place } from "../check/places.ts";
import { carryOn, checklist, draft, pathway } from "../check/running.ts";
import { noteWhere } from "../check/where.ts";
import { Locked } from "../parts/locked.tsx";
import { Contents } from "../parts/contents.tsx";
import { Screen } from "../parts/screen.tsx";
import { rest } from "../state/at-rest.ts";
import { t } from "../words/translate.ts";
import { Before } from "./before.tsx";
import { Fact } from "./fact.tsx";
import { Later } from "./fetched.tsx";
import { Help } from "./help.tsx";
import { Home } from "./home.tsx";
import { Sign } from "./sign.tsx";

/** While the phone is locked nothing else is drawn, wherever Back or Forward may lead. */
export function App() {
  return rest.value === "open" ? <AtPlace /> : <Locked />;
}

function AtPlace() {
  const at = place.value;
  useEffect(() => noteWhere(at), [at]);
  if ("check" in at) return <InCheck at={at} />;
  switch (at.name) {
    case "home":
      return <Home />;
    case "lists":
      return <Later key={at.name}>{({ Lists }) => <Lists />}</Later>;
    case "help":
      return <Help />;
    case "waiting":
      return <Later key={at.name}>{({ Waiting }) => <Waiting />}</Later>;
    case "settings":
      return <Later key={at.name}>{({ SettingsScreen }) => <SettingsScreen />}</Later>;
    case "save":
      return <Later key={at.name}>{({ Save }) => <Save />}</Later>;
    case "take-in":
      return <Later key={at.name}>{({ TakeIn }) => <TakeIn />}</Later>;
    case "join":
      return <Later key={at.name}>{({ Join }) => <Join />}</Later>;
    case "emptied":
      return <Later key={at.name}>{({ Emptied }) => <Emptied />}</Later>;
    case "conversation":
      return <Later key={at.id}>{({ Conversation }) => <Conversation id={at.id} />}</Later>;
    case "sent":
      return <Later key={at.id}>{({ Sent }) => <Sent id={at.id} strong={at.strong === 1} />}</Later>;
  }
}

type CheckPlace = Extract<Place, { readonly check: string }>;

function InCheck({ at }: { at: CheckPlace }) {
  if (draft.value?.id !== at.check) return <Fetch key={at.check} check={at.check} />;
  if (!checklist.value || !pathway.value) {
    return (
      <Screen heading={t("One moment")}>
        <Contents />
      </Screen>
    );
  }
  switch (at.name) {
    case "before":
      return <Before />;
    case "fact":
      if (at.fact === "where") return <Later key={at.fact}>{({ Where }) => <Where edit={at.edit === 1} />}</Later>;
      return <Fact key={at.fact} fact={at.fact} edit={at.edit === 1} />;
    case "now":
      return <Later key={at.name}>{({ Now }) => <Now next={at.next} />}</Later>;
    case "sign":
      if (at.at < route.value!.items.length) return <Sign key={at.at} at={at.at} edit={at.edit === 1} />;
      // The age was changed meanwhile, and this route is shorter.
      return <Later key="overview">{({ Overview }) => <Overview />}</Later>;
    case "show":
      return <Later key={at.at}>{({ ShowCard }) => <ShowCard at={at.at} />}</Later>;
    case "cards":
      return <Later key={at.deck}>{({ CardsScreen }) => <CardsScreen deck={at.deck} />}</Later>;
    case "overview":
      return <Later key={at.name}>{({ Overview }) => <Overview />}</Later>;
    case "result":
      return <Later key={at.name}>{({ ResultScreen }) => <ResultScreen />}</Later>;
    case "send":
      return <Later key={at.name}>{({ Send }) => <Send />}</Later>;
  }
}

function Fetch({ check }: { check: string }) {
  useEffect(() => {
    const home = (): void => instead({ name: "home" });
    carryOn(check).then((found) => found || home(), home);
  }, []);
  return <Screen heading={t("One moment")}>{null}</Screen>;
}

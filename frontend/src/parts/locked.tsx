/**
 * What stands on a locked phone: a word, the way in and the way out. It must not tell what the app is for, whom it
 * belongs to, or that anything waits.
 */
import { useEffect } from "preact/hooks";

import { fetchLater, later } from "../screens/fetched.tsx";
import { rest } from "../state/at-rest.ts";
import { t } from "../words/translate.ts";
import { Exit, LeaveFirst } from "./bar.tsx";
import { Heading } from "./screen.tsx";

export function Locked() {
  useEffect(() => void fetchLater(), []);
  const screens = later.value;
  return (
    <>
      <header class="bar">
        <LeaveFirst />
        <span class="grow" />
        <Exit />
      </header>
      <main class="thumb">
        <Heading>{t("Locked")}</Heading>
        {rest.value === "locked" && screens && <screens.Lock />}
      </main>
    </>
  );
}

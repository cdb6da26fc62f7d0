/**
 * Every list on this phone, by where somebody works or visits. A list that has not come yet is said, never hidden:
 * who finds nothing here must not think that there is nothing.
 */
import { useSignal } from "@preact/signals";

import { go } from "../check/places.ts";
import { begin } from "../check/running.ts";
import { saidSetting } from "../check/setting-words.ts";
import { allHasCome, definition, listedAll } from "../content/library.ts";
import { Contents } from "../parts/contents.tsx";
import { Icon } from "../parts/icon.tsx";
import { Screen } from "../parts/screen.tsx";
import type { Checklist } from "../screening/types.ts";
import { content, locale, t, tn } from "../words/translate.ts";

/** A list for any setting says so by this word. */
const ANY = "any";
const FIRST = "first-look";

export function Lists() {
  const chosen = useSignal("");
  const wanted = chosen.value;
  const all = listsHere();
  const usual = all.filter(({ specialist }) => !specialist);
  const isFor = (one: Checklist): boolean => (wanted ? settingsOf(one).includes(wanted) : !one.settings.includes(ANY));
  return (
    <Screen heading={t("All lists")}>
      <Find wanted={wanted} lists={usual} onChoose={(setting) => (chosen.value = setting)} />
      {wanted && <Entries title={saidSetting(wanted)!} lists={usual.filter(isFor)} wanted={wanted} />}
      <Entries title={t("For any setting")} lists={usual.filter((one) => one.settings.includes(ANY) && !isFor(one))} />
      {!wanted && <Entries title={t("For one setting")} lists={usual.filter(isFor)} />}
      <Entries
        title={t("For trained staff")}
        about={t("Long, and for those who were trained in it. Start with another list if you were not.")}
        lists={all.filter(({ specialist }) => specialist)}
      />
      {!allHasCome() && (
        <section class="rows">
          <h2>{t("More lists are on their way")}</h2>
          <p class="small">{t("They are not on this phone yet. They come when there is signal.")}</p>
          <Contents />
        </section>
      )}
    </Screen>
  );
}

interface FindProps {
  readonly wanted: string;
  readonly lists: readonly Checklist[];
  readonly onChoose: (setting: string) => void;
}

/** The phone's own picker: one hand, no keyboard, and nothing typed. */
function Find({ wanted, lists, onChoose }: FindProps) {
  const names = new Map(lists.flatMap(settingsOf).flatMap((one) => (saidSetting(one) ? [[one, saidSetting(one)!]] : [])));
  const inOrder = [...names].sort(([, one], [, other]) => one.localeCompare(other, locale.value));
  return (
    <div class="field">
      <label for="setting">{t("Where are you, or what is it about?")}</label>
      <select id="setting" value={wanted} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{t("Show every list")}</option>
        {inOrder.map(([setting, name]) => (
          <option key={setting} value={setting}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

interface EntriesProps {
  readonly title: string;
  readonly about?: string;
  readonly lists: readonly Checklist[];
  /** The setting that was looked for: a check begun here is about it. */
  readonly wanted?: string;
}

function Entries({ title, about, lists, wanted = "" }: EntriesProps) {
  if (!lists.length) return null;
  return (
    <section>
      <h2>{title}</h2>
      {about && <p class="small">{about}</p>}
      <ul class="list">
        {lists.map((one) => (
          <li key={one.id}>
            <button type="button" class="row" onClick={() => start(one, wanted)}>
              <span>
                <b>{content(one.title)}</b>
                <small>{content(one.for_whom)}</small>
                <small>
                  {signsOf(one)}
                  {" · "}
                  {tn("about {n} minute", "about {n} minutes", one.minutes)}
                </small>
              </span>
              <span class="go">
                <Icon name="on" />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The part that the setting names is taken as chosen; where several could be meant, it is asked. */
function start({ id, part_order, parts }: Checklist, wanted: string): void {
  const [part, ...others] = part_order.filter((one) => parts[one]!.settings.includes(wanted));
  const fresh = begin(id, part && !others.length ? { setting: part } : {});
  if (fresh) go({ name: "before", check: fresh.id });
}

/** The first look, then by name: a bundle keeps no order, and a name can be looked for. */
function listsHere(): readonly Checklist[] {
  const name = ({ id, title }: Checklist): string => (id === FIRST ? "" : content(title));
  return listedAll("checklist")
    .flatMap(({ hash }) => definition<Checklist>(hash) ?? [])
    .sort((one, other) => name(one).localeCompare(name(other), locale.value));
}

const settingsOf = ({ settings, parts }: Checklist): readonly string[] => [
  ...settings,
  ...Object.values(parts).flatMap((part) => part.settings),
];

/** Signs of the longest way through it, without parts. */
function signsOf({ routes }: Checklist): string {
  return tn("{n} sign", "{n} signs", Math.max(...Object.values(routes).map(({ items }) => items.length)));
}

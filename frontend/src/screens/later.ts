/**
 * The screens that the first minute does not need, in one file of their own. It is fetched quietly once the first
 * screen stands, and the service worker keeps it with the rest.
 */
export { fetchPersonWords } from "../content/person-words.ts";
export { CardsLink, ShowIt } from "../parts/person-links.tsx";
export { startLate } from "../state/late-starts.ts";
export { saidReading } from "../words/hours.ts";
export { Conversation } from "./conversation.tsx";
export { Emptied } from "./emptied.tsx";
export { Join } from "./join.tsx";
export { Lists } from "./lists.tsx";
export { Lock } from "./lock.tsx";
export { Now } from "./now.tsx";
export { Overview } from "./overview.tsx";
export { CardsScreen } from "./person-cards.tsx";
export { ResultScreen } from "./result.tsx";
export { Save } from "./save.tsx";
export { Send } from "./send.tsx";
export { Sent } from "./sent.tsx";
export { SettingsScreen } from "./settings.tsx";
export { ShowCard } from "./show-card.tsx";
export { TakeIn } from "./take-in.tsx";
export { Waiting } from "./waiting.tsx";
export { Where } from "./where.tsx";

/**
 * The screens that the first minute does not need, in one file of their own. It is fetched quietly once the first
 * screen stands, and the service worker keeps it with the rest.
 */
export { startSweeping } from "../state/sweeping.ts";
export { saidReading } from "../words/hours.ts";
export { Conversation } from "./conversation.tsx";
export { Emptied, startContact } from "./emptied.tsx";
export { Join } from "./join.tsx";
export { Lock } from "./lock.tsx";
export { Now } from "./now.tsx";
export { Overview } from "./overview.tsx";
export { ResultScreen } from "./result.tsx";
export { Save } from "./save.tsx";
export { Send } from "./send.tsx";
export { Sent } from "./sent.tsx";
export { SettingsScreen } from "./settings.tsx";
export { TakeIn } from "./take-in.tsx";
export { Waiting } from "./waiting.tsx";

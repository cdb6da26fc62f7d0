/**
 * The coordinator's one small script: opens a sealed note in place, and makes a team's first keys.
 * Every page works without it; only what is sealed needs it.
 */
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/inbox.css";
import "../styles/print.css";

import { leaveNothingBehind } from "./idle.ts";
import { offerKeys } from "./keys.ts";
import { offerNote } from "./note.ts";

for (const section of document.querySelectorAll<HTMLElement>("[data-note]")) offerNote(section);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-keys-form]")) offerKeys(form);
leaveNothingBehind();

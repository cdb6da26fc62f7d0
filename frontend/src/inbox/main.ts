/**
 * The coordinator's one small script: passkeys, links that make an account, a sealed note opened in place, a team's
 * first keys. Every page works without it; only what is sealed and passkeys need it.
 */
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/inbox.css";
import "../styles/admin.css";
import "../styles/print.css";

import { offerCopy, offerPrint } from "./copy.ts";
import { leaveNothingBehind } from "./idle.ts";
import { offerKeys } from "./keys.ts";
import { takeLink } from "./link.ts";
import { offerNote } from "./note.ts";
import { offerPasskey } from "./passkey.ts";

for (const form of document.querySelectorAll<HTMLFormElement>("[data-link]")) takeLink(form);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey]")) offerPasskey(form);
for (const section of document.querySelectorAll<HTMLElement>("[data-note]")) offerNote(section);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-keys-form]")) offerKeys(form);
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) offerCopy(button);
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) offerPrint(button);
// A sign-in page that holds what somebody typed shows none of it, and going would lose it.
if (!document.querySelector("[data-stay]")) leaveNothingBehind();

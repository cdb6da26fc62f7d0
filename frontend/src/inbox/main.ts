/**
 * The coordinator's one small script: passkeys, links that make an account, a sealed note opened in place, a team's
 * first keys. Every page works without it; only what is sealed and passkeys need it.
 */
import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/inbox.css";
import "../styles/admin.css";
import "../styles/keys.css";
import "../styles/print.css";

import { offerCopy, offerPrint } from "./copy.ts";
import { offerDrill } from "./drill.ts";
import { leaveNothingBehind } from "./idle.ts";
import { offerInviting } from "./inviting.ts";
import { showInvitation } from "./invitation-link.ts";
import { takeLink } from "./link.ts";
import { forgetUnlocked } from "./memory.ts";
import { offerMessages } from "./messages-panel.ts";
import { offerNote } from "./note.ts";
import { offerPassingOn } from "./pass-on.ts";
import { offerPassedOn } from "./passed-on.ts";
import { offerPasskeyKeys } from "./passkey-keys.ts";
import { offerPasskey } from "./passkey.ts";
import { forgetOnTheWay } from "./sign-out.ts";
import { offerUnlock } from "./unlock-panel.ts";

for (const form of document.querySelectorAll<HTMLFormElement>("[data-link]")) takeLink(form);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey]")) offerPasskey(form);
for (const panel of document.querySelectorAll<HTMLElement>("[data-unlock]")) void offerUnlock(panel);
for (const section of document.querySelectorAll<HTMLElement>("[data-note]")) offerNote(section);
for (const section of document.querySelectorAll<HTMLElement>("[data-messages]")) offerMessages(section);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-pass-on]")) offerPassingOn(form);
for (const section of document.querySelectorAll<HTMLElement>("[data-passed-on]")) offerPassedOn(section);
for (const section of document.querySelectorAll<HTMLElement>("[data-passkey-keys]")) void offerPasskeyKeys(section);
for (const banner of document.querySelectorAll<HTMLElement>("[data-drill]")) offerDrill(banner);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-sign-out]")) forgetOnTheWay(form);
// Whoever is asked to sign in has no session: what an earlier one left here is of no use to anybody.
if (document.querySelector("[data-passkey=get]")) void forgetUnlocked();
for (const form of document.querySelectorAll<HTMLFormElement>("[data-inviting]")) offerInviting(form);
for (const section of document.querySelectorAll<HTMLElement>("[data-invitation]")) void showInvitation(section);
for (const root of document.querySelectorAll<HTMLElement>("[data-keys]"))
  // One page needs it, and it is larger than all the rest.
  void import("./keys.ts").then(({ offerKeys }) => offerKeys(root));
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) offerCopy(button);
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) offerPrint(button);
// A sign-in page that holds what somebody typed shows none of it, and going would lose it.
if (!document.querySelector("[data-stay]")) leaveNothingBehind();

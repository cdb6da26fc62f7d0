/** The worker's side of sealed-work.ts. It is told everything it needs and keeps nothing. */
import { base64, fromBase64 } from "../sealing/bytes.ts";
import { unpack, type Opened } from "../sealing/envelope.ts";
import { newIdentity, newTeamIdentity, openTeamIdentity, sealTeamIdentity, unwrapIdentity, wrapIdentity } from "../sealing/identities.ts";
import { newPassphrase } from "../sealing/passphrase.ts";
import { openWith } from "../sealing/seal.ts";
import type { MadeKeys, MakeKeys, OpenNote, Work } from "./sealed-work.ts";

addEventListener("message", ({ data }: MessageEvent<OpenNote | MakeKeys>) => {
  const work: Promise<Work<Opened> | Work<MadeKeys>> = data.do === "open" ? open(data) : make().then((done) => ({ done }));
  work.then(
    (answer) => postMessage(answer),
    () => postMessage({ trouble: "failed" }),
  );
});

const ANSWER_MS = 20_000;

async function open({ passphrase, identityWrapped, teamWrap, noteUrl, shown }: OpenNote): Promise<Work<Opened>> {
  let secret: string;
  try {
    secret = await unwrapIdentity(fromBase64(identityWrapped), passphrase);
  } catch {
    return { trouble: "passphrase" };
  }
  try {
    const team = await openTeamIdentity(fromBase64(teamWrap), secret);
    const file = await fetched(noteUrl);
    if (!file) return { trouble: "failed" };
    return { done: unpack(await openWith(team.x25519, file), shown) };
  } catch {
    return { trouble: "damaged" };
  }
}

/** The sealed note's bytes, or nothing when the server does not answer with them in time. */
async function fetched(url: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: "error" });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

async function make(): Promise<MadeKeys> {
  const passphrase = newPassphrase();
  const member = await newIdentity();
  const team = await newTeamIdentity();
  return {
    passphrase,
    identity_recipient: member.recipient,
    identity_wrapped: base64(await wrapIdentity(member.secret, passphrase)),
    team_recipient: team.recipient,
    vouch_key: team.vouchKey,
    team_wrap: base64(await sealTeamIdentity(team.identity, member.recipient)),
  };
}

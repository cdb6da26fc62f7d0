/**
 * The one Trusted Types policy of Heed, `heed`: it lets a worker script be named, and only one of our own.
 * It must never pass an address that came from outside this file's callers' own build.
 */

/** The part of the Trusted Types API used here; not every browser has it, and then a string does. */
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;

/** Workers live at the root or among the built files, and nowhere else. */
const OWN = /^\/(sw|(static|assets)\/[\w./-]+)\.js$/;

function ownOnly(url: string): string {
  const { origin, pathname } = new URL(url, location.origin);
  if (origin !== location.origin || !OWN.test(pathname)) throw new TypeError(`${url} is not a script of this app.`);
  return pathname;
}

const policy = factory?.createPolicy("heed", { createScriptURL: ownOnly }) ?? { createScriptURL: ownOnly };

/**
 * The address of one of our own worker scripts, as the browser's guard wants it. @throws TypeError for any
 * other.
 */
export const ownScript = (url: string): string => policy.createScriptURL(url);

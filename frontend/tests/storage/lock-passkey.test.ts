/** A passkey as the lock: only where it gives what a lock needs, with nothing of it sent or kept in the clear. */
import { beforeEach, describe, expect, it, vi } from "vitest";

import { draft, newPhone } from "../sending/phone.ts";
import { everything, openLockTab, type LockTab } from "./locked-phone.ts";

const PRF = crypto.getRandomValues(new Uint8Array(32));
let given: { created: object; asked: object };
let result: Uint8Array | undefined;

beforeEach(() => {
  newPhone("http://phone.example/");
  result = PRF;
  given = { created: { prf: { enabled: true } }, asked: {} };
  const answer = (told: object) => ({ rawId: new Uint8Array([1, 2, 3]).buffer, getClientExtensionResults: () => told });
  vi.stubGlobal("navigator", {
    credentials: {
      create: vi.fn(async () => answer(given.created)),
      get: vi.fn(async () => answer(result ? { prf: { results: { first: result } } } : {})),
    },
  });
  vi.stubGlobal("fetch", vi.fn());
});

async function locked(): Promise<LockTab> {
  const tab = await openLockTab();
  const { keyOfPasskey, newPasskey } = await import("../../src/storage/lock-passkey.ts");
  await tab.keepDraft(draft);
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const passkey = await newPasskey();
  await tab.setLock(await keyOfPasskey(passkey, salt), { salt, passkey });
  return tab;
}

describe("a passkey", () => {
  it("opens what it locked, after a restart, and nothing was sent", async () => {
    await locked();
    const tab = await openLockTab();
    expect(await tab.lockAsked()).toMatchObject({ by: "passkey" });
    expect(await tab.tryPasskey()).toBe(true);
    expect(await tab.readDraft(draft.id)).toMatchObject(draft);
    expect(fetch).not.toHaveBeenCalled();
  });

  it("is of this host, under a name that tells nothing, and must be the holder's", async () => {
    await locked();
    const [{ publicKey: made }] = vi.mocked(navigator.credentials.create).mock.calls[0] as never as [{ publicKey: PublicKeyCredentialCreationOptions }];
    expect(made).toMatchObject({ rp: { id: "phone.example" }, user: { name: "phone.example", displayName: "phone.example" } });
    expect(made.authenticatorSelection).toMatchObject({ userVerification: "required" });
    expect(JSON.stringify(made).toLowerCase()).not.toContain("heed");
  });

  it("that gives something else opens nothing, and deletes nothing", async () => {
    await locked();
    const tab = await openLockTab();
    result = crypto.getRandomValues(new Uint8Array(32));
    expect(await tab.tryPasskey()).toBe(false);
    result = undefined;
    await expect(tab.tryPasskey()).rejects.toMatchObject({ name: "NoPrf" });
    expect(await tab.lockState()).toBe("locked");
    result = PRF;
    expect(await tab.tryPasskey()).toBe(true);
  });

  it("without PRF puts no lock on, and changes nothing", async () => {
    given.created = {};
    const tab = await openLockTab();
    await tab.keepDraft(draft);
    await expect(locked()).rejects.toMatchObject({ name: "NoPrf" });
    expect(await tab.lockState()).toBe("none");
    expect(await tab.readDraft(draft.id)).toMatchObject(draft);
  });

  it("leaves nothing of what it gave in the store, and can be given up with all it locked", async () => {
    await locked();
    const tab = await openLockTab();
    const { text } = await everything(tab);
    expect(text).not.toContain(new TextDecoder("latin1").decode(PRF));
    await tab.emptied();
    expect(await tab.lockState()).toBe("none");
    expect(await tab.readDrafts()).toEqual([]);
  });

  it.each([
    ["the browser says it has no PRF", { getClientCapabilities: async () => ({ "extension:prf": false }) }, false],
    ["the phone has no lock of its own", { isUserVerifyingPlatformAuthenticatorAvailable: async () => false }, false],
    ["both are there", {}, true],
  ])("is offered or not: %s", async (_, told, offered) => {
    const all = { isUserVerifyingPlatformAuthenticatorAvailable: async () => true };
    vi.stubGlobal("PublicKeyCredential", { ...all, ...told });
    const { passkeyIsOffered } = await import("../../src/storage/lock-passkey.ts");
    expect(await passkeyIsOffered()).toBe(offered);
  });
});

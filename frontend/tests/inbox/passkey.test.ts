/** Passkeys: what is asked of the browser, and that nothing but the server's members comes out of the page. */
import { createHash } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";

import { made, offerPasskey, signed } from "../../src/inbox/passkey.ts";

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;
const REQUEST = { challenge: "AQID", rpId: "inbox.localhost", userVerification: "required" as const };
const CREATION = {
  challenge: "AQID",
  rp: { id: "inbox.localhost", name: "Heed" },
  user: { id: "BAUG", name: "clyde-1", displayName: "Coordinator" },
  pubKeyCredParams: [{ type: "public-key" as const, alg: -7 }],
  excludeCredentials: [{ id: "BwgJ", type: "public-key" as const }],
};
const ASSERTION = {
  id: "aWQ",
  rawId: bytes("id"),
  type: "public-key",
  authenticatorAttachment: "platform",
  response: { clientDataJSON: bytes("client"), authenticatorData: bytes("data"), signature: bytes("signature"), userHandle: bytes("me") },
  getClientExtensionResults: () => ({ prf: { results: { first: bytes("what opens the keys") } } }),
  clientExtensionResults: { prf: { results: { first: "what opens the keys" } } },
  toJSON: () => ({ clientExtensionResults: { prf: "what opens the keys" } }),
};
const ATTESTATION = {
  ...ASSERTION,
  authenticatorAttachment: null,
  response: { clientDataJSON: bytes("client"), attestationObject: bytes("attestation"), getTransports: () => ["internal"] },
};
const get = vi.fn();
const create = vi.fn();

beforeEach(() => {
  get.mockReset().mockResolvedValue(ASSERTION);
  create.mockReset().mockResolvedValue(ATTESTATION);
  vi.stubGlobal("PublicKeyCredential", class {});
  vi.stubGlobal("navigator", { credentials: { get, create } });
});

test("an answer holds exactly what the server takes, and no extension results", async () => {
  const { answer } = await signed(REQUEST);
  expect(JSON.parse(answer)).toEqual({
    id: "aWQ",
    rawId: "aWQ",
    type: "public-key",
    authenticatorAttachment: "platform",
    response: { clientDataJSON: "Y2xpZW50", authenticatorData: "ZGF0YQ", signature: "c2lnbmF0dXJl", userHandle: "bWU" },
  });
  expect(answer).not.toContain("clientExtensionResults");
  expect(answer).not.toContain("opens");
});

test("what opens the keys is asked for and comes back beside the answer, for the page alone", async () => {
  const { opens } = await signed(REQUEST);
  expect(new TextDecoder().decode(opens!.prf)).toBe("what opens the keys");
  expect(opens!.credentialId).toBe("aWQ");
  const salt = get.mock.calls[0]![0].publicKey.extensions.prf.eval.first;
  expect(Buffer.from(salt).toString("hex")).toBe(createHash("sha256").update("heed unlock v1").digest("hex"));
  get.mockResolvedValue({ ...ASSERTION, getClientExtensionResults: () => ({}) });
  expect(await signed(REQUEST)).not.toHaveProperty("opens");
  await made(CREATION);
  expect(create.mock.calls[0]![0].publicKey.extensions).toEqual({ prf: {} });
});

test("a new passkey's answer holds its public half, and no extension results", async () => {
  const answer = await made(CREATION);
  expect(JSON.parse(answer)).toEqual({
    id: "aWQ",
    rawId: "aWQ",
    type: "public-key",
    response: { clientDataJSON: "Y2xpZW50", attestationObject: "YXR0ZXN0YXRpb24", transports: ["internal"] },
  });
});

test("the browser is asked with bytes, where the page has letters", async () => {
  await signed({ ...REQUEST, allowCredentials: [{ id: "BwgJ", type: "public-key" }] });
  const asked = get.mock.calls[0]![0].publicKey;
  expect([...asked.challenge]).toEqual([1, 2, 3]);
  expect([...asked.allowCredentials[0].id]).toEqual([7, 8, 9]);
  expect(asked.userVerification).toBe("required");
  await made(CREATION);
  const wanted = create.mock.calls[0]![0].publicKey;
  expect([...wanted.user.id]).toEqual([4, 5, 6]);
  expect([...wanted.excludeCredentials[0].id]).toEqual([7, 8, 9]);
});

/** As much of a form as the script touches. */
function pageForm(dataset: Record<string, string>) {
  let click = (): void => undefined;
  const button = { hidden: true, disabled: false, addEventListener: (_: string, on: () => void) => (click = on) };
  const field = { value: "" };
  // Something typed waits in the form, so it is sent as forms are.
  const kept = { value: "what was typed" };
  const status = { textContent: "" };
  const form = {
    dataset,
    submit: vi.fn(),
    elements: { namedItem: (name: string) => (name === "kept" ? kept : field) },
    querySelector: (what: string) => {
      if (what === "[data-passkey-button]") return button;
      if (what === "[role=status]") return status;
      return { content: { textContent: /"([\w-]+)"/.exec(what)![1] } };
    },
  };
  offerPasskey(form as unknown as HTMLFormElement);
  return { form, button, field, status, click: () => click() };
}

test("a click asks the device and sends the form with its answer", async () => {
  const page = pageForm({ passkey: "get", options: JSON.stringify(REQUEST) });
  expect(page.button.hidden).toBe(false);
  page.click();
  expect(page.status.textContent).toBe("asking");
  expect(page.button.disabled).toBe(true);
  await vi.waitFor(() => expect(page.form.submit).toHaveBeenCalledOnce());
  expect(JSON.parse(page.field.value).id).toBe("aWQ");
});

test.each([
  ["NotAllowedError", "cancelled"],
  ["AbortError", "cancelled"],
  ["InvalidStateError", "known"],
  ["SecurityError", "failed"],
])("%s is said calmly, and nothing is sent", async (name, message) => {
  get.mockRejectedValue(new DOMException("no", name));
  const page = pageForm({ passkey: "get", options: JSON.stringify(REQUEST) });
  page.click();
  await vi.waitFor(() => expect(page.status.textContent).toBe(message));
  expect(page.form.submit).not.toHaveBeenCalled();
  expect(page.button.disabled).toBe(false);
});

test("a browser without passkeys says so, and shows no button", () => {
  vi.stubGlobal("navigator", {});
  const page = pageForm({ passkey: "get", options: "{}" });
  expect(page.button.hidden).toBe(true);
  expect(page.status.textContent).toBe("unsupported");
});

test("a page that has been open too long asks for a new challenge first", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const fetched = vi.fn().mockResolvedValue(Response.json({ ...REQUEST, challenge: "CQ" }));
  vi.stubGlobal("fetch", fetched);
  const page = pageForm({ passkey: "get", options: JSON.stringify(REQUEST), optionsUrl: "/sign-in/options" });
  vi.setSystemTime(Date.now() + 5 * 60_000);
  page.click();
  vi.useRealTimers();
  await vi.waitFor(() => expect(page.form.submit).toHaveBeenCalled());
  expect(fetched.mock.calls[0]![0]).toBe("/sign-in/options");
  expect([...get.mock.calls[0]![0].publicKey.challenge]).toEqual([9]);
});

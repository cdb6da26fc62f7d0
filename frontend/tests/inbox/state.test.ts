/** What the server tells and is sent: every way of not answering has its own name, and none of them throws past it. */
import { beforeEach, expect, test, vi } from "vitest";

const fetched = vi.fn();

beforeEach(() => {
  vi.resetModules();
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});

const page = () => import("../../src/inbox/state.ts");
const STATE = { csrf: "proof", session: "s" };

test("what is sent carries the proof of the newest state, and follows no redirection", async () => {
  const { keysState, send } = await page();
  fetched.mockResolvedValueOnce(Response.json(STATE));
  await keysState();
  fetched.mockResolvedValueOnce(Response.json({ ok: true }));
  expect(await send("/keys/half", { half: "a+b" })).toBe("ok");
  const [path, how] = fetched.mock.calls[1]!;
  expect(path).toBe("/keys/half");
  expect(String(how.body)).toBe("half=a%2Bb&csrf_token=proof");
  expect(how.redirect).toBe("error");
});

test("a page that has not asked yet asks first, so that nothing goes without a proof", async () => {
  const { send } = await page();
  fetched.mockResolvedValueOnce(Response.json(STATE)).mockResolvedValueOnce(Response.json({ ok: true }));
  expect(await send("/keys/drill", { what: "words" })).toBe("ok");
  expect(String(fetched.mock.calls[1]![1].body)).toContain("csrf_token=proof");
  vi.resetModules();
  fetched.mockReset().mockRejectedValue(new TypeError("no network"));
  expect(await (await page()).send("/keys/drill", {})).toBe("failed");
  expect(fetched).toHaveBeenCalledOnce();
});

test.each([
  [200, "ok"],
  [400, "expired"],
  [401, "expired"],
  [403, "refused"],
  [409, "stale"],
  [422, "refused"],
  [500, "failed"],
])("%i is %s", async (status, said) => {
  const { send } = await page();
  fetched.mockResolvedValueOnce(Response.json(STATE)).mockResolvedValueOnce(new Response("", { status }));
  expect(await send("/keys", {})).toBe(said);
});

test.each([
  [401, "over"],
  [403, "refused"],
  [404, "refused"],
  [503, "away"],
])("a state that is answered with %i is %s", async (status, why) => {
  fetched.mockResolvedValue(new Response("", { status }));
  await expect((await page()).keysState()).rejects.toMatchObject({ name: "NotAnswered", why });
});

test("a server that is gone is away", async () => {
  fetched.mockRejectedValue(new TypeError("no network"));
  await expect((await page()).keysState()).rejects.toMatchObject({ why: "away" });
});

test("all parts of a page share the first question", async () => {
  const { stateAtStart } = await page();
  fetched.mockResolvedValue(Response.json(STATE));
  expect(await stateAtStart()).toBe(await stateAtStart());
  expect(fetched).toHaveBeenCalledOnce();
});

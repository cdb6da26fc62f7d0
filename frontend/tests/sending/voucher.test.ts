/** A note carries the voucher of the very phone as which the server has it. */
import { describe, expect, it } from "vitest";

import { isVouched } from "../../src/sealing/envelope.ts";
import type { Device } from "../../src/storage/settings.ts";
import { answerLost } from "./field-server.ts";
import { held } from "./outbox-on-phone.ts";
import { draft, type Tab } from "./phone.ts";
import { device, keep, made, noteAt, on, phoneWithRow, VA, VB, withKeys } from "./team-with-keys.ts";

withKeys();

describe("a note is signed with the voucher of the phone as which the server has it", () => {
  const rejoin = (tab: Tab, more: Partial<Device> = {}) => {
    on.server.token = "second-token";
    return keep(tab, device(made.first, { device_token: "second-token", voucher: VB, ...more }));
  };

  it("by the phone that sent it first", async () => {
    const tab = await phoneWithRow();
    await tab.tryNow();
    expect(await isVouched(await noteAt(made.first), VA)).toBe(true);
  });

  it("by the new one, when the referral never arrived before it joined again", async () => {
    const tab = await phoneWithRow();
    await rejoin(tab);
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(on.server.referrals.get(draft.id)?.token).toBe("second-token");
    expect(await isVouched(await noteAt(made.first), VB)).toBe(true);
  });

  it("by the first one, when only its answer was lost", async () => {
    const tab = await phoneWithRow();
    on.server.mishaps.push(answerLost(on.server));
    await tab.tryNow();
    await rejoin(tab);
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(await isVouched(await noteAt(made.first), VA)).toBe(true);
  });

  it("by the first one, when the words waited for a key and the answer was lost", async () => {
    const { usable_key: _u, trusted: _t, ...keyless } = device(made.first);
    const tab = await phoneWithRow(keyless);
    on.server.mishaps.push(answerLost(on.server));
    await tab.tryNow();
    await rejoin(tab);
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(await isVouched(await noteAt(made.first), VA)).toBe(true);
  });

  it("and carries none where the phone has none", async () => {
    const { voucher: _, ...unvouched } = device(made.first);
    const tab = await phoneWithRow(unvouched);
    await tab.tryNow();
    expect(await noteAt(made.first)).not.toHaveProperty("vouch");
  });
});

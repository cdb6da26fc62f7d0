/** A question to the person is never sent away to be spoken. */
import { expect, it } from "vitest";

import { localVoice } from "../../src/parts/person-voice.ts";

const voice = (lang: string, localService: boolean) => ({ lang, localService });

it("takes a voice of the language that is on the phone, and no other", () => {
  expect(localVoice([voice("ar-SA", false)], "ar")).toBeUndefined();
  expect(localVoice([voice("en-GB", true)], "ar")).toBeUndefined();
  expect(localVoice([voice("ar-SA", false), voice("ar_EG", true)], "ar")?.lang).toBe("ar_EG");
  expect(localVoice([voice("AR", true)], "ar")?.lang).toBe("AR");
  expect(localVoice([voice("arn-CL", true)], "ar")).toBeUndefined();
  expect(localVoice([], "ar")).toBeUndefined();
});

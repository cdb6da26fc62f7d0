/**
 * A sentence heard through a voice that is on this phone. Never by itself, and never through a voice of the network:
 * what is asked of somebody would leave the phone.
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

type Voice = Pick<SpeechSynthesisVoice, "lang" | "localService">;

/** The first voice of this language that works on the phone itself; undefined when there is none. */
export function localVoice<Found extends Voice>(voices: readonly Found[], locale: string): Found | undefined {
  const language = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0]!;
  return voices.find((voice) => voice.localService && language(voice.lang) === language(locale));
}

/** What says a sentence aloud on this phone; undefined where there is no voice of its own for the language. */
export function useVoice(locale: string, text: string): (() => void) | undefined {
  const voice = useSignal<SpeechSynthesisVoice | undefined>(undefined);
  useEffect(() => {
    const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
    if (!speech) return undefined;
    const look = (): void => void (voice.value = localVoice(speech.getVoices(), locale));
    look();
    speech.addEventListener("voiceschanged", look);
    return () => speech.removeEventListener("voiceschanged", look);
  }, [locale]);
  // A sentence that is no longer on the screen must not go on being said.
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), [text]);
  const found = voice.value;
  if (!found) return undefined;
  return () => {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = found;
    spoken.lang = found.lang;
    speechSynthesis.cancel();
    speechSynthesis.speak(spoken);
  };
}

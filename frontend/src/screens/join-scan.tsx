/** Scanning a code inside the app. The camera is off unless this is on the screen and looking. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { canScan, scan, type Scanned } from "../scanning/camera.ts";
import { t } from "../words/translate.ts";

interface ScanProps {
  readonly onStart: () => void;
  readonly onText: (text: string) => void;
}

export function Scan({ onStart, onText }: ScanProps) {
  const looking = useSignal(false);
  const fault = useSignal("");
  if (!canScan()) return null;
  const ended = (found: Scanned): void => {
    looking.value = false;
    if (typeof found === "object") onText(found.text);
    else if (found === "denied") fault.value = t("The camera may not be used. Paste the link instead.");
    else if (found === "none") fault.value = t("No camera could be used. Paste the link instead.");
  };
  return (
    <>
      {looking.value ? (
        <Camera onEnd={ended} />
      ) : (
        <button
          type="button"
          class="btn"
          onClick={() => {
            onStart();
            fault.value = "";
            looking.value = true;
          }}
        >
          {t("Scan a code")}
        </button>
      )}
      <p class="error" role="alert">
        {fault.value}
      </p>
    </>
  );
}

function Camera({ onEnd }: { onEnd: (found: Scanned) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const stop = useRef<HTMLButtonElement>(null);
  const end = useRef(new AbortController());
  useEffect(() => {
    const { current } = end;
    stop.current?.focus({ preventScroll: true }); // The button that was tapped is gone.
    void scan(video.current!, current.signal).then(onEnd);
    return () => current.abort();
  }, []);
  return (
    <section class="panel" aria-label={t("Camera")}>
      <p role="status">{t("Hold the phone so that the whole code is in the picture.")}</p>
      <video ref={video} muted playsInline aria-hidden="true" />
      <button type="button" class="btn" ref={stop} onClick={() => end.current.abort()}>
        {t("Stop the camera")}
      </button>
    </section>
  );
}

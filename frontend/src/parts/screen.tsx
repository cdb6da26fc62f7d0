/** The frame of every screen: the bar, the content, and what stays in thumb reach at the bottom. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { keepAgain, notKept } from "../check/running.ts";
import { t } from "../words/translate.ts";
import { Bar } from "./bar.tsx";
import { Notice } from "./notice.tsx";
import { Tabs } from "./tabs.tsx";

interface Frame {
  readonly heading: string;
  /** One of the three places outside a check: with tabs and without Back. */
  readonly tabs?: boolean;
  /** Heading and content stand low, near the thumb. */
  readonly thumb?: boolean;
  /** The heading is drawn by the screen itself. */
  readonly own?: boolean;
  /** Between bar and content. */
  readonly above?: ComponentChildren;
  /** Over the heading. */
  readonly before?: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly children?: ComponentChildren;
}

export function Screen({ heading, tabs, thumb, own, above, before, foot, children }: Frame) {
  return (
    <>
      <Bar home={tabs ?? false} />
      {above}
      <main class={thumb ? "thumb" : undefined}>
        {notKept.value && <NotKept />}
        {before}
        {!own && <Heading>{heading}</Heading>}
        {children}
      </main>
      {foot && <div class="foot">{foot}</div>}
      {tabs && <Tabs />}
    </>
  );
}

/** The heading takes the focus when its screen comes, so that it is read first. */
export function Heading({ children, ...rest }: { children: ComponentChildren; class?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} {...rest}>
      {children}
    </h1>
  );
}

function NotKept() {
  const full = notKept.value?.reason === "full";
  return (
    <Notice danger alert>
      <p>
        <b>{t("This phone could not keep your last answer.")}</b>{" "}
        {full ? t("It is full. Make some room, then try again.") : t("If you close the app now, it is lost.")}
      </p>
      <button type="button" class="btn" onClick={keepAgain}>
        {t("Try again")}
      </button>
    </Notice>
  );
}

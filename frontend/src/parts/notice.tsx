/** Something that must be seen: amber, or red where there is danger of loss or harm. */
import type { ComponentChildren } from "preact";

import { Icon, type IconName } from "./icon.tsx";

interface Said {
  readonly danger?: boolean;
  /** A kind word, no warning. */
  readonly calm?: boolean;
  /** Said aloud at once when it comes. */
  readonly alert?: boolean;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}

export function Notice({ danger, calm, alert, icon = "warn", children }: Said) {
  return (
    <div class={danger ? "notice danger" : calm ? "notice calm" : "notice"} role={alert ? "alert" : undefined}>
      <Icon name={icon} />
      <div class="rows">{children}</div>
    </div>
  );
}

/** The marks a sign can carry in a compiled definition. */
export type Mark =
  | "danger"
  | "decisive_strong"
  | "decisive_some"
  | "lawful_alone"
  | "labour_standard"
  | "child_soft"
  | "parent_exempt"
  | "unscored"
  | "threat"
  | "observe_only";

/** A field for a PIN. The browser is not to remember it, and not to offer it elsewhere. */
interface Field {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onType: (typed: string) => void;
  readonly onEnter: () => void;
  /** What is wrong with it. */
  readonly said?: string;
}

export function PinField({ id, label, value, onType, onEnter, said = "" }: Field) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="password"
        inputMode="numeric"
        autocomplete="off"
        dir="ltr"
        maxLength={32}
        value={value}
        aria-invalid={said !== ""}
        aria-describedby={`${id}-fault`}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
        onKeyDown={({ key }) => key === "Enter" && onEnter()}
      />
      <p class="error" id={`${id}-fault`} role="alert">
        {said}
      </p>
    </div>
  );
}

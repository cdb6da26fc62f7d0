/** How far the signs have come. Only a drawing: the same stands beside it in words. */

export function Meter({ done, at }: { done: readonly boolean[]; at: number }) {
  return (
    <div class="meter" aria-hidden="true">
      {done.map((answered, index) => (
        <i key={index} class={index === at ? "now" : answered ? "done" : undefined} />
      ))}
    </div>
  );
}

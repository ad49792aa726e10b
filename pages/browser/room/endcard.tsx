// The planned end comes near: the mediator may plan a later one.
import type { JSX } from "preact";
import { nearEnd } from "./ends";
import type { FloorView } from "./state";

const LONGER = 15;

export function EndCard({ floor, acts }: FloorView): JSX.Element | null {
  const words = nearEnd(floor);
  if (words === null) return null;
  return (
    <section class="card stack stack--close" aria-labelledby="end-h">
      <h2 id="end-h">{words}</h2>
      <div class="btn-row">
        <button type="button" class="btn btn--small" onClick={() => acts.ask("extend", { minutes: LONGER })}>
          {LONGER} minutes more
        </button>
      </div>
    </section>
  );
}

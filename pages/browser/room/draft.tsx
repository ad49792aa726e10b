// The draft of the record: written on a page of its own, in a tab beside the room.
import type { JSX } from "preact";
import { Icon } from "./parts";
import type { FloorView } from "./state";

export function DraftPanel({ shell }: FloorView): JSX.Element | null {
  if (!shell.record) return null;
  return (
    <div class="stack stack--close">
      <a class="btn btn--wide" href={shell.record} target="_blank" rel="noopener">
        <Icon name="pencil" />
        Write the draft record<span class="vh"> (opens in a new tab)</span>
      </a>
      <p class="soft smaller">Nobody else sees the lines until you send them.</p>
    </div>
  );
}

/** On the tablet the draft is a card. */
export function DraftCard(view: FloorView): JSX.Element | null {
  if (!view.shell.record) return null;
  return (
    <section class="card stack" aria-labelledby="draft-h">
      <h2 id="draft-h">Draft</h2>
      <DraftPanel {...view} />
    </section>
  );
}

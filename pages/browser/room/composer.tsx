// What a person writes for their turn: a note beside the hand, or the whole turn. Nobody else sees it before its time.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { mediatorName, mediatorTeam } from "./mediators";
import { Icon, Sheet } from "./parts";
import type { FloorView } from "./state";
import { readingTime } from "./words";

const LONGEST_NOTE = 120;
const LONGEST_TURN = 1200;

export function NoteSheet({ floor, acts }: FloorView): JSX.Element {
  const [note, setNote] = useState(floor.note ?? "");
  const save = (event: Event) => {
    event.preventDefault();
    acts.ask("raise_hand", { note: note.trim() });
    acts.open(null);
  };
  return (
    <Sheet label="note" heading="What do you want to say?" onClose={() => acts.open(null)}>
      <form class="composer" onSubmit={save}>
        <div class="field">
          <label for="hand-note">A few words, if you like</label>
          <p class="hint" id="hand-note-hint">
            Only you and the mediation team see this. It does not change your place.
          </p>
          <input
            class="input"
            id="hand-note"
            autocomplete="off"
            maxLength={LONGEST_NOTE}
            aria-describedby="hand-note-hint"
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="btn btn--main">
          Save my note
        </button>
      </form>
    </Sheet>
  );
}

/** What is typed stays in this page until it is sent, also when the sheet is closed. */
export function WriteSheet({ floor, state, acts }: FloorView): JSX.Element {
  const mediator = mediatorName(floor);
  const words = state.draftTurn ?? floor.ownText ?? "";
  const empty = words.trim() === "";
  const send = (event: Event) => {
    event.preventDefault();
    if (empty) return;
    acts.ask("write_turn", { words: words.trim() });
    acts.draftTurn(null);
    acts.open(null);
  };
  return (
    <Sheet label="write" heading="Write your turn" onClose={() => acts.open(null)}>
      <form class="composer" onSubmit={send}>
        <div class="field">
          <label for="turn-words" class="vh">
            Your turn in writing
          </label>
          <p class="hint" id="turn-hint">
            It waits in the same order as a spoken turn and counts the same. When it comes, everyone can read it and {mediator} reads it out.
          </p>
          <textarea
            class="input"
            id="turn-words"
            rows={6}
            maxLength={LONGEST_TURN}
            aria-describedby="turn-hint turn-time"
            value={words}
            onInput={(event) => acts.draftTurn(event.currentTarget.value)}
          />
        </div>
        <p class="composer__count">
          <span id="turn-time">{empty ? "Nothing written yet" : readingTime(words)}</span>
          <span>{floor.ownText === null ? "Only you can see it now" : `Only you and ${mediatorTeam(floor)} can see it now`}</span>
        </p>
        <div class="btn-row">
          <button type="submit" class="btn btn--main" aria-disabled={empty}>
            <Icon name="hand" />
            {floor.ownText === null ? "Ask for my turn" : "Save my words"}
          </button>
          {!empty && floor.ownText === null && (
            <button type="button" class="btn" onClick={() => acts.draftTurn(null)}>
              Throw it away
            </button>
          )}
        </div>
      </form>
    </Sheet>
  );
}

/** A turn in writing, on every screen while it has the floor. */
export function TextTurn({ floor }: FloorView): JSX.Element | null {
  if (floor.text === null) return null;
  return (
    <section class="panel" aria-label="The turn in writing">
      <blockquote class="said">{floor.text}</blockquote>
    </section>
  );
}

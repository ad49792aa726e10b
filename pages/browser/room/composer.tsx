// What a person writes for their turn: a note beside the hand, or the whole turn. Nobody else sees it before its time.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { answerWords } from "./floor";
import type { Floor } from "./frames";
import { mediatorName, mediatorTeam } from "./mediators";
import { Icon, Sheet } from "./parts";
import type { FloorView } from "./state";
import { lasting, readingTime } from "./words";

const LONGEST_NOTE = 120;
const LONGEST_TURN = 1200;
const LONGEST_REPLY = 700;

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
  const waits = floor.ownText !== null;
  return (
    <Sheet label="write" heading="Write your turn" onClose={() => acts.open(null)}>
      <Composer
        name="turn"
        label="Your turn in writing"
        hint={`It waits in the same order as a spoken turn and counts the same. When it comes, everyone can read it and ${mediatorName(floor)} reads it out.`}
        longest={LONGEST_TURN}
        words={state.draftTurn ?? floor.ownText ?? ""}
        seen={seenBy(floor, waits)}
        button={waits ? "Save my words" : "Ask for my turn"}
        onType={acts.draftTurn}
        onSend={(words) => {
          acts.ask("write_turn", { words });
          acts.draftTurn(null);
          acts.open(null);
        }}
        onThrow={waits ? null : () => acts.draftTurn(null)}
      />
    </Sheet>
  );
}

/** For who was asked a question: nobody has to speak to answer it. */
export function AskedQuestion({ floor, acts }: FloorView): JSX.Element | null {
  if (!floor.can.includes("write_reply")) return null;
  return (
    <section class="panel stack" aria-labelledby="asked-h">
      <h2 id="asked-h">You are asked a question</h2>
      <p>{answerWords(floor)}</p>
      <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("answer")}>
        <Icon name="text" />
        {floor.ownReply === null ? "Answer in writing" : "Change my answer"}
      </button>
    </section>
  );
}

export function AnswerSheet({ floor, state, acts }: FloorView): JSX.Element {
  const waits = floor.ownReply !== null;
  return (
    <Sheet label="answer" heading="Answer in writing" onClose={() => acts.open(null)}>
      <Composer
        name="answer"
        label="Your answer in writing"
        hint={`It comes directly after the question, in up to ${lasting(floor.times.reply)}. Everyone can read it then, and ${mediatorName(floor)} reads it out.`}
        longest={LONGEST_REPLY}
        words={state.draftReply ?? floor.ownReply ?? ""}
        seen={seenBy(floor, waits)}
        button={floor.holds ? "Show my answer to everyone" : waits ? "Save my words" : "Send my answer"}
        onType={acts.draftReply}
        onSend={(words) => {
          acts.ask("write_reply", { words });
          acts.draftReply(null);
          acts.open(null);
        }}
        onThrow={waits ? null : () => acts.draftReply(null)}
      />
    </Sheet>
  );
}

/** Who can read what is written, before its turn comes. */
function seenBy(floor: Floor, waits: boolean): string {
  return waits ? `Only you and ${mediatorTeam(floor)} can see it now` : "Only you can see it now";
}

interface ComposerProps {
  name: string;
  label: string;
  hint: string;
  longest: number;
  words: string;
  /** Who can see it before its time. */
  seen: string;
  button: string;
  onType: (words: string) => void;
  onSend: (words: string) => void;
  /** Null once it was sent. */
  onThrow: (() => void) | null;
}

function Composer({ name, label, hint, longest, words, seen, button, onType, onSend, onThrow }: ComposerProps): JSX.Element {
  const empty = words.trim() === "";
  const send = (event: Event) => {
    event.preventDefault();
    if (!empty) onSend(words.trim());
  };
  return (
    <form class="composer" onSubmit={send}>
      <div class="field">
        <label for={`${name}-words`} class="vh">
          {label}
        </label>
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
        <textarea
          class="input"
          id={`${name}-words`}
          rows={6}
          maxLength={longest}
          aria-describedby={`${name}-hint ${name}-time`}
          value={words}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      </div>
      <p class="composer__count">
        <span id={`${name}-time`}>{empty ? "Nothing written yet" : readingTime(words)}</span>
        <span>{seen}</span>
      </p>
      <div class="btn-row">
        <button type="submit" class="btn btn--main" aria-disabled={empty}>
          <Icon name={name === "turn" ? "hand" : "reply"} />
          {button}
        </button>
        {!empty && onThrow && (
          <button type="button" class="btn" onClick={onThrow}>
            Throw it away
          </button>
        )}
      </div>
    </form>
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

// The sheets over the room that every role has: who is here, help, leaving, own notes.
import type { JSX } from "preact";
import { sides } from "./floor";
import type { Floor } from "./frames";
import { mediatorName } from "./mediators";
import { AnswerSheet, NoteSheet, WriteSheet } from "./composer";
import { KEYS } from "./keys";
import { Face, Icon, Sheet, Side } from "./parts";
import type { Person } from "./people";
import { TellSheet } from "./tell";
import { HandOverSheet, QuestionSheet } from "./turn";
import { RuleList, RulesSheet } from "./where";
import { AgreedShares } from "./sharescard";
import type { FloorView } from "./state";

export function CommonSheets(view: FloorView): JSX.Element | null {
  const { sheet } = view.state;
  if (sheet === "people") return <PeopleSheet {...view} />;
  if (sheet === "help") return <HelpSheet {...view} />;
  if (sheet === "leave") return <LeaveSheet {...view} />;
  if (sheet === "notes") return <NotesSheet {...view} />;
  if (sheet === "tell") return <TellSheet {...view} />;
  if (sheet === "note") return <NoteSheet {...view} />;
  if (sheet === "write") return <WriteSheet {...view} />;
  if (sheet === "answer") return <AnswerSheet {...view} />;
  if (sheet === "question") return <QuestionSheet {...view} />;
  if (sheet === "rules") return <RulesSheet {...view} />;
  if (sheet === "hand over") return <HandOverSheet {...view} />;
  return null;
}

function PeopleSheet({ floor, acts }: FloorView): JSX.Element {
  const nobody = floor.people.filter((one) => one.mark === "n");
  return (
    <Sheet label="people" heading="Who is here" onClose={() => acts.open(null)}>
      <div class="people">
        {sides(floor).map((side) => (
          <section class="people__side" aria-labelledby={`people-${side.code}`} key={side.code}>
            <h3 class="below" id={`people-${side.code}`}>
              <Side mark={side.mark} word={side.word} />
            </h3>
            <PeopleList floor={floor} people={side.people} />
          </section>
        ))}
        <section class="people__side" aria-labelledby="people-n">
          <h3 class="below" id="people-n">On nobody’s side</h3>
          <PeopleList floor={floor} people={nobody} />
        </section>
      </div>
    </Sheet>
  );
}

function PeopleList({ floor, people }: { floor: Floor; people: Person[] }): JSX.Element {
  return (
    <ul class="people__list">
      {people.map((one) => (
        <li class="person" key={one.seat}>
          <Face person={one} />
          <div>
            <p class="person__name">
              {one.name}
              {one.seat === floor.you && " (you)"}
            </p>
            <p class="person__role">{one.mark === "n" ? one.side : one.role}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function HelpSheet({ floor, shell, state, acts }: FloorView): JSX.Element {
  return (
    <Sheet label="help" heading="Help" onClose={() => acts.open(null)}>
      <div class="stack">
        {shell.phone && (
          <p>
            Ring us on{" "}
            <a class="nowrap" href={`tel:${shell.phone.replaceAll(" ", "")}`}>
              {shell.phone}
            </a>
            . You can go on by phone, and your place is kept.
          </p>
        )}
        {!floor.process && (
          <div class="btn-row only-narrow">
            <button type="button" class="btn" onClick={() => acts.open("people")}>
              <Icon name="people" />
              Who is here
            </button>
            <button type="button" class="btn" onClick={() => acts.open("notes")}>
              <Icon name="note" />
              My notes
            </button>
          </div>
        )}
        <h3 id="rule">How the order is made</h3>
        <p>
          The side that has spoken least comes first. If two are equal, it is the one that has waited longest. Nobody waits while another
          side speaks again and again.
        </p>
        <AgreedShares floor={floor} />
        <p>{mediatorName(floor)} can move a turn. Everyone sees it: “Moved by mediator”.</p>
        <p>An answer to a direct question comes directly after it. Who was interrupted comes first, with the time that was left.</p>
        <h3>Ground rules of this meeting</h3>
        <RuleList rules={floor.rules} />
        {!floor.process && <Keys acts={acts} on={state.keys} />}
        {!floor.inPerson && (
          <>
            <h3>Sound</h3>
            <p>We play one soft sound when you may speak, and only while your microphone is off.</p>
            <button type="button" class="btn" onClick={() => acts.sound(!state.sounds)}>
              <Icon name="speaker" />
              {state.sounds ? "Turn the sound off" : "Turn the sound on"}
            </button>
          </>
        )}
      </div>
    </Sheet>
  );
}

function Keys({ acts, on }: { acts: FloorView["acts"]; on: boolean }): JSX.Element {
  return (
    <>
      <h3 id="keys-h">Single keys</h3>
      <p>They are off until you turn them on, and never act while you write.</p>
      <button type="button" class="btn" role="switch" aria-checked={on} aria-labelledby="keys-h" onClick={() => acts.keys(!on)}>
        {on ? "On" : "Off"}
      </button>
      {on && (
        <dl class="keys">
          {KEYS.map((one) => (
            <div key={one.key}>
              <dt>
                <kbd>{one.key}</kbd>
              </dt>
              <dd>{one.words}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function LeaveSheet({ shell, acts }: FloorView): JSX.Element {
  return (
    <Sheet label="leave" heading="Leave the meeting?" onClose={() => acts.open(null)}>
      <form class="stack" method="post" action={shell.leave}>
        <input type="hidden" name="form_key" value={shell.formKey} />
        <p>You can come back with your own link while the meeting goes on.</p>
        <div class="btn-row">
          <button type="submit" class="btn">
            Leave
          </button>
          <button type="button" class="btn" onClick={() => acts.open(null)}>
            Stay
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function NotesSheet(view: FloorView): JSX.Element {
  return (
    <Sheet label="notes" heading="My notes" onClose={() => view.acts.open(null)}>
      <Thought {...view} name="note-sheet" rows={6} />
    </Sheet>
  );
}

/** A thought for later, kept in this page only. */
export function Thought({ state, acts, name, rows }: FloorView & { name: string; rows: number }): JSX.Element {
  return (
    <div class="field">
      <label for={name}>Keep a thought for later</label>
      <p class="hint" id={`${name}-hint`}>
        Only you see this. It goes when you leave.
      </p>
      <textarea
        class="input"
        id={name}
        rows={rows}
        aria-describedby={`${name}-hint`}
        value={state.note}
        onInput={(event) => acts.note(event.currentTarget.value)}
      />
    </div>
  );
}

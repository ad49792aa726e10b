// What is done to the order of turns: add a hand, ask for a reply, give the floor out of order, move and remove. Moving is a list
// of words, never a drag.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { mayAnswer, privateTo } from "./deskwords";
import { person, sides } from "./floor";
import type { Floor, Kind } from "./frames";
import { Icon, Sheet, Side } from "./parts";
import type { Person } from "./people";
import type { FloorView } from "./state";

export function OrderSheets(view: FloorView): JSX.Element | null {
  const { sheet } = view.state;
  if (!view.floor.leads) return null;
  if (sheet === "add hand") return <AddHandSheet {...view} />;
  if (sheet === "give") return <GiveSheet {...view} />;
  if (sheet === "reply") return <ReplySheet {...view} />;
  if (typeof sheet === "object" && sheet !== null) return <MoveSheet {...view} seat={sheet.move} kind={sheet.kind} />;
  return null;
}

function MoveSheet({ floor, acts, seat, kind }: FloorView & { seat: string; kind: Kind }): JSX.Element {
  const [reason, setReason] = useState("");
  const at = floor.queue.findIndex((entry) => entry.seat === seat && entry.kind === kind) + 1;
  const one = person(floor, seat);
  const ask = (command: string, place?: number) => () => {
    const word = reason.trim();
    acts.ask(command, { seat, entry: kind, ...(place === undefined ? {} : { place }), ...(word ? { reason: word } : {}) });
    acts.open(null);
  };
  return (
    <Sheet label="move" heading={`Move or remove ${one.name}`} onClose={() => acts.open(null)}>
      <div class="stack">
        <p>Everyone sees “Moved by mediator”.</p>
        {at > 0 && <ReasonField floor={floor} reason={reason} onReason={setReason} />}
        <div class="asks">
          {at > 1 && <Choice icon="move" words="Up one" onPress={ask("move_hand", at - 1)} />}
          {at > 0 && at < floor.queue.length && <Choice icon="move" words="Down one" onPress={ask("move_hand", at + 1)} />}
          {at > 1 && <Choice icon="arrow" words="To the front" onPress={ask("move_hand", 1)} />}
          {at > 0 && <Choice icon="minus" words="Remove from the order" onPress={ask("remove_hand")} />}
          {at === 0 && <p>{one.name} does not wait any more.</p>}
        </div>
      </div>
    </Sheet>
  );
}

function ReasonField({ floor, reason, onReason }: { floor: Floor; reason: string; onReason: (words: string) => void }): JSX.Element {
  return (
    <div class="field">
      <label for="move-reason">A word for yourself, if you like</label>
      <p class="hint" id="move-reason-hint">
        {privateTo(floor, "this")}. It goes when the sitting ends.
      </p>
      <input
        class="input"
        id="move-reason"
        maxLength={40}
        autocomplete="off"
        aria-describedby="move-reason-hint"
        value={reason}
        onInput={(event) => onReason(event.currentTarget.value)}
      />
    </div>
  );
}

function Choice({ icon, words, onPress }: { icon: string; words: string; onPress: () => void }): JSX.Element {
  return (
    <button type="button" class="ask" onClick={onPress}>
      <Icon name={icon} />
      <span>{words}</span>
    </button>
  );
}

function AddHandSheet(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  const [note, setNote] = useState("");
  const waits = (one: Person) => floor.queue.some((entry) => entry.seat === one.seat && entry.kind === "turn");
  const people = everyone(floor).filter((one) => !waits(one) && floor.holder !== one.seat);
  return (
    <Sheet label="add" heading="Who raised a hand?" onClose={() => acts.open(null)}>
      <div class="stack">
        <div class="field">
          <label for="add-note">What about, if they say so</label>
          <p class="hint" id="add-note-hint">
            They and you see it. Nobody else.
          </p>
          <input
            class="input"
            id="add-note"
            maxLength={120}
            autocomplete="off"
            aria-describedby="add-note-hint"
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </div>
        <PickPerson
          view={view}
          icon="hand"
          people={people}
          none="Everyone who could wait is in the order."
          onPick={(seat) => acts.ask("add_hand", { seat, ...(note.trim() ? { note: note.trim() } : {}) })}
        />
      </div>
    </Sheet>
  );
}

function ReplySheet(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  return (
    <Sheet label="reply" heading="Who is asked to reply?" onClose={() => acts.open(null)}>
      <div class="stack">
        <p>They come directly after who speaks now, for a short answer. It is not counted as a turn of their side.</p>
        <PickPerson
          view={view}
          icon="reply"
          people={mayAnswer(floor)}
          none="Nobody else could be asked."
          onPick={(seat) => acts.ask("ask_reply", { seat })}
        />
      </div>
    </Sheet>
  );
}

function GiveSheet(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  return (
    <Sheet label="give" heading="Give the floor to…" onClose={() => acts.open(null)}>
      <PickPerson
        view={view}
        icon="mic"
        people={everyone(floor).filter((one) => floor.holder !== one.seat)}
        none="Nobody else is here."
        onPick={(seat) => acts.ask("give_to", { seat })}
      />
    </Sheet>
  );
}

function everyone(floor: Floor): Person[] {
  return sides(floor).flatMap((side) => side.people);
}

interface PickProps {
  view: FloorView;
  icon: string;
  people: Person[];
  none: string;
  onPick: (seat: string) => void;
}

function PickPerson({ view, icon, people, none, onPick }: PickProps): JSX.Element {
  if (people.length === 0) return <p>{none}</p>;
  return (
    <div class="asks asks--two">
      {people.map((one) => (
        <button
          type="button"
          class="ask"
          key={one.seat}
          onClick={() => {
            onPick(one.seat);
            view.acts.open(null);
          }}
        >
          <Icon name={icon} />
          <span>
            {one.name}
            <small>
              <Side mark={one.mark} word={one.side} />
            </small>
          </span>
        </button>
      ))}
    </div>
  );
}

// The order of turns as process people see and change it: give, move, remove, add a hand. Moving is a list of words, never a drag.
import type { JSX } from "preact";
import type { Entry } from "./frames";
import { person, placeOf, sides } from "./floor";
import { Icon, Sheet, Side } from "./parts";
import { QueueLine } from "./pieces";
import type { Person } from "./people";
import type { FloorView } from "./state";

export function OrderCard(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  return (
    <section class="card" aria-labelledby="q-h">
      <div class="card__head">
        <h2 id="q-h">Who is next</h2>
        <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("add hand")}>
          <Icon name="plus" />
          Add a hand
        </button>
      </div>
      <ul class="sides-row" aria-label="Waiting, by side">
        {sides(floor).map((side) => (
          <li key={side.code}>
            <Side mark={side.mark} word={side.word} />
            <span>{side.waiting}</span>
          </li>
        ))}
      </ul>
      <Lines {...view} giving />
    </section>
  );
}

/** At the table the floor is given by a tap on the person, so the order only tells and is moved. */
export function TableOrder(view: FloorView): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="q-h">
      <h2 id="q-h">Who is next</h2>
      <Lines {...view} />
      <button type="button" class="btn btn--wide" aria-haspopup="dialog" onClick={() => view.acts.open("add hand")}>
        <Icon name="plus" />
        Someone raised a hand
      </button>
    </section>
  );
}

interface LinesProps extends FloorView {
  giving?: boolean;
}

function Lines(view: LinesProps): JSX.Element {
  const { floor } = view;
  if (floor.queue.length === 0) return <p class="soft">Nobody waits.</p>;
  return (
    <ol class="queue">
      {floor.queue.map((entry, index) => (
        <Line {...view} entry={entry} number={index + 1} key={`${entry.seat} ${entry.kind}`} />
      ))}
    </ol>
  );
}

function Line({ floor, acts, giving, entry, number }: LinesProps & { entry: Entry; number: number }): JSX.Element {
  const { seat } = entry;
  const one = person(floor, seat);
  const next = floor.desk?.next === seat;
  return (
    <QueueLine
      floor={floor}
      entry={entry}
      number={number}
      kind={next ? "next" : undefined}
      owed={floor.desk?.owed.includes(seat) ?? false}
    >
      {giving && !next && (
        <button type="button" class="btn" aria-label={`Give floor to ${one.name}`} onClick={() => acts.ask("give_to", { seat })}>
          Give floor
        </button>
      )}
      <button
        type="button"
        class="btn btn--icon"
        aria-label={`Move or remove ${one.name}`}
        aria-haspopup="dialog"
        onClick={() => acts.open({ move: seat })}
      >
        <Icon name="more" />
      </button>
    </QueueLine>
  );
}

export function OrderSheets(view: FloorView): JSX.Element | null {
  const { sheet } = view.state;
  if (sheet === "add hand") return <AddHandSheet {...view} />;
  if (sheet === "give") return <GiveSheet {...view} />;
  if (typeof sheet === "object" && sheet !== null) return <MoveSheet {...view} seat={sheet.move} />;
  return null;
}

function MoveSheet({ floor, acts, seat }: FloorView & { seat: string }): JSX.Element {
  const at = placeOf(floor, seat);
  const one = person(floor, seat);
  const move = (place: number) => () => {
    acts.ask("move_hand", { seat, place });
    acts.open(null);
  };
  const remove = () => {
    acts.ask("remove_hand", { seat });
    acts.open(null);
  };
  return (
    <Sheet label="move" heading={`Move or remove ${one.name}`} onClose={() => acts.open(null)}>
      <p>Everyone sees “Moved by mediator”.</p>
      <div class="asks">
        {at > 1 && <Choice icon="move" words="Up one" onPress={move(at - 1)} />}
        {at > 0 && at < floor.queue.length && <Choice icon="move" words="Down one" onPress={move(at + 1)} />}
        {at > 1 && <Choice icon="arrow" words="To the front" onPress={move(1)} />}
        {at > 0 && <Choice icon="minus" words="Remove from the order" onPress={remove} />}
        {at === 0 && <p>{one.name} does not wait any more.</p>}
      </div>
    </Sheet>
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
  return (
    <Sheet label="add" heading="Who raised a hand?" onClose={() => acts.open(null)}>
      <PickPerson
        view={view}
        icon="hand"
        may={(one) => placeOf(floor, one.seat) === 0 && floor.holder !== one.seat}
        none="Everyone who could wait is in the order."
        onPick={(seat) => acts.ask("add_hand", { seat })}
      />
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
        may={(one) => floor.holder !== one.seat}
        none="Nobody else is here."
        onPick={(seat) => acts.ask("give_to", { seat })}
      />
    </Sheet>
  );
}

interface PickProps {
  view: FloorView;
  icon: string;
  may: (one: Person) => boolean;
  none: string;
  onPick: (seat: string) => void;
}

function PickPerson({ view, icon, may, none, onPick }: PickProps): JSX.Element {
  const people = sides(view.floor).flatMap((side) => side.people.filter(may));
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

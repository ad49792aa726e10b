// In person: one tablet for the mediator, the same floor as online. A tap says who speaks; nothing listens.
import type { JSX } from "preact";
import { DeskSheets, DeskTop, DraftCard, ModeCard } from "./desk";
import { DoorsCard } from "./doors";
import { card } from "./cards";
import { mediatorSpeaks, person, sides, stopped, turnWords } from "./floor";
import { TableOrder } from "./order";
import { Face, Icon, Side } from "./parts";
import { FloorCard, Notices, cardClass } from "./pieces";
import type { Person } from "./people";
import { OwnTimes, PlanCard } from "./plan";
import type { FloorView } from "./state";
import { firstName } from "./words";

export function Tablet(view: FloorView): JSX.Element {
  const { floor, state } = view;
  return (
    <>
      <a class="skip" href="#seats">
        Skip to who speaks
      </a>
      <DeskTop {...view} />
      <main class="table-body" id="main">
        <h1 class="vh">In the room: who speaks</h1>
        <section class="desk-floor wide" aria-labelledby="floor-h">
          <div class={cardClass(card(floor, null))}>
            <FloorCard floor={floor} speaker={null} words={turnWords(floor, state.now)} />
          </div>
        </section>
        <Seats {...view} />
        <div class="desk-col">
          <Notices {...view} />
          <MainAct {...view} />
          <TableOrder {...view} />
          <OwnTimes {...view} />
          {floor.stage ? <PlanCard {...view} /> : <ModeCard {...view} />}
          <DoorsCard {...view} />
          <DraftCard {...view} />
          <LeaveCard {...view} />
        </div>
      </main>
      <DeskSheets {...view} />
    </>
  );
}

function LeaveCard({ acts }: FloorView): JSX.Element {
  return (
    <button type="button" class="btn btn--wide" aria-haspopup="dialog" onClick={() => acts.open("leave")}>
      Leave the room
    </button>
  );
}

function MainAct({ floor, acts }: FloorView): JSX.Element | null {
  const next = floor.desk?.next ?? null;
  if (stopped(floor)) {
    return (
      <button type="button" class="btn btn--main btn--wide" onClick={() => acts.ask("resume")}>
        <Icon name="arrow" />
        Go on where we were
      </button>
    );
  }
  if (next === null) return null;
  return (
    <button type="button" class="btn btn--main btn--wide" onClick={() => acts.ask("give_next", { seat: next })}>
      <Icon name="hand" />
      Give the floor to {person(floor, next).name}
    </button>
  );
}

function Seats(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  return (
    <section id="seats" tabIndex={-1} aria-labelledby="seats-h" class="stack">
      <h2 id="seats-h">Tap who is speaking</h2>
      <div class="table-sides">
        {sides(floor).map((side) => (
          <section class="table-side" aria-labelledby={`t-${side.code}`} key={side.code}>
            <h3 id={`t-${side.code}`}>
              <Side mark={side.mark} word={side.word} />
            </h3>
            <div class="seats">
              {side.people.map((one) => (
                <Seat {...view} one={one} key={one.seat} />
              ))}
            </div>
          </section>
        ))}
      </div>
      <div class="btn-row btn-row--even">
        <button
          type="button"
          class="btn"
          aria-pressed={mediatorSpeaks(floor)}
          onClick={() => {
            if (!mediatorSpeaks(floor)) acts.ask("set_mode", { mode: "mediator_speaks" });
          }}
        >
          <Face person={person(floor, "mediator")} />I speak
        </button>
        {floor.holder !== null && (
          <button type="button" class="btn" onClick={() => acts.ask("end_turn")}>
            <Icon name="pause" />
            Nobody now
          </button>
        )}
        {floor.turn?.allowed != null && (
          <button type="button" class="btn" onClick={() => acts.ask("more_time", { seconds: 60 })}>
            One more minute
          </button>
        )}
      </div>
    </section>
  );
}

function Seat({ floor, acts, one }: FloorView & { one: Person }): JSX.Element {
  const speaks = floor.holder === one.seat;
  const interpreter = floor.people.find((other) => other.helps === one.seat);
  const beside = interpreter ? `With ${firstName(interpreter.name)}, ${interpreter.side}` : one.role;
  return (
    <button
      type="button"
      class="seat"
      aria-pressed={speaks}
      onClick={() => {
        if (!speaks) acts.ask("give_to", { seat: one.seat });
      }}
    >
      <Face person={one} />
      <span>
        {one.name}
        {speaks ? (
          <span class="seat__now">
            <Icon name="mic" />
            Speaking
          </span>
        ) : (
          beside && <small>{beside}</small>
        )}
      </span>
    </button>
  );
}

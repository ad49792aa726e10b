// A participant's screen: who has the floor, what about me, what can I do now. In that order, and nothing else.
import type { JSX } from "preact";
import { Bar } from "./bar";
import { BackFromBreak } from "./breakcard";
import { card } from "./cards";
import { AskedQuestion, TextTurn } from "./composer";
import { heldWords, helpers, place, timer } from "./floor";
import { MoreTime } from "./owntime";
import { Brand, Icon, TimeBar } from "./parts";
import { FloorCard, Notices, QueueLine, Tile, cardClass } from "./pieces";
import { OnlyYou } from "./private";
import { CommonSheets, Thought } from "./sheets";
import { facts, stageLine } from "./stages";
import { SharesPanel } from "./sharescard";
import type { FloorView } from "./state";
import { stage } from "./tiles";
import { InYourTurn, KeepHand } from "./turn";
import { GroundRules, WhereWeAre } from "./where";
import { firstName } from "./words";

export function Participant(view: FloorView): JSX.Element {
  return (
    <>
      <a class="skip" href="#speaking">
        Skip to who is speaking
      </a>
      <a class="skip" href="#controls">
        Skip to your controls
      </a>
      <Top {...view} />
      <main class="room-body" id="main">
        <h1 class="vh">Mediation meeting</h1>
        <Speaking {...view} />
        <Pictures {...view} />
        <Rest {...view} />
      </main>
      <Bar {...view} />
      <CommonSheets {...view} />
    </>
  );
}

function Top({ floor, state, acts }: FloorView): JSX.Element {
  return (
    <header class="room-top">
      <div class="room-top__where">
        <Brand />
        <div>
          <p class="room-top__stage">{stageLine(floor)}</p>
          <p class="room-top__facts">
            {facts(floor, !state.dropped).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </p>
        </div>
      </div>
      <div class="room-top__acts">
        <button type="button" class="btn btn--on-stage" aria-haspopup="dialog" onClick={() => acts.open("help")}>
          Help
        </button>
        <button type="button" class="btn btn--on-stage" aria-haspopup="dialog" onClick={() => acts.open("leave")}>
          Leave
        </button>
      </div>
    </header>
  );
}

function Speaking(view: FloorView): JSX.Element {
  const { floor, state, acts } = view;
  const time = timer(floor, state.now);
  return (
    <div class="room-floor" id="speaking" tabIndex={-1}>
      <section class={cardClass(card(floor, state.media.speaker))} aria-labelledby="floor-h">
        <FloorCard floor={floor} speaker={state.media.speaker} />
      </section>
      {time && (
        <section class={time.soon ? "panel timer timer--soon" : "panel timer"} aria-labelledby="time-h">
          <h2 id="time-h" class="vh">
            Your time
          </h2>
          <div class="timer__row">
            <p class={state.timeHidden ? "timer__words vh" : "timer__words"} role="timer" aria-live="off">
              {time.words}
            </p>
            <button type="button" class="btn btn--small" onClick={() => acts.hideTime(!state.timeHidden)}>
              <Icon name={state.timeHidden ? "eye" : "eyeoff"} />
              {state.timeHidden ? "Show the time" : "Hide the time"}
            </button>
          </div>
          {!state.timeHidden && <TimeBar left={time.left} />}
          {!state.timeHidden && floor.holder === floor.you && <MoreTime floor={floor} />}
          <p class="soft small">Nothing cuts you off. At the end you are asked to finish your sentence.</p>
        </section>
      )}
      <TextTurn {...view} />
      <AskedQuestion {...view} />
      <KeepHand {...view} />
      <OnlyYou {...view} />
      <Notices {...view} />
    </div>
  );
}

/** On a phone four places: four small pictures, or three and the way to all people. */
const PLACES = 4;

function Pictures({ floor, state, acts }: FloorView): JSX.Element {
  const shown = stage(floor, state.media);
  const many = shown.tiles.length > PLACES;
  const shownAlways = many ? PLACES - 1 : PLACES;
  return (
    <div class="stage">
      {shown.big && (
        <ul class="tiles tiles--big" aria-label="Speaking now">
          <Tile view={shown.big} media={state.media} big />
        </ul>
      )}
      {(shown.tiles.length > 0 || many) && (
        <ul
          class={shown.even ? "tiles tiles--even" : "tiles tiles--strip"}
          aria-label={shown.even ? "People listening to you" : "Others in the room"}
        >
          {shown.tiles.map((tile, index) => (
            <Tile
              view={tile}
              media={state.media}
              key={tile.person.seat}
              later={index >= shownAlways || (shown.even && tile.person.seat === floor.you)}
            />
          ))}
          {many && (
            <li class="tile-slot only-narrow">
              <button type="button" class="tile--more" aria-haspopup="dialog" onClick={() => acts.open("people")}>
                <Icon name="people" />
                All {floor.people.length} people
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Rest(view: FloorView): JSX.Element {
  const { floor, state } = view;
  const held = heldWords(floor);
  const own = place(floor, state.now);
  return (
    <div class="room-rest">
      {held && (
        <section class="floor floor--held" aria-labelledby="held-h">
          <span class="floor__sign">
            <Icon name="michold" />
          </span>
          <h2 id="held-h">Your microphone is held</h2>
          <p id="held-why">
            {held.before}
            <strong>{held.strong}</strong>
            {held.after}
          </p>
        </section>
      )}
      {!held && !floor.holds && own.kind === "none" && (
        <section class="place place--none" aria-labelledby="ask-h">
          <Icon name="hand" />
          <h2 id="ask-h">{own.heading}</h2>
          <p>{own.words}</p>
        </section>
      )}
      {floor.again && <GroundRules {...view} />}
      <OwnTime {...view} />
      <BackFromBreak {...view} />
      <WhereWeAre {...view} />
      <Order {...view} />
      <SharesPanel floor={floor} />
      <InYourTurn {...view} />
      <Helpers {...view} />
      {!floor.again && <GroundRules {...view} />}
      {held && (
        <section class="panel" aria-label="Your notes">
          <Thought {...view} name="note" rows={2} />
        </section>
      )}
    </div>
  );
}

/** Beside the clock while one has the floor; before that by itself. */
function OwnTime({ floor }: FloorView): JSX.Element | null {
  if (floor.time === null || floor.holds) return null;
  return (
    <section class="panel" aria-label="Your time">
      <MoreTime floor={floor} />
    </section>
  );
}

function Order({ floor, acts }: FloorView): JSX.Element | null {
  if (floor.queue.length === 0) return null;
  const mine = floor.queue.some((entry) => entry.seat === floor.you);
  return (
    <section class={floor.handUp ? "panel stack" : "panel stack later"} aria-labelledby="order-h">
      <h2 id="order-h">Who speaks next</h2>
      <ol class="queue">
        {floor.queue.map((entry, index) => (
          <QueueLine
            floor={floor}
            entry={entry}
            number={index + 1}
            key={`${entry.seat} ${entry.kind}`}
            kind={entry.seat === floor.you ? "you" : undefined}
          />
        ))}
      </ol>
      <p class="soft small">
        Everyone sees this order.{mine && " Only you and the mediation team see your note."}
      </p>
      {mine && floor.handUp && !floor.holds && (
        <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open(floor.ownText === null ? "note" : "write")}>
          {floor.ownText === null ? (floor.note ? "Change my note" : "Add a note") : "Change my words"}
        </button>
      )}
      <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("help")}>
        How the order is made
      </button>
    </section>
  );
}

function Helpers({ floor, acts }: FloorView): JSX.Element | null {
  const people = floor.holds ? helpers(floor) : helpers(floor).filter((one) => one.speaksFor === floor.you);
  if (people.length === 0) return null;
  return (
    <section class="panel stack" aria-labelledby="help-h">
      <h2 id="help-h">Speaking with you</h2>
      <div class="btn-row">
        {people.map((one) => {
          const on = one.speaksFor === floor.you;
          return (
            <button
              type="button"
              class="btn"
              key={one.seat}
              onClick={() => acts.ask("may_speak_for_me", { seat: one.seat, on: !on })}
            >
              <Icon name="people" />
              {on ? `${firstName(one.name)} speaks for you: end this` : `Let ${firstName(one.name)} speak for me now`}
            </button>
          );
        })}
      </div>
    </section>
  );
}

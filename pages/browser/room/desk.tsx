// The mediator's desk: the floor first, then pictures and the order; plan, doors and papers around them.
import type { JSX } from "preact";
import { card } from "./cards";
import { mediatorSpeaks, person, stopped, turnWords } from "./floor";
import { DoorsCard } from "./doors";
import { OrderCard, OrderSheets } from "./order";
import { Brand, Icon } from "./parts";
import { FloorCard, Notices, Tag, Tile, cardClass } from "./pieces";
import { ModeForm, OwnTimes, PlanCard, StageSheet } from "./plan";
import { CommonSheets } from "./sheets";
import type { FloorView } from "./state";
import { tile } from "./tiles";
import { clockTime, minutes } from "./words";

const MINUTE = 60_000;
const BREAK_MINUTES = 10;

export function Desk(view: FloorView): JSX.Element {
  return (
    <>
      <a class="skip" href="#floor">
        Skip to the floor
      </a>
      <a class="skip" href="#doors">
        Skip to the doors
      </a>
      <DeskTop {...view} />
      <main class="desk-body" id="main">
        <h1 class="vh">Mediator’s desk</h1>
        <div class="desk-col desk-mid">
          <Notices {...view} />
          <FloorBox {...view} />
          <Pictures {...view} />
          <OrderCard {...view} />
        </div>
        <div class="desk-col desk-right">
          <OwnTimes {...view} />
          <PeopleCard {...view} />
          <DraftCard {...view} />
        </div>
        <div class="desk-col desk-left">
          {view.floor.stage ? <PlanCard {...view} /> : <ModeCard {...view} />}
          <DoorsCard {...view} />
        </div>
      </main>
      <DeskSheets {...view} />
    </>
  );
}

export function DeskSheets(view: FloorView): JSX.Element {
  return (
    <>
      <CommonSheets {...view} />
      <OrderSheets {...view} />
      {view.state.sheet === "stages" && <StageSheet {...view} />}
    </>
  );
}

/** Where there are no stages the way of taking turns stands by itself. */
export function ModeCard(view: FloorView): JSX.Element {
  return (
    <section class="card" aria-labelledby="mode-h">
      <h2 id="mode-h">How people take turns</h2>
      <ModeForm {...view} key={view.floor.under} />
    </section>
  );
}

export function DeskTop({ floor, state, acts, shell }: FloorView): JSX.Element {
  const media = state.media.state !== "none";
  return (
    <header class="desk-top">
      <Brand />
      {shell.caseNumber && (
        <p class="nowrap">
          <span class="vh">Mediation </span>
          {shell.caseNumber}
        </p>
      )}
      <p class="desk-top__clock">
        <span class="vh">Session clock:</span>
        <b>{clockTime(state.now)}</b>
        {shell.starts !== null && state.now >= shell.starts && (
          <span>{minutes(Math.floor((state.now - shell.starts) / MINUTE))} in</span>
        )}
        {shell.ends !== null && <span>ends about {clockTime(shell.ends)}</span>}
        {floor.breakDue !== null && floor.mode !== "break" && <span>Break due at {clockTime(floor.breakDue)}</span>}
      </p>
      <div class="desk-top__acts">
        {media && (
          <TopSwitch name="Mic" on={state.media.micOn} icon={state.media.micOn ? "mic" : "micoff"} press={acts.microphone} />
        )}
        {media && (
          <TopSwitch name="Camera" on={state.media.camOn} icon={state.media.camOn ? "cam" : "camoff"} press={acts.camera} />
        )}
        {!stopped(floor) && (
          <>
            <button
              type="button"
              class="btn btn--on-stage"
              onClick={() => acts.ask("pause", { why: "break", minutes: BREAK_MINUTES })}
            >
              <Icon name="cup" />
              Break
            </button>
            <button type="button" class="btn btn--on-stage" onClick={() => acts.ask("pause", { why: "pause" })}>
              <Icon name="pause" />
              Pause all
            </button>
          </>
        )}
      </div>
    </header>
  );
}

interface TopSwitchProps {
  name: string;
  on: boolean;
  icon: string;
  press: (on: boolean) => void;
}

function TopSwitch({ name, on, icon, press }: TopSwitchProps): JSX.Element {
  return (
    <button type="button" class="btn btn--on-stage" role="switch" aria-checked={on} onClick={() => press(!on)}>
      <Icon name={icon} />
      <span>
        {name} <span aria-hidden="true">{on ? "on" : "off"}</span>
      </span>
    </button>
  );
}

function FloorBox(view: FloorView): JSX.Element {
  const { floor, state } = view;
  return (
    <section class="desk-floor" id="floor" tabIndex={-1} aria-labelledby="floor-h">
      <div class={cardClass(card(floor, state.media.speaker))}>
        <FloorCard floor={floor} speaker={state.media.speaker} words={turnWords(floor, state.now)} />
      </div>
      <FloorActs {...view} />
    </section>
  );
}

/** At most one filled button: the next in the order, or going on after a pause. */
export function FloorActs({ floor, acts }: FloorView): JSX.Element {
  const next = floor.desk?.next ?? null;
  if (stopped(floor)) {
    return (
      <div class="desk-floor__acts">
        <button type="button" class="btn btn--main" onClick={() => acts.ask("resume")}>
          <Icon name="arrow" />
          Go on where we were
        </button>
      </div>
    );
  }
  return (
    <div class="desk-floor__acts">
      {next !== null && (
        <button type="button" class="btn btn--main" onClick={() => acts.ask("give_next", { seat: next })}>
          <Icon name="hand" />
          Give the floor to {person(floor, next).name}
        </button>
      )}
      {floor.turn?.allowed != null && (
        <button type="button" class="btn" onClick={() => acts.ask("more_time", { seconds: 60 })}>
          One more minute
        </button>
      )}
      {floor.holder !== null && (
        <button type="button" class="btn" onClick={() => acts.ask("end_turn")}>
          End the turn
        </button>
      )}
      {!mediatorSpeaks(floor) && (
        <button type="button" class="btn" onClick={() => acts.ask("set_mode", { mode: "mediator_speaks" })}>
          I speak
        </button>
      )}
      <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("give")}>
        Someone else
      </button>
    </div>
  );
}

function Pictures({ floor, state }: FloorView): JSX.Element {
  return (
    <section class="desk-video" aria-label="People in the room">
      <ul class="tiles">
        {floor.people.map((one) => (
          <Tile view={tile(floor, one, state.media)} media={state.media} key={one.seat} />
        ))}
      </ul>
    </section>
  );
}

export function PeopleCard({ floor, acts }: FloorView): JSX.Element {
  const away = floor.people.filter((one) => !one.here);
  return (
    <section class="card stack stack--close" aria-labelledby="here-h">
      <div class="card__head">
        <h2 id="here-h">In the room</h2>
        <span class="soft">{floor.people.length - away.length} connected</span>
      </div>
      {away.length === 0 ? (
        <p class="soft">Everyone who was let in is connected.</p>
      ) : (
        <ul class="doors">
          {away.map((one) => (
            <li class="door" key={one.seat}>
              <span>
                <b>{one.name}</b>
              </span>
              <p>
                <Tag kind="wait">Lost connection</Tag>
              </p>
            </li>
          ))}
        </ul>
      )}
      <p class="soft small">Nobody’s microphone can be turned on from here.</p>
      <div class="btn-row">
        <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("people")}>
          <Icon name="people" />
          Who is here
        </button>
        <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("leave")}>
          Leave the room
        </button>
      </div>
    </section>
  );
}

export function DraftCard({ shell }: FloorView): JSX.Element | null {
  if (!shell.record) return null;
  return (
    <section class="card stack" aria-labelledby="draft-h">
      <h2 id="draft-h">Draft</h2>
      <p class="soft small">Nobody else sees the lines until you send them.</p>
      <a class="btn btn--wide" href={shell.record} target="_blank" rel="noopener">
        <Icon name="pencil" />
        Write the draft record<span class="vh"> (opens in a new tab)</span>
      </a>
    </section>
  );
}

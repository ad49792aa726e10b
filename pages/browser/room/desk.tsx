// The mediator's desk: the floor first, then pictures and the order; signals and tools beside them, plan and doors around.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { BreakCard } from "./breakcard";
import { breakFact } from "./breaks";
import { CueCard } from "./cue";
import { FloorBox } from "./deskfloor";
import { useShortcuts } from "./deskkeys";
import { stopped } from "./floor";
import { EndCard } from "./endcard";
import { DoorsCard } from "./doors";
import { useKeptFocus } from "./focus";
import { keepKeys, keptKeys, type Keys } from "./shortcuts";
import { OrderCard } from "./order";
import { OrderSheets } from "./ordersheets";
import { Brand, Icon } from "./parts";
import { Notice, Notices, Tag, Tile } from "./pieces";
import { ModeForm, OwnTimes, PlanCard, StageSheet } from "./plan";
import { PlanSheet } from "./planedit";
import { RoundCard, RoundSheet } from "./roundcard";
import { NewRulesSheet } from "./rulesedit";
import { CommonSheets } from "./sheets";
import { SignalsCard } from "./signals";
import type { FloorView } from "./state";
import { tile } from "./tiles";
import { Tools } from "./tools";
import { clockTime, minutes } from "./words";

const MINUTE = 60_000;

export function Desk(view: FloorView): JSX.Element {
  const [keys, setKeys] = useState<Keys>(keptKeys);
  const onKeys = (fresh: Keys) => {
    keepKeys(fresh);
    setKeys(fresh);
  };
  useShortcuts(view, keys);
  useKeptFocus();
  return (
    <>
      <a class="skip" href="#floor">
        Skip to the floor
      </a>
      <a class="skip" href="#signals">
        Skip to private signals
      </a>
      <DeskTop {...view} />
      <main class="desk-body" id="main">
        <h1 class="vh">Mediator’s desk</h1>
        <div class="desk-col desk-mid">
          <Learning {...view} />
          <Notices {...view} />
          <CueCard {...view} />
          <BreakCard {...view} />
          <EndCard {...view} />
          <FloorBox {...view} />
          <RoundCard {...view} />
          <Pictures {...view} />
          <OrderCard {...view} />
        </div>
        <div class="desk-col desk-right">
          <SignalsCard {...view} />
          <OwnTimes {...view} />
          <Tools {...view} keys={keys} onKeys={onKeys} />
          <PeopleCard {...view} />
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

/** A trainee sees everything that the mediator sees, and does nothing. */
export function Learning({ floor }: FloorView): JSX.Element | null {
  if (floor.leads) return null;
  return (
    <Notice kind="plain" icon="eye">
      <p>You are here to learn: you can see, not act.</p>
    </Notice>
  );
}

export function DeskSheets(view: FloorView): JSX.Element {
  const { sheet } = view.state;
  return (
    <>
      <CommonSheets {...view} />
      <OrderSheets {...view} />
      {view.floor.leads && sheet === "stages" && <StageSheet {...view} />}
      {view.floor.leads && sheet === "round" && <RoundSheet {...view} />}
      {view.floor.leads && sheet === "plan" && <PlanSheet {...view} />}
      {view.floor.leads && sheet === "new rules" && <NewRulesSheet {...view} />}
    </>
  );
}

/** Where there are no stages the way of taking turns stands by itself. */
export function ModeCard(view: FloorView): JSX.Element | null {
  if (!view.floor.leads) return null;
  return (
    <section class="card" aria-labelledby="mode-h">
      <h2 id="mode-h">How people take turns</h2>
      <ModeForm {...view} />
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
        {floor.ends && <span>ends about {clockTime(floor.ends.at)}</span>}
        {breakFact(floor) && <span>{breakFact(floor)}</span>}
      </p>
      <div class="desk-top__acts">
        {media && floor.leads && (
          <TopSwitch name="Mic" on={state.media.micOn} icon={state.media.micOn ? "mic" : "micoff"} press={acts.microphone} />
        )}
        {media && (
          <TopSwitch name="Camera" on={state.media.camOn} icon={state.media.camOn ? "cam" : "camoff"} press={acts.camera} />
        )}
        {floor.leads && !stopped(floor) && (
          <>
            <button
              type="button"
              class="btn btn--on-stage"
              onClick={() => acts.ask("pause", { why: "break" })}
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

// The plan of the sitting and how people take turns in this stage. A choice acts only when its button is pressed.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { sides } from "./floor";
import type { Floor } from "./frames";
import { Icon, Sheet, Side } from "./parts";
import { Tag } from "./pieces";
import { STAGES, stageWord } from "./stages";
import type { FloorView } from "./state";

const MODES: readonly { mode: string; word: string }[] = [
  { mode: "open_talk", word: "Open talk" },
  { mode: "queue", word: "Queue" },
  { mode: "statement", word: "Uninterrupted turn" },
  { mode: "mediator_speaks", word: "Mediator speaks" },
];

const MOST_MINUTES = 30;
const USUAL_MINUTES = 8;

export function PlanCard(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  const now = floor.stage?.number ?? 0;
  return (
    <nav class="card" aria-labelledby="rail-h">
      <div class="card__head">
        <h2 id="rail-h">Plan</h2>
        <button type="button" class="btn btn--small btn--quiet" aria-haspopup="dialog" onClick={() => acts.open("stages")}>
          Change
        </button>
      </div>
      <ol class="rail">
        {STAGES.map((stage, index) => (
          <RailStage key={stage.code} word={stage.word} number={index + 1} now={now} minutes={floor.stage?.minutes ?? null}>
            {index + 1 === now && <ModeForm {...view} key={floor.under} />}
          </RailStage>
        ))}
      </ol>
      {now > 0 && now < STAGES.length && (
        <button type="button" class="btn btn--small btn--wide" onClick={() => acts.ask("set_stage", { number: now + 1 })}>
          <Icon name="arrow" />
          Go to the next stage
        </button>
      )}
    </nav>
  );
}

interface RailProps {
  word: string;
  number: number;
  now: number;
  minutes: number | null;
  children: JSX.Element | false;
}

function RailStage({ word, number, now, minutes, children }: RailProps): JSX.Element {
  const done = number < now;
  const current = number === now;
  return (
    <li class={done ? "is-done" : current ? "is-now" : ""} aria-current={current ? "step" : undefined}>
      <div class="rail__stage">
        <span class="rail__dot">{done && <Icon name="check" />}</span>
        <span>
          {done && <span class="vh">Done: </span>}
          {current && <span class="vh">Now: </span>}
          {word}
        </span>
        {current && minutes !== null && <span class="rail__min">{minutes} min</span>}
      </div>
      {children}
    </li>
  );
}

/** Open talk, queue, a side's own time, the mediator speaks. */
export function ModeForm({ floor, acts }: FloorView): JSX.Element {
  const [mode, setMode] = useState<string>(floor.under);
  const [minutes, setMinutes] = useState(USUAL_MINUTES);
  const [seat, setSeat] = useState("");
  const own = mode === "statement" && floor.under !== "statement";
  const first = sides(floor)[0]?.people[0]?.seat ?? "";
  const start = (event: Event) => {
    event.preventDefault();
    acts.ask("set_mode", own ? { mode, seat: seat || first, minutes } : { mode });
  };
  return (
    <form class="rail__mode" onSubmit={start}>
      <label for="mode" class="vh">
        How people take turns in this stage
      </label>
      <select class="select" id="mode" value={mode} onChange={(event) => setMode(event.currentTarget.value)}>
        {MODES.map((one) => (
          <option value={one.mode} key={one.mode}>
            {one.word}
          </option>
        ))}
      </select>
      {own && (
        <>
          <label for="own-seat">Whose time first?</label>
          <select class="select" id="own-seat" value={seat || first} onChange={(event) => setSeat(event.currentTarget.value)}>
            {sides(floor).map((side) => (
              <optgroup label={side.word} key={side.code}>
                {side.people.map((one) => (
                  <option value={one.seat} key={one.seat}>
                    {one.name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          <label for="own-minutes">Minutes for each side</label>
          <input
            class="input"
            id="own-minutes"
            type="number"
            min={1}
            max={MOST_MINUTES}
            value={minutes}
            onInput={(event) => setMinutes(event.currentTarget.valueAsNumber)}
          />
        </>
      )}
      {mode !== floor.under && (
        <button type="submit" class="btn btn--small">
          {own ? "Start this time" : "Change to this"}
        </button>
      )}
    </form>
  );
}

/** In a stage of own times: which side had its time, and whose is to come. */
export function OwnTimes({ floor, acts }: FloorView): JSX.Element | null {
  if (floor.under !== "statement") return null;
  return (
    <section class="card" aria-labelledby="own-h">
      <div class="card__head">
        <h2 id="own-h">Each side’s own time</h2>
      </div>
      <ul class="doors">
        {sides(floor).map((side) => {
          const speaks = side.people.find((one) => one.standing !== "supporter") ?? side.people[0];
          return (
            <li class="door" key={side.code}>
              <span>
                <Side mark={side.mark} word={side.word} />
              </span>
              <OwnTimeState floor={floor} side={side.code} />
              {speaks && !hadOrHas(floor, side.code) && (
                <button type="button" class="btn" onClick={() => acts.ask("give_to", { seat: speaks.seat })}>
                  Give it to {speaks.name}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function hadOrHas(floor: Floor, side: string): boolean {
  return had(floor, side) === true || has(floor, side);
}

function has(floor: Floor, side: string): boolean {
  return floor.statement !== null && floor.statement.side === side;
}

/** Null when nothing is known of it. */
function had(floor: Floor, side: string): boolean | null {
  const sidesThatHad = floor.desk?.stated ?? floor.statement?.had ?? null;
  return sidesThatHad === null ? null : sidesThatHad.includes(side);
}

function OwnTimeState({ floor, side }: { floor: Floor; side: string }): JSX.Element {
  if (has(floor, side)) return <p>Now</p>;
  if (had(floor, side) === null) return <p />;
  if (!had(floor, side)) return <p>To come</p>;
  return (
    <p>
      <Tag kind="good" icon="check">
        Had its time
      </Tag>
    </p>
  );
}

export function StageSheet({ floor, acts }: FloorView): JSX.Element {
  return (
    <Sheet label="stages" heading="Go to which stage?" onClose={() => acts.open(null)}>
      <div class="asks asks--two">
        {STAGES.map((stage, index) => (
          <button
            type="button"
            class="ask"
            key={stage.code}
            aria-current={floor.stage?.number === index + 1 ? "step" : undefined}
            onClick={() => {
              acts.ask("set_stage", { number: index + 1 });
              acts.open(null);
            }}
          >
            <Icon name="arrow" />
            <span>
              {index + 1}. {stageWord(stage.code)}
              {floor.stage?.number === index + 1 && <small>Now</small>}
            </span>
          </button>
        ))}
      </div>
    </Sheet>
  );
}

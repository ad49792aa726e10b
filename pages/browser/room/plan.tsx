// The plan of the sitting and how people take turns in this stage. A choice acts only when its button is pressed.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PlanStage } from "./deskframe";
import { sides, stopped } from "./floor";
import { focusOn } from "./focus";
import type { Floor } from "./frames";
import { Icon, Sheet, Side } from "./parts";
import { Tag } from "./pieces";
import { MOST, modeWord, modesFor, ownMinutes, planOf, planWord } from "./planwords";
import type { FloorView } from "./state";

const MINUTE = 60_000;

export function PlanCard(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  const plan = planOf(floor);
  const now = floor.stage?.number ?? 0;
  const next = plan[now];
  return (
    <nav class="card" aria-labelledby="rail-h">
      <div class="card__head">
        <h2 id="rail-h">Plan</h2>
        {floor.leads && (
          <button type="button" class="btn btn--small btn--quiet" aria-haspopup="dialog" onClick={() => acts.open("stages")}>
            Go to…
          </button>
        )}
      </div>
      <ol class="rail">
        {plan.map((stage, index) => (
          <RailStage key={`${index} ${stage.code}`} stage={stage} number={index + 1} now={now} spent={spentWords(view, stage)}>
            {index + 1 === now && floor.leads && <ModeForm {...view} />}
            {index + 1 === now && !floor.leads && <p class="rail__mode">{modeWord(floor.under)}</p>}
          </RailStage>
        ))}
      </ol>
      {floor.leads && now > 0 && next && (
        <button type="button" class="btn btn--small btn--wide above" onClick={() => acts.ask("set_stage", { number: now + 1 })}>
          <Icon name={next.code === "break" ? "cup" : "arrow"} />
          {next.code === "break" ? "Take the break of the plan" : "Go to the next stage"}
        </button>
      )}
      {floor.leads && (
        <button type="button" class="btn btn--small btn--wide btn--quiet above" aria-haspopup="dialog" onClick={() => acts.open("plan")}>
          Change the plan…
        </button>
      )}
    </nav>
  );
}

/** "12 of 30": the minutes that this stage has lasted, of those that were planned. */
function spentWords({ floor, state }: FloorView, stage: PlanStage): string {
  const since = floor.stage?.since ?? null;
  if (since === null || stage.minutes === null) return "";
  return `${Math.max(0, Math.floor((state.now - since) / MINUTE))} of ${stage.minutes}`;
}

interface RailProps {
  stage: PlanStage;
  number: number;
  now: number;
  spent: string;
  children: (JSX.Element | false)[];
}

function RailStage({ stage, number, now, spent, children }: RailProps): JSX.Element {
  const done = number < now;
  const current = number === now;
  const planned = stage.minutes === null ? "" : `${stage.minutes} min`;
  return (
    <li class={done ? "is-done" : current ? "is-now" : ""} aria-current={current ? "step" : undefined}>
      <div class="rail__stage">
        <span class="rail__dot">{done && <Icon name="check" />}</span>
        <span>
          {done && <span class="vh">Done: </span>}
          {current && <span class="vh">Now: </span>}
          {planWord(stage)}
        </span>
        <span class="rail__min">
          {current ? spent || planned : planned}
          {current && spent && <span class="vh"> minutes</span>}
        </span>
      </div>
      {children}
    </li>
  );
}

/** How people take turns: a choice acts only when its button is pressed. */
export function ModeForm(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  const [chosen, choose] = useState<string | null>(null);
  const own = useOwnTime(view);
  const mode = chosen ?? floor.under;
  const fresh = mode !== floor.under;
  const start = (event: Event) => {
    event.preventDefault();
    if (!fresh) return;
    focusOn("mode");
    choose(null);
    if (mode === "round") acts.open("round");
    else acts.ask("set_mode", mode === "statement" ? { mode, ...own.facts } : { mode });
  };
  return (
    <form class="rail__mode" onSubmit={start}>
      <label for="mode" class="vh">
        How people take turns in this stage
      </label>
      <select class="select" id="mode" value={mode} onChange={(event) => choose(event.currentTarget.value)}>
        {modesFor(floor, floor.under).map((one) => (
          <option value={one.mode} key={one.mode}>
            {one.word}
          </option>
        ))}
      </select>
      {fresh && mode === "statement" && <OwnTimeFields {...view} choice={own} />}
      {fresh && (
        <button type="submit" class="btn btn--small" aria-haspopup={mode === "round" ? "dialog" : undefined}>
          {STARTS[mode] ?? "Change to this"}
        </button>
      )}
    </form>
  );
}

const STARTS: Readonly<Record<string, string>> = { statement: "Start this time", round: "Set up the round…" };

interface OwnTimeChoice {
  facts: { seat: string; minutes: number };
  setSeat: (seat: string) => void;
  setMinutes: (minutes: number) => void;
}

function useOwnTime({ floor }: FloorView): OwnTimeChoice {
  const [typed, setMinutes] = useState<number | null>(null);
  const [seat, setSeat] = useState("");
  const first = sides(floor)[0]?.people[0]?.seat ?? "";
  return { facts: { seat: seat || first, minutes: typed ?? ownMinutes(floor) }, setSeat, setMinutes };
}

function OwnTimeFields({ floor, choice }: FloorView & { choice: OwnTimeChoice }): JSX.Element {
  return (
    <>
      <label for="own-seat">Whose time first?</label>
      <select class="select" id="own-seat" value={choice.facts.seat} onChange={(event) => choice.setSeat(event.currentTarget.value)}>
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
        required
        min={1}
        max={MOST.own}
        value={choice.facts.minutes}
        onInput={(event) => choice.setMinutes(event.currentTarget.valueAsNumber)}
      />
    </>
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
              {floor.leads && !stopped(floor) && speaks && !hadOrHas(floor, side.code) && (
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
        {planOf(floor).map((stage, index) => {
          const now = floor.stage?.number === index + 1;
          return (
            <button
              type="button"
              class="ask"
              key={`${index} ${stage.code}`}
              aria-current={now ? "step" : undefined}
              onClick={() => {
                acts.ask("set_stage", { number: index + 1 });
                acts.open(null);
              }}
            >
              <Icon name={stage.code === "break" ? "cup" : "arrow"} />
              <span>
                {index + 1}. {planWord(stage)}
                {now ? <small>Now</small> : stage.minutes !== null && <small>{stage.minutes} min</small>}
              </span>
            </button>
          );
        })}
      </div>
    </Sheet>
  );
}

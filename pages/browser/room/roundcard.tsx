// A round: each side in turn, in an order that is drawn or agreed. What has become of each side, passing, and the next round.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { stopped } from "./floor";
import { focusOn } from "./focus";
import { Icon, Sheet, Side } from "./parts";
import { SIDES } from "./people";
import { Tag } from "./pieces";
import { moved, passing, roundLines, roundSides, type Turned } from "./rounds";
import { MOST, roundMinutes } from "./planwords";
import type { FloorView } from "./state";
import { minutes } from "./words";

export function RoundCard(view: FloorView): JSX.Element | null {
  const { round } = view.floor;
  if (!round) return null;
  return (
    <section class="card stack stack--close" id="round" tabIndex={-1} aria-labelledby="round-h">
      <div class="card__head card__head--bare">
        <h2 id="round-h">{round.complete ? "Round complete" : `Round ${round.number}`}</h2>
        <span class="soft">{round.agreed ? "Order as the sides agreed" : "Order drawn, and moved on by one each round"}</span>
      </div>
      <p>
        {round.complete
          ? "Say back what each side said."
          : `${minutes(round.minutes)} for each side, whoever of it speaks. No replies until the end.`}
      </p>
      <Order {...view} />
      {view.floor.leads && !stopped(view.floor) && <RoundActs {...view} />}
    </section>
  );
}

const STATES: Readonly<Record<Turned, JSX.Element>> = {
  speaks: <Tag icon="mic">Speaking</Tag>,
  said: (
    <Tag kind="good" icon="check">
      Has spoken
    </Tag>
  ),
  passed: <Tag>Passed</Tag>,
  back: <Tag icon="repeat">Comes back</Tag>,
  next: <Tag kind="calm">Next</Tag>,
  missing: <Tag icon="clock">Not here</Tag>,
  later: <Tag icon="repeat">Not here, comes back later</Tag>,
  "to come": <span class="soft">To come</span>,
};

function Order({ floor }: FloorView): JSX.Element {
  return (
    <ol class="round" aria-label="Order of this round">
      {roundLines(floor).map((line, at) => (
        <li key={line.code} class={line.state === "speaks" || line.state === "next" ? "is-now" : ""}>
          <span class="queue__no">{at + 1}</span>
          <Side mark={line.mark} word={line.word} />
          {STATES[line.state]}
        </li>
      ))}
    </ol>
  );
}

function RoundActs({ floor, acts }: FloorView): JSX.Element | null {
  const pass = passing(floor);
  const ask = (back: boolean) => () => {
    acts.ask("pass_turn", { back });
    focusOn("round");
  };
  if (floor.round?.complete) {
    return (
      <div class="btn-row btn-row--close">
        <button type="button" class="btn btn--small btn--start" aria-haspopup="dialog" onClick={() => acts.open("round")}>
          <Icon name="repeat" />
          Start another round
        </button>
        <button type="button" class="btn btn--small" onClick={() => acts.ask("set_mode", { mode: "queue" })}>
          Go on with the queue
        </button>
      </div>
    );
  }
  const side = (SIDES[pass?.code ?? ""]?.word ?? "").toLowerCase();
  return (
    <>
      {pass?.gone && <p>{`Still to come: ${side}, not here just now. The round can go on without them.`}</p>}
      <div class="btn-row btn-row--close" role="group" aria-label={pass ? `If ${side} ${pass.gone ? "is not here" : "does not want to speak"}` : "The round"}>
        {pass && (
          <button type="button" class="btn btn--small" onClick={ask(false)}>
            They pass
          </button>
        )}
        {pass && !pass.again && (
          <button type="button" class="btn btn--small" onClick={ask(true)}>
            {pass.gone ? "Not here: come back to them later" : "They pass, come back to them"}
          </button>
        )}
        <button type="button" class="btn btn--small btn--quiet" aria-haspopup="dialog" onClick={() => acts.open("round")}>
          Start a new round
        </button>
      </div>
    </>
  );
}

/** What a new round is to be like: how its order is made, and how long each side has. */
export interface RoundChoice {
  agreed: boolean;
  order: string[];
  minutes: number;
  set: (choice: Partial<Pick<RoundChoice, "agreed" | "order" | "minutes">>) => void;
  /** What `start_round` is asked with. */
  facts: { minutes: number; sides?: string[] };
}

export function useRound({ floor }: FloorView): RoundChoice {
  const here = roundSides(floor).map((side) => side.code);
  const [choice, choose] = useState({ agreed: false, order: floor.round?.order ?? here, minutes: null as number | null });
  // Sides that came or left meanwhile: the order names every side that is here, each once.
  const order = [...choice.order.filter((code) => here.includes(code)), ...here.filter((code) => !choice.order.includes(code))];
  const each = choice.minutes ?? roundMinutes(floor);
  return {
    ...choice,
    order,
    minutes: each,
    set: (fresh) => choose((before) => ({ ...before, ...fresh })),
    facts: { minutes: each, ...(choice.agreed ? { sides: order } : {}) },
  };
}

export function RoundFields({ choice }: { choice: RoundChoice }): JSX.Element {
  return (
    <>
      <fieldset class="stack stack--tight">
        <legend class="legend label--small">Who begins</legend>
        <Radio name="drawn" checked={!choice.agreed} onPick={() => choice.set({ agreed: false })}>
          By lot, then moved on by one each round
        </Radio>
        <Radio name="agreed" checked={choice.agreed} onPick={() => choice.set({ agreed: true })}>
          As the sides agreed
        </Radio>
        {choice.agreed && <AgreedOrder choice={choice} />}
      </fieldset>
      <div class="field">
        <label class="label--small" for="round-minutes">
          Minutes for each side
        </label>
        <input
          class="input"
          id="round-minutes"
          type="number"
          required
          min={1}
          max={MOST.turn}
          value={choice.minutes}
          onInput={(event) => choice.set({ minutes: event.currentTarget.valueAsNumber })}
        />
      </div>
    </>
  );
}

function Radio({ name, checked, onPick, children }: { name: string; checked: boolean; onPick: () => void; children: string }): JSX.Element {
  return (
    <label class="choice choice--small">
      <input type="radio" name="round-order" value={name} checked={checked} onChange={onPick} />
      <span class="choice__text">{children}</span>
    </label>
  );
}

function AgreedOrder({ choice }: { choice: RoundChoice }): JSX.Element {
  return (
    <ol class="round" aria-label="The order that the sides agreed">
      {choice.order.map((code, at) => {
        const side = SIDES[code];
        if (!side) return null;
        return (
          <li key={code}>
            <span class="queue__no">{at + 1}</span>
            <Side mark={side.mark} word={side.word} />
            <span class="round__moves">
              <Move word={side.word} to="earlier" off={at === 0} onPress={() => choice.set({ order: moved(choice.order, code, -1) })} />
              <Move
                word={side.word}
                to="later"
                off={at === choice.order.length - 1}
                onPress={() => choice.set({ order: moved(choice.order, code, 1) })}
              />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Stays where it is and keeps the focus when it can do no more. */
function Move({ word, to, off, onPress }: { word: string; to: "earlier" | "later"; off: boolean; onPress: () => void }): JSX.Element {
  return (
    <button type="button" class="btn btn--small" aria-label={`${word}: ${to}`} aria-disabled={off || undefined} onClick={off ? undefined : onPress}>
      {to === "earlier" ? "Earlier" : "Later"}
    </button>
  );
}

export function RoundSheet(view: FloorView): JSX.Element {
  const { acts } = view;
  const choice = useRound(view);
  const start = (event: Event) => {
    event.preventDefault();
    acts.ask("start_round", choice.facts);
    acts.open(null);
  };
  return (
    <Sheet label="new-round" heading="Start a round" onClose={() => acts.open(null)}>
      <form class="stack" onSubmit={start}>
        <p>Each side speaks once, in turn. A side can pass. There are no replies until the end.</p>
        <RoundFields choice={choice} />
        <button type="submit" class="btn">
          Start the round
        </button>
      </form>
    </Sheet>
  );
}

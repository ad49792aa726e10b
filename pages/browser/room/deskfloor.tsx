// The floor as process people see it: who has it and for how long, and the one big button.
import type { JSX } from "preact";
import { card } from "./cards";
import { cueView, stoppedTime } from "./deskwords";
import { mediatorSpeaks, person, stopped, turnWords } from "./floor";
import type { Floor, Kind } from "./frames";
import { mediatorName, youOr } from "./mediators";
import { Icon } from "./parts";
import { SIDES } from "./people";
import { FloorCard, cardClass } from "./pieces";
import { planOf, planWord } from "./planwords";
import type { FloorView } from "./state";

export function FloorBox(view: FloorView): JSX.Element {
  const { floor, state } = view;
  const cue = cueView(floor, floor.desk?.cue ?? null, state.now);
  return (
    <section class="desk-floor" id="floor" tabIndex={-1} aria-labelledby="floor-h">
      <DeskFloorCard {...view} />
      {!cue && <FloorActs {...view} />}
    </section>
  );
}

/** Who has the floor, with the time that only process people see; and a text turn in full, to be read out. */
export function DeskFloorCard({ floor, state }: FloorView): JSX.Element {
  const speaker = floor.inPerson ? null : state.media.speaker;
  const over = floor.desk?.cue && !floor.desk.cue.over && !stopped(floor);
  return (
    <>
      <div class={cardClass(card(floor, speaker))}>
        <FloorCard floor={floor} speaker={speaker} words={over ? stoppedTime(floor) : timeWords(floor, state.now)} />
      </div>
      {floor.text !== null && floor.holder !== null && (
        <blockquote class="said">
          <p>{floor.text}</p>
          <footer>{floor.turnKind === "reply" ? "An answer in writing" : "A text turn"}. {floor.leads ? `${youOr(floor)} read it out.` : `${mediatorName(floor)} reads it out.`}</footer>
        </blockquote>
      )}
    </>
  );
}

const KINDS: Readonly<Partial<Record<Kind, string>>> = { reply: "a reply, ", finishing: "the rest of a turn, " };

function timeWords(floor: Floor, now: number): string {
  const words = turnWords(floor, now);
  return words && `${KINDS[floor.turnKind ?? "turn"] ?? ""}${words}`;
}

/** At most one filled button: the next in the order, or going on after a pause. */
export function FloorActs(view: FloorView): JSX.Element | null {
  const { floor, acts } = view;
  if (!floor.leads) return null;
  if (stopped(floor)) {
    return (
      <div class="desk-floor__acts">
        <GoOn {...view} />
      </div>
    );
  }
  const going = floor.under === "round" && floor.holder !== null && nextSeat(floor) === null;
  return (
    <div class="desk-floor__acts">
      <GiveNext {...view} />
      {going && <EndTurn {...view} main />}
      {floor.turn?.allowed != null && (
        <button type="button" class="btn" onClick={() => acts.ask("more_time", { seconds: 60 })}>
          One more minute
        </button>
      )}
      {!going && floor.holder !== null && <EndTurn {...view} />}
      {!mediatorSpeaks(floor) && (
        <button type="button" class="btn" onClick={() => acts.ask("set_mode", { mode: "mediator_speaks" })}>
          I speak
        </button>
      )}
      {floor.under !== "private_rooms" && (
        <button type="button" class="btn" aria-haspopup="dialog" onClick={() => acts.open("give")}>
          Someone else
        </button>
      )}
    </div>
  );
}

/** In a round, where nobody else can be given the floor before the side has finished, this is the big button. */
function EndTurn({ acts, main }: FloorView & { main?: boolean }): JSX.Element {
  return (
    <button type="button" class={main ? "btn btn--main" : "btn"} onClick={() => acts.ask("end_turn")}>
      End the turn
    </button>
  );
}

export function GoOn({ floor, acts, wide }: FloorView & { wide?: boolean }): JSX.Element {
  return (
    <button type="button" class={wide ? "btn btn--main btn--wide" : "btn btn--main"} onClick={() => acts.ask("resume")}>
      <Icon name="arrow" />
      {goOnWords(floor)}
    </button>
  );
}

/** After a break of the plan its next stage begins; after any other standstill we are where we were. */
function goOnWords(floor: Floor): string {
  const next = floor.mode === "break" && floor.stage?.code === "break" ? planOf(floor)[floor.stage.number] : undefined;
  return next ? `Go on with the next stage: ${planWord(next)}` : "Go on where we were";
}

export function GiveNext({ floor, acts, wide }: FloorView & { wide?: boolean }): JSX.Element | null {
  const next = nextSeat(floor);
  if (next === null) return null;
  return (
    <button type="button" class={wide ? "btn btn--main btn--wide" : "btn btn--main"} onClick={() => acts.ask("give_next", { seat: next })}>
      <Icon name="hand" />
      {nextWords(floor, next)}
    </button>
  );
}

/** Whom the big button names; nobody in private rooms, and in a round nobody while the next side is the one that speaks. */
export function nextSeat(floor: Floor): string | null {
  const next = floor.desk?.next ?? null;
  if (next === null || floor.under === "private_rooms") return null;
  const speaks = floor.under === "round" && floor.holder !== null && person(floor, floor.holder).code === person(floor, next).code;
  return speaks ? null : next;
}

/** "Give the floor to Tessa A.", and in a round "… to Colin B. for the council". */
function nextWords(floor: Floor, next: string): string {
  const one = person(floor, next);
  const side = floor.round?.next === one.code ? SIDES[one.code] : undefined;
  return `Give the floor to ${one.name}${side ? ` for ${theSide(one.code, side.word)}` : ""}`;
}

function theSide(code: string, word: string): string {
  return code === "health" || code === "social_care" ? word.toLowerCase() : `the ${word.toLowerCase()}`;
}

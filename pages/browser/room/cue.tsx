// Two sides at once: a private cue with three answers of one size. Nothing was muted or moved; it goes by itself.
import type { JSX } from "preact";
import { cueView, privateTo, yieldWords, type CueView } from "./deskwords";
import { toFloor } from "./focus";
import type { Floor } from "./frames";
import { Icon, Side } from "./parts";
import type { FloorView } from "./state";

export function CueCard({ floor, state, acts }: FloorView): JSX.Element | null {
  const cue = cueView(floor, floor.desk?.cue ?? null, state.now);
  if (!cue) return null;
  const ask = (kind: string, facts = {}) => () => {
    acts.ask(kind, facts);
    toFloor();
  };
  return (
    <section class="cue" aria-labelledby="cue-h">
      <div class="card__head card__head--bare">
        <h2 id="cue-h">{cue.heading}</h2>
        <span class="private-note private-note--strong">
          <Icon name="lock" />
          {privateTo(floor, "this")}
        </span>
      </div>
      <p>
        <HeardSides cue={cue} /> {cue.heard.length === 1 ? "was" : "were"} heard while{" "}
        <Side mark={cue.holder.mark} word={cue.holder.side} /> had the floor. {cue.words}
      </p>
      {floor.leads && <Answers floor={floor} cue={cue} ask={ask} />}
    </section>
  );
}

function HeardSides({ cue }: { cue: CueView }): JSX.Element {
  return (
    <>
      {cue.heard.map((side, at) => (
        <>
          {at > 0 && " and "}
          <Side mark={side.mark} word={side.word} />
        </>
      ))}
    </>
  );
}

function Answers({ floor, cue, ask }: { floor: Floor; cue: CueView; ask: (kind: string, facts?: Record<string, string | boolean>) => () => void }): JSX.Element {
  return (
    <>
      <div class="cue__acts">
        <button type="button" class="btn" onClick={ask("let_finish")}>
          <span>Let {cue.name} finish</span>
          <small>All see “{cue.holder.name} still has the floor”</small>
        </button>
        <button type="button" class="btn" onClick={ask("holder_yields")}>
          <span>{cue.name} gives way</span>
          <small>{yieldWords(floor)}</small>
        </button>
        <button type="button" class="btn" onClick={ask("pause", { why: "pause" })}>
          <span>Pause</span>
          <small>Everyone, alike</small>
        </button>
      </div>
      <p class="btn-row">
        <button type="button" class="btn btn--small btn--quiet" onClick={ask("nothing")}>
          It was nothing
        </button>
        <button type="button" class="btn btn--small btn--quiet" onClick={ask("set_hearing", { on: false })}>
          No more of these today
        </button>
      </p>
    </>
  );
}

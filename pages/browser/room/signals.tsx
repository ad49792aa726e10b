// Private signals as they come in, the newest first: who, what, how long ago, and whether somebody has seen it.
import type { JSX } from "preact";
import { privateTo, signalView, type SignalView } from "./deskwords";
import { focusOn } from "./focus";
import { Icon, Sheet } from "./parts";
import { Tag } from "./pieces";
import type { FloorView } from "./state";

/** So many that somebody has seen are shown; older ones can be opened. */
const SEEN_SHOWN = 3;

export function SignalsCard(view: FloorView): JSX.Element {
  return (
    <section class="card" id="signals" tabIndex={-1} aria-labelledby="sig-h">
      <div class="card__head">
        <h2 id="sig-h">Signals</h2>
        <PrivateNote {...view} />
      </div>
      <SignalLists {...view} />
    </section>
  );
}

function PrivateNote({ floor }: FloorView): JSX.Element {
  return (
    <span class="private-note">
      <Icon name="lock" />
      {privateTo(floor, "these")}
    </span>
  );
}

function SignalLists({ floor, state, acts }: FloorView): JSX.Element {
  const views = (floor.desk?.told ?? []).map((signal) => signalView(floor, signal, state.now));
  const waiting = views.filter((one) => one.kind !== "seen");
  const seen = views.filter((one) => one.kind === "seen");
  if (views.length === 0) return <p class="soft">Nobody has sent a signal.</p>;
  const see = floor.leads
    ? (number: number) => {
        acts.ask("seen_told", { number });
        focusOn("signals");
      }
    : null;
  return (
    <div class="stack stack--tight">
      <Signals views={[...waiting, ...seen.slice(0, SEEN_SHOWN)]} see={see} />
      {seen.length > SEEN_SHOWN && (
        <details class="opens">
          <summary>Earlier signals</summary>
          <Signals views={seen.slice(SEEN_SHOWN)} see={null} />
        </details>
      )}
    </div>
  );
}

function Signals({ views, see }: { views: SignalView[]; see: ((number: number) => void) | null }): JSX.Element {
  return (
    <ul class="signals">
      {views.map((one) => (
        <li class={one.kind ? `signal signal--${one.kind}` : "signal"} key={one.number}>
          <Icon name={one.icon} />
          <div>
            <strong>{one.words}</strong>
            <span class="signal__from">{one.from}</span>
            {one.escalated && <span class="signal__passed">Passed to the coordinator</span>}
          </div>
          {one.kind === "seen" ? (
            <Tag kind="good" icon="check">
              {one.seen}
            </Tag>
          ) : (
            see && (
              <button type="button" class="btn btn--small" aria-label={`Seen: ${one.words}`} onClick={() => see(one.number)}>
                Seen
              </button>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

/** On a table between people nothing private lies open: it is looked at when only the mediator can see it. */
export function SignalsSheet(view: FloorView): JSX.Element {
  return (
    <Sheet label="signals" heading="Private signals" onClose={() => view.acts.open(null)}>
      <div class="stack" id="signals" tabIndex={-1}>
        <PrivateNote {...view} />
        <SignalLists {...view} />
      </div>
    </Sheet>
  );
}

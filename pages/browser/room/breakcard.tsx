// A break on the screens: due, with what the mediator can do about it; and coming back from one.
import type { JSX } from "preact";
import { dueHeading, isBack, notBack } from "./breaks";
import { mediatorName } from "./mediators";
import { Icon } from "./parts";
import type { FloorView } from "./state";

export function BreakCard(view: FloorView): JSX.Element | null {
  return dueHeading(view.floor) ? <BreakDue {...view} /> : <NotBack {...view} />;
}

function BreakDue({ floor, acts }: FloorView): JSX.Element | null {
  const heading = dueHeading(floor);
  if (heading === null) return null;
  return (
    <section class="card stack stack--close" aria-labelledby="break-h">
      <h2 id="break-h">{heading}</h2>
      <div class="btn-row">
        <button type="button" class="btn" onClick={() => acts.ask("pause", { why: "break" })}>
          <Icon name="cup" />
          Take the break now
        </button>
        {[5, 10].map((later) => (
          <button type="button" class="btn btn--small" onClick={() => acts.ask("put_off_break", { minutes: later })} key={later}>
            In {later} minutes
          </button>
        ))}
      </div>
    </section>
  );
}

/** Process people see who has not said yet that they are back. */
function NotBack({ floor }: FloorView): JSX.Element | null {
  const names = notBack(floor);
  if (names === null) return null;
  return (
    <section class="card stack stack--close" aria-labelledby="back-h">
      <h2 id="back-h">{names.length === 0 ? "Everybody is back" : "Not back yet"}</h2>
      {names.length > 0 && (
        <ul class="doors">
          {names.map((name) => (
            <li class="door" key={name}>
              <b>{name}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** For who comes back from a break: one press, which process people alone see. */
export function BackFromBreak({ floor, acts }: FloorView): JSX.Element | null {
  if (floor.process || floor.mode !== "break") return null;
  return (
    <section class="panel stack" aria-label="Back from the break">
      <button type="button" class="btn" aria-disabled={isBack(floor) || undefined} onClick={() => !isBack(floor) && acts.ask("back_again")}>
        <Icon name="check" />
        {isBack(floor) ? `You are back. ${mediatorName(floor)} can see it` : "I am back"}
      </button>
    </section>
  );
}

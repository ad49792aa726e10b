// Whom each interpreter interprets for: their hand, and their voice in a turn, are those of that person.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { interpreters, person, sides } from "./floor";
import type { Person } from "./people";
import type { FloorView } from "./state";

export function Interpreters(view: FloorView): JSX.Element {
  return (
    <>
      <p class="hint">An interpreter speaks in the turn of this person, and is never counted as somebody who speaks over others.</p>
      {interpreters(view.floor).map((one) => (
        <Interprets {...view} one={one} key={one.seat} />
      ))}
    </>
  );
}

function Interprets({ floor, acts, one }: FloorView & { one: Person }): JSX.Element {
  const [chosen, choose] = useState<string | null>(null);
  const helped = one.helps === null ? "" : person(floor, one.helps).seat;
  if (!floor.leads) return <p>{`${one.name} interprets for ${helped ? person(floor, helped).name : "nobody in particular"}.`}</p>;
  const save = (event: Event) => {
    event.preventDefault();
    if (chosen !== null && chosen !== helped) acts.ask("interprets", { seat: one.seat, ...(chosen ? { whom: chosen } : {}) });
    choose(null);
  };
  return (
    <form class="stack stack--close" onSubmit={save}>
      <div class="field">
        <label class="label--small" for={`interprets-${one.seat}`}>
          {one.name} interprets for
        </label>
        <select class="select" id={`interprets-${one.seat}`} value={chosen ?? helped} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">Nobody in particular</option>
          {sides(floor).map((side) => (
            <optgroup label={side.word} key={side.code}>
              {side.people.filter((other) => other.standing !== "language_worker").map((other) => (
                <option value={other.seat} key={other.seat}>
                  {other.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <button type="submit" class="btn btn--small" aria-label={`Save: ${one.name} interprets for`}>
        Save
      </button>
    </form>
  );
}

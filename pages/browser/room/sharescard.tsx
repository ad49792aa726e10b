// The share of the time that the sides agreed on: for everybody to read, and for the mediator to set.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { sides } from "./floor";
import type { Floor } from "./frames";
import { MOST_PARTS, partsNow, sharesWords } from "./shares";
import type { FloorView } from "./state";

export function AgreedShares({ floor }: { floor: Floor }): JSX.Element | null {
  const words = sharesWords(floor);
  if (!words) return null;
  return <p class="soft small below">{`The sides agreed on their shares of the time: ${words}. The order goes by it.`}</p>;
}

/** On a participant’s screen it stands by itself. */
export function SharesPanel({ floor }: { floor: Floor }): JSX.Element | null {
  if (!sharesWords(floor)) return null;
  return (
    <section class="panel" aria-label="Shares of the time">
      <AgreedShares floor={floor} />
    </section>
  );
}

export function SetShares({ floor, acts }: FloorView): JSX.Element {
  const [chosen, choose] = useState<Record<string, number>>({});
  const now = partsNow(floor);
  if (!floor.leads) return <p>{sharesWords(floor) || "Each side has the same share."}</p>;
  const save = (event: Event) => {
    event.preventDefault();
    const parts = Object.fromEntries(Object.entries(now).map(([code, before]) => [code, chosen[code] ?? before]));
    if (Object.keys(parts).some((code) => parts[code] !== now[code])) acts.ask("set_fair", { parts });
    choose({});
  };
  return (
    <form class="stack stack--close" onSubmit={save}>
      <p class="hint">The same for each, unless all sides agreed on another. Everyone sees it. It decides who is next, and cuts nobody off.</p>
      {sides(floor).map(({ code, word }) => (
        <div class="field" key={code}>
          <label class="label--small" for={`parts-${code}`}>
            {word}: parts of the time
          </label>
          <select
            class="select"
            id={`parts-${code}`}
            value={chosen[code] ?? now[code]}
            onChange={(event) => choose({ ...chosen, [code]: Number(event.currentTarget.value) })}
          >
            {Array.from({ length: MOST_PARTS }, (_, at) => (
              <option value={at + 1} key={at}>
                {at + 1}
              </option>
            ))}
          </select>
        </div>
      ))}
      <button type="submit" class="btn btn--small">
        Save what they agreed
      </button>
    </form>
  );
}

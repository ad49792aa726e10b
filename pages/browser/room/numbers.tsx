// The numbers of the rules, for this sitting only: the everyday ones first, all others behind "More numbers".
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Floor } from "./frames";
import type { FloorView } from "./state";
import { EVERYDAY, changedNumbers, groupsFor, inSeconds, inUnit, numberError, rangeOf, rangeWords, startWords, type NumberWords } from "./sitting";

export function Numbers(view: FloorView): JSX.Element {
  const { floor, acts } = view;
  const changed = changedNumbers(floor);
  return (
    <>
      <Rows {...view} numbers={EVERYDAY} />
      <details class="opens">
        <summary>More numbers</summary>
        <div class="stack stack--close opens__body">
          {groupsFor(floor).map((group) => (
            <section class="stack stack--close setting-group" aria-labelledby={`more-${group.code}`} key={group.code}>
              <h3 class="label--small" id={`more-${group.code}`}>
                {group.heading}
              </h3>
              <Rows {...view} numbers={group.numbers} />
            </section>
          ))}
        </div>
      </details>
      <p class="soft smaller" id="numbers-changed" tabIndex={-1}>
        {startWords(changed)}
      </p>
      {floor.leads && changed > 0 && (
        <button
          type="button"
          class="btn btn--small"
          onClick={() => {
            acts.ask("usual_numbers");
            document.getElementById("numbers-changed")?.focus();
          }}
        >
          Back to the starting values
        </button>
      )}
    </>
  );
}

function Rows(view: FloorView & { numbers: readonly NumberWords[] }): JSX.Element {
  const known = view.numbers.filter((one) => one.name in (view.floor.desk?.numbers ?? {}));
  return (
    <>
      {known.map((one) => (
        <NumberRow {...view} one={one} key={one.name} />
      ))}
    </>
  );
}

function NumberRow({ floor, state, acts, one }: FloorView & { one: NumberWords }): JSX.Element {
  const seconds = floor.desk?.numbers[one.name] ?? 0;
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState("");
  const shown = inUnit(seconds, one.unit);
  useEffect(() => setTyped(null), [seconds]);
  if (!floor.leads) return <p>{`${one.word}: ${shown} ${one.unit}.`}</p>;
  const error = wrong || (state.refusedAt === one.name ? state.refused : "");
  const save = (event: Event) => {
    event.preventDefault();
    const value = typed ?? String(shown);
    const fault = numberError(floor, one, value);
    setWrong(fault);
    if (fault || Number(value) === shown) return;
    acts.ask("set_number", { name: one.name, seconds: inSeconds(Number(value), one.unit) });
  };
  return (
    <form class={error ? "setting field--wrong" : "setting"} noValidate onSubmit={save}>
      <label class="setting__word" for={`n-${one.name}`}>
        {one.word}
      </label>
      <span class="setting__act">
        <input
          class="input input--number"
          id={`n-${one.name}`}
          inputMode="decimal"
          autocomplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `n-${one.name}-wrong n-${one.name}-hint` : `n-${one.name}-hint`}
          value={typed ?? String(shown)}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="btn btn--small" aria-label={`Set: ${one.word}`}>
          Set
        </button>
      </span>
      {error && (
        <p class="wrong setting__hint" id={`n-${one.name}-wrong`} role="alert">
          {error}
        </p>
      )}
      <p class="hint setting__hint" id={`n-${one.name}-hint`}>
        {hint(floor, one)}
      </p>
    </form>
  );
}

/** "15 to 300 seconds. It began at 60." */
function hint(floor: Floor, one: NumberWords): string {
  const usual = floor.desk?.usual[one.name] ?? null;
  const began = usual === null || usual === floor.desk?.numbers[one.name] ? "" : ` It began at ${inUnit(usual, one.unit)}.`;
  return `${rangeWords(...rangeOf(floor, one.name), one.unit)}.${began}`;
}

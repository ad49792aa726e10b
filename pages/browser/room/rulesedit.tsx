// The ground rules of this sitting, changed while it goes on: everybody is told, and asked again whether they agree.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { focusOn } from "./focus";
import { Sheet } from "./parts";
import { LONGEST_RULE, MOST_RULES, rulesOf } from "./planwords";
import { useSaving } from "./saving";
import type { FloorView } from "./state";

export function NewRulesSheet(view: FloorView): JSX.Element {
  const { floor, state, acts } = view;
  const [typed, setTyped] = useState<string[]>([...floor.rules]);
  const [errors, setErrors] = useState<Record<number, string>>({});
  const close = () => acts.open(null);
  const save = useSaving(view, JSON.stringify(floor.rules), close);
  const send = (event: Event) => {
    event.preventDefault();
    const found = rulesOf(typed);
    setErrors(found.errors);
    const [first] = Object.keys(found.errors);
    if (first !== undefined) focusOn(`rule-${first}`);
    else if (JSON.stringify(found.rules) === JSON.stringify(floor.rules)) close();
    else save("set_rules", { rules: found.rules });
  };
  return (
    <Sheet label="new-rules" heading="Change the ground rules" onClose={close}>
      <form class="stack" noValidate onSubmit={send}>
        <p class="soft">Everyone is told that the rules have changed, and is asked again whether they agree. Leave a line empty to take its rule out.</p>
        {state.refused && (
          <p class="wrong" role="alert">
            {state.refused}
          </p>
        )}
        {typed.map((rule, at) => (
          <Rule at={at} rule={rule} error={errors[at]} onRule={(words) => setTyped(typed.map((one, other) => (other === at ? words : one)))} key={at} />
        ))}
        {typed.length < MOST_RULES && (
          <button
            type="button"
            class="btn btn--small"
            onClick={() => {
              setTyped([...typed, ""]);
              setTimeout(() => focusOn(`rule-${typed.length}`));
            }}
          >
            One more rule
          </button>
        )}
        <div class="btn-row">
          <button type="submit" class="btn btn--main">
            Save and ask everyone
          </button>
          <button type="button" class="btn" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function Rule({ at, rule, error, onRule }: { at: number; rule: string; error: string | undefined; onRule: (words: string) => void }): JSX.Element {
  const id = `rule-${at}`;
  return (
    <div class={error ? "field field--wrong" : "field"}>
      <label for={id}>Rule {at + 1}</label>
      {error && (
        <p class="wrong" id={`${id}-wrong`}>
          {error}
        </p>
      )}
      <input
        class="input"
        id={id}
        autocomplete="off"
        maxLength={LONGEST_RULE}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-wrong` : undefined}
        value={rule}
        onInput={(event) => onRule(event.currentTarget.value)}
      />
    </div>
  );
}

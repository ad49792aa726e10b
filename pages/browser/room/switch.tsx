// One thing that is on or off: its name is the thing, the state is told by the switch.
import type { JSX } from "preact";

interface SwitchProps {
  id: string;
  word: string;
  hint: string;
  on: boolean;
  /** Null for who may only look. */
  press: ((on: boolean) => void) | null;
}

export function Switch({ id, word, hint, on, press }: SwitchProps): JSX.Element {
  return (
    <div class="setting">
      <p class="setting__word" id={`${id}-word`}>
        {word}
      </p>
      {press ? (
        <button
          type="button"
          class="btn btn--small"
          role="switch"
          aria-checked={on}
          aria-labelledby={`${id}-word`}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onClick={() => press(!on)}
        >
          <span aria-hidden="true">{on ? "On" : "Off"}</span>
        </button>
      ) : (
        <b>{on ? "On" : "Off"}</b>
      )}
      {hint && (
        <p class="hint setting__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

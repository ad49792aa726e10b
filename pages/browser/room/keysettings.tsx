// Single-key shortcuts: off until turned on here, and each key can be another.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { DESK_KEYS, whyNot, withKey, type Keys, type Shortcut } from "./shortcuts";
import { Switch } from "./switch";

export interface KeysProps {
  keys: Keys;
  onKeys: (keys: Keys) => void;
}

export function KeySettings({ keys, onKeys }: KeysProps): JSX.Element {
  return (
    <>
      <Switch
        id="set-keys"
        word="One key does one thing"
        hint="Never while you type. This browser keeps your choice."
        on={keys.on}
        press={(on) => onKeys({ ...keys, on })}
      />
      {keys.on && DESK_KEYS.map((one) => <KeyRow keys={keys} onKeys={onKeys} one={one} key={one.act} />)}
    </>
  );
}

/** A key is another as soon as it is typed, if it can be; else the reason stands beside it and the old one stays. */
function KeyRow({ keys, onKeys, one }: KeysProps & { one: Shortcut }): JSX.Element {
  const [wrong, setWrong] = useState("");
  const id = `key-${one.act.replace(" ", "-")}`;
  const type = (event: { currentTarget: HTMLInputElement }) => {
    const typed = event.currentTarget.value.slice(-1);
    if (typed === "") return;
    const why = whyNot(keys, one.act, typed);
    setWrong(why);
    if (!why) onKeys(withKey(keys, one.act, typed));
    event.currentTarget.value = why ? (keys.keys[one.act] ?? "").toUpperCase() : typed.toUpperCase();
  };
  return (
    <div class="setting">
      <label class="setting__word" for={id}>
        {one.words}
      </label>
      <input
        class="input input--key"
        id={id}
        autocomplete="off"
        autocapitalize="characters"
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        value={(keys.keys[one.act] ?? "").toUpperCase()}
        onInput={type}
        onFocus={(event) => event.currentTarget.select()}
      />
      {wrong && (
        <p class="wrong setting__hint" id={`${id}-wrong`} role="status">
          {wrong}
        </p>
      )}
    </div>
  );
}

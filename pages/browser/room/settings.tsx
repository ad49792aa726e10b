// What a mediator may set for this sitting only. Nothing acts before its own button is pressed; a trainee reads it.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { interpreters, sides } from "./floor";
import { Interpreters } from "./interprets";
import { KeySettings, type KeysProps } from "./keysettings";
import { Numbers } from "./numbers";
import { STRETCHES, agreedWords, patiences, percentOf, timeWords } from "./sitting";
import type { FloorView } from "./state";
import { SetShares } from "./sharescard";
import { Switch } from "./switch";
import { lasting } from "./words";

/** `keys` are missing where there is no keyboard to speak of: on the tablet. */
export function Settings(view: FloorView & Partial<KeysProps>): JSX.Element {
  const { floor, keys, onKeys } = view;
  return (
    <div class="stack stack--close">
      <p class="soft smaller">For this sitting only. Everything goes back to the usual when it ends.</p>
      <Fold word="What is noticed and shown">
        <Switches {...view} />
      </Fold>
      <Fold word="Time for each person">
        <PersonTime {...view} />
      </Fold>
      {interpreters(floor).length > 0 && (
        <Fold word="Who interprets for whom">
          <Interpreters {...view} />
        </Fold>
      )}
      {sides(floor).length > 1 && (
        <Fold word="Shares of the time">
          <SetShares {...view} />
        </Fold>
      )}
      <Fold word="Times of the rules">
        <Numbers {...view} />
      </Fold>
      <Fold word="For whoever comes late">
        <Recap {...view} />
      </Fold>
      <Fold word="Ground rules">
        <Rules {...view} />
      </Fold>
      {keys && onKeys && floor.leads && (
        <Fold word="Shortcuts">
          <KeySettings keys={keys} onKeys={onKeys} />
        </Fold>
      )}
    </div>
  );
}

function Fold({ word, children }: { word: string; children: ComponentChildren }): JSX.Element {
  return (
    <details class="opens opens--box">
      <summary>{word}</summary>
      <div class="stack stack--close opens__body">{children}</div>
    </details>
  );
}

function Switches({ floor, acts }: FloorView): JSX.Element {
  const { hearing, ears, timeShown } = floor.desk ?? { hearing: false, ears: false, timeShown: false };
  const heard = !hearing ? "Off for this sitting." : ears ? "It works now." : "It does not work just now: nothing is listened to.";
  return (
    <>
      {!floor.inPerson && (
        <Switch
          id="set-hearing"
          word="Notice two sides at once"
          hint={`A private line to you. It is approximate, and mutes nobody. ${heard}`}
          on={hearing}
          press={floor.leads ? (on) => acts.ask("set_hearing", { on }) : null}
        />
      )}
      <Switch
        id="set-time"
        word="Show everyone when a turn is planned to end"
        hint="Only if your ground rules say so. Nobody’s own time is shown."
        on={timeShown}
        press={floor.leads ? (on) => acts.ask("set_time_shown", { on }) : null}
      />
    </>
  );
}

function PersonTime(view: FloorView): JSX.Element {
  const { floor } = view;
  const people = sides(floor).flatMap((side) => side.people);
  const [chosen, setChosen] = useState("");
  const seat = people.some((one) => one.seat === chosen) ? chosen : (people[0]?.seat ?? "");
  const special = people.map((one) => timeWords(floor, one)).filter(Boolean);
  return (
    <>
      <p class="hint">Only that person and the mediation team know.</p>
      {special.length === 0 ? <p>Everyone has ordinary time.</p> : <ul class="plain-list">{special.map((words) => <li key={words}>{words}</li>)}</ul>}
      {floor.leads && seat && (
        <>
          <div class="field">
            <label class="label--small" for="time-who">
              Person
            </label>
            <select class="select" id="time-who" value={seat} onChange={(event) => setChosen(event.currentTarget.value)}>
              {people.map((one) => (
                <option value={one.seat} key={one.seat}>
                  {one.name}, {one.side.toLowerCase()}
                </option>
              ))}
            </select>
          </div>
          <TimeForm {...view} seat={seat} key={seat} />
        </>
      )}
    </>
  );
}

function TimeForm({ floor, acts, seat }: FloorView & { seat: string }): JSX.Element {
  const stretch = percentOf(floor, seat);
  const known = floor.desk?.patience ?? {};
  const offered = patiences(floor);
  const patience = seat in known ? String(known[seat] ?? "none") : (offered[0]?.value ?? "");
  const [percent, setPercent] = useState(stretch);
  const [silence, setSilence] = useState(patience);
  const save = (event: Event) => {
    event.preventDefault();
    if (percent !== stretch) acts.ask("set_stretch", { seat, percent });
    if (silence !== patience) acts.ask("set_patience", { seat, ...(silence === "none" ? {} : { seconds: Number(silence) }) });
  };
  const odd = offered.some((one) => one.value === silence) ? [] : [{ value: silence, word: `Up to ${lasting(Number(silence))}` }];
  return (
    <form class="stack stack--close" onSubmit={save}>
      <div class="field">
        <label class="label--small" for="time-stretch">
          Length of their turns
        </label>
        <select class="select" id="time-stretch" value={percent} onChange={(event) => setPercent(Number(event.currentTarget.value))}>
          {STRETCHES.map((one) => (
            <option value={one.percent} key={one.percent}>
              {one.word}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label class="label--small" for="time-silence">
          Silence that does not count as their time
        </label>
        <select class="select" id="time-silence" value={silence} onChange={(event) => setSilence(event.currentTarget.value)}>
          {[...offered, ...odd].map((one) => (
            <option value={one.value} key={one.value}>
              {one.word}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="btn btn--small">
        Save
      </button>
    </form>
  );
}

const LONGEST_RECAP = 300;

function Recap({ floor, acts }: FloorView): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  if (!floor.leads) return <p>{floor.recap || "Nothing is written yet."}</p>;
  const save = (event: Event) => {
    event.preventDefault();
    acts.ask("set_recap", { words: (typed ?? floor.recap).trim() });
    setTyped(null);
  };
  return (
    <form class="stack stack--close" onSubmit={save}>
      <div class="field">
        <label class="label--small" for="recap">
          Where we are, in one sentence
        </label>
        <p class="hint" id="recap-hint">
          Everyone can read it. Up to {LONGEST_RECAP} letters.
        </p>
        <textarea
          class="input"
          id="recap"
          rows={3}
          maxLength={LONGEST_RECAP}
          aria-describedby="recap-hint"
          value={typed ?? floor.recap}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="btn btn--small">
        {floor.recap ? "Change the sentence" : "Save the sentence"}
      </button>
    </form>
  );
}

function Rules({ floor, acts }: FloorView): JSX.Element {
  const { agreed, open } = agreedWords(floor);
  return (
    <>
      <ol class="numbered">
        {floor.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ol>
      <p>
        <b>Agreed:</b> {agreed || "nobody yet"}
      </p>
      {open && (
        <p>
          <b>Not yet:</b> {open}
        </p>
      )}
      {floor.leads && (
        <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("new rules")}>
          Change the rules…
        </button>
      )}
    </>
  );
}

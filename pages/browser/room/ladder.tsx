// The ladder of microphones, softest step first, for one chosen person; and the mirror of one's own hand. Nothing opens a microphone.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { person, sides } from "./floor";
import { focusOn } from "./focus";
import { byWords, heldBy } from "./mediators";
import { REASONS, STEPS, heldUntil, lastUsed, reached, unheard, whyNoHold } from "./microphones";
import { Side } from "./parts";
import type { FloorView } from "./state";
import { clockTime, firstName, lasting } from "./words";

export function Microphones(view: FloorView): JSX.Element {
  const { floor, state } = view;
  const people = reached(floor, state.media);
  const [chosen, setChosen] = useState("");
  const first = people.find((one) => !one.never)?.seat ?? "";
  const seat = people.some((one) => one.seat === chosen && !one.never) ? chosen : first;
  if (!seat) return <p class="soft">Nobody is here whose microphone could be muted.</p>;
  return (
    <div class="stack stack--close">
      <div class="field">
        <label class="label--small" for="who">
          Person
        </label>
        <select class="select" id="who" value={seat} onChange={(event) => setChosen(event.currentTarget.value)}>
          {people.map((one) => (
            <option value={one.seat} disabled={one.never} key={one.seat}>
              {one.words}
            </option>
          ))}
        </select>
      </div>
      {unheard(floor, state.media, seat) && <p class="soft smaller">If they joined by phone, say it to them: these steps do not reach a phone.</p>}
      <ol class="ladder" aria-label="Steps, softest first" key={seat}>
        <NudgeStep {...view} seat={seat} />
        <MuteStep {...view} seat={seat} />
        <HoldStep {...view} seat={seat} />
      </ol>
      {floor.leads && <p class="soft smaller">Hold asks you once more. You can never turn a microphone on.</p>}
      {floor.leads && <Mirror {...view} />}
    </div>
  );
}

type StepProps = FloorView & { seat: string };

function NudgeStep({ floor, acts, seat }: StepProps): JSX.Element {
  const sent = lastUsed(floor, seat, "nudge");
  return (
    <Step word="Nudge" used={sent !== ""}>
      <p>A private line: someone is waiting.{sent && ` Sent ${sent}`}</p>
      {floor.leads && (
        <button type="button" class="btn" onClick={() => acts.ask("nudge", { seat })}>
          Nudge
        </button>
      )}
    </Step>
  );
}

function MuteStep({ floor, acts, seat }: StepProps): JSX.Element {
  const [reason, setReason] = useState(REASONS[0]?.code ?? "noise");
  const used = lastUsed(floor, seat, "mute");
  return (
    <Step word="Soft mute" used={used !== ""}>
      <p>They see it was you, and why. They can undo it.{used && ` Muted ${used}`}</p>
      {floor.leads && (
        <>
          <button type="button" class="btn" onClick={() => acts.ask("mute", { seat, reason })}>
            Mute
          </button>
          <div class="ladder__more">
            <label class="vh" for="mute-reason">
              Why you mute them
            </label>
            <select class="select" id="mute-reason" value={reason} onChange={(event) => setReason(event.currentTarget.value)}>
              {REASONS.map((one) => (
                <option value={one.code} key={one.code}>
                  {one.word}
                </option>
              ))}
            </select>
          </div>
        </>
      )}
    </Step>
  );
}

/** Held now, not possible, asked once more, or ready. */
function HoldStep({ floor, acts, seat }: StepProps): JSX.Element {
  const [asking, setAsking] = useState(false);
  const until = heldUntil(floor, seat);
  const held = until !== undefined;
  const why = held ? "" : whyNoHold(floor, seat);
  const used = lastUsed(floor, seat, "hold");
  const seconds = floor.times.hold;
  const close = () => {
    setAsking(false);
    focusOn("step-hold");
  };
  const sure = () => {
    acts.ask("hold", { seat, sure: true });
    close();
  };
  const end = () => {
    acts.ask("end_hold", { seat });
    focusOn("step-hold");
  };
  return (
    <Step word="Hold" used={used !== ""} id="step-hold">
      {held ? <p>{heldWords(until, byWords(floor, heldBy(floor, seat)))}</p> : <p>{why || `Everyone sees it. Ends by itself after ${lasting(seconds)}.${used && ` Held ${used}`}`}</p>}
      {floor.leads && held && (
        <button type="button" class="btn" onClick={end}>
          End it now
        </button>
      )}
      {floor.leads && !held && !why && !asking && (
        <button type="button" class="btn" onClick={() => setAsking(true)}>
          Hold…
        </button>
      )}
      {floor.leads && !held && !why && asking && (
        <AskAgain words={`Hold the microphone of ${firstName(person(floor, seat).name)} for ${lasting(seconds)}?`} yes={sure} no={close} />
      )}
    </Step>
  );
}

function heldWords(until: number | null, by: string): string {
  return `Held now ${by}${until === null ? "" : `, until ${clockTime(until)} at the latest`}. Everyone sees it.`;
}

/** The second question stands in the page, under the first, and takes the focus; Esc says no. */
function AskAgain({ words, yes, no }: { words: string; yes: () => void; no: () => void }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const leave = (event: KeyboardEvent) => {
    if (event.key === "Escape") no();
  };
  return (
    <div class="ladder__more ladder__ask" role="group" aria-labelledby="hold-again" ref={box} tabIndex={-1} onKeyDown={leave}>
      <p id="hold-again">
        <strong>{words}</strong> Everyone sees it.
      </p>
      <div class="btn-row">
        <button type="button" class="btn" onClick={yes}>
          Yes, hold it
        </button>
        <button type="button" class="btn" onClick={no}>
          No
        </button>
      </div>
    </div>
  );
}

interface BoxProps {
  word: string;
  used: boolean;
  id?: string;
  children: ComponentChildren;
}

function Step({ word, used, id, children }: BoxProps): JSX.Element {
  return (
    <li class={used ? "ladder__step ladder__step--used" : "ladder__step"} id={id} tabIndex={id ? -1 : undefined}>
      <b>{word}</b>
      {children}
    </li>
  );
}

/** What this person has done today, by side: so that an even hand can be looked at while it matters. */
function Mirror({ floor }: FloorView): JSX.Element {
  const shown = sides(floor);
  return (
    <table class="mini">
      <caption>Your own hand today</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="vh">Step</span>
          </th>
          {shown.map((side) => (
            <th scope="col" key={side.code}>
              <Side mark={side.mark} word={side.word} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {STEPS.map(({ step, many }) => (
          <tr key={step}>
            <th scope="row">{many}</th>
            {shown.map((side) => (
              <td key={side.code}>{floor.desk?.mirror[step][side.code] ?? 0}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

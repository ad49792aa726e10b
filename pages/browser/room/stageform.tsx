// One stage of the plan as it is typed: a new one, one to come, or of the one that runs its name and its minutes.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { focusOn } from "./focus";
import { KINDS, LONGEST_NAME, afterWhich, draftErrors, draftFacts, modesFor, planOf, type Draft, type DraftErrors } from "./planwords";
import { useSaving } from "./saving";
import type { FloorView } from "./state";

interface FormProps {
  /** Null for a new one. */
  number: number | null;
  start: Draft;
  close: () => void;
}

export function StageForm(view: FloorView & FormProps): JSX.Element {
  const { floor, number, start, close } = view;
  const [draft, setDraft] = useState(start);
  const [after, setAfter] = useState(planOf(floor).length);
  const [errors, setErrors] = useState<DraftErrors>({});
  const save = useSaving(view, JSON.stringify(planOf(floor)), close);
  const runs = number !== null && number === floor.stage?.number;
  const set = (fresh: Partial<Draft>) => setDraft({ ...draft, ...fresh });
  const send = (event: Event) => {
    event.preventDefault();
    const wrong = draftErrors(draft);
    setErrors(wrong);
    const first = Object.keys(wrong)[0];
    if (first) focusOn(`stage-${first}`);
    else if (number === null) save("add_stage", { after, ...draftFacts(draft) });
    else if (JSON.stringify(draft) === JSON.stringify(start)) close();
    else save("change_stage", { number, ...draftFacts(draft) });
  };
  const turns = draft.code !== "break";
  return (
    <form class="stack" noValidate onSubmit={send}>
      <h3 id="stage-h" tabIndex={-1}>
        {number === null ? "A new stage" : `Stage ${number}`}
      </h3>
      {number === null && <Select id="stage-after" word="It comes after" value={String(after)} options={afterWhich(floor).map((one) => [String(one.number), one.word])} pick={(value) => setAfter(Number(value))} />}
      {!runs && <Select id="stage-code" word="What kind of stage it is" value={draft.code} options={KINDS.map((one) => [one.code, one.word])} pick={(code) => set({ code })} />}
      <Field id="stage-called" word="A name of its own, if you like">
        <input class="input" id="stage-called" autocomplete="off" maxLength={LONGEST_NAME} value={draft.called} onInput={(event) => set({ called: event.currentTarget.value })} />
      </Field>
      <Minutes name="minutes" word="How many minutes it lasts" draft={draft} errors={errors} set={set} />
      {turns && !runs && (
        <Select
          id="stage-mode"
          word="How people take turns"
          value={draft.mode}
          options={modesFor(floor, start.mode).map((one) => [one.mode, one.word])}
          pick={(mode) => set({ mode })}
        />
      )}
      {turns && (
        <>
          <Minutes name="turn" word="Minutes of one turn" draft={draft} errors={errors} set={set} />
          <Minutes name="own" word="Minutes of a side’s own time" draft={draft} errors={errors} set={set} />
        </>
      )}
      <div class="btn-row">
        <button type="submit" class="btn btn--main">
          {number === null ? "Add it to the plan" : "Save this stage"}
        </button>
        <button type="button" class="btn" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function Field({ id, word, error, children }: { id: string; word: string; error?: string | undefined; children: ComponentChildren }): JSX.Element {
  return (
    <div class={error ? "field field--wrong" : "field"}>
      <label for={id}>{word}</label>
      {error && (
        <p class="wrong" id={`${id}-wrong`}>
          {error}
        </p>
      )}
      {children}
    </div>
  );
}

interface SelectProps {
  id: string;
  word: string;
  value: string;
  options: [string, string][];
  pick: (value: string) => void;
}

function Select({ id, word, value, options, pick }: SelectProps): JSX.Element {
  return (
    <Field id={id} word={word}>
      <select class="select" id={id} value={value} onChange={(event) => pick(event.currentTarget.value)}>
        {options.map(([code, name]) => (
          <option value={code} key={code}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface MinutesProps {
  name: "minutes" | "turn" | "own";
  word: string;
  draft: Draft;
  errors: DraftErrors;
  set: (fresh: Partial<Draft>) => void;
}

function Minutes({ name, word, draft, errors, set }: MinutesProps): JSX.Element {
  const id = `stage-${name}`;
  return (
    <Field id={id} word={word} error={errors[name]}>
      <input
        class="input input--number"
        id={id}
        inputMode="numeric"
        autocomplete="off"
        aria-invalid={errors[name] ? true : undefined}
        aria-describedby={errors[name] ? `${id}-wrong` : undefined}
        value={draft[name]}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
}

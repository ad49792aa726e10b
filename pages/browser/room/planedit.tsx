// The plan of this sitting, changed while it goes on: stages to come are added, changed, moved and taken out. A stage that is over
// stays as it was; of the one that runs, its name and its minutes can be others.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PlanStage } from "./deskframe";
import { focusOn } from "./focus";
import { Icon, Sheet } from "./parts";
import { Tag } from "./pieces";
import { MOST_STAGES, NEW, comesBack, draftFacts, draftOf, planOf, planWord, stageAbout } from "./planwords";
import { StageForm } from "./stageform";
import type { FloorView } from "./state";

/** Which stage is open: its number, a new one, or none. */
type Opened = number | "new" | null;

interface Out {
  stage: PlanStage;
  after: number;
}

export function PlanSheet(view: FloorView): JSX.Element {
  const { floor, state, acts } = view;
  const [opened, open] = useState<Opened>(null);
  const [out, setOut] = useState<Out | null>(null);
  useBack(opened);
  const number = typeof opened === "number" ? opened : null;
  const stage = number === null ? null : planOf(floor)[number - 1];
  return (
    <Sheet label="plan" heading="Change the plan" onClose={() => acts.open(null)}>
      <div class="stack">
        {state.refused && (
          <p class="wrong" role="alert">
            {state.refused}
          </p>
        )}
        {opened === null || (number !== null && !stage) ? (
          <Stages {...view} open={open} out={out} setOut={setOut} />
        ) : (
          <StageForm {...view} number={number} start={stage ? draftOf(stage) : NEW} close={() => open(null)} key={String(opened)} />
        )}
      </div>
    </Sheet>
  );
}

/** When a form closes, the focus is back where it was opened; when it opens, on its heading. */
function useBack(opened: Opened): void {
  const before = useRef<Opened>(null);
  useEffect(() => {
    const was = before.current;
    before.current = opened;
    if (was === opened) return;
    focusOn(opened !== null ? "stage-h" : was === "new" ? "stage-add" : `stage-${was}-change`);
  }, [opened]);
}

interface ListProps {
  open: (opened: Opened) => void;
  out: Out | null;
  setOut: (out: Out | null) => void;
}

function Stages(view: FloorView & ListProps): JSX.Element {
  const { floor, acts, open, out, setOut } = view;
  const plan = planOf(floor);
  const now = floor.stage?.number ?? 0;
  const full = plan.length >= MOST_STAGES;
  return (
    <>
      <p class="soft">For this sitting only. {now > 1 && "Stages that are over stay as they were."}</p>
      <ol class="stages" id="stages-list" tabIndex={-1} aria-label="The stage that runs, and those to come" start={Math.max(1, now)}>
        {plan.map((stage, index) => (index + 1 < now ? null : <Row {...view} stage={stage} number={index + 1} last={plan.length} key={index} />))}
      </ol>
      {full && <p class="soft">A plan holds {MOST_STAGES} stages at the most. Take one out first.</p>}
      <div class="btn-row">
        {out && !full && (
          <button
            type="button"
            class="btn"
            onClick={() => {
              acts.ask("add_stage", { after: Math.max(now, Math.min(out.after, plan.length)), ...draftFacts(comesBack(floor, out.stage)) });
              setOut(null);
              focusOn("stages-list");
            }}
          >
            <Icon name="undo" />
            Put back: {planWord(out.stage)}
          </button>
        )}
        {!full && (
          <button type="button" class="btn" id="stage-add" onClick={() => open("new")}>
            Add a stage
          </button>
        )}
      </div>
    </>
  );
}

function Row({ floor, acts, stage, number, last, open, setOut }: FloorView & ListProps & { stage: PlanStage; number: number; last: number }): JSX.Element {
  const now = floor.stage?.number ?? 0;
  const word = planWord(stage);
  const move = (up: boolean) => () => {
    acts.ask("move_stage", { number, up });
    focusOn(`stage-${up ? number - 1 : number + 1}-${up ? "up" : "down"}`);
  };
  const remove = () => {
    acts.ask("remove_stage", { number });
    setOut({ stage, after: number - 1 });
    focusOn("stages-list");
  };
  return (
    <li class="stages__one">
      <div>
        <b>
          {number}. {word}
        </b>{" "}
        {number === now && <Tag>Now</Tag>}
        <p class="soft smaller">{stageAbout(floor, stage)}</p>
      </div>
      <div class="btn-row">
        <Act id={`stage-${number}-change`} word="Change" about={word} onPress={() => open(number)} />
        {number > now && (
          <>
            <Act id={`stage-${number}-up`} word="Earlier" about={word} off={number === now + 1} onPress={move(true)} />
            <Act id={`stage-${number}-down`} word="Later" about={word} off={number === last} onPress={move(false)} />
            <Act id={`stage-${number}-out`} word="Take out" about={word} onPress={remove} />
          </>
        )}
      </div>
    </li>
  );
}

interface ActProps {
  id: string;
  word: string;
  about: string;
  /** Stays where it is and keeps the focus when it can do no more. */
  off?: boolean;
  onPress: () => void;
}

function Act({ id, word, about, off, onPress }: ActProps): JSX.Element {
  return (
    <button type="button" class="btn btn--small" id={id} aria-label={`${word}: ${about}`} aria-disabled={off || undefined} onClick={off ? undefined : onPress}>
      {word}
    </button>
  );
}

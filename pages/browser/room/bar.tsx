// A participant's call bar: the one big action or the own place, then microphone, camera, people and notes.
import type { JSX } from "preact";
import { act, askLabel, heldWords, place } from "./floor";
import type { Floor } from "./frames";
import { mediatorTeam } from "./mediators";
import { Icon } from "./parts";
import type { FloorView } from "./state";

export function Bar(view: FloorView): JSX.Element {
  return (
    <section class="bar" id="controls" aria-label="Your controls" tabIndex={-1}>
      <MainAct {...view} />
      <Tools {...view} />
    </section>
  );
}

function MainAct({ floor, state, acts }: FloorView): JSX.Element | null {
  const own = place(floor, state.now);
  if (!floor.holds && own.kind !== "none") {
    const undo = own.kind === "undo";
    return (
      <div class="bar__wait">
        <div class="place" role="group" aria-labelledby="place-h">
          <Icon name="hand" />
          <h2 id="place-h">{own.heading}</h2>
          <p>{own.words}</p>
        </div>
        {undo && (
          <button type="button" class="btn" aria-label="Undo: put my hand back in its place" onClick={() => acts.ask("restore_hand")}>
            Undo
          </button>
        )}
        {!undo && floor.can.includes("lower_hand") && (
          <button type="button" class="btn" aria-label="Hand down: stop waiting for a turn" onClick={() => acts.ask("lower_hand")}>
            Hand down
          </button>
        )}
      </div>
    );
  }
  const main = act(floor, state.media);
  if (main === "none") return null;
  return (
    <div class={main === "open mic" ? "bar__act btn-row" : "bar__act"}>
      {main === "not finished" && <Main icon="repeat" words="I was not finished" onPress={() => acts.ask("not_finished")} />}
      {main === "ask" && <Main icon="hand" words={askLabel(floor)} onPress={() => acts.ask("raise_hand")} />}
      {main === "open mic" && <Main icon="mic" words="Turn on my microphone" onPress={() => acts.microphone(true)} />}
      {main === "open mic" && (
        <button type="button" class="btn" onClick={() => acts.ask("finish")}>
          I have finished
        </button>
      )}
      {main === "finish" && <Main icon="check" words="I have finished" onPress={() => acts.ask("finish")} />}
    </div>
  );
}

function Main({ icon, words, onPress }: { icon: string; words: string; onPress: () => void }): JSX.Element {
  return (
    <button type="button" class="btn btn--main btn--wide" onClick={onPress}>
      <Icon name={icon} />
      {words}
    </button>
  );
}

function Tools({ floor, state, acts }: FloorView): JSX.Element {
  const media = state.media.state !== "none";
  return (
    <div class="bar__tools">
      {media && <Mic floor={floor} on={state.media.micOn} acts={acts} />}
      {media && (
        <Switch
          name="Camera"
          on={state.media.camOn}
          icon={state.media.camOn ? "cam" : "camoff"}
          onPress={() => acts.camera(!state.media.camOn)}
        />
      )}
      {floor.can.includes("write_turn") && (
        <button type="button" class="tool" aria-haspopup="dialog" onClick={() => acts.open("write")}>
          <Icon name="text" />
          <span>Write my turn</span>
        </button>
      )}
      {floor.can.includes("tell") && (
        <button type="button" class="tool" aria-haspopup="dialog" onClick={() => acts.open("tell")}>
          <Icon name="sign" />
          <span>Tell {mediatorTeam(floor)}</span>
        </button>
      )}
      <button type="button" class="tool later" aria-haspopup="dialog" onClick={() => acts.open("people")}>
        <Icon name="people" />
        <span>Who is here</span>
      </button>
      <button type="button" class="tool later" aria-haspopup="dialog" onClick={() => acts.open("notes")}>
        <Icon name="note" />
        <span>My notes</span>
      </button>
    </div>
  );
}

/** Held, it stays in the order of the keyboard and its reason is its description; a press does nothing. */
function Mic({ floor, on, acts }: { floor: Floor; on: boolean; acts: FloorView["acts"] }): JSX.Element {
  if (heldWords(floor)) {
    return (
      <button type="button" class="tool tool--held" aria-disabled="true" aria-describedby="held-why">
        <Icon name="michold" />
        <span>Mic held</span>
      </button>
    );
  }
  return <Switch name="Mic" on={on} icon={on ? "mic" : "micoff"} onPress={() => acts.microphone(!on)} />;
}

interface SwitchProps {
  name: string;
  on: boolean;
  icon: string;
  onPress: () => void;
}

/** Its name is the thing; the state is said by the switch, so the visible word of it is hidden from readers. */
function Switch({ name, on, icon, onPress }: SwitchProps): JSX.Element {
  return (
    <button type="button" class="tool" role="switch" aria-checked={on} onClick={onPress}>
      <Icon name={icon} />
      <span>
        {name} <span aria-hidden="true">{on ? "on" : "off"}</span>
      </span>
    </button>
  );
}

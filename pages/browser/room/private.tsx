// What is said to one person alone: a nudge, a soft mute, somebody who asks for a word, the turn that is over.
import type { JSX } from "preact";
import { person, timeNote } from "./floor";
import { mutedWords } from "./muted";
import { Notice } from "./pieces";
import type { FloorView } from "./state";
import { unseenWords } from "./telling";

const NUDGE_SHOWN = 30_000;

export function OnlyYou({ floor, state, acts }: FloorView): JSX.Element {
  const note = timeNote(floor, state.now);
  const unseen = unseenWords(floor);
  const nudged = floor.nudgedAt !== null && state.now - floor.nudgedAt < NUDGE_SHOWN;
  return (
    <>
      {note && (
        <Notice kind="plain" icon="private">
          <p>{note}</p>
        </Notice>
      )}
      {nudged && (
        <Notice kind="plain" icon="private">
          <p>Someone is waiting to speak. Only you see this.</p>
        </Notice>
      )}
      {state.muted !== null && state.media.state === "in" && !state.media.micOn && (
        <Notice kind="plain" icon="micoff">
          <p>{mutedWords(floor, state.muted)}</p>
          <button type="button" class="btn btn--small" onClick={acts.seenMute}>
            All right
          </button>
        </Notice>
      )}
      {unseen && (
        <Notice kind="plain" icon="private">
          <p>{unseen}</p>
          <button type="button" class="btn btn--small" aria-haspopup="dialog" onClick={() => acts.open("tell")}>
            What I asked
          </button>
        </Notice>
      )}
      {floor.asked.map((seat) => (
        <Notice kind="plain" icon="private" key={seat}>
          <p>{person(floor, seat).name} asks you for a word in private. Only you and the mediation team see this.</p>
        </Notice>
      ))}
    </>
  );
}

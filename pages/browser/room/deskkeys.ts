// The desk's single-key shortcuts, when this person has turned them on.
import { useEffect, useRef } from "preact/hooks";
import { nextSeat } from "./deskfloor";
import { frozen } from "./deskwords";
import { stopped } from "./floor";
import { focusOn } from "./focus";
import { typesInto } from "./keys";
import { actOf, type Keys } from "./shortcuts";
import type { FloorView } from "./state";

export function useShortcuts(view: FloorView, keys: Keys): void {
  const latest = useRef({ view, keys });
  latest.current = { view, keys };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = actOf(latest.current.keys, event, inHand(event.target));
      if (act === null || !pressed(latest.current.view, act)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

/** The key belongs to a field, or to an open sheet. */
function inHand(target: EventTarget | null): boolean {
  return document.querySelector("dialog[open]") !== null || typesInto(target);
}

const ANSWERS: Readonly<Record<string, [kind: string, facts: Record<string, string>]>> = {
  first: ["let_finish", {}],
  second: ["holder_yields", {}],
  third: ["pause", { why: "pause" }],
};

/** Does it, as the button on the screen would; false when there is nothing to do. */
export function pressed(view: FloorView, act: string): boolean {
  const { floor, state, acts } = view;
  if (act === "who") acts.tellPlace();
  else if (act === "signal") focusOn("signals");
  else if (act === "microphone" && floor.leads && state.media.state !== "none") acts.microphone(!state.media.micOn);
  else return floor.leads && commanded(view, act);
  return true;
}

function commanded({ floor, acts }: FloorView, act: string): boolean {
  const cue = (floor.desk?.cue ?? null) !== null;
  const next = nextSeat(floor);
  const answer = ANSWERS[act];
  if (answer) {
    if (cue) acts.ask(...answer);
    return cue;
  }
  if (act === "add hand" && !frozen(floor)) acts.open("add hand");
  else if (act === "pause" && !stopped(floor)) acts.ask("pause", { why: "pause" });
  else if (act === "next" && next !== null && !stopped(floor) && !cue) acts.ask("give_next", { seat: next });
  else return false;
  return true;
}

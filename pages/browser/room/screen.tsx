// Which screen it is now: the room, or a card in the middle when the room cannot be shown.
import type { JSX } from "preact";
import { MediatorLost, Over, Reconnecting } from "./centre";
import { Desk } from "./desk";
import { Participant } from "./participant";
import type { FloorView, Role, View } from "./state";
import { Tablet } from "./tablet";

/** The mediator away for so long is a card of its own. */
const LOST_AFTER = 60_000;

export type ScreenName = "over" | "reconnecting" | "mediator lost" | "opening" | Role;

export function screenOf({ state, shell }: View): ScreenName {
  const { floor } = state;
  if (state.line === "over") return "over";
  const heard = state.media.state === "in";
  if (state.dropped && (floor === null || (shell.role === "participant" && !heard))) return "reconnecting";
  if (floor === null) return "opening";
  const away = floor.mediator.awaySince;
  const lost = floor.mode === "unattended" && !floor.process && away !== null && state.now - away >= LOST_AFTER;
  return lost ? "mediator lost" : shell.role;
}

const FRAMES: Readonly<Record<ScreenName, string>> = {
  over: "room",
  reconnecting: "room",
  "mediator lost": "room",
  opening: "room",
  participant: "room",
  mediator: "desk",
  tablet: "table-room",
};

export function frameOf(screen: ScreenName): string {
  return FRAMES[screen];
}

export function Screen(view: View): JSX.Element | null {
  const screen = screenOf(view);
  if (screen === "over") return <Over {...view} />;
  if (screen === "reconnecting") return <Reconnecting {...view} />;
  const { floor } = view.state;
  if (floor === null) return null;
  const shown: FloorView = { ...view, floor };
  if (screen === "mediator lost") return <MediatorLost {...shown} />;
  if (screen === "mediator") return <Desk {...shown} />;
  if (screen === "tablet") return <Tablet {...shown} />;
  return <Participant {...shown} />;
}

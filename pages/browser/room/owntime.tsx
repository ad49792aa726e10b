// How much more time this person has than others, in words: theirs to know, and the mediation team's (3.5).
import type { JSX } from "preact";
import type { Floor } from "./frames";
import { ownTimeWords } from "./owntimewords";

export function MoreTime({ floor }: { floor: Floor }): JSX.Element | null {
  if (floor.time === null) return null;
  return (
    <p class="soft small">
      {ownTimeWords(floor.time)} Only you and the mediation team know.
    </p>
  );
}

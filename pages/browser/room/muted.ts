// What a person reads when a process person has closed their microphone. Pure.
import type { Floor } from "./frames";
import { whoDid } from "./mediators";

export const MUTED: Readonly<Record<string, string>> = {
  noise: "background noise",
  echo: "an echo",
  left_on: "it was left on",
  turn: "somebody else has their turn",
};

/** "Idris muted your microphone: background noise. You can turn it on again." */
export function mutedWords(floor: Floor, reason: string): string {
  const why = MUTED[reason];
  return `${whoDid(floor, floor.muted?.by ?? null)} muted your microphone${why ? `: ${why}` : ""}. You can turn it on again.`;
}

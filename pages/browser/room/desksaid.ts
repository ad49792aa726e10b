// What a screen reader is told on the desk besides what everybody hears: signals and an open cue. Pure.
import { fromWords, signalWords } from "./deskwords";
import { person } from "./floor";
import type { Floor } from "./frames";

/** "Signal: pause, please. Owen A., family." and "Two sides at once. Time stopped." */
export function deskChanges(before: Floor, after: Floor): string[] {
  return [...cueChange(before, after), ...signalChanges(before, after)];
}

function cueChange(before: Floor, after: Floor): string[] {
  return after.desk?.cue && !before.desk?.cue ? ["Two sides at once. Time stopped."] : [];
}

/** The newest last, as they came. */
function signalChanges(before: Floor, after: Floor): string[] {
  const known = new Set(before.desk?.told.map((one) => one.number));
  const fresh = (after.desk?.told ?? []).filter((one) => !known.has(one.number) && one.seenAt === null);
  return fresh.reverse().map((one) => {
    const words = signalWords(one);
    const from = one.seat === null ? "Sent without a name" : fromWords(person(after, one.seat)).replace(/\.$/, "");
    return `Signal: ${words.charAt(0).toLowerCase()}${words.slice(1).replace(/\?$/, "")}. ${from}.`;
  });
}

// When the meeting is planned to end, in words. The server says when fifteen and five minutes are left: no clock of a browser is asked. Pure.
import type { Floor } from "./frames";
import { clockTime, minutes } from "./words";

const MINUTE = 60_000;

/** For a minute after it was said it is read by everyone. */
export function endNotice(floor: Floor, now: number): string {
  const left = floor.ends?.left ?? null;
  if (left === null || floor.ends === null || floor.leads) return "";
  return now < floor.ends.at - (left - 1) * MINUTE ? `${minutes(left)} left.` : "";
}

/** What is said when one floor follows another. */
export function endChange(before: Floor, after: Floor): string {
  if (!after.ends) return "";
  if (before.ends && before.ends.at !== after.ends.at) return `The meeting is now planned to end at ${clockTime(after.ends.at)}.`;
  return after.ends.left !== null && after.ends.left !== before.ends?.left ? `${minutes(after.ends.left)} left.` : "";
}

/** What the mediator reads from fifteen minutes before the end on; null before. */
export function nearEnd(floor: Floor): string | null {
  if (!floor.leads || !floor.ends || floor.ends.left === null) return null;
  return `This meeting is planned to end at ${clockTime(floor.ends.at)}`;
}

// The next break, and the end of one, in the words of every screen. The server says how near a break is; nothing here reckons. Pure.
import { person } from "./floor";
import type { Floor } from "./frames";
import { mediatorName } from "./mediators";
import { clockTime, minutes } from "./words";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const NOW = { due: "A break is due", asked: "A break has been asked for" } as const;

function isNow(floor: Floor): floor is Floor & { breakIs: keyof typeof NOW } {
  return floor.breakIs === "due" || floor.breakIs === "asked";
}

/** The small fact under the stage; a break that is due has no time any more. */
export function breakFact(floor: Floor): string {
  if (floor.breakIs === "due") return "Break due";
  if (floor.breakIs === "asked") return "Break asked for";
  return floor.breakIs === null || floor.breakDue === null ? "" : `Break at ${clockTime(floor.breakDue)}`;
}

/** What stands on every screen while a break is due, and for a minute when it is announced. */
export function breakNotice(floor: Floor, now: number): string {
  if (isNow(floor)) return floor.leads ? "" : `${NOW[floor.breakIs]}. ${mediatorName(floor)} says when.`;
  const announced = floor.breakIs === "soon" && floor.breakDue !== null && now < floor.breakDue - floor.times.breakAhead * SECOND + MINUTE;
  return announced ? ahead(floor, now) : "";
}

/** What is said when one floor follows another. */
export function breakChange(before: Floor, after: Floor): string {
  if (isBack(after) && !isBack(before) && before.mode === "break") return `You are back. ${mediatorName(after)} can see it.`;
  if (isOver(after)) return isOver(before) ? "" : `The break is over. ${goesOn(after)}`;
  if (after.breakIs === before.breakIs) return "";
  if (isNow(after)) return `${NOW[after.breakIs]}.`;
  if (after.breakIs === null) return "";
  if (isNow(before) && after.breakDue !== null) return `The break is now planned for ${clockTime(after.breakDue)}.`;
  return after.breakIs === "soon" ? ahead(after, after.at) : "";
}

function ahead(floor: Floor, now: number): string {
  if (floor.breakDue === null) return "";
  const left = Math.max(1, Math.round((floor.breakDue - now) / MINUTE));
  return `Break in ${minutes(left)}, at ${clockTime(floor.breakDue)}.`;
}

/** This person has said that they are back from the break. */
export function isBack(floor: Floor): boolean {
  return floor.mode === "break" && !floor.process && !floor.can.includes("back_again");
}

export function isOver(floor: Floor): boolean {
  return floor.mode === "break" && floor.paused?.over === true;
}

export function goesOn(floor: Floor): string {
  return floor.leads ? "Go on when everybody is back." : `${mediatorName(floor)} starts again when everybody is back.`;
}

/** What the mediator reads of a break that is due or asked for; null while there is none. */
export function dueHeading(floor: Floor): string | null {
  return floor.leads && isNow(floor) ? NOW[floor.breakIs] : null;
}

/** Who is not back from the break, by name; null when there is no break or nothing to say on a screen. */
export function notBack(floor: Floor): string[] | null {
  if (floor.mode !== "break" || floor.inPerson || !floor.desk) return null;
  return floor.desk.notBack.map((seat) => person(floor, seat).name);
}

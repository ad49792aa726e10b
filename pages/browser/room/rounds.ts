// A round as the desk shows it: each side once, in order, and what has become of it. Pure.
import { person, sides, type SideView } from "./floor";
import type { Floor } from "./frames";
import { SIDES, type SideMark } from "./people";

export type Turned = "speaks" | "said" | "passed" | "back" | "next" | "missing" | "later" | "to come";

export interface RoundLine {
  code: string;
  mark: SideMark;
  word: string;
  state: Turned;
}

/** The sides of this round, in its order. */
export function roundLines(floor: Floor): RoundLine[] {
  const { round } = floor;
  if (!round) return [];
  const speaking = floor.holder === null ? "" : person(floor, floor.holder).code;
  return round.order.flatMap((code) => {
    const side = SIDES[code];
    if (!side) return [];
    const state = stateOf(round, code, speaking);
    return [{ code, ...side, state }];
  });
}

function stateOf(round: NonNullable<Floor["round"]>, code: string, speaking: string): Turned {
  if (code === speaking) return "speaks";
  if (round.said.includes(code)) return "said";
  if (round.passed.includes(code)) return "passed";
  if (round.next === code) return "next";
  if (round.missing === code) return "missing";
  if (round.later.includes(code)) return "later";
  return round.back.includes(code) ? "back" : "to come";
}

/** The side that can pass now: the one that speaks, else the next, else the last one, which is not here; null when there is none. */
export function passing(floor: Floor): { code: string; again: boolean; gone: boolean } | null {
  const { round } = floor;
  if (!round) return null;
  const code = floor.holder === null ? (round.next ?? round.missing) : person(floor, floor.holder).code;
  if (code === null || round.complete) return null;
  const gone = floor.holder === null && code === round.missing;
  return { code, again: !gone && round.back.includes(code), gone };
}

/** The sides that take part in a round, in the meeting's order. */
export function roundSides(floor: Floor): SideView[] {
  return sides(floor).filter((side) => side.people.some((one) => one.standing !== "process" && one.standing !== "language_worker"));
}

/** The order with this side one place earlier (-1) or later (1). */
export function moved(order: readonly string[], code: string, by: -1 | 1): string[] {
  const at = order.indexOf(code);
  const to = at + by;
  const other = order[to];
  if (at < 0 || other === undefined) return [...order];
  const fresh = [...order];
  fresh[at] = other;
  fresh[to] = code;
  return fresh;
}

// Who leads the meeting, as a screen names them: one or two mediators, who did something, who was lost and is back. Pure.
import type { Floor } from "./frames";
import type { Person } from "./people";
import { firstName } from "./words";

const OUTSIDE = "coordinator";

/** Process people, but a trainee. */
export function leading(floor: Floor): Person[] {
  return floor.people.filter((one) => one.standing === "process" && one.office !== "trainee");
}

/** Who leads and is here: "Idris", "Idris or Mina"; while none is, who was here last. */
export function mediatorName(floor: Floor): string {
  return either(leadingHere(floor).map((one) => firstName(one.name))) || oneMediator(floor);
}

/** Whoever of those who lead comes: "Idris", "Idris or Mina". */
export function anyMediator(floor: Floor): string {
  return either(leading(floor).map((one) => firstName(one.name))) || "the mediator";
}

/** All of those who lead and are here, as one: "Idris", "the mediators". */
export function mediatorTeam(floor: Floor): string {
  return leadingHere(floor).length > 1 ? "the mediators" : mediatorName(floor);
}

/** For one who leads: "You", "You or Mina". */
export function youOr(floor: Floor): string {
  const others = leadingHere(floor).filter((one) => one.seat !== floor.you);
  return either(["You", ...others.map((one) => firstName(one.name))]);
}

/** The process person who did this; whoever it was, when they have left. */
export function whoDid(floor: Floor, seat: string | null): string {
  if (seat === OUTSIDE) return "A coordinator";
  return firstName(floor.people.find((one) => one.seat === seat)?.name ?? "") || "The mediation team";
}

/** The same inside a sentence: "by Mina", "by a coordinator". */
export function byWords(floor: Floor, seat: string | null): string {
  return `by ${whoDid(floor, seat).replace(/^(A|The) /, (word) => word.toLowerCase())}`;
}

/** One of those who lead: the first who is here, or who was here last. */
export function oneMediator(floor: Floor): string {
  const one = floor.people.find((other) => other.seat === floor.mediator.seat) ?? leading(floor)[0];
  return firstName(one?.name ?? "") || "The mediator";
}

/** The seat of who holds this person's microphone, when a process person does. */
export function heldBy(floor: Floor, seat: string): string | null {
  return floor.mediatorHolds.find((one) => one.seat === seat)?.by ?? null;
}

function leadingHere(floor: Floor): Person[] {
  return leading(floor).filter((one) => one.here);
}

function either(names: readonly string[]): string {
  const known = names.filter(Boolean);
  return known.length < 2 ? known.join("") : `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`;
}

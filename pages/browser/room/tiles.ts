// Who is shown where. The speaker's place is fixed, the others keep their order for the whole meeting, and nobody sees a large
// picture of themselves. Pure.
import { person, placeOf } from "./floor";
import type { Floor } from "./frames";
import type { MediaView } from "./media";
import { byWords, heldBy, leading } from "./mediators";
import type { Person } from "./people";
import { capital, placeWord } from "./words";

export interface TileView {
  person: Person;
  name: string;
  floor: boolean;
  icon: string;
  state: string;
}

export interface Stage {
  big: TileView | null;
  tiles: TileView[];
  /** You hold the floor: the listeners in equal tiles. */
  even: boolean;
}

/** What stands under a picture: at most one line of state. */
export function tile(floor: Floor, one: Person, media: MediaView): TileView {
  const you = one.seat === floor.you;
  const base = { person: one, name: you ? "You" : one.name, floor: floor.holder === one.seat };
  if (base.floor) return { ...base, icon: "mic", state: you ? "You have the floor" : "Has the floor" };
  if (one.speaksFor) return { ...base, icon: "people", state: `Speaking for ${person(floor, one.speaksFor).name}` };
  const at = placeOf(floor, one.seat);
  if (at > 0) return { ...base, icon: floor.queue[at - 1]?.text ? "text" : "hand", state: waits(floor, at) };
  if (floor.held.includes(one.seat)) return { ...base, icon: "michold", state: heldState(floor, one) };
  if (floor.process && !one.here && !you) return { ...base, icon: "wifi", state: "Lost connection" };
  if (you && media.state === "in" && !media.micOn) return { ...base, icon: "micoff", state: "Off" };
  return { ...base, icon: "", state: "" };
}

/** Everybody sees who holds one person's microphone; what holds all alike is said elsewhere. */
function heldState(floor: Floor, one: Person): string {
  return floor.mediatorHolds.some((hold) => hold.seat === one.seat) ? `Held ${byWords(floor, heldBy(floor, one.seat))}` : "Held";
}

/** In a round sides come in turn, and nobody of the order is next. */
function waits(floor: Floor, at: number): string {
  return floor.under === "round" ? "Waits" : capital(placeWord(at));
}

/** The participant's pictures. */
export function stage(floor: Floor, media: MediaView): Stage {
  const present = floor.people.filter((one) => one.here || one.seat === floor.holder || one.seat === floor.you);
  const show = (people: Person[]) => people.map((one) => tile(floor, one, media));
  if (floor.holds) {
    const own = present.filter((one) => one.seat === floor.you);
    return { big: null, tiles: show([...present.filter((one) => !own.includes(one)), ...own]), even: true };
  }
  const big = present.find((one) => one.seat === largest(floor, media, present));
  const others = present.filter((one) => one !== big);
  return { big: big ? bigTile(floor, big, media) : null, tiles: show(inOrder(floor, others)), even: false };
}

/** Who leads and yourself first, then the meeting's order: the same for the whole meeting. */
function inOrder(floor: Floor, people: Person[]): Person[] {
  const leads = new Set(leading(floor).map((one) => one.seat));
  const rank = (one: Person) => (leads.has(one.seat) ? 0 : one.seat === floor.you ? 1 : 2);
  return [...people].sort((a, b) => rank(a) - rank(b));
}

function largest(floor: Floor, media: MediaView, present: Person[]): string | null {
  if (floor.holder !== null && floor.holder !== floor.you) return floor.holder;
  const heard = floor.mode === "open_talk" ? media.speaker : null;
  if (heard !== null && heard !== floor.you && present.some((one) => one.seat === heard)) return heard;
  const { seat } = floor.mediator;
  return present.some((one) => one.seat === seat) ? seat : (present.find((one) => one.seat !== floor.you)?.seat ?? null);
}

function bigTile(floor: Floor, one: Person, media: MediaView): TileView {
  const view = tile(floor, one, media);
  const heard = floor.mode === "open_talk" && floor.holder === null && media.speaker === one.seat;
  return heard ? { ...view, floor: true, icon: "mic", state: "Speaking" } : view;
}

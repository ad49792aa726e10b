// What to show for a given floor: pure, the same for every screen. The server decides everything; here it only becomes words.
import type { Floor } from "./frames";
import { anyMediator, heldBy, mediatorName, whoDid } from "./mediators";
import type { MediaView } from "./media";
import { NOBODY, type Person, type SideMark } from "./people";
import { clockTime, firstName, lasting, placeWord, timeLeft } from "./words";

export interface Place {
  kind: "none" | "waiting" | "undo";
  heading: string;
  words: string;
}

export type Act = "ask" | "finish" | "open mic" | "not finished" | "none";

export function person(floor: Floor, seat: string | null): Person {
  return floor.people.find((one) => one.seat === seat) ?? NOBODY;
}

/** 1 for the next; 0 for somebody who does not wait. */
export function placeOf(floor: Floor, seat: string): number {
  return floor.queue.findIndex((entry) => entry.seat === seat) + 1;
}

export function stopped(floor: Floor): boolean {
  return floor.mode === "break" || floor.mode === "paused" || floor.mode === "unattended";
}

/** The mediator has the word: nobody takes a turn. */
export function mediatorSpeaks(floor: Floor): boolean {
  return floor.under === "mediator_speaks" && floor.holder === null;
}

/** Seconds left at `now` (the server's time); null when there is no limit, or the turn is not this person's to see. */
export function secondsLeft(floor: Floor, now: number): number | null {
  const turn = floor.turn;
  if (!turn || turn.left === null) return null;
  return turn.running && turn.endsAt !== null ? (turn.endsAt - now) / 1000 : turn.left;
}

export interface Timer {
  words: string;
  /** 0 to 1. */
  left: number;
  soon: boolean;
  /** Somebody speaks over the holder: the time stands still. */
  still: boolean;
  /** Over by more than the grace: one private line, and nothing else happens. */
  over: boolean;
}

/** The holder's own time, in words and a bar; null for everyone else. */
export function timer(floor: Floor, now: number): Timer | null {
  const left = secondsLeft(floor, now);
  if (left === null || !floor.turn?.allowed || !floor.holds || stopped(floor)) return null;
  const still = !floor.turn.running;
  const over = left <= -floor.turn.grace;
  return { words: timeLeft(left, floor.turn.cues), left: left / floor.turn.allowed, soon: left <= floor.turn.cues[0], still, over };
}

/** What the holder alone reads below their time: that it stands still while they are spoken over, or that it is over. */
export function timeNote(floor: Floor, now: number): string {
  const time = timer(floor, now);
  if (time?.over) return `${mediatorName(floor)} will come to the next person soon. Finish when you can. Only you see this.`;
  return time?.still ? "Somebody else seems to be speaking too, so your time has stopped. It runs on when they stop. Nothing of it is lost." : "";
}

/** For process people, beside the holder's side: "about 1 minute left of 3". */
export function turnWords(floor: Floor, now: number): string {
  const left = secondsLeft(floor, now);
  if (left === null || !floor.turn?.allowed) return "";
  const still = floor.turn.running ? "" : ". The clock is stopped";
  if (left <= 0) return `asked to finish${still}`;
  const said = timeLeft(left, floor.turn.cues);
  const of = left > floor.turn.cues[0] && floor.turn.allowed >= 60 ? ` of ${Math.round(floor.turn.allowed / 60)}` : "";
  return `${said.charAt(0).toLowerCase()}${said.slice(1)}${of}${still}`;
}

export interface HeldWords {
  before: string;
  strong: string;
  after: string;
}

/** Why your microphone is held, and until when; null when it is not. */
export function heldWords(floor: Floor): HeldWords | null {
  if (floor.mic.right !== "held" || floor.inPerson) return null;
  if (floor.mic.reason === "trainee") {
    return { before: "You are here to learn. Your microphone stays off ", strong: "for the whole meeting", after: "." };
  }
  if (floor.mic.reason === "unattended") {
    const before = "Every microphone in this room is held, on every side alike. It ends ";
    return { before, strong: `when ${anyMediator(floor)} is here`, after: ". Then you can use it again." };
  }
  if (floor.mic.reason === "mediator") {
    const until = floor.mic.until === null ? `within ${lasting(floor.times.hold)}` : `at ${clockTime(floor.mic.until)}`;
    const before = `${whoDid(floor, heldBy(floor, floor.you))} holds your microphone. Everyone can see this. It ends by itself `;
    return { before, strong: until, after: ". Then you can use it again." };
  }
  return {
    before: "Everyone who is listening is held, on every side, so nobody is talked over. It ends ",
    strong: stageEnd(floor),
    after: ". Then you can use it again.",
  };
}

function stageEnd(floor: Floor): string {
  const end = floor.mic.until ?? floor.statement?.plannedEnd ?? null;
  const about = end === null ? "" : `, about ${clockTime(end)}`;
  const holder = floor.holder === null ? "" : firstName(person(floor, floor.holder).name);
  return holder ? `when ${holder} finishes${about}` : `when ${mediatorName(floor)} says so`;
}

export function place(floor: Floor, now: number): Place {
  if (floor.can.includes("not_finished")) {
    return { kind: "none", heading: "You were not finished", words: "Your time is kept. Say so, and you go first with what was left." };
  }
  if (floor.place !== null || (floor.handUp && !floor.holds)) return waiting(floor);
  if (floor.undoUntil !== null && now < floor.undoUntil && floor.can.includes("restore_hand")) {
    return { kind: "undo", heading: "Your hand is down", words: `Undo within ${lasting(floor.times.undo)}` };
  }
  return { kind: "none", heading: "When you want to speak", words: askWords(floor) };
}

/** What who was asked a question can do about it now. */
export function answerWords(floor: Floor): string {
  if (floor.ownReply !== null) return "Your answer waits in writing. It is read directly after the question.";
  if (floor.holds) return "You can answer aloud, or in writing. Then your words are on every screen.";
  return "You can answer aloud when you have the floor, or write your answer now.";
}

function waiting(floor: Floor): Place {
  const at = floor.place ?? 0;
  const heading = at > 0 ? `You are ${placeWord(at)}` : "Your place is kept";
  if (floor.mode === "break") return { kind: "waiting", heading, words: "Your place is kept. We are on a break." };
  if (stopped(floor) || at === 0) return { kind: "waiting", heading, words: "Your place is kept." };
  const kind = floor.queue.find((entry) => entry.seat === floor.you)?.kind ?? "turn";
  if (kind === "reply") {
    const words = floor.ownReply === null ? `To answer the question, up to ${lasting(floor.times.reply)}.` : "Your answer in writing is read then.";
    return { kind: "waiting", heading, words };
  }
  if (kind === "finishing") return { kind: "waiting", heading, words: "You go first, with the time you had left." };
  if (at === 1) return { kind: "waiting", heading, words: floor.inPerson ? "Then you speak" : "Have your microphone ready" };
  const first = person(floor, floor.queue[0]?.seat ?? null).name;
  return { kind: "waiting", heading, words: at === 2 ? `${first} is next, then you` : `${first} is next` };
}

function askWords(floor: Floor): string {
  if (stopped(floor)) return "When we go on, you can ask to speak.";
  if (floor.mode === "open_talk" && floor.mic.right === "free") return "Turn on your microphone, or ask and we keep a turn for you.";
  return "Ask, and we keep a turn for you.";
}

/** The one big action, if there is one. */
export function act(floor: Floor, media: MediaView): Act {
  if (floor.holds && floor.can.includes("finish")) return media.state === "in" && !media.micOn ? "open mic" : "finish";
  if (floor.can.includes("not_finished")) return "not finished";
  return floor.can.includes("raise_hand") ? "ask" : "none";
}

export function askLabel(floor: Floor): string {
  return floor.statement && floor.holder !== null ? "Ask to speak after this" : "Ask to speak";
}

/** Whom the holder may ask a direct question: people of other sides who are here. */
export function askable(floor: Floor): Person[] {
  const own = person(floor, floor.holder);
  const takes = (one: Person) => one.mark !== "n" && one.speaksFor === null && one.here;
  return floor.people.filter((one) => takes(one) && one.code !== own.code);
}

/** Who else of the side may go on in the time that belongs to it. */
export function colleagues(floor: Floor): Person[] {
  const own = person(floor, floor.holder);
  return floor.people.filter((one) => one.code === own.code && one.here && one.speaksFor === null && one.seat !== own.seat);
}

/** Those of your side who may speak for you, when you are somebody who can let them. */
export function helpers(floor: Floor): Person[] {
  const own = person(floor, floor.you);
  if (own.mark === "n" || (own.standing !== "principal" && own.standing !== "young_person")) return [];
  return floor.people.filter((one) => one.code === own.code && one.standing === "supporter" && one.here);
}

/** The sides at the table in the meeting's order, with who speaks for each first and how many hands wait. */
export interface SideView {
  code: string;
  mark: SideMark;
  word: string;
  people: Person[];
  waiting: number;
}

export function sides(floor: Floor): SideView[] {
  const views = new Map<string, SideView>();
  for (const one of floor.people) {
    if (one.mark === "n") continue;
    const view = views.get(one.code) ?? { code: one.code, mark: one.mark, word: one.side, people: [], waiting: 0 };
    view.people.push(one);
    if (placeOf(floor, one.seat) > 0) view.waiting += 1;
    views.set(one.code, view);
  }
  return [...views.values()].sort((a, b) => a.mark.localeCompare(b.mark));
}

/** Who interprets or signs, in the meeting's order. */
export function interpreters(floor: Floor): Person[] {
  return floor.people.filter((one) => one.standing === "language_worker");
}

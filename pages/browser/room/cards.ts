// Who has the floor, in a card: the same for every screen, in each one's own words. Pure.
import { goesOn, isOver } from "./breaks";
import { mediatorSpeaks, person } from "./floor";
import type { Floor } from "./frames";
import { anyMediator, mediatorName, oneMediator, youOr } from "./mediators";
import { SIDES, type Person, type SideMark } from "./people";
import { clockTime, lasting, minutes } from "./words";

/** What a floor card says. */
export interface Card {
  mark: SideMark;
  yours: boolean;
  sign: "shape" | "mic" | "people" | "pause" | "cup" | "repeat" | "text";
  heading: string;
  /** The side that the words begin with, if any. */
  side: string;
  words: string;
}

const PLAIN = { mark: "n" as SideMark, yours: false, sign: "people" as const, side: "", words: "" };

/** Who has the floor; `speaker` is the seat heard last, for open talk. */
export function card(floor: Floor, speaker: string | null): Card {
  const mediator = mediatorName(floor);
  if (isOver(floor)) return { ...PLAIN, sign: "cup", heading: "The break is over", words: goesOn(floor) };
  if (floor.mode === "break") return { ...PLAIN, sign: "cup", heading: "We are on a break", words: goOn(floor) };
  if (floor.mode === "paused") return { ...PLAIN, sign: "pause", heading: "The meeting is paused", words: "All clocks have stopped." };
  if (floor.mode === "unattended") return unattended(floor, mediator);
  if (floor.holds) return yourCard(floor);
  if (floor.holder !== null) return theirCard(floor, person(floor, floor.holder));
  if (floor.mode === "open_talk") return openCard(floor, speaker);
  if (floor.mode === "round") return roundCard(floor);
  if (floor.mode === "drafting") return { ...PLAIN, sign: "text", heading: "We read what may be agreed", words: asks(floor) };
  if (floor.mode === "check") return { ...PLAIN, sign: "repeat", heading: "We check that we understood each other", words: asks(floor) };
  if (floor.mode === "private_rooms") {
    const words = floor.process ? "Nobody joins the queue. Places are kept." : "The order is kept. It goes on when we are back.";
    return { ...PLAIN, sign: "people", heading: "Private rooms", words };
  }
  if (mediatorSpeaks(floor)) return { ...PLAIN, sign: "shape", heading: floor.leads ? `${youOr(floor)} speak` : `${mediator} is speaking` };
  return { ...PLAIN, heading: "Nobody has the floor", words: floor.process ? "" : `${mediator} will say who is next.` };
}

function unattended(floor: Floor, mediator: string): Card {
  if (floor.process) {
    const words = `When ${floor.leads ? "you say" : `${mediator} says`} so, we go on where we were.`;
    return { ...PLAIN, sign: "pause", heading: "The clocks have stopped", words };
  }
  if (floor.mediator.here) {
    return { ...PLAIN, sign: "pause", heading: `${oneMediator(floor)} is here`, words: `When ${mediator} says so, we go on where we were.` };
  }
  const held = floor.mic.reason === "unattended";
  const words = held ? `All microphones are held, on every side alike, until ${anyMediator(floor)} is here.` : "";
  if (!floor.mediator.came) return { ...PLAIN, sign: "pause", heading: `We begin when ${mediator} is here`, words };
  return { ...PLAIN, sign: "pause", heading: `${mediator} is reconnecting. The clocks have stopped`, words };
}

function yourCard(floor: Floor): Card {
  const own = person(floor, floor.you);
  const shares = floor.holder !== null && floor.holder !== floor.you;
  const forWhom = shares ? `You are speaking for ${person(floor, floor.holder).name} ` : "";
  return { mark: own.mark, yours: true, sign: "mic", heading: "You have the floor", side: "", words: `${forWhom}${yourWords(floor)}` };
}

function yourWords(floor: Floor): string {
  if (floor.text !== null) return "Your words are on every screen. You do not have to say anything.";
  if (floor.turnKind === "reply") return `This is for your answer to the question, up to ${lasting(floor.times.reply)}.`;
  if (floor.turnKind === "finishing") return "This is the time you had left. A pause does not end your turn.";
  return "Take your time. A pause does not end your turn.";
}

/** In a round: whose turn it is in the order, and what comes after it. */
function roundCard(floor: Floor): Card {
  const round = floor.round;
  const mediator = floor.leads ? `${youOr(floor)} say` : `${mediatorName(floor)} says`;
  if (round?.complete) return { ...PLAIN, sign: "repeat", heading: "The round is complete", words: `${mediator} back what each side said.` };
  const order = (round?.order ?? []).map((side) => SIDES[side]?.word.toLowerCase() ?? side).join(", ");
  const words = `Each side in turn, no replies until the end. Order: ${order}.${floor.process ? "" : " You can pass."}`;
  return { ...PLAIN, sign: "repeat", heading: "A round", words };
}

function asks(floor: Floor): string {
  return floor.process ? "" : "You can ask to speak at any time.";
}

function theirCard(floor: Floor, holder: Person): Card {
  const helper = floor.people.find((one) => one.speaksFor === holder.seat);
  const words = !holder.here
    ? `: ${holder.name} has lost connection. We wait.`
    : `${ownTime(floor, holder) || kindWords(floor)}${helper ? ` ${helper.name} is speaking for ${holder.name}` : ""}${endWords(floor)}`;
  const heading = `${holder.name} ${floor.stillUntil === null ? "has" : "still has"} the floor`;
  return { mark: holder.mark, yours: false, sign: "shape", heading, side: holder.side, words };
}

function kindWords(floor: Floor): string {
  if (floor.text !== null) return floor.turnKind === "reply" ? ": answers a question in writing." : ": a turn in writing.";
  if (floor.turnKind === "reply") return `: replies to a question, up to ${lasting(floor.times.reply)}.`;
  if (floor.turnKind === "finishing") return ": was not finished, and goes on with the time that was left.";
  return floor.mode === "round" ? ": its turn in the round." : "";
}

/** Only where the ground rules let everybody see it, and the card does not say it already. */
function endWords(floor: Floor): string {
  return floor.plannedEnd === null || floor.statement ? "" : ` Until about ${clockTime(floor.plannedEnd)}.`;
}

function ownTime(floor: Floor, holder: Person): string {
  const own = floor.statement;
  if (!own || own.side !== holder.code) return "";
  return `: its time to speak without being interrupted.${sameForYou(floor, own.minutes, own.had)}`;
}

function sameForYou(floor: Floor, count: number, had: string[]): string {
  const code = person(floor, floor.you).code;
  if (floor.process || !SIDES[code] || code === floor.statement?.side) return "";
  return ` Your side ${had.includes(code) ? "had" : "gets"} the same: ${minutes(count)}.`;
}

function openCard(floor: Floor, speaker: string | null): Card {
  const heading = "Open talk: anyone may speak";
  const heard = person(floor, speaker);
  if (!heard.seat || heard.seat === floor.you) return { ...PLAIN, heading };
  return { ...PLAIN, heading, mark: heard.mark, side: heard.side, words: `: ${heard.name} is speaking.` };
}

function goOn(floor: Floor): string {
  const until = floor.paused?.until ?? null;
  return until === null ? "" : `We go on at ${clockTime(until)}.`;
}

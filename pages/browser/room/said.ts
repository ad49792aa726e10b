// What to tell a screen reader when one floor follows another. Pure; the words are those that are seen.
import { breakChange } from "./breaks";
import { card } from "./cards";
import { deskChanges } from "./desksaid";
import { endChange } from "./ends";
import { person, secondsLeft } from "./floor";
import type { Door, Floor } from "./frames";
import type { MediaView } from "./media";
import { heldBy, mediatorName, oneMediator, whoDid } from "./mediators";
import { SIDES, type Person } from "./people";
import { stageWord } from "./stages";
import { TOLD, unseenWords } from "./telling";
import { clockTime, firstName, lasting, placeWord, timeLeft } from "./words";

export interface Said {
  polite: string;
  alert: string;
}

/** The sentences of a change of floor. The first floor of a page says nothing but what concerns the person. */
export function said(before: Floor | null, after: Floor, media: MediaView): Said {
  const alert = [gotFloor(before, after, media), heldChange(before, after), mediatorChange(before, after)];
  const polite = [...(before ? changes(before, after) : [unseenWords(after)]), ownPlace(before, after)];
  return { polite: joined(polite), alert: joined(alert) };
}

function changes(before: Floor, after: Floor): string[] {
  const seen = toldChange(before, after);
  const heard = [stageChange(before, after), floorChange(before, after), roundChange(before, after), rulesChange(before, after)];
  return [...deskChanges(before, after), breakChange(before, after), endChange(before, after), ...heard, ...seen, ...comings(before, after)];
}

function gotFloor(before: Floor | null, after: Floor, media: MediaView): string {
  if (!after.holds || before?.holds) return "";
  if (media.state !== "in") return "You have the floor.";
  const mic = media.micOn ? "Your microphone is on." : "Your microphone is off: turn it on to speak.";
  return `You have the floor. ${mic}`;
}

function floorChange(before: Floor, after: Floor): string {
  if (after.holds) return "";
  const written = before.text === null && after.text !== null;
  if ((before.holder !== after.holder || written) && after.holder !== null) return hasFloor(after, person(after, after.holder));
  const opened = after.mode === "open_talk" && (before.mode !== "open_talk" || before.holder !== null) && after.holder === null;
  if (opened) return "Open talk. Anyone may speak.";
  const words = before.mode === after.mode ? "" : modeWords(after);
  if (words) return words;
  return before.holder !== null && after.holder === null ? "Nobody has the floor." : "";
}

/** "Idris has seen: slower." */
function toldChange(before: Floor, after: Floor): string[] {
  const waited = new Map(before.told.map((one) => [one.number, one]));
  return after.told.flatMap((one) => {
    const was = waited.get(one.number);
    const words = TOLD[one.what]?.words ?? "";
    if (!was || was.seenAt !== null) return [];
    if (one.seenAt !== null) return [`${whoDid(after, one.seenBy)} has seen: ${words.charAt(0).toLowerCase()}${words.slice(1)}.`];
    return one.escalated && !was.escalated ? ["Nobody has answered. A coordinator has been told."] : [];
  });
}

function roundChange(before: Floor, after: Floor): string {
  if (!after.round) return "";
  if (after.round.complete && !before.round?.complete) return "The round is complete.";
  return after.round.number === before.round?.number ? "" : "A round: each side in turn, no replies until the end.";
}

function hasFloor(floor: Floor, holder: Person): string {
  if (floor.turnKind === "reply") return `${withSide(holder)} ${floor.text === null ? "replies to a question" : "answers a question in writing"}.`;
  return `${withSide(holder)} has the floor.`;
}

function modeWords(floor: Floor): string {
  if (floor.mode === "mediator_speaks") return `${mediatorName(floor)} is speaking.`;
  if (floor.mode === "paused") return "The meeting is paused.";
  if (floor.mode === "private_rooms") return "Private rooms. The order is kept.";
  if (floor.mode !== "break") return "";
  const until = floor.paused?.until ?? null;
  return until === null ? "We are on a break." : `We are on a break until ${clockTime(until)}.`;
}

function withSide(one: Person): string {
  return `${one.name}, ${one.mark === "n" ? one.side : one.side.toLowerCase()},`;
}

function ownPlace(before: Floor | null, after: Floor): string {
  if (after.holds) return "";
  if (after.can.includes("not_finished") && !before?.can.includes("not_finished")) return "You were not finished. Your time is kept.";
  if (after.place === null) return before?.handUp && !before.holds && after.undoUntil !== null ? `Your hand is down. Undo within ${lasting(after.times.undo)}.` : "";
  if (isAsked(after) && !(before && isAsked(before))) return `You are asked a question. You are ${placeWord(after.place)}, to answer it.`;
  if (after.place === before?.place) return "";
  const words = `You are ${placeWord(after.place)}.`;
  return before && before.place === null && !before.handUp ? `You asked to speak. ${words}` : words;
}

function isAsked(floor: Floor): boolean {
  return floor.queue.some((entry) => entry.seat === floor.you && entry.kind === "reply");
}

function heldChange(before: Floor | null, after: Floor): string {
  const was = before?.mic.right === "held";
  const is = after.mic.right === "held";
  if (was === is || after.inPerson || after.mic.reason === "unattended" || after.mic.reason === "trainee") return "";
  if (is && after.mic.reason === "mediator") return heldByMediator(after);
  if (!is) return after.holds || before?.mic.reason === "unattended" ? "" : "Your microphone is free again.";
  const holder = after.holder === null ? "" : firstName(person(after, after.holder).name);
  const about = after.mic.until === null ? "" : `, about ${clockTime(after.mic.until)}`;
  return holder ? `Your microphone is held until ${holder} finishes${about}.` : "Your microphone is held.";
}

function heldByMediator(floor: Floor): string {
  const until = floor.mic.until === null ? "" : ` until ${clockTime(floor.mic.until)}`;
  return `${whoDid(floor, heldBy(floor, floor.you))} holds your microphone${until}. It ends by itself.`;
}

/** For the key that asks: who has the floor, and the own place. */
export function placeWords(floor: Floor, media: MediaView): string {
  const now = card(floor, media.speaker).heading;
  const own = floor.holds || floor.place === null ? "" : ` You are ${placeWord(floor.place)}.`;
  return `${now}.${own}`;
}

function mediatorChange(before: Floor | null, after: Floor): string {
  if (after.process) return "";
  const name = oneMediator(after);
  const held = (floor: Floor | null) => floor?.mic.right === "held" && floor.mic.reason === "unattended";
  if (isAwaited(after)) return isAwaited(before) ? "" : `We begin when ${name} is here. All microphones are held alike.`;
  if (isAwaited(before)) return `${name} is here.`;
  if (held(after) && !held(before)) return `${name} has lost connection. All microphones are held alike.`;
  if (isAway(after) && !isAway(before)) return `${name} is reconnecting. The clocks have stopped.`;
  if (!before || !isAway(before) || isAway(after)) return "";
  return `${name} is ${before.mediator.seat === after.mediator.seat ? "back" : "here"}.`;
}

function isAwaited(floor: Floor | null): boolean {
  return floor !== null && isAway(floor) && !floor.mediator.came;
}

function isAway(floor: Floor | null): boolean {
  return floor?.mode === "unattended" && !floor.mediator.here;
}

function rulesChange(before: Floor, after: Floor): string {
  if (JSON.stringify(before.rules) === JSON.stringify(after.rules)) return "";
  return after.again ? "The ground rules have changed. You are asked again whether you agree." : "The ground rules have changed.";
}

function stageChange(before: Floor, after: Floor): string {
  if (!after.stage || before.stage?.number === after.stage.number) return "";
  const { number, code, name } = after.stage;
  return `Stage ${number}: ${name || stageWord(code).toLowerCase()}.`;
}

function comings(before: Floor, after: Floor): string[] {
  const known = new Set(before.people.map((one) => one.seat));
  return after.people.filter((one) => !known.has(one.seat) && one.seat !== after.you).map((one) => `${withSide(one)} has joined.`);
}

/** All that passes with time alone between two looks. */
export function passed(floor: Floor, earlier: number, now: number, shown: { time: boolean }): string[] {
  const own = shown.time && floor.holds ? turnCue(floor, earlier, now) : "";
  return own ? [own] : [];
}

function turnCue(floor: Floor, earlier: number, now: number): string {
  const was = secondsLeft(floor, earlier);
  const is = secondsLeft(floor, now);
  if (was === null || is === null) return "";
  if (was > 0 && is <= 0) return "Please finish your sentence.";
  const first = floor.turn?.cues[0] ?? 0;
  return was > first && is <= first ? `${timeLeft(first, [first, 0])}.` : "";
}

/** "Ravi P. waits at the council door." for each who came to a door. */
export function atDoors(before: Door[], after: Door[]): string {
  const known = new Set(before.map((door) => door.attendance));
  return joined(after.filter((door) => !known.has(door.attendance)).map((door) => `${door.name} waits at ${doorWords(door)}.`));
}

function doorWords(door: Door): string {
  const side = SIDES[door.side];
  return side ? `the ${side.word.toLowerCase()} door` : "the door";
}

function joined(sentences: string[]): string {
  return sentences.filter((one) => one !== "").join(" ");
}

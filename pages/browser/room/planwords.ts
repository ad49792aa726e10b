// The plan of this sitting in words, and what is typed to change it. Pure.
import type { PlanStage } from "./deskframe";
import type { Floor } from "./frames";
import { STAGES, stageWord } from "./stages";
import { minutes } from "./words";

export interface ModeWord {
  mode: string;
  word: string;
}

const MODES: readonly ModeWord[] = [
  { mode: "open_talk", word: "Open talk" },
  { mode: "queue", word: "Queue" },
  { mode: "round", word: "Round" },
  { mode: "statement", word: "Uninterrupted turn" },
  { mode: "mediator_speaks", word: "Mediator speaks" },
  { mode: "check", word: "Check understanding" },
  { mode: "drafting", word: "Drafting" },
  { mode: "private_rooms", word: "Private rooms" },
];

/** What can be chosen: private rooms only where they are rooms of a house, or where they stand already. */
export function modesFor(floor: Floor, now: string): readonly ModeWord[] {
  return MODES.filter((one) => one.mode !== "private_rooms" || floor.inPerson || now === one.mode);
}

export function modeWord(mode: string): string {
  return MODES.find((one) => one.mode === mode)?.word ?? "";
}

/** The stages of this sitting: its own plan, else the usual one. */
export function planOf(floor: Floor): PlanStage[] {
  const own = floor.desk?.plan ?? [];
  return own.length ? own : STAGES.map((stage) => ({ code: stage.code, name: "", mode: "", minutes: null, turn: null, own: null }));
}

/** The stage that runs. */
export function stageNow(floor: Floor): PlanStage | null {
  return planOf(floor)[(floor.stage?.number ?? 0) - 1] ?? null;
}

/** What a stage is called in this sitting. */
export function planWord(stage: PlanStage): string {
  return stageWord(stage.code, stage.name) || stage.code;
}

const USUAL_OWN = 8;
const USUAL_ROUND = 3;

/** How long each side’s own time is planned to be in this stage: what a form for it begins with. */
export function ownMinutes(floor: Floor): number {
  return stageNow(floor)?.own ?? USUAL_OWN;
}

/** How long a side has in a round: as in the one that goes on, else as this stage plans it. */
export function roundMinutes(floor: Floor): number {
  return floor.round?.minutes || stageNow(floor)?.turn || USUAL_ROUND;
}

/** "Uninterrupted turn, 8 minutes a side · 35 minutes" */
export function stageAbout(floor: Floor, stage: PlanStage): string {
  const long = stage.minutes === null ? "" : minutes(stage.minutes);
  if (stage.code === "break") return long;
  return [howWords(floor, stage), long].filter(Boolean).join(" · ");
}

const WITH_TURNS: ReadonlySet<string> = new Set(["round", "queue", "open_talk"]);

function howWords(floor: Floor, stage: PlanStage): string {
  if (stage.mode === "private_rooms" && !floor.inPerson) return "Mediator speaks, as private rooms are not open on screens yet";
  if (stage.mode === "statement" && stage.own !== null) return `${modeWord(stage.mode)}, ${minutes(stage.own)} a side`;
  return WITH_TURNS.has(stage.mode) && stage.turn !== null ? `${modeWord(stage.mode)}, ${minutes(stage.turn)} a turn` : modeWord(stage.mode);
}

/** Behind which stage a new one can come. */
export function afterWhich(floor: Floor): { number: number; word: string }[] {
  const now = floor.stage?.number ?? 0;
  return planOf(floor).flatMap((stage, index) => (index + 1 < now ? [] : [{ number: index + 1, word: `${index + 1}. ${planWord(stage)}` }]));
}

export const KINDS: readonly { code: string; word: string }[] = [...STAGES, { code: "break", word: "Break" }];
export const LONGEST_NAME = 80;
export const MOST_STAGES = 20;
export const MOST = { minutes: 180, turn: 30, own: 60 } as const;

/** A stage as it is typed. */
export interface Draft {
  code: string;
  called: string;
  minutes: string;
  mode: string;
  turn: string;
  own: string;
}

export const NEW: Draft = { code: "questions", called: "", minutes: "10", mode: "open_talk", turn: "3", own: "8" };

export function draftOf(stage: PlanStage): Draft {
  const number = (value: number | null, usual: string) => (value === null ? usual : String(value));
  return {
    code: stage.code,
    called: stage.name,
    minutes: number(stage.minutes, NEW.minutes),
    mode: stage.mode || NEW.mode,
    turn: number(stage.turn, NEW.turn),
    own: number(stage.own, NEW.own),
  };
}

/** A stage that was taken out, as it can be put in again: in a way of taking turns that there is. */
export function comesBack(floor: Floor, stage: PlanStage): Draft {
  const draft = draftOf(stage);
  return modesFor(floor, "").some((one) => one.mode === draft.mode) ? draft : { ...draft, mode: "mediator_speaks" };
}

export type DraftErrors = Partial<Record<keyof typeof MOST, string>>;

/** What is wrong with it, each at its field. A break has only its minutes. */
export function draftErrors(draft: Draft): DraftErrors {
  const asked: (keyof typeof MOST)[] = draft.code === "break" ? ["minutes"] : ["minutes", "turn", "own"];
  const wrong = (name: keyof typeof MOST) => !/^\d{1,3}$/.test(draft[name].trim()) || !between(Number(draft[name]), MOST[name]);
  return Object.fromEntries(asked.filter(wrong).map((name) => [name, `Write the minutes as a number from 1 to ${MOST[name]}`]));
}

function between(value: number, most: number): boolean {
  return value >= 1 && value <= most;
}

/** What the server is asked with. */
export function draftFacts(draft: Draft): Record<string, string | number> {
  const { code, mode } = draft;
  const called = draft.called.trim();
  if (code === "break") return { code, mode: "mediator_speaks", minutes: Number(draft.minutes), called };
  return { code, mode, minutes: Number(draft.minutes), turn: Number(draft.turn), own: Number(draft.own), called };
}

export const MOST_RULES = 8;
export const LONGEST_RULE = 160;

/** The rules that were typed, each as one line; and what is wrong, by the number of its field. */
export function rulesOf(typed: readonly string[]): { rules: string[]; errors: Record<number, string> } {
  const lines = typed.map((one) => one.split(/\s+/).filter(Boolean).join(" "));
  const twice = lines.map((line, at) => line !== "" && lines.indexOf(line) < at);
  const errors = Object.fromEntries(twice.flatMap((one, at) => (one ? [[at, "This rule stands there already"]] : [])));
  if (lines.every((line) => line === "")) errors[0] = "Write at least one rule";
  return { rules: lines.filter(Boolean), errors };
}

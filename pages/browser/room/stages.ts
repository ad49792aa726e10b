// The stages of a sitting, as screens name them.
import { breakFact } from "./breaks";
import type { Floor } from "./frames";

export const STAGES: readonly { code: string; word: string }[] = [
  { code: "arriving", word: "Arriving" },
  { code: "welcome", word: "Welcome" },
  { code: "childs_voice", word: "The child’s voice" },
  { code: "first_turns", word: "First turns" },
  { code: "questions", word: "Questions" },
  { code: "private_rooms", word: "Private rooms" },
  { code: "options", word: "Options" },
  { code: "reading_back", word: "Reading back" },
];

export function stageWord(code: string, name = ""): string {
  if (name || code === "break") return name || "Break";
  return STAGES.find((stage) => stage.code === code)?.word ?? "";
}

/** "Stage 5 of 8: Questions" */
export function stageLine(floor: Floor | null): string {
  const stage = floor?.stage;
  return stage ? `Stage ${stage.number} of ${stage.count}: ${stageWord(stage.code, stage.name)}` : "Mediation meeting";
}

/** Small facts under the stage: nothing that counts, nothing that guesses. */
export function facts(floor: Floor | null, connected: boolean): string[] {
  if (!floor || !connected) return ["Not connected"];
  if (floor.mode === "unattended" && !floor.mediator.came) return ["Not begun yet", "Not recorded"];
  const paused = floor.mode === "paused" || floor.mode === "unattended" ? ["Everything is paused"] : [];
  const due = [breakFact(floor)].filter(Boolean);
  return [...(paused.length ? paused : due), "Not recorded"];
}

// The plan of this sitting in words. Pure.
import type { PlanStage } from "./deskframe";
import type { Floor } from "./frames";
import { STAGES, stageWord } from "./stages";

/** The stages of this sitting: its own plan, else the usual one. */
export function planOf(floor: Floor): PlanStage[] {
  const own = floor.desk?.plan ?? [];
  return own.length ? own : STAGES.map((stage) => ({ code: stage.code, name: "", mode: "", minutes: null }));
}

/** What a stage is called in this sitting. */
export function planWord(stage: PlanStage): string {
  return stageWord(stage.code, stage.name) || stage.code;
}

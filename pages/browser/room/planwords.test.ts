import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk.testing";
import { frozen } from "./deskwords";
import { planOf, planWord } from "./planwords";

const stage = (code: string, name = "") => ({ code, name, mode: "queue", minutes: 10 });

test("a stage has the mediator's own name, else the usual one; a break is a break", () => {
  const plan = planOf(desk({ desk: { plan: [stage("childs_voice", "Rowan’s voice"), stage("break"), stage("options")] } }));

  assert.deepEqual(plan.map(planWord), ["Rowan’s voice", "Break", "Options"]);
});

test("without a plan of its own the sitting has the usual stages", () => {
  assert.equal(planOf(desk({ desk: { plan: [] } })).length, 8);
});

test("nobody joins the queue in a break, in private rooms and before the meeting has begun; in a pause one can", () => {
  const modes = ["break", "private_rooms", "unattended", "paused", "queue", "round"];

  assert.deepEqual(
    modes.filter((mode) => frozen(desk({ floor: { mode } }))),
    ["break", "private_rooms", "unattended"],
  );
});

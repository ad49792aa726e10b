import assert from "node:assert/strict";
import { test } from "node:test";
import { HandClock } from "./clock.testing";
import { Voice } from "./voice";

function voice() {
  const clock = new HandClock();
  const shown: (string | null)[] = [];
  const made: Voice = new Voice(clock, () => shown.push(made.speaker));
  return { clock, shown, voice: made };
}

test("a cough changes nothing", () => {
  const { voice: it, clock, shown } = voice();

  it.hears("tessa");
  clock.pass(900);
  it.hears(null);
  clock.pass(5000);

  assert.deepEqual(shown, []);
});

test("a voice of one second becomes the speaker, and silence keeps it", () => {
  const { voice: it, clock, shown } = voice();

  it.hears("tessa");
  clock.pass(1000);
  it.hears(null);
  clock.pass(5000);

  assert.deepEqual(shown, ["tessa"]);
  assert.equal(it.speaker, "tessa");
});

test("the picture changes at most every two seconds", () => {
  const { voice: it, clock, shown } = voice();

  it.hears("tessa");
  clock.pass(1000);
  it.hears("colin");
  clock.pass(1000);
  assert.deepEqual(shown, ["tessa"]);
  clock.pass(1000);

  assert.deepEqual(shown, ["tessa", "colin"]);
});

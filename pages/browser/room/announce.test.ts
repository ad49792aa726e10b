import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "./announce";
import { HandClock } from "./clock.testing";

function heard() {
  const said: string[] = [];
  const region = {
    set textContent(words: string) {
      said.push(words);
    },
    get textContent() {
      return said.at(-1) ?? "";
    },
  };
  return { said, region };
}

function room() {
  const clock = new HandClock();
  const polite = heard();
  const alert = heard();
  return { clock, polite: polite.said, alert: alert.said, announcer: new Announcer(polite.region, alert.region, clock) };
}

test("the first sentence is said at once", () => {
  const { announcer, polite } = room();

  announcer.say("You are second.");

  assert.deepEqual(polite, ["You are second."]);
});

test("a cue of the time is not replaced by a newer sentence, and comes before it", () => {
  const { announcer, clock, polite } = room();

  announcer.say("You are third.");
  announcer.sayToo("About 30 seconds left.");
  announcer.say("You are second.");
  announcer.sayNow("Your microphone is free again.");
  announcer.sayToo("15 minutes left.");
  announcer.say("You are next.");
  clock.pass(9000);

  assert.deepEqual(polite, ["You are third.", "About 30 seconds left. 15 minutes left. You are next."]);
});

test("within three seconds a newer sentence replaces one that is not yet said", () => {
  const { announcer, clock, polite } = room();

  announcer.say("You are third.");
  announcer.say("You are second.");
  announcer.say("You are next.");
  clock.pass(2999);
  assert.deepEqual(polite, ["You are third."]);
  clock.pass(1);

  assert.deepEqual(polite, ["You are third.", "You are next."]);
});

test("what cannot wait is said at once, and what waited before it is dropped", () => {
  const { announcer, clock, polite, alert } = room();

  announcer.say("You are third.");
  announcer.say("You are next.");
  announcer.sayNow("You have the floor. Your microphone is off: turn it on to speak.");
  clock.pass(9_000);

  assert.deepEqual(polite, ["You are third."]);
  assert.deepEqual(alert, ["You have the floor. Your microphone is off: turn it on to speak."]);
});

test("the same words twice still change the region, so that they are heard twice", () => {
  const { announcer, alert } = room();

  announcer.sayNow("Your microphone is free again.");
  announcer.sayNow("Your microphone is free again.");

  assert.deepEqual(alert, ["Your microphone is free again.", "Your microphone is free again.\u00a0"]);
});

test("what was said is gone from the page after ten seconds", () => {
  const { announcer, clock, polite, alert } = room();

  announcer.say("You are next.");
  announcer.sayNow("Your microphone is free again.");
  clock.pass(10_000);

  assert.deepEqual(polite, ["You are next.", ""]);
  assert.deepEqual(alert, ["Your microphone is free again.", ""]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { HandClock } from "./clock.testing";
import { Ear, mayListen, type Report } from "./ear";
import { frame } from "./frames.testing";

const ON = frame({ desk: { next: null, owed: [], hearing: true } });
const OFF = frame({ version: 2, desk: { next: null, owed: [], hearing: false } });

function ear() {
  const clock = new HandClock(0);
  const sent: Report[] = [];
  return { clock, sent, ear: new Ear({ clock, time: () => clock.now() + 0.4, send: (report) => sent.push(report) }) };
}

test("who is heard is told when it changes, and once a second", () => {
  const { ear: it, clock, sent } = ear();

  it.told(ON);
  it.hears([]);
  clock.pass(300);
  it.hears(["t1"]);
  clock.pass(1200);
  it.hears(["t1", "c1"]);
  it.hears(["c1", "t1", "t1"]);

  assert.deepEqual(sent, [
    { at: 0, seats: [] },
    { at: 300, seats: ["t1"] },
    { at: 1300, seats: ["t1"] },
    { at: 1500, seats: ["c1", "t1"] },
  ]);
});

test("nothing is told before the server asks for it, nor after it is switched off", () => {
  const { ear: it, clock, sent } = ear();

  it.hears(["t1"]);
  clock.pass(5000);
  assert.deepEqual(sent, []);
  it.told(ON);
  it.told(OFF);
  clock.pass(5000);

  assert.equal(sent.length, 1);
});

test("a participant's page tells nothing, whatever it hears", () => {
  const { ear: it, clock, sent } = ear();

  it.told(frame());
  it.told({ kind: "doors", desk: { hearing: true } });
  it.hears(["t1"]);
  clock.pass(5000);

  assert.deepEqual(sent, []);
});

test("a trainee's desk tells nothing, though it sees that listening is on", () => {
  assert.equal(mayListen(frame({ you: { leads: true }, desk: { hearing: true } })), true);
  assert.equal(mayListen(frame({ you: { leads: false }, desk: { hearing: true } })), false);
});

test("while sound is not connected nothing is told, not even silence", () => {
  const { ear: it, clock, sent } = ear();

  it.told(ON);
  clock.pass(5000);
  it.hears(["t1"]);
  it.hears(null);
  clock.pass(5000);

  assert.deepEqual(sent, [{ at: 5000, seats: ["t1"] }]);
});

test("what the server could not read is left out", () => {
  const { ear: it, sent } = ear();

  it.told(ON);
  it.hears(["", "a b", "x".repeat(41), "t1", ...Array.from({ length: 60 }, (_, index) => `z${index}`)]);

  assert.equal(sent[0]?.seats.length, 40);
  assert.equal(sent[0]?.seats[0], "t1");
});

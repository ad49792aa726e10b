import assert from "node:assert/strict";
import { test } from "node:test";
import { Ear, LAMPS, lamps, loudness } from "./level";

test("loudness is the root mean square", () => {
  assert.equal(loudness(new Float32Array([0.5, -0.5, 0.5, -0.5])), 0.5);
  assert.equal(loudness(new Float32Array()), 0);
});

test("silence lights no lamp, a voice about half, a shout all", () => {
  assert.equal(lamps(0), 0);
  assert.equal(lamps(0.02), 7);
  assert.equal(lamps(0.9), LAMPS);
});

test("three loud looks are a voice, and silence afterwards does not take that back", () => {
  const ear = new Ear();

  const said = [0.05, 0.05, 0.05, ...Array<number>(100).fill(0)].map((loud) => ear.look(loud));

  assert.deepEqual(said.slice(0, 3), ["listening", "listening", "heard"]);
  assert.equal(said.at(-1), "heard");
});

test("six seconds of nearly nothing is very little, and a later voice is still heard", () => {
  const ear = new Ear();

  for (let look = 0; look < 60; look += 1) ear.look(0.001);
  assert.equal(ear.hearing, "little");
  for (let look = 0; look < 3; look += 1) ear.look(0.05);

  assert.equal(ear.hearing, "heard");
});

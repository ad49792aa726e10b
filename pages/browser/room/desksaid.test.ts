import assert from "node:assert/strict";
import { test } from "node:test";
import { desk, signal } from "./desk.testing";
import { floor } from "./frames.testing";
import { NO_MEDIA } from "./media";
import { said } from "./said";

function heard(before: Record<string, unknown>, after: Record<string, unknown>, holder: string | null = null): string {
  return said(desk({ floor: { holder }, desk: before }), desk({ floor: { holder }, desk: after }), NO_MEDIA).polite;
}

test("a signal is told once, politely, with who it is from", () => {
  assert.equal(heard({}, { told: [signal(1)] }), "Signal: pause, please. Tessa A., family.");
  assert.equal(heard({ told: [signal(1)] }, { told: [signal(1)] }), "");
  assert.equal(heard({ told: [signal(1)] }, { told: [signal(1, { escalated: true })] }), "");
});

test("a word without a name stays without a name when it is told", () => {
  assert.equal(
    heard({}, { told: [signal(1, { what: "word", word: "EOTAS", seat: null })] }),
    "Signal: “EOTAS”: what is it. Sent without a name.",
  );
});

test("an open cue is told once", () => {
  const cue = { seats: ["c1"], since: null, over: false };

  assert.equal(heard({}, { cue }, "t1"), "Two sides at once. Time stopped.");
  assert.equal(heard({ cue }, { cue: { ...cue, over: true } }, "t1"), "");
});

test("a participant hears of neither", () => {
  assert.equal(said(floor(), floor({ version: 2 }), NO_MEDIA).polite, "");
});

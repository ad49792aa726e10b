import assert from "node:assert/strict";
import { test } from "node:test";
import { desk } from "./desk.testing";
import { pressed } from "./deskkeys";
import { NO_MEDIA } from "./media";
import { KEYS_OFF, actOf, readKeys, whyNot, withKey } from "./shortcuts";
import type { Acts, FloorView } from "./state";
import { tabAfter } from "./tools";

const ON = { ...KEYS_OFF, on: true };
const key = (name: string, held: object = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...held });

function view(floor: ReturnType<typeof desk>) {
  const asked: unknown[] = [];
  const acts = { ask: (kind: string, facts?: object) => asked.push([kind, facts ?? {}]), open: (sheet: unknown) => asked.push(["open", sheet]) };
  const shown = { floor, state: { media: NO_MEDIA }, acts: acts as unknown as Acts } as unknown as FloorView;
  return { asked, shown };
}

test("keys do nothing until they are turned on", () => {
  assert.equal(actOf(KEYS_OFF, key("f"), false), null);
  assert.equal(actOf(ON, key("F"), false), "next");
});

test("keys do nothing while something is typed, held down, or pressed with another", () => {
  assert.equal(actOf(ON, key("f"), true), null);
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }]) {
    assert.equal(actOf(ON, key("f", held), false), null);
  }
});

test("a key can be another, but not one that is used or that is not a sign", () => {
  assert.equal(actOf(withKey(ON, "next", "N"), key("n"), false), "next");
  assert.equal(actOf(withKey(ON, "next", "N"), key("f"), false), null);
  assert.match(whyNot(ON, "next", "P"), /used already: pause for all/);
  assert.notEqual(whyNot(ON, "next", " "), "");
  assert.equal(whyNot(ON, "next", "f"), "");
});

test("what a browser kept is read carefully", () => {
  assert.deepEqual(readKeys({}), KEYS_OFF);
  assert.equal(readKeys({ on: true, keys: { next: "n", other: "x", pause: "long" } }).keys["next"], "n");
  assert.equal(readKeys({ on: true, keys: { pause: "long" } }).keys["pause"], "p");
});

test("1, 2 and 3 answer an open cue and nothing else; the next waits until it is answered", () => {
  const open = view(desk({ floor: { holder: "t1" }, desk: { next: "c1", cue: { seats: ["c1"], since: null, over: false } } }));
  const none = view(desk({ floor: { holder: "t1" }, desk: { next: "c1" } }));

  for (const act of ["first", "second", "third", "next"]) pressed(open.shown, act);
  for (const act of ["first", "next"]) pressed(none.shown, act);

  assert.deepEqual(open.asked, [
    ["let_finish", {}],
    ["holder_yields", {}],
    ["pause", { why: "pause" }],
  ]);
  assert.deepEqual(none.asked, [["give_next", { seat: "c1" }]]);
});

test("a trainee's keys give no commands", () => {
  const { asked, shown } = view(desk({ you: { leads: false }, desk: { next: "c1" } }));

  for (const act of ["next", "pause", "add hand", "first", "microphone"]) assert.equal(pressed(shown, act), false);
  assert.deepEqual(asked, []);
});

test("arrow keys go round the tabs, Home and End to the first and the last", () => {
  const tabs = ["mics", "draft", "settings"];
  const from = (at: string, name: string) => tabAfter(tabs, at, name);

  assert.deepEqual([from("mics", "ArrowRight"), from("settings", "ArrowRight"), from("mics", "ArrowLeft")], ["draft", "mics", "settings"]);
  assert.deepEqual([from("draft", "Home"), from("draft", "End"), from("draft", "a")], ["mics", "settings", null]);
});

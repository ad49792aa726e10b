import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "./announce";
import { HandClock } from "./clock.testing";
import { endNotice } from "./ends";
import { NOON, at, frame, statement, yours } from "./frames.testing";
import { NO_MEDIA } from "./media";
import { Session } from "./session";

function session(wrong = NOON + 300_000) {
  const clock = new HandClock(wrong);
  const done: string[] = [];
  const note = (words: string) => () => void done.push(words);
  const heard: string[] = [];
  const region = () => ({
    set textContent(words: string) {
      heard.push(words);
    },
    get textContent() {
      return "";
    },
  });
  const made = new Session({
    clock,
    announcer: new Announcer(region(), region(), clock),
    line: {
      ask: (kind, version, facts) => void done.push(`ask ${kind} ${version} ${JSON.stringify(facts ?? {})}`),
      retry: note("retry"),
      end: note("end"),
    },
    video: {
      start: note("start"),
      end: note("video end"),
      hold: note("hold"),
      moved: (epoch) => void done.push(`moved ${epoch}`),
      microphone: async (on) => void done.push(`microphone ${on}`),
      camera: async (on) => void done.push(`camera ${on}`),
      hear: async () => void done.push("hear"),
    },
    draw: () => {},
    reload: note("reload"),
    chime: note("chime"),
    postDoor: async (act, attendance) => {
      done.push(`door ${act} ${attendance}`);
      return "";
    },
  });
  return { clock, done, heard, session: made };
}

const IN = { ...NO_MEDIA, state: "in" as const };

test("the browser's clock may be wrong by minutes: the server's time counts", () => {
  const { session: it, clock } = session();

  it.hear(frame({ now: at(0) }));
  clock.pass(2000);

  assert.equal(it.state.now, NOON + 2000);
});

for (const wrong of [-300_000, 0, 300_000]) {
  test(`the end is told when the server says so, on a clock that is wrong by ${wrong / 60_000} minutes`, () => {
    const { session: it, clock, heard } = session(NOON + wrong);
    const ends = (left: number | null) => ({ floor: { ends: { at: at(3600), left } } });

    it.hear(frame({ now: at(2699), ...ends(null) }));
    clock.pass(900);
    const early = heard.filter((words) => words.includes("left"));
    it.hear(frame({ version: 2, now: at(2700), ...ends(15) }));
    clock.pass(3000);

    assert.deepEqual(early, []);
    assert.deepEqual(heard.filter((words) => words.includes("left")), ["15 minutes left."]);
    assert.equal(it.state.floor && endNotice(it.state.floor, it.state.now), "15 minutes left.");
    clock.pass(60_000);
    assert.equal(it.state.floor && endNotice(it.state.floor, it.state.now), "");
  });
}

test("a microphone that the server holds is closed here too, once", () => {
  const { session: it, done } = session();

  it.mediaIs({ ...IN, micOn: true });
  it.hear(frame(statement()));
  it.mediaIs({ ...IN, micOn: false });

  assert.deepEqual(done, ["hold"]);
});

test("no frame of any kind opens a microphone or a camera", () => {
  const { session: it, done, clock } = session();

  it.mediaIs(IN);
  for (const next of [frame(statement()), frame(yours(180)), frame(), { kind: "media", epoch: 2 }, { kind: "doors", doors: [] }]) it.hear(next);
  clock.pass(60_000);

  assert.deepEqual(done.filter((words) => words.startsWith("microphone") || words.startsWith("camera")), []);
});

test("getting the floor chimes once while the microphone is off, and not for who has it on or has turned sounds off", () => {
  const { session: it, done } = session();

  it.hear(frame());
  it.hear(frame({ version: 2, ...yours(180) }));
  it.hear(frame({ version: 3, ...yours(170) }));
  assert.deepEqual(done, ["chime"]);
  it.hear(frame({ version: 4 }));
  it.acts().sound(false);
  it.hear(frame({ version: 5, ...yours(180) }));

  assert.deepEqual(done, ["chime"]);
});

test("a cue is said once, though the holder's time stands still in between or the server's clock is set back", () => {
  const { session: it, clock, heard } = session();
  const cues = () => heard.filter((words) => words.includes("About 30 seconds left."));

  it.hear(frame({ ...yours(32), now: at(0) }));
  clock.pass(3000);
  assert.equal(cues().length, 1);
  it.hear(frame({ ...yours(29.9, false), version: 2, now: at(3) }));
  clock.pass(5600);
  const running = yours(29.9);
  it.hear(frame({ ...running, turn: { ...running.turn, ends_at: at(38.5) }, version: 3, now: at(8.6) }));
  clock.pass(1000);
  assert.equal(cues().length, 1);
  it.hear(frame({ ...running, turn: { ...running.turn, ends_at: at(38.5) }, version: 4, now: at(6.6) }));
  clock.pass(4000);

  assert.equal(cues().length, 1);
});

test("a cue that falls between a look and a frame is not lost", () => {
  const { session: it, clock, heard } = session();

  it.hear(frame({ ...yours(31.5), now: at(0) }));
  clock.pass(1600);
  it.hear(frame({ ...yours(29.9, false), version: 2, now: at(1.6) }));
  clock.pass(5000);

  assert.equal(heard.filter((words) => words.includes("About 30 seconds left.")).length, 1);
});

test("an older floor that comes late is not shown", () => {
  const { session: it } = session();

  it.hear(frame({ version: 7, floor: { holder: "c1" } }));
  it.hear(frame({ version: 6 }));

  assert.equal(it.state.floor?.holder, "c1");
});

test("a line that is back within two seconds is not worth a word", () => {
  const { session: it, clock, heard } = session();

  it.lineIs("open");
  it.hear(frame());
  it.lineIs("lost");
  clock.pass(1000);
  it.lineIs("open");
  clock.pass(5000);

  assert.equal(it.state.dropped, false);
  assert.deepEqual(heard, []);
});

test("a longer loss is said, and so is the way back with the place", () => {
  const { session: it, clock, heard } = session();
  const second = frame({ floor: { queue: [] }, you: { hand: "up", place: 2 } });

  it.lineIs("open");
  it.hear(frame({ you: { hand: "up", place: 2 } }));
  it.lineIs("lost");
  clock.pass(2000);
  it.lineIs("open");
  it.hear(second);

  assert.deepEqual(heard, ["You are second.", "Your connection dropped. Your place is kept.", "You are back. You are second."]);
});

test("asking carries the version on the screen; a refusal is told, and goes with the next thing asked", () => {
  const { session: it, done, heard } = session();

  it.hear(frame({ version: 41 }));
  it.hear({ kind: "refused", op: "x", words: "This has changed since you saw it." });
  assert.equal(it.state.refused, "This has changed since you saw it.");
  assert.deepEqual(heard, ["This has changed since you saw it."]);
  it.acts().ask("move_hand", { seat: "t1", place: 1 });

  assert.deepEqual(done, ['ask move_hand 41 {"seat":"t1","place":1}']);
  assert.equal(it.state.refused, "");
});

test("what was written into a form is asked with the version at which it was opened", () => {
  const { session: it, done } = session();

  it.hear(frame({ version: 44 }));
  it.acts().ask("remove_stage", { number: 6 }, 41);
  it.acts().ask("remove_stage", { number: 7 });

  assert.deepEqual(done, ['ask remove_stage 41 {"number":6}', 'ask remove_stage 44 {"number":7}']);
});

test("a refusal that belongs to a field is said there, and not a second time", () => {
  const { session: it, heard } = session();

  it.hear(frame());
  it.hear({ kind: "refused", op: "x", words: "Choose a whole number.", field: "reply" });
  assert.deepEqual([it.state.refused, it.state.refusedAt, heard], ["Choose a whole number.", "reply", []]);
  it.acts().ask("finish");

  assert.deepEqual([it.state.refused, it.state.refusedAt], ["", ""]);
});

test("over closes sound and picture; reload begins the page again; a new room is told to the video", () => {
  const { session: it, done } = session();

  it.hear({ kind: "media", epoch: 3 });
  it.hear({ kind: "reload" });
  it.hear({ kind: "over" });

  assert.deepEqual(done, ["moved 3", "reload", "video end"]);
  assert.equal(it.state.line, "over");
});

test("a soft mute closes the microphone once and says why; whoever opens it again has read it", () => {
  const { session: made, done, heard } = session();
  made.hear(frame());
  made.mediaIs({ ...NO_MEDIA, state: "in", micOn: true });

  made.hear(frame({ version: 2, you: { muted: { number: 1, by: "mediator", reason: "noise" } } }));
  made.hear(frame({ version: 3, you: { muted: { number: 1, by: "mediator", reason: "noise" } } }));

  assert.deepEqual(done.filter((one) => one.startsWith("microphone")), ["microphone false"]);
  assert.ok(heard.includes("Idris muted your microphone: background noise. You can turn it on again."));
  assert.equal(made.state.muted, "noise");
  made.mediaIs({ ...NO_MEDIA, state: "in" });
  made.mediaIs({ ...NO_MEDIA, state: "in", micOn: true });
  assert.equal(made.state.muted, null);
});

test("a mute from before this page was loaded is still read and closes nothing, as a new page begins with the microphone off", () => {
  const { session: made, done } = session();

  made.hear(frame({ you: { muted: { number: 4, by: "mediator", reason: "echo" } } }));

  assert.deepEqual(done.filter((one) => one.startsWith("microphone")), []);
  assert.equal(made.state.muted, "echo");
});

test("the sentence for who comes late is not shown to who was there when it was written", () => {
  const late = session().session;
  const here = session().session;
  here.hear(frame());

  for (const one of [late, here]) one.hear(frame({ version: 2, floor: { recap: "We have heard both sides about mornings." } }));

  assert.deepEqual([late.state.recapSeen, here.state.recapSeen], ["", "We have heard both sides about mornings."]);
});

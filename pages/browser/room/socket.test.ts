import assert from "node:assert/strict";
import { test } from "node:test";
import { HandClock } from "./clock.testing";
import { Line, socketAddress, type Frame, type LineState, type Socket } from "./socket";

class ScriptedSocket implements Socket {
  sent: Frame[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Frame);
  }

  close(): void {
    this.closed = true;
  }

  asks(): Frame[] {
    return this.sent.filter((words) => words.kind !== "heartbeat");
  }

  says(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }
}

function line() {
  const clock = new HandClock();
  const sockets: ScriptedSocket[] = [];
  const frames: Frame[] = [];
  const states: LineState[] = [];
  let ids = 0;
  const made = new Line({
    clock,
    open: () => {
      const socket = new ScriptedSocket();
      sockets.push(socket);
      return socket;
    },
    newId: () => `op-${(ids += 1)}`,
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
  });
  made.start();
  const last = () => sockets.at(-1) as ScriptedSocket;
  return { clock, sockets, frames, states, line: made, last };
}

test("an ask is sent once the line is open, and answered once", () => {
  const { line: it, last, frames } = line();

  it.ask("raise_hand", 3);
  assert.deepEqual(last().sent, []);
  last().onopen?.();
  last().says({ kind: "done", op: "op-1" });

  assert.deepEqual(last().asks(), [{ kind: "raise_hand", op: "op-1", version: 3 }]);
  assert.deepEqual(frames, [{ kind: "done", op: "op-1" }]);
  assert.equal(it.waitsFor("raise_hand"), false);
});

test("an ask that was not answered is asked again with the same id after the line comes back", () => {
  const { line: it, clock, last, sockets, states } = line();

  last().onopen?.();
  it.ask("raise_hand", 3);
  last().onclose?.({ code: 1006 });
  clock.pass(300);
  last().onopen?.();

  assert.equal(sockets.length, 2);
  assert.deepEqual(last().asks(), [{ kind: "raise_hand", op: "op-1", version: 3 }]);
  assert.deepEqual(states, ["open", "lost", "open"]);
});

test("a refused ask is not asked again", () => {
  const { line: it, clock, last } = line();

  last().onopen?.();
  it.ask("give_next", 1, { seat: "t1" });
  last().says({ kind: "refused", op: "op-1", words: "Mina did this a moment ago. This is how it is now." });
  last().onclose?.({ code: 1006 });
  clock.pass(300);
  last().onopen?.();

  assert.deepEqual(last().asks(), []);
});

test("the same thing is not asked twice while the first waits", () => {
  const { line: it, last } = line();

  last().onopen?.();
  it.ask("raise_hand", 1);
  it.ask("raise_hand", 1);

  assert.equal(last().asks().length, 1);
});

test("the same thing for another seat is another ask", () => {
  const { line: it, last } = line();

  last().onopen?.();
  it.ask("add_hand", 1, { seat: "t1" });
  it.ask("add_hand", 1, { seat: "o1" });

  assert.deepEqual(last().asks().map((words) => words["seat"]), ["t1", "o1"]);
});

test("a second minute is another minute, and a hand goes the way it was pressed last", () => {
  const { line: it, last } = line();
  last().onopen?.();

  it.ask("more_time", 1, { seconds: 60 });
  it.ask("more_time", 1, { seconds: 60 });
  for (const kind of ["lower_hand", "restore_hand", "lower_hand"]) it.ask(kind, 1);
  it.ask("give_to", 1, { seat: "t1", minutes: 2 });
  it.ask("give_to", 1, { seat: "t1" });

  assert.deepEqual(
    last().asks().map((ask) => ask.kind),
    ["more_time", "more_time", "lower_hand", "restore_hand", "lower_hand", "give_to", "give_to"],
  );
});

test("the line tries again after 0.3, 1, 2 and then every 3 seconds, for ever", () => {
  const { clock, last, sockets } = line();
  const tried: number[] = [];

  for (let count = 0; count < 8; count += 1) {
    const before = sockets.length;
    const lost = clock.now();
    last().onclose?.({ code: 1006 });
    while (sockets.length === before) clock.pass(100);
    tried.push(clock.now() - lost);
  }

  assert.deepEqual(tried, [300, 1000, 2000, 3000, 3000, 3000, 3000, 3000]);
});

test("a worker that dies without a word, twice, costs less than ten seconds", () => {
  const { clock, last, states } = line();

  last().onopen?.();
  const killed = clock.now();
  last().onclose?.({ code: 1006 });
  clock.pass(300 + 4000 + 1000);
  last().onopen?.();

  assert.equal(states.at(-1), "open");
  assert.ok(clock.now() - killed < 10_000);
});

test("it beats every five seconds, and a server that stopped answering its beats is left", () => {
  const { clock, last, states } = line();

  last().onopen?.();
  last().says({ kind: "heartbeat" });
  clock.pass(10_000);
  assert.equal(last().sent.filter((words) => words.kind === "heartbeat").length, 3);
  assert.equal(states.at(-1), "open");
  clock.pass(5000);

  assert.equal(states.at(-1), "lost");
});

test("whoever has the floor beats every second, so that their time stops where their line did", () => {
  const { clock, last } = line();
  const beats = () => last().sent.filter((words) => words.kind === "heartbeat").length;

  last().onopen?.();
  last().says({ kind: "floor", you: { holds: true } });
  clock.pass(3000);
  assert.equal(beats(), 5);
  last().says({ kind: "floor", you: { holds: true } });
  assert.equal(beats(), 5);
  last().says({ kind: "floor", you: { holds: false } });
  clock.pass(1000);
  assert.equal(beats(), 6);
  clock.pass(5000);

  assert.equal(beats(), 7);
});

test("a server that never answers beats is not left for its silence", () => {
  const { clock, last, states } = line();

  last().onopen?.();
  clock.pass(60_000);

  assert.deepEqual(states, ["open"]);
  assert.equal(last().closed, false);
});

test("what is only true now is said on an open line, once, and carries how long the way is", () => {
  const { line: it, clock, last } = line();
  const heard = () => last().sent.filter((words) => words.kind === "heard");

  it.mention("heard", { at: 1, seats: [] });
  last().onopen?.();
  it.mention("heard", { at: 2, seats: ["t1"] });
  clock.pass(80);
  last().says({ kind: "heartbeat" });
  it.mention("heard", { at: 3, seats: [] });
  assert.deepEqual(heard(), [
    { kind: "heard", at: 2, seats: ["t1"] },
    { kind: "heard", at: 3, seats: [], rtt: 80 },
  ]);
  last().onclose?.({ code: 1006 });
  it.mention("heard", { at: 4, seats: [] });
  clock.pass(300);
  last().onopen?.();

  assert.deepEqual(heard(), []);
  assert.equal(it.waitsFor("heard"), false);
});

test("told over, the line never dials again", () => {
  const { clock, last, sockets, states, line: it, frames } = line();

  last().onopen?.();
  it.ask("raise_hand", 1);
  last().says({ kind: "over" });
  clock.pass(60_000);
  it.retry();

  assert.equal(sockets.length, 1);
  assert.equal(last().closed, true);
  assert.deepEqual(states, ["open", "over"]);
  assert.deepEqual(frames, [{ kind: "over" }]);
});

test("what is not a frame is passed over", () => {
  const { last, frames } = line();

  last().onopen?.();
  for (const noise of ["", "{", "null", "[]", '"floor"', '{"kind": 3}']) last().says(noise);

  assert.deepEqual(frames, []);
});

test("the person may try sooner", () => {
  const { line: it, last, sockets } = line();

  last().onclose?.({ code: 1006 });
  it.retry();

  assert.equal(sockets.length, 2);
});

test("the socket is on our own server, under the same lock as the page", () => {
  assert.equal(socketAddress("/room/1/socket", "https://evenhand.example/room/1"), "wss://evenhand.example/room/1/socket");
  assert.equal(socketAddress("/room/1/socket", "http://127.0.0.1:8080/room/1"), "ws://127.0.0.1:8080/room/1/socket");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { Refused, wordsFor } from "./words";

test("a prompt that was closed is told apart for making and for showing", () => {
  const closed = new DOMException("", "NotAllowedError");
  assert.match(wordsFor("create", closed), /^No passkey was made: it was stopped/);
  assert.match(wordsFor("get", closed), /^No passkey was used.* this device does not have yours/);
});

test("a device that holds a key already, or can hold none, is named", () => {
  assert.match(wordsFor("create", new DOMException("", "InvalidStateError")), /has a passkey of yours already/);
  assert.match(wordsFor("create", new DOMException("", "NotSupportedError")), /cannot make a passkey/);
  assert.match(wordsFor("get", new DOMException("", "InvalidStateError")), /^That did not work/);
});

test("a refusal is told in the service's words, and a lost line is not blamed on the key", () => {
  assert.equal(wordsFor("get", new Refused("Too many tries.")), "Too many tries.");
  assert.match(wordsFor("get", new Refused("")), /^That did not work/);
  assert.match(wordsFor("get", new TypeError("Failed to fetch")), /could not reach our service/);
});

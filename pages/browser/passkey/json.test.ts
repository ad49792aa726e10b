import assert from "node:assert/strict";
import { test } from "node:test";

import { asCreation, asJSON, asRequest, toBytes, toText } from "./json";

test("bytes survive the way to text and back, without padding or signs a URL dislikes", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const text = toText(bytes.buffer);
  assert.doesNotMatch(text, /[+/=]/);
  assert.deepEqual(toBytes(text), bytes);
});

test("options for a new passkey have bytes where the browser wants bytes", () => {
  const options = asCreation({
    challenge: "AQI",
    rp: { name: "Evenhand" },
    user: { id: "Aw", name: "mina", displayName: "Mina" },
    excludeCredentials: [{ id: "BA", type: "public-key" }],
  });
  assert.deepEqual(options.challenge, Uint8Array.of(1, 2));
  assert.deepEqual(options.user.id, Uint8Array.of(3));
  assert.deepEqual(options.excludeCredentials?.[0]?.id, Uint8Array.of(4));
  assert.equal(options.rp.name, "Evenhand");
});

test("options for a known passkey may name none", () => {
  assert.deepEqual(asRequest({ challenge: "AQ" }).allowCredentials, []);
});

test("an answer leaves out what the device did not give", () => {
  const made = {
    id: "Ag",
    rawId: Uint8Array.of(2).buffer,
    type: "public-key",
    response: { clientDataJSON: Uint8Array.of(1).buffer, signature: Uint8Array.of(9).buffer, userHandle: null },
    getClientExtensionResults: () => ({}),
  } as unknown as PublicKeyCredential;
  assert.deepEqual(asJSON(made), {
    id: "Ag",
    rawId: "Ag",
    type: "public-key",
    response: { clientDataJSON: "AQ", signature: "CQ" },
    clientExtensionResults: {},
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { askToken, type TokenAnswer } from "./token";

const answers: [string, () => Promise<Response>, TokenAnswer][] = [
  [
    "a token",
    async () => Response.json({ url: "wss://video.example", token: "t", epoch: 3 }),
    { kind: "token", url: "wss://video.example", token: "t", epoch: 3 },
  ],
  [
    "video is down",
    async () => Response.json({ retry: 7, words: "Sound and pictures are not working at the moment." }, { status: 503 }),
    { kind: "later", seconds: 7, words: "Sound and pictures are not working at the moment." },
  ],
  ["our own server is down", async () => new Response("oops", { status: 502 }), { kind: "later", seconds: 5, words: "" }],
  ["no network", async () => Promise.reject(new TypeError("no network")), { kind: "later", seconds: 5, words: "" }],
  ["no video here", async () => Response.json({ video: false }), { kind: "none" }],
  ["no such room", async () => new Response("", { status: 404 }), { kind: "none" }],
  ["not admitted", async () => new Response("", { status: 403 }), { kind: "refused" }],
];

for (const [name, answer, expected] of answers) {
  test(`asking for a token: ${name}`, async () => {
    assert.deepEqual(await askToken("/room/1/token", answer as typeof fetch), expected);
  });
}

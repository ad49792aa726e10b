// What a person is told when a passkey was not made or not used: what happened, and what can be done now.
// The browser's own words are for programmers, and it says one name (NotAllowedError) for a prompt that was closed, one
// that was left alone, and a device without the key, so that pages cannot look into devices.

export type Asked = "create" | "get";

/** The service said no; its words are for the reader. */
export class Refused extends Error {}

const STOPPED: Readonly<Record<Asked, string>> = {
  create: "No passkey was made: it was stopped, or it took too long. Nothing has changed. You can try again.",
  get: "No passkey was used. It was stopped, it took too long, or this device does not have yours. You can try again here, or on the device that has it.",
};
const KNOWN = "This device has a passkey of yours already. You do not need another one on it.";
const CANNOT = "This device cannot make a passkey that your finger, face or PIN opens. Use an app, or another device.";
const AWAY = "We could not reach our service. Nothing has changed. Check your connection, then try again.";
const ODD = "That did not work. Nothing has changed. You can try again.";

export function wordsFor(asked: Asked, fault: unknown): string {
  if (fault instanceof Refused) return fault.message || ODD;
  const name = fault instanceof Error ? fault.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return STOPPED[asked];
  if (name === "InvalidStateError" && asked === "create") return KNOWN;
  if ((name === "NotSupportedError" || name === "ConstraintError") && asked === "create") return CANNOT;
  return name === "TypeError" ? AWAY : ODD;
}

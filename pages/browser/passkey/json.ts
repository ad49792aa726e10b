// WebAuthn's options and answers between JSON (base64url) and the browser's own forms (bytes), for browsers of any age.

type Json = Record<string, unknown>;

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

export function toText(bytes: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function keys(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as Json[]).map((one) => ({ ...one, id: toBytes(String(one["id"])) }) as unknown as PublicKeyCredentialDescriptor);
}

export function asCreation(json: Json): PublicKeyCredentialCreationOptions {
  const user = json["user"] as Json;
  return {
    ...json,
    challenge: toBytes(String(json["challenge"])),
    user: { ...user, id: toBytes(String(user["id"])) },
    excludeCredentials: keys(json["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
}

export function asRequest(json: Json): PublicKeyCredentialRequestOptions {
  return {
    ...json,
    challenge: toBytes(String(json["challenge"])),
    allowCredentials: keys(json["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
}

/** The credential as the server reads it: every buffer as base64url. */
export function asJSON(made: PublicKeyCredential): Json {
  const given = made.response as unknown as Record<string, unknown>;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = Object.fromEntries(
    names.filter((name) => given[name] instanceof ArrayBuffer).map((name) => [name, toText(given[name] as ArrayBuffer)]),
  );
  return { id: made.id, rawId: toText(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults() };
}

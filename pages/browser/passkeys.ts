// A passkey as the second proof of staff: asked for when the button is pressed, never by itself.
// The element says what to do (`data-passkey`: create or get) and where to ask (`data-options`) and answer (`data-answer`).
// Options and answer travel as the JSON forms of WebAuthn level 3; the answer's answer names where to go on.
import { asCreation, asRequest, asJSON } from "./passkey/json";

type Asked = "create" | "get";

async function sent(address: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Record<string, unknown>;
}

async function proof(asked: Asked, options: Record<string, unknown>): Promise<Credential | null> {
  return asked === "create"
    ? navigator.credentials.create({ publicKey: asCreation(options) })
    : navigator.credentials.get({ publicKey: asRequest(options) });
}

class Passkey {
  private readonly asked: Asked;
  private readonly button: HTMLButtonElement;
  private readonly said: HTMLElement;

  constructor(private readonly element: HTMLElement) {
    const [button, said] = [element.querySelector("button"), element.querySelector<HTMLElement>("[role=status]")];
    if (!button || !said || !element.dataset.options || !element.dataset.answer) throw new Error("passkey: parts are missing");
    this.asked = element.dataset.passkey === "create" ? "create" : "get";
    [this.button, this.said] = [button, said];
    this.button.addEventListener("click", () => void this.ask());
    element.hidden = false;
  }

  private async ask(): Promise<void> {
    this.button.disabled = true;
    this.said.textContent = "Waiting for your device.";
    try {
      const made = await proof(this.asked, await sent(this.element.dataset.options ?? "", {}));
      if (!made) throw new Error("no passkey");
      const { location: next } = await sent(this.element.dataset.answer ?? "", asJSON(made as PublicKeyCredential));
      window.location.assign(String(next));
    } catch {
      this.said.textContent = "That did not work. Nothing has changed. Try again, or use a code.";
      this.button.disabled = false;
    }
  }
}

if ("PublicKeyCredential" in window) {
  for (const element of document.querySelectorAll<HTMLElement>("[data-passkey]")) new Passkey(element);
}

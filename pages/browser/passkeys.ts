// A passkey as the second proof of staff: asked for when the button is pressed, never by itself.
// The element says what to do (`data-passkey`: create or get) and where to ask (`data-options`) and answer (`data-answer`).
// Options and answer travel as the JSON forms of WebAuthn level 3; the answer's answer names where to go on.
import { asCreation, asJSON, asRequest } from "./passkey/json";
import { Refused, wordsFor } from "./passkey/words";
import type { Asked } from "./passkey/words";

type Json = Record<string, unknown>;

/** What the service answers; nothing where it leads elsewhere (signed out meanwhile, or an older proof comes first). */
async function sent(address: string, body: Json): Promise<Json | null> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.redirected) {
    window.location.assign(answer.url);
    return null;
  }
  const said = (await answer.json().catch(() => ({}))) as Json;
  if (!answer.ok) throw new Refused(String(said["words"] ?? ""));
  return said;
}

async function proof(asked: Asked, options: Json): Promise<Credential> {
  const made = await (asked === "create"
    ? navigator.credentials.create({ publicKey: asCreation(options) })
    : navigator.credentials.get({ publicKey: asRequest(options) }));
  if (!made) throw new Refused();
  return made;
}

class Passkey {
  private readonly asked: Asked;
  private readonly button: HTMLButtonElement;
  private readonly said: HTMLElement;
  private waiting = false;

  constructor(private readonly element: HTMLElement) {
    const [button, said] = [element.querySelector("button"), element.querySelector<HTMLElement>("[role=status]")];
    if (!button || !said || !element.dataset.options || !element.dataset.answer) throw new Error("passkey: parts are missing");
    this.asked = element.dataset.passkey === "create" ? "create" : "get";
    [this.button, this.said] = [button, said];
    this.button.addEventListener("click", () => void this.ask());
    element.hidden = false;
  }

  private async ask(): Promise<void> {
    if (this.waiting) return;
    this.wait(true, "Waiting for your device.");
    try {
      await this.through();
    } catch (fault) {
      this.wait(false, wordsFor(this.asked, fault));
    }
  }

  private async through(): Promise<void> {
    const asked = { asked: this.asked };
    const options = await sent(this.element.dataset.options ?? "", asked);
    if (!options) return;
    const made = (await proof(this.asked, options)) as PublicKeyCredential;
    const answer = await sent(this.element.dataset.answer ?? "", { ...asJSON(made), ...asked });
    if (answer) window.location.assign(String(answer["location"]));
  }

  /** Marked as out of use rather than disabled: a disabled button would let go of the keyboard's place on the page. */
  private wait(waiting: boolean, words: string): void {
    this.waiting = waiting;
    this.button.setAttribute("aria-disabled", String(waiting));
    this.said.textContent = words;
  }
}

if ("PublicKeyCredential" in window) {
  for (const element of document.querySelectorAll<HTMLElement>("[data-passkey]")) new Passkey(element);
  for (const element of document.querySelectorAll<HTMLElement>("[data-passkey-none]")) element.hidden = true;
}

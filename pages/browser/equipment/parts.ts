// The parts of the equipment page: each is found by its id, or the page says which one it lacks.

export type Verdict = "works" | "looks doubtful" | "not tried";

export function part<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`Equipment check: #${id} is not there`);
  return found;
}

const LOOKS: Readonly<Record<Verdict, string>> = {
  works: "check__state",
  "looks doubtful": "check__state check__state--look",
  "not tried": "soft",
};

/** The line that says how a check went, in words, with a sign. */
export class Verdicts {
  private readonly line: HTMLElement;
  private readonly result: HTMLElement | null;

  constructor(
    name: "sound" | "mic" | "cam",
    private readonly icons: string,
  ) {
    this.line = part(`${name}-state`, HTMLElement);
    this.result = document.getElementById(`${name}-result`);
    this.line.className = LOOKS["not tried"];
  }

  say(verdict: Verdict, words: string): void {
    const sign = verdict === "works" ? this.icon("i-checkc") : this.icon("i-info");
    if (this.line.textContent === words && this.line.dataset["verdict"] === verdict) return;
    this.line.dataset["verdict"] = verdict;
    this.line.className = LOOKS[verdict];
    this.line.replaceChildren(...(verdict === "not tried" ? [] : [sign]), words);
    if (this.result instanceof HTMLInputElement) this.result.value = verdict;
  }

  private icon(name: string): SVGSVGElement {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("class", "icon");
    drawing.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.icons}#${name}`);
    drawing.append(use);
    return drawing;
  }
}

/** A list of devices of one kind; hidden while there is nothing to choose. */
export class Devices {
  private readonly box: HTMLElement;
  private readonly list: HTMLSelectElement;

  constructor(
    name: "mic" | "cam",
    private readonly kind: "audioinput" | "videoinput",
    onPick: (id: string) => void,
  ) {
    this.box = part(`${name}-pick`, HTMLElement);
    this.list = part(`${name}-list`, HTMLSelectElement);
    this.list.addEventListener("change", () => onPick(this.list.value));
  }

  /** Names are known only after the browser has allowed the device, so this is asked again then. */
  async refresh(inUse: string | undefined): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    const own = all.filter((device) => device.kind === this.kind && device.deviceId !== "");
    this.list.replaceChildren(...own.map((device, index) => option(device, index, inUse)));
    this.box.hidden = own.length < 2;
  }
}

function option(device: MediaDeviceInfo, index: number, inUse: string | undefined): HTMLOptionElement {
  const name = device.label || `Number ${index + 1}`;
  return new Option(name, device.deviceId, false, device.deviceId === inUse);
}

export const NOT_ALLOWED = "Your browser has not been allowed to use it";

export function refused(fault: unknown): string {
  const name = fault instanceof DOMException ? fault.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return NOT_ALLOWED;
  if (name === "NotReadableError") return "Something else on your device is using it";
  return "We did not find one";
}

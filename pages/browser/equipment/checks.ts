// The three checks of the equipment page. Everything stays in this browser: nothing is sent to anyone.
import { choose, chosen } from "../room/media";
import { playTune } from "../room/sounds";
import { Ear, lamps, loudness } from "./level";
import { Devices, Verdicts, part, refused } from "./parts";

const LOOK = 100;

export class SoundCheck {
  constructor(icons: string) {
    const verdict = new Verdicts("sound", icons);
    const play = part("sound-play", HTMLButtonElement);
    const yes = part("sound-yes", HTMLButtonElement);
    const no = part("sound-no", HTMLButtonElement);
    play.hidden = false;
    play.addEventListener("click", () => {
      playTune();
      verdict.say("not tried", "Can you hear a short tune?");
      yes.hidden = no.hidden = false;
    });
    yes.addEventListener("click", () => verdict.say("works", "You can hear the room"));
    no.addEventListener("click", () =>
      verdict.say("looks doubtful", "Turn up your sound or plug in headphones, and play it again. You can also join by phone"),
    );
  }
}

export class MicrophoneCheck {
  private readonly verdict: Verdicts;
  private readonly button = part("mic-try", HTMLButtonElement);
  private readonly level = part("mic-level", HTMLElement);
  private readonly devices = new Devices("mic", "audioinput", (id) => void this.listen(id));
  private stop = () => {};

  constructor(icons: string) {
    this.verdict = new Verdicts("mic", icons);
    this.button.hidden = false;
    this.button.addEventListener("click", () => void this.listen(chosen("microphone")));
  }

  async listen(id: string | null): Promise<void> {
    this.stop();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: id ? { deviceId: { ideal: id } } : true });
      const device = stream.getAudioTracks()[0]?.getSettings().deviceId;
      if (id && device) choose("microphone", device);
      this.button.hidden = true;
      this.level.hidden = false;
      this.verdict.say("not tried", "Say a few words");
      this.watch(stream);
      await this.devices.refresh(device);
    } catch (fault) {
      this.button.hidden = false;
      this.level.hidden = true;
      this.verdict.say("looks doubtful", `${refused(fault)}. You can also join by phone`);
    }
  }

  private watch(stream: MediaStream): void {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const ear = new Ear();
    const handle = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.show(loudness(samples), ear);
    }, LOOK);
    this.stop = () => {
      clearInterval(handle);
      for (const track of stream.getTracks()) track.stop();
      void context.close();
    };
  }

  private show(loud: number, ear: Ear): void {
    const lit = lamps(loud);
    for (const [place, lamp] of [...this.level.children].entries()) lamp.classList.toggle("is-on", place < lit);
    const hearing = ear.look(loud);
    if (hearing === "heard") this.verdict.say("works", "We can hear you");
    if (hearing === "little") this.verdict.say("looks doubtful", "We hear very little. Try closer, or another microphone");
  }
}

export class CameraCheck {
  private readonly verdict: Verdicts;
  private readonly button = part("cam-try", HTMLButtonElement);
  private readonly picture = part("cam-picture", HTMLVideoElement);
  private readonly devices = new Devices("cam", "videoinput", (id) => void this.look(id));
  private stream: MediaStream | null = null;

  constructor(icons: string) {
    this.verdict = new Verdicts("cam", icons);
    this.button.hidden = false;
    this.button.addEventListener("click", () => void this.look(chosen("camera")));
  }

  async look(id: string | null): Promise<void> {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: id ? { deviceId: { ideal: id } } : true });
      const device = this.stream.getVideoTracks()[0]?.getSettings().deviceId;
      if (id && device) choose("camera", device);
      this.picture.srcObject = this.stream;
      this.picture.hidden = false;
      this.button.hidden = true;
      this.verdict.say("works", "Your camera works");
      await this.devices.refresh(device);
    } catch (fault) {
      this.picture.hidden = true;
      this.button.hidden = false;
      this.verdict.say("looks doubtful", `${refused(fault)}. That is fine. You can join without a camera, and it counts the same`);
    }
  }
}

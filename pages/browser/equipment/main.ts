// The equipment page: comfort over a form that works without it. A browser without devices leaves the page as it was sent.
import { CameraCheck, MicrophoneCheck, SoundCheck } from "./checks";
import { part } from "./parts";

const icons = part("checks", HTMLElement).dataset["icons"] ?? "";

new SoundCheck(icons);
if (navigator.mediaDevices) {
  new MicrophoneCheck(icons);
  new CameraCheck(icons);
}

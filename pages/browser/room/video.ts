// Sound and picture: the only file that knows the LiveKit client. It joins with a token of our own server, and whenever the
// connection ends for any reason it asks for a new one, until told to stop. It never opens a microphone: only the person's press
// does, and after a hold, a reload or a new connection the microphone is off.
import {
  ConnectionState,
  LogLevel,
  MediaDeviceFailure,
  Room,
  RoomEvent,
  Track,
  setLogLevel,
  type LocalTrackPublication,
  type Participant,
  type RemoteTrack,
} from "livekit-client";
import type { Clock } from "./clock";
import { NO_MEDIA, chosen, type Heard, type MediaView, type Trouble } from "./media";
import { askToken } from "./token";
import { Voice } from "./voice";

// The client's own lines name addresses and identities; nobody reads them here.
setLogLevel(LogLevel.silent);

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5000;

export interface VideoNeeds {
  token: string;
  clock: Clock;
  onChange: (view: MediaView) => void;
  /** The seats that are heard now; null while sound is not connected. */
  onHeard?: (seats: string[] | null) => void;
}

export class Video {
  view: MediaView = { ...NO_MEDIA, state: "joining" };
  private room: Room | null = null;
  private epoch = 0;
  private failures = 0;
  private ended = false;
  /** The person turned the camera on in this page: a new connection goes on showing it. A microphone is never remembered. */
  private wantsCamera = false;
  /** Each joining has a number: what belongs to an older one is passed over. */
  private joining = 0;
  private stopTimer = () => {};
  private readonly voice: Voice;
  private readonly sounds = new Map<RemoteTrack, HTMLAudioElement>();

  constructor(private readonly needs: VideoNeeds) {
    this.voice = new Voice(needs.clock, () => this.refresh());
  }

  start(): void {
    void this.join();
  }

  /** The server made a new room: everyone goes there with a new token. */
  moved(epoch: number): void {
    if (this.view.state !== "none" && epoch !== this.epoch) this.again(0);
  }

  /** Takes the microphone away from the room; opening it again takes a press. */
  hold(): void {
    const own = this.room?.localParticipant.getTrackPublication(Track.Source.Microphone);
    if (own?.track) this.room?.localParticipant.unpublishTrack(own.track, true).catch(() => own.track?.stop());
    this.change({ micOn: false });
  }

  /** Only called from a press of the person's own button. */
  async microphone(on: boolean): Promise<void> {
    const id = chosen("microphone");
    await this.press("micTrouble", (room) =>
      room.localParticipant.setMicrophoneEnabled(on, id ? { deviceId: { ideal: id } } : undefined),
    );
  }

  /** Only called from a press of the person's own button. */
  async camera(on: boolean): Promise<void> {
    this.wantsCamera = on;
    const id = chosen("camera");
    await this.press("camTrouble", (room) =>
      room.localParticipant.setCameraEnabled(on, id ? { deviceId: { ideal: id } } : undefined),
    );
  }

  /** After a press: lets the browser play sound. */
  async hear(): Promise<void> {
    await this.room?.startAudio();
    this.refresh();
  }

  end(): void {
    this.ended = true;
    this.leave();
    this.change({ ...NO_MEDIA });
  }

  private async join(): Promise<void> {
    const turn = (this.joining += 1);
    const answer = await askToken(this.needs.token);
    if (turn !== this.joining || this.ended) return;
    if (answer.kind === "none") return this.change({ ...NO_MEDIA });
    // Whether a person belongs here is said on the line; here it only means: not now.
    if (answer.kind === "refused") return this.again(LONGEST_WAIT);
    if (answer.kind === "later") {
      this.change({ state: "waiting", words: answer.words });
      return this.again(answer.seconds * 1000);
    }
    this.epoch = answer.epoch;
    await this.connect(answer.url, answer.token, turn);
  }

  private async connect(url: string, token: string, turn: number): Promise<void> {
    const room = this.newRoom(turn);
    this.room = room;
    try {
      await room.connect(url, token, { maxRetries: 0 });
    } catch {
      if (turn === this.joining) this.again(this.nextWait());
      return;
    }
    if (turn !== this.joining || this.ended) return void room.disconnect();
    this.failures = 0;
    this.change({ state: "in", words: "" });
    this.needs.onHeard?.(room.activeSpeakers.map(seatOf));
    this.refresh();
    if (this.wantsCamera) await this.camera(true);
  }

  private newRoom(turn: number): Room {
    const room = new Room({
      adaptiveStream: true,
      dynacast: true,
      stopLocalTrackOnUnpublish: true,
      publishDefaults: { stopMicTrackOnMute: true },
      // One quick try to take up the same connection; anything longer is a new token of our own server.
      reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => (retryCount < 1 ? 200 : null) },
    });
    const mine = (act: () => void) => () => {
      if (turn === this.joining) act();
    };
    for (const event of REDRAWS) room.on(event, mine(() => this.refresh()));
    room.on(RoomEvent.SignalReconnecting, mine(() => this.faltered(room)));
    room.on(RoomEvent.Reconnecting, mine(() => this.deafened()));
    room.on(RoomEvent.Reconnected, mine(() => this.reconnected(room)));
    room.on(RoomEvent.Disconnected, mine(() => this.again(this.nextWait())));
    room.on(RoomEvent.ParticipantPermissionsChanged, mine(() => this.refresh()));
    room.on(RoomEvent.LocalTrackUnpublished, (publication: LocalTrackPublication) => publication.track?.stop());
    room.on(RoomEvent.ActiveSpeakersChanged, (people) => {
      if (turn === this.joining && room.state === ConnectionState.Connected) this.listen(people);
    });
    room.on(RoomEvent.TrackSubscribed, (track) => this.play(track));
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.silence(track));
    return room;
  }

  /** Leaves what there is, and joins again after `ms`. */
  private again(ms: number): void {
    this.leave();
    if (this.ended) return;
    this.change({
      // A second failure is worth a word; the first is often over before it is read.
      state: this.view.state === "waiting" || this.failures > 1 ? "waiting" : "joining",
      micOn: false,
      camOn: false,
      people: new Map(),
    });
    this.stopTimer = this.needs.clock.later(ms, () => void this.join());
  }

  private leave(): void {
    this.stopTimer();
    this.joining += 1;
    this.voice.forget();
    this.needs.onHeard?.(null);
    const room = this.room;
    this.room = null;
    if (room) void room.disconnect();
    for (const track of [...this.sounds.keys()]) this.silence(track);
  }

  private nextWait(): number {
    const wait = Math.min(FIRST_WAIT * 2 ** this.failures, LONGEST_WAIT);
    this.failures += 1;
    return wait;
  }

  private async press(trouble: "micTrouble" | "camTrouble", act: (room: Room) => Promise<unknown>): Promise<void> {
    const room = this.room;
    if (!room || this.view.state !== "in") return;
    this.change({ [trouble]: null });
    try {
      void room.startAudio();
      await act(room);
    } catch (fault) {
      this.change({ [trouble]: reason(fault) });
    }
    this.refresh();
  }

  private deafened(): void {
    this.needs.onHeard?.(null);
    this.hold();
  }

  /** The quick try, which would bring every track back as it was: muted it stays, as to unpublish now would end the try. */
  private faltered(room: Room): void {
    this.needs.onHeard?.(null);
    if (room.localParticipant.isMicrophoneEnabled) void room.localParticipant.setMicrophoneEnabled(false).catch(() => this.hold());
    this.change({ micOn: false });
  }

  private reconnected(room: Room): void {
    this.faltered(room);
    this.listen(room.activeSpeakers);
  }

  private listen(people: Participant[]): void {
    this.needs.onHeard?.(people.map(seatOf));
    const own = this.room?.localParticipant;
    const loudest = people.find((person) => person !== own);
    this.voice.hears(loudest ? seatOf(loudest) : null);
  }

  private play(track: RemoteTrack): void {
    if (track.kind !== Track.Kind.Audio) return;
    const element = document.createElement("audio");
    element.autoplay = true;
    element.setAttribute("aria-hidden", "true");
    this.sounds.set(track, element);
    document.body.append(element);
    track.attach(element);
  }

  private silence(track: RemoteTrack): void {
    const element = this.sounds.get(track);
    if (!element) return;
    this.sounds.delete(track);
    track.detach(element);
    element.remove();
  }

  private refresh(): void {
    const room = this.room;
    if (!room || this.view.state === "none") return;
    const own = room.localParticipant;
    const all: Participant[] = [own, ...room.remoteParticipants.values()];
    this.change({
      micOn: own.isMicrophoneEnabled,
      camOn: own.isCameraEnabled,
      soundBlocked: !room.canPlaybackAudio,
      speaker: this.voice.speaker,
      people: new Map(all.map((person) => [seatOf(person), heard(person)])),
    });
  }

  private change(facts: Partial<MediaView>): void {
    this.view = { ...this.view, ...facts };
    this.needs.onChange(this.view);
  }
}

const REDRAWS = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.Reconnected,
] as const;

/** Our server writes the seat into the token's name; the identity is another at each joining. */
function seatOf(person: Participant): string {
  return person.attributes["seat"] ?? person.name ?? person.identity;
}

function heard(person: Participant): Heard {
  const camera = person.getTrackPublication(Track.Source.Camera);
  const shown = camera?.track && !camera.isMuted ? camera.track : null;
  return { picture: shown, micOn: person.isMicrophoneEnabled };
}

function reason(fault: unknown): Trouble {
  const failure = MediaDeviceFailure.getFailure(fault);
  if (failure === MediaDeviceFailure.PermissionDenied) return "not allowed";
  if (failure === MediaDeviceFailure.NotFound) return "not found";
  return failure === MediaDeviceFailure.DeviceInUse ? "in use" : "held";
}

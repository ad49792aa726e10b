"""Rules: the turn-taking state machine: one frozen Floor, stepped by one signal at a time.

    floor = step(floor, signal, now=now)     a new floor, one version on, or the same one, or a refusal
    wakes_at(floor)                          when it has to be stepped by a Tick though nobody did anything
    seen_by(floor, seat, now=now)            the frame that this seat may see

What each signal does stands in the table MOVES; what time does by itself, in waking.WAKES. A signal that is missing
from the table cannot be asked. Nothing here reads a clock: `now` is an argument, and never runs behind the floor's own
time.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from meetings.room import (
    adjusting,
    asks,
    breaks,
    closing,
    coming,
    commands,
    going_round,
    hands,
    holding,
    interpreting,
    interruptions,
    ladder,
    modes,
    order,
    replanning,
    replies,
    shares,
    speech,
    telling,
)
from meetings.room.holding import NobodySpeaks, NobodyWaits, NotYourTurn, StaleFloor
from meetings.room.holds import microphones
from meetings.room.reckoned import carried
from meetings.room.seats import NoSuchSeat, Seat, SeatKey
from meetings.room.stages import PLAN, Stage, workable
from meetings.room.state import COORDINATOR, Event, Floor, NotAllowed
from meetings.room.views import seen_by
from meetings.room.waking import caught_up, wakes_at

__all__ = [
    "Event",
    "Floor",
    "NoSuchSeat",
    "NobodySpeaks",
    "NobodyWaits",
    "NotAllowed",
    "NotYourTurn",
    "Seat",
    "SeatKey",
    "StaleFloor",
    "is_done",
    "microphones",
    "opened",
    "seen_by",
    "step",
    "wakes_at",
]

REMEMBERED = 32
"""How many operations of each seat are remembered. Whoever saw only what was before them is refused (Q14)."""

Move = Callable[[Floor, Any], Floor]

MOVES: Mapping[type[asks.Signal], Move] = {
    asks.RaiseHand: hands.raise_hand,
    asks.LowerHand: hands.lower_hand,
    asks.RestoreHand: hands.restore_hand,
    asks.KeepHand: hands.keep_hand,
    asks.WriteTurn: hands.write_turn,
    asks.NotFinished: interruptions.not_finished,
    asks.AskReply: replies.ask_reply,
    asks.WriteReply: replies.write_reply,
    asks.PassTurn: going_round.pass_turn,
    asks.HandOver: holding.hand_over,
    asks.Tell: telling.tell,
    asks.TakeBack: telling.take_back,
    asks.AgreeRules: adjusting.agree_rules,
    asks.BackAgain: breaks.back_again,
    asks.Finish: holding.finish,
    asks.MaySpeakForMe: coming.may_speak,
    commands.GiveNext: holding.give_next,
    commands.GiveTo: holding.give_to,
    commands.EndTurn: holding.end_turn,
    commands.MoreTime: holding.more_time,
    commands.SetMode: modes.set_mode,
    commands.SetStage: modes.set_stage,
    commands.AddHand: hands.add_hand,
    commands.RemoveHand: hands.remove_hand,
    commands.MoveHand: hands.move_hand,
    commands.Pause: modes.pause,
    commands.Resume: modes.resume,
    commands.PutOffBreak: breaks.put_off,
    commands.Extend: closing.extend,
    commands.StartRound: going_round.start_round,
    commands.LetFinish: interruptions.let_finish,
    commands.HolderYields: interruptions.holder_yields,
    commands.Nothing: interruptions.nothing,
    commands.Nudge: ladder.nudge,
    commands.Mute: ladder.mute,
    commands.Hold: ladder.hold,
    commands.EndHold: ladder.end_hold,
    commands.SeenTold: telling.seen_told,
    commands.SetNumber: adjusting.set_number,
    commands.UsualNumbers: adjusting.usual_numbers,
    commands.SetStretch: adjusting.set_stretch,
    commands.SetPatience: adjusting.set_patience,
    commands.Interprets: interpreting.interprets,
    replanning.AddStage: replanning.add_stage,
    replanning.ChangeStage: replanning.change_stage,
    replanning.MoveStage: replanning.move_stage,
    replanning.RemoveStage: replanning.remove_stage,
    replanning.SetRules: replanning.set_rules,
    commands.SetHearing: adjusting.set_hearing,
    commands.SetFair: shares.set_fair,
    commands.SetTimeShown: adjusting.set_time_shown,
    commands.SetRecap: adjusting.set_recap,
    asks.Hears: speech.hears,
    asks.Spoke: speech.spoke,
    asks.Quiet: speech.quiet,
    asks.Overlapped: interruptions.overlapped,
    asks.OverlapOver: interruptions.overlap_over,
    asks.Seated: coming.seated,
    asks.Arrived: coming.arrived,
    asks.Left: coming.left,
    asks.Departed: coming.departed,
    asks.Tick: lambda floor, _: floor,
}


def opened(
    seat: Seat,
    *,
    lot: str,
    in_person: bool = False,
    plan: tuple[Stage, ...] = PLAN,
    now: datetime,
) -> Floor:
    """A floor at the first stage of its plan, with one process person. `lot` is any text of this meeting alone."""
    floor = Floor(
        version=1,
        at=now,
        lot=lot,
        opened_at=now,
        in_person=in_person,
        awaited=not in_person,
        stage=1,
        stage_since=now,
        mode=workable(plan[0].mode, in_person=in_person),
        break_due=now,
        plan=plan,
    )
    floor = replace(floor, break_due=now + floor.numbers.break_every)
    return coming.seated(floor, asks.Seated(by=seat.key, seat=seat)).noting("opened")


def step(floor: Floor, signal: asks.Signal, *, now: datetime) -> Floor:
    """The floor after this signal, with the events that led to it; the same floor if it changes nothing.

    A signal whose operation is already done changes nothing, and one that is too old to know is refused: none is done
    twice. Raises a Refusal, and then nothing has happened.
    """
    if signal.op and is_done(floor, signal):
        return floor
    current = caught_up(floor, now)
    _admit(floor, current, signal)
    changed = MOVES[type(signal)](_heard(current, signal), signal)
    if changed.events == floor.events and not signal.op:
        return floor
    return _settled(floor, ladder.eased(changed), signal)


def _admit(seen: Floor, current: Floor, signal: asks.Signal) -> None:
    """Refuses what this sender may not ask, and what was asked of a floor that is no more (Q14)."""
    if type(signal) not in MOVES:
        raise NotAllowed
    if signal.op and _before_all_known(seen, signal):
        raise StaleFloor
    if signal.server or (signal.by == COORDINATOR and isinstance(signal, commands.SeenTold)):
        return
    seat = current.seat(signal.by)
    if isinstance(signal, commands.Command) and not seat.leads:
        raise NotAllowed
    if _rules(signal, seat) and (_stale(seen, signal) or (not _plans(signal) and _ruling(seen) != _ruling(current))):
        raise _stale_words(seen, signal)


def is_done(floor: Floor, signal: asks.Signal) -> bool:
    """Whether this operation was done already, and is remembered."""
    known = any(seat == signal.by and op == signal.op for seat, op, _ in floor.ops)
    return known or (signal.by, signal.op) in floor.done


def _before_all_known(floor: Floor, signal: asks.Signal) -> bool:
    """Whether this may be an operation that was done and forgotten: its sender saw nothing of what came after that."""
    since = floor.forgotten.get(signal.by)
    return since is not None and (signal.version is None or signal.version < since)


def _rules(signal: asks.Signal, seat: Seat) -> bool:
    """Whether it must have been said of this very floor: nearly every command, and a pass for the side named."""
    if isinstance(signal, commands.Command):
        return not signal.always
    return isinstance(signal, asks.PassTurn) and seat.leads


def _plans(signal: asks.Signal) -> bool:
    """Whether it is about the plan or the rules, which no turn and no run of time touches."""
    return isinstance(signal, commands.Command) and signal.plans


def _heard(floor: Floor, signal: asks.Signal) -> Floor:
    """Who asks for something is here, whatever the last look at the lines said."""
    inside = signal.op and signal.by != COORDINATOR
    return coming.arrived(floor, asks.Arrived(by=signal.by)) if inside else floor


def _stale(floor: Floor, signal: asks.Signal) -> bool:
    since = floor.planned if _plans(signal) else floor.ruled
    if isinstance(signal, commands.MoveHand):
        since = max(floor.ruled, floor.ordered)
    if isinstance(signal, commands.SetStage):
        since = max(floor.ruled, floor.planned)
    return signal.version is None or not since <= signal.version <= floor.version


def _stale_words(floor: Floor, signal: asks.Signal) -> StaleFloor:
    """The colleague who was first is named to who came second (Q14); what others did, or time, has no name."""
    plan = _plans(signal) or (isinstance(signal, commands.SetStage) and floor.planned > floor.ruled)
    first, since = (floor.planned_by, floor.planned) if plan else (floor.ruled_by, floor.ruled)
    newer = signal.version is not None and signal.version < since <= floor.version
    if not newer or first is None or first == signal.by or not floor.has(first):
        return StaleFloor()
    return StaleFloor(f"{floor.seat(first).label} did this a moment ago. This is how it is now.")


def _ruling(floor: Floor) -> tuple[object, ...]:
    """What a process person's command relies on; own hands, presence and the run of time do not touch it."""
    turn = (floor.turn.seat, floor.turn.given_in) if floor.turn else None
    round_now = (floor.round.number, floor.round.waiting, floor.round.later) if floor.round else None
    return turn, floor.mode, floor.stage, floor.pause, round_now


def _settled(before: Floor, after: Floor, signal: asks.Signal) -> Floor:
    version = before.version + 1
    rules = isinstance(signal, commands.Command) and not signal.gentle
    ruled = rules or _ruling(before) != _ruling(after)
    by = signal.by if rules else None
    ordered = _order(before) != _order(after)
    planned = (before.plan, before.rules) != (after.plan, after.rules)
    settled = replace(
        after,
        version=version,
        events=after.events[len(before.events) :],
        ruled=version if ruled else before.ruled,
        ruled_by=by if ruled else before.ruled_by,
        ordered=version if ordered else before.ordered,
        planned=version if planned else before.planned,
        planned_by=signal.by if planned else before.planned_by,
    )
    return carried(order.order, after, _remembering(settled, signal) if signal.op else settled)


def _order(floor: Floor) -> tuple[tuple[SeatKey, str], ...]:
    return tuple((hand.seat, hand.kind) for hand in order.order(floor))


def _remembering(floor: Floor, signal: asks.Signal) -> Floor:
    """The floor that knows this operation, which led to it, and of each seat no more than the last ones."""
    earlier = ((seat, op, floor.version - 1) for seat, op in floor.done)
    ops = (*earlier, *floor.ops, (signal.by, signal.op, floor.version))
    theirs = [one for one in ops if one[0] == signal.by]
    gone = theirs[: max(0, len(theirs) - REMEMBERED)]
    if not gone:
        return replace(floor, ops=ops, done=())
    kept = tuple(one for one in ops if one not in gone)
    return replace(floor, ops=kept, done=(), forgotten={**floor.forgotten, signal.by: gone[-1][2]})

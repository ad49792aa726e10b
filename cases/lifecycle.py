"""Rules: the states of a matter and the moves between them: advice, then mediation or disagreement resolution.

One matter is one decision, with one state. What the tables do not hold is refused. What is said, done or issued beside
the state (a certificate, a notice to the council) is a fact of its own: its events are allowed in many states and move
none of them, so that a certificate never waits for a record, an outcome or anybody's signature (domain 3.1 to 3.3).
"""

from collections.abc import Iterable, Mapping

from cases.case import Choice
from cases.states import Event, MatterState, Outcome
from database.refusal import Refusal

__all__ = ["CHOSEN", "Event", "MatterState", "MoveRefused", "Outcome", "begun", "moved", "possible", "replayed"]


class MoveRefused(Refusal):
    """This cannot be done now. Please look at the case again: something may have changed."""

    def __init__(self, state: MatterState, event: Event) -> None:
        self.state = state
        self.event = event
        super().__init__(f"This cannot be done now: {state.words}.")


S, E = MatterState, Event
Moves = Mapping[MatterState, Mapping[Event, MatterState]]

_CHOICES: Mapping[Event, MatterState] = {
    E.CONSIDERING: S.CONSIDERING,
    E.DECLINED: S.DECLINED,
    E.CHOSE_MEDIATION: S.CHOSE_MEDIATION,
    E.CHOSE_DR: S.CHOSE_DR,
}
# A family that said no may come back. A second no would start its time anew, so it is no event.
_AGAIN: Mapping[Event, MatterState] = {event: state for event, state in _CHOICES.items() if event is not E.DECLINED}
_WITHDRAWN = {E.DECLINED: S.DECLINED}  # a change of mind before the meeting: D6

ADVICE: Moves = {
    S.ENQUIRY: {E.ADVISED: S.ADVISED, E.NOT_OURS: S.NOT_OURS, E.CLOSED: S.CLOSED},
    S.ADVISED: {**_CHOICES, E.ADVISED: S.ADVISED, E.NOT_OURS: S.NOT_OURS, E.LAPSED: S.LAPSED},
    S.CONSIDERING: {**_CHOICES, E.ADVISED: S.CONSIDERING, E.LAPSED: S.LAPSED},
    S.DECLINED: {**_AGAIN, E.CERTIFIED: S.CERTIFIED, E.CLOSED: S.CLOSED},
    S.CERTIFIED: {**_AGAIN, E.CERTIFIED: S.CERTIFIED, E.CLOSED: S.CLOSED},
    S.NOT_OURS: {E.ADVISED: S.ADVISED, E.CLOSED: S.CLOSED},
    S.LAPSED: {**_CHOICES, E.ADVISED: S.ADVISED, E.CLOSED: S.CLOSED},  # late bars nobody here
}

MEDIATION: Moves = {
    S.CHOSE_MEDIATION: {**_WITHDRAWN, E.CONSIDERING: S.CONSIDERING, E.CHOSE_DR: S.CHOSE_DR, E.ASSIGNED: S.ASSIGNED},
    S.ASSIGNED: {
        **_WITHDRAWN,
        E.ASSIGNED: S.ASSIGNED,
        E.CONTACTED: S.FIRST_CONTACT,
        E.SCHEDULING: S.SCHEDULING,
        E.BOOKED: S.BOOKED,
    },
    S.FIRST_CONTACT: {
        **_WITHDRAWN,
        E.ASSIGNED: S.ASSIGNED,  # the new mediator has not yet spoken with the family
        E.SCHEDULING: S.SCHEDULING,
        E.BOOKED: S.BOOKED,
    },
    S.SCHEDULING: {**_WITHDRAWN, E.ASSIGNED: S.SCHEDULING, E.SCHEDULING: S.SCHEDULING, E.BOOKED: S.BOOKED},
    S.BOOKED: {
        **_WITHDRAWN,
        E.ASSIGNED: S.BOOKED,
        E.MOVED: S.BOOKED,
        E.CANCELLED: S.SCHEDULING,
        E.PREPARING: S.PREPARING,
        E.OPENED: S.IN_SESSION,
        E.CONCLUDED: S.CONCLUDED,  # somebody did not come
    },
    S.PREPARING: {
        **_WITHDRAWN,
        E.ASSIGNED: S.PREPARING,
        E.MOVED: S.BOOKED,
        E.CANCELLED: S.SCHEDULING,
        E.OPENED: S.IN_SESSION,
        E.CONCLUDED: S.CONCLUDED,
    },
    S.IN_SESSION: {E.DRAFTED: S.IN_SESSION, E.ADJOURNED: S.ADJOURNED, E.CONCLUDED: S.CONCLUDED},
    S.ADJOURNED: {
        **_WITHDRAWN,
        E.ASSIGNED: S.ADJOURNED,
        E.SCHEDULING: S.ADJOURNED,
        E.BOOKED: S.BOOKED,
        E.OPENED: S.IN_SESSION,
        E.DRAFTED: S.ADJOURNED,
        E.CONCLUDED: S.CONCLUDED,
    },
    S.CONCLUDED: {
        E.BOOKED: S.BOOKED,  # nobody came, or the council did not: the family may still want to meet
        E.SCHEDULING: S.SCHEDULING,
        E.DRAFTED: S.RECORD_DRAFT,
        E.SEALED: S.RECORD_CONFIRMED,  # drafted and confirmed before the meeting ended
        E.CLOSED: S.CLOSED,
    },
    S.RECORD_DRAFT: {E.DRAFTED: S.RECORD_DRAFT, E.SEALED: S.RECORD_CONFIRMED, E.CLOSED: S.CLOSED},
    S.RECORD_CONFIRMED: {E.FOLLOWING: S.FOLLOW_UP, E.CLOSED: S.CLOSED},
    S.FOLLOW_UP: {E.BOOKED: S.BOOKED, E.CLOSED: S.CLOSED},
    S.CLOSED: {},
}

DISAGREEMENT_RESOLUTION: Moves = {
    S.CHOSE_DR: {E.CHOSE_MEDIATION: S.CHOSE_MEDIATION, E.SCREENED: S.DR_SCREENED, E.CLOSED: S.CLOSED},
    S.DR_SCREENED: {E.CHOSE_MEDIATION: S.CHOSE_MEDIATION, E.INVITED: S.DR_INVITED, E.CLOSED: S.CLOSED},
    S.DR_INVITED: {
        E.CHOSE_MEDIATION: S.CHOSE_MEDIATION,
        E.INVITED: S.DR_INVITED,
        E.ALL_AGREED: S.DR_ALL_AGREED,
        E.REFUSED: S.DR_REFUSED,
        E.NO_REPLY: S.DR_NO_REPLY,
        E.CLOSED: S.CLOSED,
    },
    S.DR_ALL_AGREED: {E.ASSIGNED: S.ASSIGNED, E.REFUSED: S.DR_REFUSED, E.CLOSED: S.CLOSED},
    # One refusal may leave a useful smaller meeting, and a late yes is still a yes.
    S.DR_REFUSED: {E.INVITED: S.DR_INVITED, E.ALL_AGREED: S.DR_ALL_AGREED, E.OPTIONS_GIVEN: S.DR_OPTIONS_GIVEN},
    S.DR_NO_REPLY: {E.INVITED: S.DR_INVITED, E.ALL_AGREED: S.DR_ALL_AGREED, E.OPTIONS_GIVEN: S.DR_OPTIONS_GIVEN},
    S.DR_OPTIONS_GIVEN: {E.INVITED: S.DR_INVITED, E.CLOSED: S.CLOSED},
}

_BEFORE_MEETING = frozenset({S.CHOSE_MEDIATION, S.ASSIGNED, S.FIRST_CONTACT, S.SCHEDULING, S.BOOKED, S.PREPARING})
_MEDIATION_STATES = frozenset(MEDIATION)

# Facts beside the state: in which states each may be noted without moving it.
BESIDE: Mapping[Event, frozenset[MatterState]] = {
    E.RECEIVED: frozenset({S.ENQUIRY}),
    E.CERTIFIED: _MEDIATION_STATES | {S.LAPSED},
    E.COUNCIL_TOLD: _MEDIATION_STATES - {S.CLOSED},
    E.CANNOT_ARRANGE: _BEFORE_MEETING | {S.ADJOURNED, S.CONCLUDED},
    E.ATTEMPTED: _MEDIATION_STATES - {S.CLOSED},
    E.CONTACTED: _MEDIATION_STATES - {S.CHOSE_MEDIATION, S.ASSIGNED, S.CLOSED},
    E.CONFIRMED: frozenset({S.IN_SESSION, S.ADJOURNED, S.CONCLUDED, S.RECORD_DRAFT}),
    E.DRAFTED: frozenset({S.PREPARING, S.BOOKED}),
}

MOVES: Moves = {**ADVICE, **MEDIATION, **DISAGREEMENT_RESOLUTION}

CHOSEN: Mapping[Choice, Event] = {
    Choice.MEDIATION: E.CHOSE_MEDIATION,
    Choice.DECLINED: E.DECLINED,
    Choice.DISAGREEMENT_RESOLUTION: E.CHOSE_DR,
    Choice.CONSIDERING: E.CONSIDERING,
}


def begun() -> MatterState:
    """The state of a matter that has just been received."""
    return S.ENQUIRY


def moved(state: MatterState, event: Event) -> MatterState:
    """The state after this event; MoveRefused where the tables do not hold it."""
    after = MOVES[state].get(event)
    if after is None and state in BESIDE.get(event, frozenset()):
        return state
    if after is None:
        raise MoveRefused(state, event)
    return after


def possible(state: MatterState) -> frozenset[Event]:
    """Every event that this state allows."""
    return frozenset(MOVES[state]) | frozenset(event for event, states in BESIDE.items() if state in states)


def replayed(events: Iterable[Event]) -> MatterState:
    """The state after these events, from the enquiry on: a state is nothing but the sum of its events."""
    state = begun()
    for event in events:
        state = moved(state, event)
    return state

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from notifications import invites
from notifications.invites import Sitting
from notifications.plain import AddressNotUsable
from tests.notifications.samples import AT_A_TABLE, LINK, SITTING

NAMES_OF_AN_INVITATION = {
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "STATUS",
    "CLASS",
    "TRANSP",
    "ORGANIZER",
    "ATTENDEE",
    "LOCATION",
    "DESCRIPTION",
    "URL",
    "CONFERENCE",
}
LINE = re.compile(
    r"(?P<name>[A-Z-]+)(?P<params>(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]*)(,(\"[^\"]*\"|[^\";:,]*))*)*):(?P<value>.*)"
)


def lines(text: str) -> list[tuple[str, str, str]]:
    """The content lines, unfolded strictly (RFC 5545 3.1): CRLF only, no line over 75 octets, no control sign."""
    assert text.endswith("\r\n")
    raw = text[:-2].split("\r\n")
    assert not any(sign in line for line in raw for sign in "\r\n\v\f\x00\x1c\x85\u2028\u2029")
    assert all(len(line.encode()) <= 75 for line in raw)
    found = [LINE.fullmatch(line) for line in re.sub(r"\r\n[ \t]", "", text[:-2]).split("\r\n")]
    assert all(found)
    return [(line["name"], line["params"], line["value"]) for line in found if line]


def of_the_event(text: str) -> list[tuple[str, str, str]]:
    every = lines(text)
    begins = every.index(("BEGIN", "", "VEVENT"))
    inside = every[begins + 1 : every.index(("END", "", "VEVENT"))]
    alarm = [place for place, line in enumerate(inside) if line[2] == "VALARM"]
    return inside[: alarm[0]] + inside[alarm[1] + 1 :] if alarm else inside


def event(text: str) -> Any:
    return Calendar.from_ical(text).walk("VEVENT")[0]


def test_an_invitation_holds_this_and_nothing_else() -> None:
    found = of_the_event(invites.request(SITTING))

    assert {name for name, _, _ in found} == NAMES_OF_AN_INVITATION
    assert len(found) == len(NAMES_OF_AN_INVITATION)
    values = {name: value for name, _, value in found}
    assert values | {"DESCRIPTION": ""} == {
        "UID": SITTING.uid,
        "SEQUENCE": "0",
        "DTSTAMP": "20261008T090000Z",
        "DTSTART": "20261103T100000",
        "DTEND": "20261103T130000",
        "SUMMARY": "Mediation meeting",
        "STATUS": "CONFIRMED",
        "CLASS": "PRIVATE",
        "TRANSP": "OPAQUE",
        "ORGANIZER": f"mailto:{SITTING.organizer}",
        "ATTENDEE": "mailto:tessa@example.org",
        "LOCATION": "Online",
        "DESCRIPTION": "",
        "URL": LINK,
        "CONFERENCE": LINK,
    }
    assert "Tuesday 3 November 2026\\, 10 am to 1 pm (UK time)" in values["DESCRIPTION"]
    assert LINK in values["DESCRIPTION"]


def test_the_parameters_that_make_buttons_appear() -> None:
    params = {name: given for name, given, _ in of_the_event(invites.request(SITTING))}
    assert set(params["ATTENDEE"].split(";")[1:]) == {
        'CN="Tessa Alderton"',
        "CUTYPE=INDIVIDUAL",
        "ROLE=REQ-PARTICIPANT",
        "PARTSTAT=NEEDS-ACTION",
        "RSVP=TRUE",
    }
    assert set(params["CONFERENCE"].split(";")[1:]) == {"FEATURE=AUDIO,VIDEO", "LABEL=Join", "VALUE=URI"}
    assert params["DTSTART"] == ";TZID=Europe/London"
    assert params["ORGANIZER"] == ";CN=Evenhand"


def test_the_calendar_has_the_method_once_and_the_zone_by_two_rules() -> None:
    every = lines(invites.request(SITTING))
    assert [value for name, _, value in every if name == "METHOD"] == ["REQUEST"]
    assert [value for name, _, value in every if name == "RRULE"] == [
        "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]
    assert not [name for name, _, _ in every if name == "RDATE"]


def test_the_same_row_gives_the_same_text() -> None:
    assert invites.request(SITTING) == invites.request(replace(SITTING))
    assert invites.cancel(SITTING) == invites.cancel(replace(SITTING))


def test_a_cancellation_keeps_the_uid_and_says_cancelled() -> None:
    found = event(invites.cancel(replace(SITTING, sequence=3)))
    assert (str(found["UID"]), found["SEQUENCE"], str(found["STATUS"])) == (SITTING.uid, 3, "CANCELLED")
    assert [value for name, _, value in lines(invites.cancel(SITTING)) if name == "METHOD"] == ["CANCEL"]
    assert "DESCRIPTION" not in found
    assert LINK not in invites.cancel(SITTING)


def test_in_person_the_place_is_the_address_and_there_is_no_conference() -> None:
    found = event(invites.request(AT_A_TABLE))
    assert str(found["LOCATION"]) == "Meadow Hall, 4 Meadow Lane, Northmere NM1 2AB"
    assert "CONFERENCE" not in found
    assert str(found["URL"]) == LINK


def both_readings(text: str) -> tuple[datetime, datetime]:
    """When it starts: as icalendar reads it, and by the two rules of the zone worked out by hand."""
    started = event(text)["DTSTART"].dt
    params, value = next((params, value) for name, params, value in of_the_event(text) if name == "DTSTART")
    if value.endswith("Z"):
        return started, datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert params == ";TZID=Europe/London"
    wall = datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall time
    spring, autumn = (last_sunday(wall.year, month).replace(hour=2) for month in (3, 10))
    summer = spring <= wall < autumn
    return started, wall.replace(tzinfo=UTC) - timedelta(hours=1 if summer else 0)


def last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31)  # noqa: DTZ001 - a wall time
    return last - timedelta(days=(last.weekday() + 1) % 7)


@pytest.mark.parametrize(
    ("starts", "wall"),
    [
        (datetime(2026, 3, 27, 10, 0, tzinfo=UTC), "20260327T100000"),  # the Friday before the clocks go forward
        (datetime(2026, 3, 30, 9, 0, tzinfo=UTC), "20260330T100000"),  # the Monday after
        (datetime(2026, 7, 7, 9, 0, tzinfo=UTC), "20260707T100000"),
        (datetime(2026, 10, 23, 9, 0, tzinfo=UTC), "20261023T100000"),  # the Friday before they go back
        (datetime(2026, 10, 26, 10, 0, tzinfo=UTC), "20261026T100000"),  # the Monday after
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "20260329T023000"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "20261025T003000Z"),  # 1:30, the first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "20261025T013000Z"),  # 1:30, the second time
    ],
)
def test_summer_time(starts: datetime, wall: str) -> None:
    text = invites.request(replace(SITTING, starts=starts, ends=starts + timedelta(hours=3)))
    assert next(value for name, _, value in of_the_event(text) if name == "DTSTART") == wall
    assert both_readings(text) == (starts, starts)


@settings(max_examples=60)
@given(st.integers(0, 6 * 366 * 24 * 4))
def test_every_quarter_hour_of_six_years_is_read_back_as_it_was_meant(quarter: int) -> None:
    starts = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    text = invites.request(replace(SITTING, starts=starts, ends=starts + timedelta(hours=2)))
    assert both_readings(text) == (starts, starts)


HOSTILE = [
    "a\r\nATTENDEE:mailto:evil@evil.test",
    "a\nEND:VEVENT\nBEGIN:VEVENT",
    "a\rX-EVIL:1",
    "a\x00b",
    "a\x0bX-EVIL:1",
    "a\x0cX-EVIL:1",
    "a\x1cX-EVIL:1",
    "a\x85X-EVIL:1",
    "a\u2028X-EVIL:1",
    "a\u2029X-EVIL:1",
    'a";X-EVIL="1',
    "a;CN=b:mailto:evil@evil.test",
    "a\\nX-EVIL:1",
    "a\ud800b",
    "é" * 200,
    "=?utf-8?q?evil=40x.test?=",
]


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("field", ["attendee_name", "organizer_name", "place", "phone"])
def test_no_line_that_we_did_not_write(field: str, payload: str) -> None:
    spoilt: Sitting = replace(AT_A_TABLE, **{field: payload})  # type: ignore[arg-type]

    for text in (invites.request(spoilt), invites.cancel(spoilt)):
        names = [name for name, _, _ in of_the_event(text)]
        assert len(names) == len(set(names))
        assert set(names) <= NAMES_OF_AN_INVITATION
        lenient = re.split(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", text.replace("\r\n ", ""))
        assert [line for line in lenient if line.startswith(("X-EVIL", "ATTENDEE:"))] == []
        assert str(event(text)["UID"]) == SITTING.uid


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("field", ["attendee_email", "organizer"])
def test_an_address_that_is_none_is_refused(field: str, payload: str) -> None:
    with pytest.raises(AddressNotUsable):
        invites.request(replace(SITTING, **{field: payload}))  # type: ignore[arg-type]


@settings(max_examples=60)
@given(name=st.text(max_size=80), place=st.text(min_size=1, max_size=200))
def test_any_name_and_place_keeps_the_shape(name: str, place: str) -> None:
    text = invites.request(replace(SITTING, attendee_name=name, place=place))
    assert {found for found, _, _ in of_the_event(text)} == NAMES_OF_AN_INVITATION - {"CONFERENCE"}


def test_a_meeting_needs_a_zone_and_a_length() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(SITTING, starts=datetime(2026, 11, 3, 10, 0))  # noqa: DTZ001 - the fault itself
    with pytest.raises(ValueError, match="ends before"):
        replace(SITTING, ends=SITTING.starts)

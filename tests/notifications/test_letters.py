from dataclasses import replace
from datetime import timedelta

from notifications import invites
from notifications.letters import CalendarPart, requested, withdrawn
from tests.notifications.samples import SITTING


def test_a_calendar_part_says_outside_what_it_says_inside() -> None:
    assert requested(SITTING) == CalendarPart(
        method="REQUEST",
        uid=SITTING.uid,
        sequence=0,
        text=invites.request(SITTING),
        organizer=SITTING.organizer,
    )


def test_a_withdrawal_keeps_the_uid() -> None:
    gone = withdrawn(replace(SITTING, sequence=4, stamp=SITTING.stamp + timedelta(days=1)))
    assert (gone.method, gone.uid, gone.sequence) == ("CANCEL", SITTING.uid, 4)

"""The access matrix as it was founded, cell letters and all, and where ours has other names or other letters."""

# Columns: CO coordinator, MA adviser, ME mediator, PA parent, YP young person, LA council, SU supporter,
# IN interpreter, PR professional, AD administrator, DP data lead.
FOUNDED = """
| intake: submit | ✓ | ✓ | – | ✓ | ✓ | ✓ | – | – | – | – | – |
| intake: read | ✓ | ✓ | – | o | o | o | – | – | – | – | r |
| intake: triage, convert, reject | ✓ | ✓ | – | – | – | – | – | – | – | – | – |
| case core (names, authority, stage, dates): read | ✓ | a | a | a | a | a | s | – | – | – | r |
| case core: edit | ✓ | a | – | – | – | – | – | – | – | – | – |
| child's needs, health, views (special category): read | r | a | a | o | o | s | s | – | – | – | r |
| … edit | – | a | – | o | o | – | – | – | – | – | – |
| party's phone, address, email: read | ✓ | a | r | o | o | o | – | – | – | – | r |
| … of the *other* side | ✓ | a | r | – | – | – | – | – | – | – | – |
| "keep my address from the other side" flag: set, see | ✓ | a | a | o | o | – | – | – | – | – | r |
| adviser's notes: read, write | – | o | s | – | – | – | – | – | – | – | r |
| mediator's private notes: read, write | – | – | o | – | – | – | – | – | – | – | – |
| caucus notes and chat of a side: read, write | – | – | a | o | o | o | o | – | – | – | – |
| caucus of the other side: any | – | – | – | – | – | – | – | – | – | – | – |
| document: upload | ✓ | a | a | o | o | o | s | – | s | – | – |
| document: read before sharing | – | a | a | o | o | o | s | – | o | – | – |
| document: read after "everyone" | – | a | a | a | a | a | s | s | s | – | r |
| document: share, withdraw before the meeting | – | – | – | o | o | o | – | – | o | – | – |
| slots: publish, block | ✓ | – | o | – | – | – | – | – | – | – | – |
| booking: propose, hold, confirm, move, cancel | ✓ | a | a | o | o | o | – | – | – | – | – |
| booking: read own time, place, link | ✓ | a | a | o | o | o | o | o | o | – | – |
| seat: create, change role, revoke | ✓ | – | a | – | – | – | – | – | – | – | – |
| own supporter or interpreter: nominate | ✓ | – | – | o | o | o | – | – | – | – | – |
| waiting room: see who waits, with proof level | a | – | a | – | – | – | – | – | – | – | – |
| waiting room: admit, refuse, eject, lock | r | – | a | – | – | – | – | – | – | – | – |
| room: join when admitted | r | – | a | o | o | o | o | o | o | – | – |
| room: listen unseen, record | – | – | – | – | – | – | – | – | – | – | – |
| floor: ask, withdraw own | – | – | a | o | o | o | o | – | o | – | – |
| floor: grant, end, reorder, pause, mute | – | – | a | – | – | – | – | – | – | – | – |
| floor: speak freely (interpreting) | – | – | – | – | – | – | – | o | – | – | – |
| caucus: open, invite, close | – | – | a | – | – | – | – | – | – | – | – |
| caucus: ask for one, leave | – | – | a | o | o | o | s | s | – | – | – |
| take over a meeting whose mediator is gone | r | – | r | – | – | – | – | – | – | – | – |
| agreement draft: write | – | – | a | – | – | – | – | – | – | – | – |
| agreement draft: comment, confirm, refuse for own side | – | – | – | o | o | o | – | – | – | – | – |
| issued record: read, download | ✓ | a | a | a | a | a | s | – | – | – | r |
| issued record: correct (new version) | – | – | 2 | – | – | – | – | – | – | – | – |
| certificate: issue, reissue, revoke | r | o | – | – | – | – | – | – | – | – | – |
| certificate: read, download | ✓ | a | – | o | o | s | – | – | – | – | r |
| certificate: check that a number is genuine | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ |
| deadlines, reminders: read | ✓ | a | a | o | o | o | – | – | – | – | r |
| deadlines: override | r | r | – | – | – | – | – | – | – | – | – |
| in-person room, access needs of the building | ✓ | a | a | o | o | o | o | o | o | – | – |
| personal access needs | ✓ | a | a | o | o | o | s | – | – | – | r |
| delivery state of messages | ✓ | a | – | o | o | o | o | o | o | – | – |
| search across cases | ✓ | a | a | – | – | – | – | – | – | – | r |
| statistics (groups under 5 hidden) | ✓ | – | – | – | – | – | – | – | – | – | ✓ |
| case export, subject access | – | – | – | – | – | – | – | – | – | – | 2 |
| erase, hold, restore | – | – | – | – | – | – | – | – | – | – | 2 |
| staff accounts, roles | – | – | – | – | – | – | – | – | – | 2 | – |
| audit log: read, verify, export | – | – | – | – | – | – | – | – | – | – | ✓ |
| settings, keys, templates | – | – | – | – | – | – | – | – | – | 2 | – |
"""

# Our name of each line, in the same order.
NAMED = """
intake.submit intake.read intake.triage case.read case.edit needs.read needs.edit contact.read contact_of_others.read
keep_apart.flag adviser_notes.any mediator_notes.any private_notes.any private_notes_of_others.any paper.add
paper.read_before_sharing paper.read_after_everyone paper.share slots.publish booking.change booking.read seat.change
helper.nominate waiting.see room.admit room.join room.watch_unseen floor.ask floor.grant floor.speak_freely
private_room.open private_room.ask meeting.take_over draft.write draft.confirm record.read record.correct
certificate.issue certificate.read certificate.check dates.read dates.override building.read access_needs.read
delivery.read search.any statistics.read case.export case.erase accounts.change audit.read settings.change
"""

# A provider without administrators would have nobody to invite its people: a coordinator does.
OTHERWISE = {("accounts.change", "CO"): "y"}


def cells() -> dict[str, list[str]]:
    """Each row under our name, its letters as we write them."""
    lines = [line.strip("| ").split(" | ")[1:] for line in FOUNDED.strip().splitlines()]
    letters = str.maketrans({"✓": "y", "–": "-"})
    return {name: [cell.translate(letters) for cell in line] for name, line in zip(NAMED.split(), lines, strict=True)}

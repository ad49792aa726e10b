"""Edge: the papers of the council or the local NHS: those of its seat's case, without what is the family's alone."""

from pages.family.papers import PAPER, paper, show
from pages.page import AUTHORITY, Page

PAGES = (
    Page(name="authority-papers", path="/authority/papers", who=AUTHORITY, get=show),
    Page(name="authority-paper", path=f"/authority/papers/{PAPER}", who=AUTHORITY, get=paper, shows=False),
)

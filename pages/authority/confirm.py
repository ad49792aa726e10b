"""Edge: the council or the local NHS reads a version of the record and gives its mark."""

from pages.family.confirm import DRAFT, mark, show
from pages.page import AUTHORITY, Page

PAGES = (Page(name="authority-draft", path=f"/authority/draft/{DRAFT}", who=AUTHORITY, get=show, post=mark),)

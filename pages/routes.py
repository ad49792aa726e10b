"""Edge: every page of the service, in one table."""

from pages import static_files
from pages.keys import PageSettings
from pages.page import Page
from pages.public import certificate, enquire, health, home, join, signin

ALL: tuple[Page, ...] = (
    *static_files.PAGES,
    *health.PAGES,
    *home.PAGES,
    *enquire.PAGES,
    *certificate.PAGES,
    *signin.PAGES,
    *join.PAGES,
)


def pages_of(settings: PageSettings) -> tuple[Page, ...]:
    """The pages that this service shows."""
    del settings
    return ALL

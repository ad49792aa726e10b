"""Rules: the house itself: what every message and every page says about who we are and how to reach us."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class House:
    """The provider as families know it: a name, a free number with a person behind it, an address on the web."""

    name: str = "Evenhand"
    run_by: str = ""  # the provider behind the name; empty when they are the same
    phone: str
    hours: str = "Monday to Friday, 9 am to 5 pm"
    email: str
    public_url: str
    postal: str

    def address(self, path: str) -> str:
        """The full web address of a path of ours."""
        return f"{self.public_url.rstrip('/')}/{path.lstrip('/')}"

    @property
    def dial(self) -> str:
        """The number as a telephone link writes it, without spaces."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def standing(self) -> str:
        """Who we are, in the line at the foot of every message."""
        run_by = f", run by {self.run_by}" if self.run_by else ""
        return f"{self.name}{run_by}. Independent. Free for families."

"""Rules: a refusal is an answer, not an accident; every rule's own refusal derives from this one."""


class Refusal(Exception):  # noqa: N818 - a refusal is named for what was refused, never with the word error
    """What was asked cannot be done.

    The first sentence of a subclass's docstring is the plain sentence that a person may read; `words` may say more,
    and must hold nothing that the reader may not know.
    """

    def __init__(self, words: str | None = None, *, field: str | None = None) -> None:
        self.words = words or (self.__doc__ or "").strip().split("\n", maxsplit=1)[0]
        self.field = field
        super().__init__(self.words)

"""Store: the source of chance: ids, secrets and codes nobody can guess."""

import base64
import hashlib
import hmac
import secrets


def new_id() -> str:
    """A fresh random id: 128 bits, 26 characters of lower-case base 32."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def new_secret() -> str:
    """A fresh secret of 256 bits, safe in a cookie or a form."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits, each equally likely."""
    return f"{secrets.randbelow(1_000_000):06d}"


def fingerprint(secret: str) -> str:
    """The SHA-256 of a secret in hexadecimal: what is stored in its place."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def keyed(key: bytes, text: str) -> str:
    """The HMAC-SHA-256 of a short or guessable text under a key, in hexadecimal: equal texts can be found, not read."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))

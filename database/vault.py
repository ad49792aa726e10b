"""Store: the keys: one data key per case under the service's own, and the boxes that seal and open with them.

AES-256-GCM throughout; the associated data names table, column and row, so a sealed value cannot be moved to another
place and still open (`reliability.md` 3.8).
"""

import base64
import binascii
import contextlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from database.base import Ciphertext, data_key
from database.ids import keyed, new_id

KeyId = NewType("KeyId", str)
NONCE_BYTES = 12
KEY_BYTES = 32
KEYS_KEPT = 2048


class SealBroken(Exception):  # noqa: N818 - it names what was found
    """A sealed value does not belong where it was found, or was changed."""


class KeyGone(SealBroken):
    """The key of this case was destroyed, and with it everything sealed under it."""


def read_service_key(text: str) -> bytes:
    """The 32 bytes behind a service key written in base 64; ValueError for anything else."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise ValueError("the service key is not base 64") from broken
    if len(key) != KEY_BYTES or len(set(key)) < KEY_BYTES // 4:
        raise ValueError("the service key must be 32 random bytes")
    return key


def _seal(cipher: AESGCM, place: str, value: bytes) -> Ciphertext:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Ciphertext(nonce + cipher.encrypt(nonce, value, place.encode()))


def _open(cipher: AESGCM, place: str, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(place.partition(":")[0]) from broken


@dataclass(frozen=True, kw_only=True)
class Box:
    """Seals and opens the values of one case (or of the house)."""

    key_id: KeyId
    cipher: AESGCM

    @overload
    def seal(self, column: str, row: str, text: str) -> Ciphertext: ...
    @overload
    def seal(self, column: str, row: str, text: None) -> None: ...
    def seal(self, column: str, row: str, text: str | None) -> Ciphertext | None:
        """The text, readable again only under this key, for this `table.column` and this row."""
        return None if text is None else self.seal_bytes(column, row, text.encode())

    @overload
    def open(self, column: str, row: str, sealed: Ciphertext) -> str: ...
    @overload
    def open(self, column: str, row: str, sealed: None) -> None: ...
    def open(self, column: str, row: str, sealed: Ciphertext | None) -> str | None:
        """The text that was sealed for this place; SealBroken when it was moved or changed."""
        return None if sealed is None else self.open_bytes(column, row, sealed).decode()

    def seal_bytes(self, column: str, row: str, value: bytes) -> Ciphertext:
        """The bytes, sealed for this place."""
        return _seal(self.cipher, f"{column}:{row}", value)

    def open_bytes(self, column: str, row: str, sealed: Ciphertext) -> bytes:
        """The bytes that were sealed for this place."""
        return _open(self.cipher, f"{column}:{row}", sealed)


class Vault:
    """The service's key and the boxes it has opened; the key itself never leaves this object."""

    def __init__(self, service_key: bytes) -> None:
        self._service = AESGCM(service_key)
        self._lookup = keyed(service_key, "look-up").encode()
        self._opened: OrderedDict[KeyId, Box] = OrderedDict()

    def digest(self, text: str) -> str:
        """The keyed hash by which an address or a code can be found again, never read."""
        return keyed(self._lookup, text)

    async def new_box(self, connection: AsyncConnection, *, now: datetime) -> Box:
        """A fresh data key is stored, wrapped; its box is returned."""
        key_id, key = KeyId(new_id()), secrets.token_bytes(KEY_BYTES)
        wrapped = bytes(_seal(self._service, f"data_key.wrapped:{key_id}", key))
        await connection.execute(insert(data_key).values(id=key_id, wrapped=wrapped, made_at=now))
        return Box(key_id=key_id, cipher=AESGCM(key))

    async def box(self, connection: AsyncConnection, key_id: KeyId) -> Box:
        """The box of a stored key; KeyGone when the key was destroyed."""
        if key_id not in self._opened:
            wrapped = await connection.scalar(select(data_key.c.wrapped).where(data_key.c.id == key_id))
            if not wrapped:
                raise KeyGone
            key = _open(self._service, f"data_key.wrapped:{key_id}", wrapped)
            self._opened[key_id] = Box(key_id=key_id, cipher=AESGCM(key))
        self._opened.move_to_end(key_id)
        while len(self._opened) > KEYS_KEPT:
            self._opened.popitem(last=False)
        return self._opened[key_id]

    def forget(self, key_id: str) -> None:
        """The box of this key, or of every key where none is named, is looked up anew when it is next needed."""
        if key_id:
            self._opened.pop(KeyId(key_id), None)
        else:
            self._opened.clear()

    async def destroy(self, connection: AsyncConnection, key_id: KeyId) -> None:
        """The key is gone from the database and from this process: what it sealed can never be read again.

        Where rows still stand under it, its place stays, empty.
        """
        self._opened.pop(key_id, None)
        mine = data_key.c.id == key_id
        await connection.execute(update(data_key).where(mine).values(wrapped=b""))
        with contextlib.suppress(IntegrityError):
            async with connection.begin_nested():
                await connection.execute(delete(data_key).where(mine))

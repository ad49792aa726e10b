"""A passkey in software, as a phone or a computer holds one: it makes a key, and signs with it."""

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor

PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(number: int) -> bytes:
    return number.to_bytes(32, "big")


@dataclass(frozen=True, kw_only=True)
class Authenticator:
    """One passkey. `flags`: whether its holder was present, and proved it by finger, face or PIN."""

    origin: str
    host: str
    id: bytes = b"a passkey of thirty-two bytes...."
    flags: int = PRESENT | VERIFIED
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def later(self, **changed: Any) -> "Authenticator":
        """The same key, with other circumstances."""
        return replace(self, **changed)

    def make(self, options: str) -> dict[str, object]:
        """The answer to a question to make a key."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: _bytes(numbers.x), -3: _bytes(numbers.y)}
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id + encode_cbor(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(self.flags | MADE) + credential}
        said = self._said("webauthn.create", options)
        return self._answer({"clientDataJSON": _text(said), "attestationObject": _text(encode_cbor(attestation))})

    def sign(self, options: str) -> dict[str, object]:
        """The answer to a question to sign."""
        said, data = self._said("webauthn.get", options), self._data(self.flags)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {"clientDataJSON": _text(said), "authenticatorData": _text(data), "signature": _text(signed)}
        )

    def _said(self, kind: str, options: str) -> bytes:
        asked = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": asked, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _answer(self, response: dict[str, str]) -> dict[str, object]:
        shown = _text(self.id)
        return {
            "id": shown,
            "rawId": shown,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }

"""All that regiekit asks of the library for JOSE (RFC 7516 to 7518).

Imported when a key is made or used, and nowhere else: the library has no wheels for every computer.
"""

from __future__ import annotations

import json
import secrets
import warnings
from typing import Any

from joserfc.errors import InvalidHeaderValueError, JoseError, SecurityWarning
from joserfc.jwe import JWERegistry, decrypt_compact, encrypt_compact
from joserfc.jwk import ECKey, OctKey

from regiekit.content.reader import MAX_BYTES
from regiekit.kanaal.sleutel import ANSWER_ALG, ENC, KEY_HEADER, is_key_header, write_base64url

SALT = 16  # bytes, RFC 7518 4.8.1.1 asks for 8 or more


class _KeyRegistry(JWERegistry):
    """For the file of a key: the library ends at 300 000 rounds, which is less than is advised."""

    def check_header(self, header: dict[str, Any], check_more: bool = False) -> None:
        if not is_key_header(header):
            raise InvalidHeaderValueError


class _AnswerRegistry(JWERegistry):
    """For answer files: as large as any file that regiekit reads."""

    max_ciphertext_length = MAX_BYTES


_OF_KEY = _KeyRegistry(algorithms=[KEY_HEADER["alg"], ENC])
_OF_ANSWER = _AnswerRegistry(algorithms=[ANSWER_ALG, ENC])


def make_private() -> dict[str, str]:
    """A new private JWK on P-256."""
    made = ECKey.generate_key("P-256").as_dict(private=True)
    return {name: str(made[name]) for name in ("kty", "crv", "x", "y", "d")}


def seal_private(private: dict[str, str], wachtzin: str) -> str:
    """The private JWK as a compact JWE, for the wachtzin; raises ValueError for a wachtzin that is a key itself."""
    header = {**KEY_HEADER, "p2s": write_base64url(secrets.token_bytes(SALT))}
    sealed = encrypt_compact(header, json.dumps(private), _by_wachtzin(wachtzin), registry=_OF_KEY)
    if unseal_private(sealed, wachtzin) != private:  # a key that does not open is worse than none
        raise AssertionError("a sealed key that does not open")
    return sealed


def unseal_private(sealed: str, wachtzin: str) -> dict[str, str] | None:
    """The private JWK; None when the wachtzin is another one (or the bytes are not those that were sealed)."""
    try:
        found = json.loads(decrypt_compact(sealed, _by_wachtzin(wachtzin), registry=_OF_KEY).plaintext or b"")
    except (JoseError, ValueError):
        return None
    return {name: str(value) for name, value in found.items()} if isinstance(found, dict) else None


def _by_wachtzin(wachtzin: str) -> OctKey:
    with warnings.catch_warnings():  # it finds twelve letters few for a key; the rounds make up for that
        warnings.simplefilter("ignore", SecurityWarning)
        return OctKey.import_key(wachtzin.encode())


def open_answer(sealed: bytes, private: dict[str, str]) -> bytes | None:
    """What was sealed for this key; None when it was sealed for another one or a byte of it changed."""
    try:
        return decrypt_compact(sealed, ECKey.import_key(dict(private)), registry=_OF_ANSWER).plaintext
    except (JoseError, ValueError):
        return None


def is_working() -> bool:
    """Whether a text that is sealed for one key opens with that key, and not with another."""
    private, other = make_private(), make_private()
    public = ECKey.import_key({name: private[name] for name in ("kty", "crv", "x", "y")})
    sealed = encrypt_compact({"alg": ANSWER_ALG, "enc": ENC}, b"proef", public).encode()
    return open_answer(sealed, private) == b"proef" and open_answer(sealed, other) is None

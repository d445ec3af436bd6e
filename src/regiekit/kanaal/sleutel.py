"""The key of the coach: its public part shuts an answer file, its secret part opens it (docs/sleutel.md).

Two files. The secret part is a JWK, encrypted under the wachtzin (RFC 7517, 7 and appendix C) and written as a JWE in
JSON, with beside it the kid, the date and a checksum, so that a damaged file and a wrong wachtzin are told apart:

    {"kid": "…", "gemaakt": "2026-03-02", "protected": "…", "encrypted_key": "…", "iv": "…", "ciphertext": "…",
     "tag": "…", "controle": "…"}

The public part is a JWK with the same kid (its thumbprint, RFC 7638). It is what a form carries.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.wachtzin import WachtzinError, check_wachtzin, normalize
from regiekit.errors import WRONG_FILE, RegiekitError, visible
from regiekit.schijf import put_new

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ANSWER_ALG, ENC = "ECDH-ES", "A256GCM"
ROUNDS = 600_000  # of PBKDF2, a quarter of a second; the advice of OWASP for SHA-512 is 210 000 or more
MOST_ROUNDS = 5_000_000  # a file that asks for more would keep the computer busy
KEY_HEADER: dict[str, Any] = {"alg": "PBES2-HS512+A256KW", "enc": ENC, "cty": "jwk+json", "p2c": ROUNDS}

_PARTS = ("protected", "encrypted_key", "iv", "ciphertext", "tag")
_PUBLIC = ("kty", "crv", "x", "y", "use", "alg", "kid")
_NAME, _OPENBAAR = "sleutel.json", ".openbaar"
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1  # of P-256, FIPS 186-4, D.1.2.3
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
# What a disk without links says (a USB stick, some network disks).

GEEN_JOSE = (
    "op deze computer kan regiekit geen sleutel maken en geen versleuteld antwoordbestand openen: de bibliotheek "
    "'joserfc' is er niet of werkt niet. Het gewone formulier werkt wel: de cliënt geeft het antwoordbestand dan "
    "zelf aan je, niet met de mail"
)


class Plaats(NamedTuple):
    """Where the two parts of a key are."""

    geheim: Path
    openbaar: Path


class Geheim(NamedTuple):
    """The file of the secret part, still shut. `sealed` is a compact JWE; `path` is for messages."""

    path: Path
    kid: str
    gemaakt: str
    sealed: str


class Sleutel(NamedTuple):
    """A key that is open: its kid, and the private JWK."""

    kid: str
    private: dict[str, str]


# Where, and what is there -------------------------------------------------------------------------------------------


def place_of(given: Path | None = None) -> Plaats:
    """`given` (one of the two files, or their folder), else REGIEKIT_SLEUTEL, else the folder of the user's data."""
    path = given or _named_place() or default_path()
    if _is_folder(path):
        path /= _NAME
    path = path.with_name(f"{path.stem.removesuffix(_OPENBAAR) or path.stem}{path.suffix}")
    return Plaats(path, path.with_name(f"{path.stem}{_OPENBAAR}{path.suffix}"))


def _named_place() -> Path | None:
    """The place in REGIEKIT_SLEUTEL; None when that is empty or not there."""
    named = os.environ.get("REGIEKIT_SLEUTEL")
    if not named:
        return None
    try:
        return Path(named).expanduser()
    except RuntimeError:  # the home folder of nobody: there is no key there, and the message shows what was typed
        return Path(named)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a folder that may not be entered; reading says so
        return False


def default_path() -> Path:
    """Where the key is when nobody says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("regiekit", appauthor=False) / _NAME


def public_key(given: Path | None = None) -> dict[str, str] | None:
    """The public JWK for in a form; None when no place was given and there is no key at the usual one.

    Needs no wachtzin and no library. Raises RegiekitError for a broken file (exit 3), and when there is no key at a
    place that was given, here or in REGIEKIT_SLEUTEL (exit 2): a typing error must not give a form without a lock.
    """
    plaats = place_of(given)
    openbaar = load_public(plaats)
    if openbaar is not None:
        return {name: openbaar[name] for name in _PUBLIC}
    if given is None and _named_place() is None:
        return None
    raise RegiekitError(
        f"{'--sleutel' if given else 'REGIEKIT_SLEUTEL'} wijst naar {plaats.openbaar}, en daar staat geen sleutel. "
        "Verbeter die plek, of maak er een sleutel met 'regiekit sleutel maak'"
    )


def can_open() -> bool:
    """Whether this computer has the library that opens sealed answer files."""
    try:
        require_jose()
    except RegiekitError:
        return False
    return True


def require_jose() -> None:
    """Raises RegiekitError where the library for JOSE is not installed, or does not run."""
    try:
        import regiekit.kanaal.jose  # noqa: F401
    except ImportError:
        raise RegiekitError(GEEN_JOSE) from None


def load_public(plaats: Plaats) -> dict[str, str] | None:
    """The public part, with `gemaakt`; None when there is no key. Raises RegiekitError when the two parts disagree."""
    data, geheim = _read_json(plaats.openbaar), load_secret(plaats)
    if data is None:
        if geheim is not None:
            raise RegiekitError(
                f"het openbare deel van de sleutel ontbreekt ({plaats.openbaar}). Zet een kopie terug, of laat "
                "regiekit het opnieuw maken met: regiekit sleutel wachtzin", WRONG_FILE,
            )  # fmt: skip
        return None
    expected = _public_jwk(data.get("x"), data.get("y"), str(data.get("gemaakt")))
    if data != expected or not is_on_curve(data) or not re.fullmatch("[0-9]{4}(-[0-9]{2}){2}", expected["gemaakt"]):
        raise _broken(plaats.openbaar, "Zet een kopie van dit bestand terug")
    if geheim is not None and geheim.kid != expected["kid"]:
        raise RegiekitError(
            f"{plaats.geheim} en {plaats.openbaar} horen niet bij dezelfde sleutel; zet een kopie van de goede terug",
            WRONG_FILE,
        )
    return expected


def load_secret(plaats: Plaats) -> Geheim | None:
    """The secret part, not yet opened; None when it is not there. Raises RegiekitError for a broken file."""
    data = _read_json(plaats.geheim)
    if data is None:
        return None
    texts = [data.get(name) for name in ("kid", "gemaakt", *_PARTS)]
    header = read_base64url(data.get("protected"))
    if not all(isinstance(t, str) for t in texts) or data.get("controle") != _checksum(texts) or header is None:
        raise _broken(plaats.geheim, "Zet een kopie van je sleutel terug")
    if not is_key_header(_parse(header)):
        raise RegiekitError(
            f"{plaats.geheim} is niet door regiekit gemaakt, of met een nieuwere versie. Zet een kopie van je sleutel "
            "terug", WRONG_FILE,
        )  # fmt: skip
    kid, gemaakt, *parts = (str(t) for t in texts)
    return Geheim(plaats.geheim, kid, gemaakt, ".".join(parts))


def _broken(path: Path, raad: str) -> RegiekitError:
    return RegiekitError(f"het sleutelbestand {path} is beschadigd. {raad}", WRONG_FILE)


def _read_json(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file; None when there is no file. Raises RegiekitError for anything else."""
    from regiekit.content.reader import read_source

    raw, problems = read_source(path)
    if problems and problems[0].code == "bestand-ontbreekt":
        return None
    if problems:
        raise RegiekitError(str(problems[0]), WRONG_FILE)
    data = _parse(raw)
    if not isinstance(data, dict):
        raise _broken(path, "Zet een kopie terug")
    return data


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def is_key_header(header: object) -> bool:
    """Whether this is the header of a key file as regiekit writes it, within bounds that a computer can do."""
    if not isinstance(header, dict) or header.keys() != {*KEY_HEADER, "p2s"}:
        return False
    rounds, salt = header["p2c"], read_base64url(header["p2s"])
    same = all(header[name] == KEY_HEADER[name] for name in ("alg", "enc", "cty"))
    return same and bool(salt) and type(rounds) is int and ROUNDS <= rounds <= MOST_ROUNDS


# Making, opening and writing ----------------------------------------------------------------------------------------


def make_key(wachtzin: str, gemaakt: date) -> tuple[Geheim, dict[str, str]]:
    """A new key: its secret part, shut with the wachtzin, and its public part. Nothing is written."""
    require_jose()
    from regiekit.kanaal import jose

    private = jose.make_private()
    public = _public_jwk(private["x"], private["y"], gemaakt.isoformat())
    shut = Geheim(Path(), public["kid"], public["gemaakt"], "")
    return seal(Sleutel(public["kid"], private), shut, wachtzin), public


def seal(sleutel: Sleutel, geheim: Geheim, wachtzin: str) -> Geheim:
    """`geheim` shut with (another) wachtzin; raises WachtzinError."""
    from regiekit.kanaal import jose

    try:
        return geheim._replace(sealed=jose.seal_private(sleutel.private, check_wachtzin(wachtzin)))
    except ValueError:
        raise WachtzinError("deze wachtzin is zelf een sleutel; kies een gewone zin") from None


def unlock(geheim: Geheim, wachtzin: str) -> Sleutel:
    """The key itself; raises WachtzinError for another wachtzin. Takes a quarter of a second."""
    require_jose()
    from regiekit.kanaal import jose

    private = jose.unseal_private(geheim.sealed, normalize(wachtzin))
    if private is None:
        raise WachtzinError(
            f"de wachtzin past niet bij sleutel {vingerafdruk(geheim.kid)}; let op hoofdletters, spaties en leestekens"
        )
    if thumbprint(private.get("x"), private.get("y")) != geheim.kid:
        raise _broken(geheim.path, "Zet een kopie van je sleutel terug")
    return Sleutel(geheim.kid, private)


def public_of(sleutel: Sleutel, gemaakt: str) -> dict[str, str]:
    """The public part of a key that is open."""
    return _public_jwk(sleutel.private["x"], sleutel.private["y"], gemaakt)


def save_key(plaats: Plaats, geheim: Geheim, openbaar: dict[str, str]) -> None:
    """Write a new key, both parts or nothing; raises OSError. FileExistsError: a key is never replaced."""
    if plaats.geheim == default_path():
        plaats.geheim.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if plaats.openbaar.exists():
        raise FileExistsError(errno.EEXIST, "", str(plaats.openbaar))
    save_secret(plaats, geheim, replace=False)
    try:
        save_public(plaats, openbaar)
    except OSError:
        plaats.geheim.unlink(missing_ok=True)  # nobody has the public part yet
        raise


def save_secret(plaats: Plaats, geheim: Geheim, *, replace: bool) -> None:
    """Write the secret part so that only its owner can read it; raises OSError.

    With `replace` a symbolic link is followed: the key is where it leads, and there the old wachtzin has to go.
    """
    texts = [geheim.kid, geheim.gemaakt, *geheim.sealed.split(".")]
    data = dict(zip(("kid", "gemaakt", *_PARTS), texts, strict=True))
    path = plaats.geheim.resolve() if replace else plaats.geheim
    _write(path, {**data, "controle": _checksum(texts)}, 0o600, replace)


def save_public(plaats: Plaats, openbaar: dict[str, str]) -> None:
    """Write the public part; raises OSError, also when it exists."""
    _write(plaats.openbaar, openbaar, 0o644, replace=False)


def _checksum(texts: list[Any]) -> str:
    return hashlib.sha256(".".join(map(str, texts)).encode("utf-8", "surrogatepass")).hexdigest()


def _write(path: Path, data: dict[str, str], mode: int, replace: bool) -> None:
    """Whole or not at all, with exactly this mode; without `replace` never over another file (FileExistsError)."""
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with open(descriptor, "wb") as file:
            file.write(json.dumps(data, indent=2).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        scratch.chmod(mode)  # the umask may have taken rights away
        if replace:
            scratch.replace(path)
        else:
            put_new(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


# The kid and the JWK --------------------------------------------------------------------------------------------------


def vingerafdruk(kid: str) -> str:
    """What a person compares two keys by: four groups of four letters and digits, from the kid; no 0, 1, 8 or 9."""
    raw = read_base64url(kid)
    if raw is None or len(raw) != 32:
        return f"'{visible(kid[:20])}'"
    text = base64.b32encode(raw[:10]).decode().lower()
    return " ".join(text[i : i + 4] for i in range(0, 16, 4))


def _public_jwk(x: Any, y: Any, gemaakt: str) -> dict[str, str]:
    jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "enc", "alg": ANSWER_ALG}
    return {**jwk, "kid": thumbprint(x, y), "gemaakt": gemaakt}


def thumbprint(x: Any, y: Any) -> str:
    """The kid of a key on P-256 (RFC 7638)."""
    needed = json.dumps({"crv": "P-256", "kty": "EC", "x": x, "y": y}, separators=(",", ":"))
    return write_base64url(hashlib.sha256(needed.encode()).digest())


def is_on_curve(jwk: Mapping[str, object]) -> bool:
    """Whether a JWK holds a point of P-256: y² = x³ - 3x + b."""
    x, y = (read_base64url(jwk.get(name)) for name in ("x", "y"))
    if (jwk.get("kty"), jwk.get("crv")) != ("EC", "P-256") or x is None or y is None or len(x) != 32 or len(y) != 32:
        return False
    a, b = int.from_bytes(x, "big"), int.from_bytes(y, "big")
    return a < _P and b < _P and (b * b - (a * a * a - 3 * a + _B)) % _P == 0


def write_base64url(raw: bytes) -> str:
    """Bytes as base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read_base64url(text: object) -> bytes | None:
    """The bytes of base64url; None for any text that `write_base64url` would not have made."""
    if not isinstance(text, str) or not re.fullmatch("[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        return None
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return raw if write_base64url(raw) == text else None

"""Keys and sealed answer files, beside an outside reading of the standards: RFC 7516, 7517, 7518 and 7638."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from hypothesis import given
from hypothesis import strategies as st

from regiekit.errors import RegiekitError
from regiekit.kanaal import sleutel as keys
from regiekit.kanaal.antwoordbestand import is_sealed
from regiekit.kanaal.versleuteld import open_with, read_sealed
from util import EIGEN_REGIE, ROOT, VRAGEN, Result, afname_yaml, answers, run, schaal, small_lijst

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WACHTZIN = "lamp wortel fietsbel dak"
GIVEN = answers("43215", "12345", "1234", "123")
AFNAME = afname_yaml(GIVEN, client="R-014", meetmoment="start").encode()
ANTWOORD = json.dumps({
    "formulier": 1, "klaar": True, "vragenlijst": "eigen-regie", "versie": "1", "hash": EIGEN_REGIE.hash,
    "client": "R-014", "meetmoment": "start", "antwoorden": {f"v{n}": GIVEN[v] for n, v in enumerate(VRAGEN, 1)},
}).encode()  # fmt: skip
FORMULIER = ("vragenlijst", "formulier", "eigen-regie", "--meetmoment", "start")
unix = pytest.mark.skipif(os.name == "nt", reason="modes and pseudo-terminals of Unix")


# The judge: the standards once more, in other hands -----------------------------------------------------------------


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def concat_kdf(secret: bytes, enc: str, bits: int, apu: bytes = b"", apv: bytes = b"") -> bytes:
    """RFC 7518 4.6.2, one round of SHA-256."""
    other = b"".join(len(part).to_bytes(4, "big") + part for part in (enc.encode(), apu, apv))
    return hashlib.sha256((1).to_bytes(4, "big") + secret + other + bits.to_bytes(4, "big")).digest()[: bits // 8]


def pbes2(wachtzin: bytes, alg: str, salt: bytes, rounds: int) -> bytes:
    """RFC 7518 4.8.1."""
    name, bits = re.fullmatch(r"PBES2-HS(\d+)\+A(\d+)KW", alg).groups()  # type: ignore[union-attr]
    return hashlib.pbkdf2_hmac(f"sha{name}", wachtzin, alg.encode() + b"\0" + salt, rounds, int(bits) // 8)


def numbers(jwk: dict[str, str]) -> ec.EllipticCurvePublicNumbers:
    x, y = (int.from_bytes(unb64(jwk[name]), "big") for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1())


def jwe(text: bytes, jwk: dict[str, str], **change: Any) -> bytes:
    """A sealed file as the RFC says, with another header (`...` leaves a part out) when asked."""
    own = ec.generate_private_key(ec.SECP256R1())
    made = own.public_key().public_numbers()
    epk = {"kty": "EC", "crv": "P-256", "x": b64(made.x.to_bytes(32, "big")), "y": b64(made.y.to_bytes(32, "big"))}
    header = {"alg": "ECDH-ES", "enc": "A256GCM", "epk": epk, "kid": jwk["kid"], **change}
    protected = b64(json.dumps({k: v for k, v in header.items() if v is not ...}).encode())
    party = [unb64(str(header.get(name, ""))) for name in ("apu", "apv")]
    key = concat_kdf(own.exchange(ec.ECDH(), numbers(jwk).public_key()), "A256GCM", 256, *party)
    iv = os.urandom(12)
    shut = AESGCM(key).encrypt(iv, text, protected.encode())
    return ".".join([protected, "", b64(iv), b64(shut[:-16]), b64(shut[-16:])]).encode()


def test_the_judge_agrees_with_rfc_7518_appendix_c() -> None:
    alice = {
        "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0", "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
        "d": "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo",
    }  # fmt: skip
    bob = {"x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}
    private = ec.EllipticCurvePrivateNumbers(int.from_bytes(unb64(alice["d"]), "big"), numbers(alice)).private_key()
    secret = private.exchange(ec.ECDH(), numbers(bob).public_key())
    assert b64(concat_kdf(secret, "A128GCM", 128, b"Alice", b"Bob")) == "VqqN6vgjbSBcIijNcacQGg"


def test_the_judge_agrees_with_rfc_7517_appendix_c() -> None:
    by_wachtzin = pbes2(
        b"Thus from my lips, by yours, my sin is purged.", "PBES2-HS256+A128KW", unb64("2WCTcJZ1Rvd_CJuJripQ1w"), 4096
    )
    assert list(by_wachtzin) == [110, 171, 169, 92, 129, 92, 109, 117, 233, 242, 116, 233, 170, 14, 24, 75]
    wrapped = unb64("TrqXOwuNUfDV9VPTNbyGvEJ9JMjefAVn-TR1uIxR9p6hsRQh9Tk7BA")
    assert aes_key_unwrap(by_wachtzin, wrapped)[:4] == bytes([111, 27, 25, 52])


# A key --------------------------------------------------------------------------------------------------------------


class Made(NamedTuple):
    """A key on disk, its public part, and the key opened."""

    path: Path
    public: dict[str, str]
    opened: keys.Sleutel

    def sealed(self, text: bytes = ANTWOORD, **change: Any) -> bytes:
        return jwe(text, self.public, **change)


@contextmanager
def written(text: str | bytes) -> Iterator[int]:
    """A file descriptor that gives `text`."""
    reader, writer = os.pipe()
    os.write(writer, text.encode() if isinstance(text, str) else text)
    os.close(writer)
    try:
        yield reader
    finally:
        os.close(reader)


def with_wachtzin(*arguments: object, wachtzin: str | bytes = WACHTZIN + "\n", stdin: str = "") -> Result:
    with written(wachtzin) as descriptor:
        return run(*arguments, "--wachtzin-fd", descriptor, stdin=stdin)


def make(path: Path, wachtzin: str = WACHTZIN) -> Result:
    return with_wachtzin("sleutel", "maak", "--sleutel", path, "--json", wachtzin=wachtzin)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    path = tmp_path_factory.mktemp("sleutel") / "sleutel.json"
    assert make(path).code == 0
    public, geheim = keys.public_key(path), keys.load_secret(keys.place_of(path))
    assert public is not None and geheim is not None
    return Made(path, public, keys.unlock(geheim, WACHTZIN))


@pytest.fixture(autouse=True)
def no_key_of_the_tester(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("REGIEKIT_SLEUTEL", raising=False)
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "eigen"))


def save(folder: Path, raw: bytes, name: str = "antwoorden.jwe") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def score(made: Made, *paths: Path, wachtzin: str = WACHTZIN) -> Result:
    return with_wachtzin("score", *paths, "--sleutel", made.path, "--json", wachtzin=wachtzin)


def test_maak_says_what_is_at_stake_and_what_was_made(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.json"
    result = with_wachtzin("sleutel", "maak", "--sleutel", path)
    assert result.code == 0 and result.err == ""
    assert result.out.index("voorgoed onleesbaar") < result.out.index("Vingerafdruk") < result.out.index("een kopie")
    assert WACHTZIN not in result.out
    shown = run("sleutel", "toon", "--sleutel", path, "--json").json
    assert shown["geheim"] == str(path) and shown["openbaar"] == str(tmp_path / "sleutel.openbaar.json")
    assert re.fullmatch("([a-z2-7]{4} ){3}[a-z2-7]{4}", shown["vingerafdruk"])
    assert shown["vingerafdruk"] in run("sleutel", "toon", "--sleutel", path).out.replace("\n", " ")
    assert shown["gemaakt"] in result.out


def test_the_secret_part_is_an_encrypted_jwk_by_the_standard(made: Made) -> None:
    """Opened by the judge: PBES2-HS512+A256KW and A256GCM, as any program that knows RFC 7517 would."""
    stored = json.loads(made.path.read_text())
    header = json.loads(unb64(stored["protected"]))
    assert header["alg"] == "PBES2-HS512+A256KW" and header["enc"] == "A256GCM" and header["cty"] == "jwk+json"
    assert header["p2c"] >= 600_000 and len(unb64(header["p2s"])) >= 16
    by_wachtzin = pbes2(WACHTZIN.encode(), header["alg"], unb64(header["p2s"]), header["p2c"])
    key = aes_key_unwrap(by_wachtzin, unb64(stored["encrypted_key"]))
    shut = unb64(stored["ciphertext"]) + unb64(stored["tag"])
    jwk = json.loads(AESGCM(key).decrypt(unb64(stored["iv"]), shut, stored["protected"].encode()))
    private = ec.derive_private_key(int.from_bytes(unb64(jwk["d"]), "big"), ec.SECP256R1())
    assert private.public_key().public_numbers() == numbers(made.public)


def test_the_public_part_is_a_jwk_whose_kid_is_its_thumbprint(made: Made) -> None:
    from joserfc.jwk import ECKey

    stored = json.loads((made.path.parent / "sleutel.openbaar.json").read_text())
    assert "d" not in stored
    assert set(made.public) == {"kty", "crv", "x", "y", "use", "alg", "kid"}
    assert ECKey.import_key(dict(made.public)).thumbprint() == made.public["kid"] == stored["kid"]


@unix
@pytest.mark.parametrize("umask", [0, 0o777])
def test_only_the_owner_reads_the_secret_part(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        assert make(tmp_path / "s.json").code == 0
        changed = with_wachtzin(
            "sleutel", "wachtzin", "--sleutel", tmp_path / "s.json", wachtzin=f"{WACHTZIN}\n{WACHTZIN}!\n"
        )
    finally:
        os.umask(before)
    assert changed.code == 0
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes == {"s.json": 0o600, "s.openbaar.json": 0o644}


def test_the_place_is_that_of_the_users_data(tmp_path: Path) -> None:
    assert run("sleutel", "toon").code == 2 and keys.public_key() is None
    result = with_wachtzin("sleutel", "maak", "--json")
    assert result.code == 0 and tmp_path in Path(result.json["geheim"]).parents
    assert keys.public_key() is not None
    if os.name != "nt":
        assert stat.S_IMODE(Path(result.json["geheim"]).parent.stat().st_mode) == 0o700


def test_the_place_may_be_given_in_four_ways(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made.path.parent
    for given_ in (made.path, folder, folder / "sleutel.openbaar.json"):
        assert keys.place_of(given_).geheim == made.path
    monkeypatch.setenv("REGIEKIT_SLEUTEL", str(made.path))
    assert keys.public_key() == made.public


# What is never done ------------------------------------------------------------------------------------------------


def test_an_existing_key_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.json"
    for name in ("sleutel.json", "sleutel.openbaar.json"):
        (tmp_path / name).write_text("van mij")
        result = make(path)
        assert result.code == 2 and f"{name} bestaat al" in result.err and "--sleutel PAD" in result.err
        assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {name: "van mij"}
        (tmp_path / name).unlink()
    assert "--overschrijf" not in run("sleutel", "maak", "--help").out


def test_a_key_that_appears_in_the_meantime_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, make_key = tmp_path / "sleutel.json", keys.make_key

    def slowly(*arguments: Any) -> Any:
        path.write_text("van een ander")
        return make_key(*arguments)

    monkeypatch.setattr(keys, "make_key", slowly)
    result = make(path)
    assert result.code == 2 and "bestaat al" in result.err
    assert [p.read_text() for p in tmp_path.iterdir()] == ["van een ander"]


@pytest.mark.parametrize("appears", [False, True])
def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, appears: bool) -> None:
    path = tmp_path / "sleutel.json"

    def refuse(self: Path, target: Path) -> None:
        if appears:
            path.write_text("van een ander")
        raise OSError(errno.EPERM, "")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert make(path).code == (2 if appears else 0)
    assert len(list(tmp_path.iterdir())) == (1 if appears else 2)
    assert (path.read_text() == "van een ander") is appears


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "de schijf is vol"), (errno.EROFS, "je mag daar niet schrijven")]
)
@pytest.mark.parametrize("after", [0, 1])
def test_a_disk_that_refuses_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str, after: int
) -> None:
    """Also when the secret part could be written and the public part not."""
    done: list[int] = []

    def refuse(descriptor: int) -> None:
        done.append(descriptor)
        if len(done) > after:
            raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", refuse)
    result = make(tmp_path / "sleutel.json")
    assert result.code == 2 and told in result.err and result.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = make(tmp_path / "weg/sleutel.json")
    assert result.code == 2 and "die map bestaat niet" in result.err and "--sleutel" in result.err


def test_a_failed_change_of_wachtzin_keeps_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.json"
    make(path)
    before = path.read_bytes()

    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(os, "fsync", refuse)
    result = with_wachtzin("sleutel", "wachtzin", "--sleutel", path, wachtzin=f"{WACHTZIN}\nheel andere zin\n")
    assert result.code == 2 and "de schijf is vol" in result.err
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 2


def test_a_key_behind_a_link_gets_the_new_wachtzin_itself(tmp_path: Path) -> None:
    stick, link = tmp_path / "stick", tmp_path / "sleutel.json"
    stick.mkdir()
    make(stick / "echt.json")
    (tmp_path / "sleutel.openbaar.json").symlink_to(stick / "echt.openbaar.json")
    (tmp_path / "tussen.json").symlink_to("stick/echt.json")
    link.symlink_to("tussen.json")
    result = with_wachtzin("sleutel", "wachtzin", "--sleutel", link, wachtzin=f"{WACHTZIN}\nheel andere zin\n")
    assert result.code == 0 and link.is_symlink() and (tmp_path / "tussen.json").is_symlink()
    assert sorted(p.name for p in stick.iterdir()) == ["echt.json", "echt.openbaar.json"]
    geheim = keys.load_secret(keys.place_of(stick / "echt.json"))
    assert geheim is not None and keys.unlock(geheim, "heel andere zin")
    with pytest.raises(keys.WachtzinError):
        keys.unlock(geheim, WACHTZIN)


def test_a_public_part_that_cannot_be_made_again_keeps_the_old_wachtzin(tmp_path: Path) -> None:
    make(tmp_path / "s.json")
    before = (tmp_path / "s.json").read_bytes()
    (tmp_path / "s.openbaar.json").unlink()
    (tmp_path / "s.openbaar.json").symlink_to("weg.json")
    arguments = ("sleutel", "wachtzin", "--sleutel", tmp_path / "s.json")
    result = with_wachtzin(*arguments, wachtzin=f"{WACHTZIN}\nheel andere zin\n")
    assert result.code == 2 and "geldt vanaf nu" not in result.out
    assert (tmp_path / "s.json").read_bytes() == before and not (tmp_path / "weg.json").exists()


# Wachtzin -----------------------------------------------------------------------------------------------------------


def test_another_wachtzin_for_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    first = make(path).json
    public = (tmp_path / "s.openbaar.json").read_bytes()
    (tmp_path / "s.openbaar.json").unlink()  # and what got lost is made again
    result = with_wachtzin(
        "sleutel", "wachtzin", "--sleutel", path, "--json", wachtzin=f"{WACHTZIN}\nheel andere zin\nmeer\n"
    )
    assert result.code == 0 and result.json == first
    assert (tmp_path / "s.openbaar.json").read_bytes() == public
    made = Made(path, keys.public_key(path) or {}, keys.Sleutel("", {}))
    file = save(tmp_path, made.sealed())
    assert score(made, file, wachtzin="heel andere zin").code == 0
    assert score(made, file).code == 2
    for wrong in ("niet de goede zin\nheel andere zin\n", "heel andere zin\nkort\n"):
        refused = with_wachtzin("sleutel", "wachtzin", "--sleutel", path, wachtzin=wrong)
        assert refused.code == 2
        assert score(made, file, wachtzin="heel andere zin").code == 0


@pytest.mark.parametrize(
    ("wachtzin", "told"),
    [
        ("elf tekens!\n", "12 tekens of meer"),
        ("\n", "geeft geen wachtzin"),
        ("", "geeft geen wachtzin"),
        (b"\xff" * 12, "geen tekst in UTF-8"),
        ("een pijltje \x1b[D erin", "niet te zien"),
        ("x" * 501, "te lang"),
        ("e\u0301" * 11, "12 tekens of meer"),  # eleven letters, in twenty-two code points
        (" " * 12, "12 tekens of meer"),
        ("  elf tekens!  ", "12 tekens of meer"),
        ("a" * 12, "5 verschillende"),
        ("abcd abcd abcd", "5 verschillende"),
    ],
)
def test_a_wachtzin_that_will_not_do(tmp_path: Path, wachtzin: str | bytes, told: str) -> None:
    result = with_wachtzin("sleutel", "maak", "--sleutel", tmp_path / "s.json", wachtzin=wachtzin)
    assert result.code == 2 and told in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_wachtzin_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    typed = "  12345 12345 1  "
    assert make(tmp_path / "s.json", typed).code == 0
    geheim = keys.load_secret(keys.place_of(tmp_path / "s.json"))
    assert geheim is not None and keys.unlock(geheim, typed)
    with pytest.raises(keys.WachtzinError):
        keys.unlock(geheim, typed.strip())


def test_an_easy_wachtzin_of_before_still_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("regiekit.cli.wachtzin", "regiekit.kanaal.sleutel"):
        monkeypatch.setattr(f"{module}.check_wachtzin", keys.normalize)
    assert make(tmp_path / "s.json", "aaaa").code == 0
    monkeypatch.undo()
    changed = with_wachtzin("sleutel", "wachtzin", "--sleutel", tmp_path / "s.json", wachtzin=f"aaaa\n{WACHTZIN}\n")
    assert changed.code == 0


def test_a_wachtzin_that_is_a_key_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization

    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    ssh = point.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()
    result = make(tmp_path / "s.json", ssh)
    assert result.code == 2 and "is zelf een sleutel" in result.err


def test_what_looks_the_same_opens(tmp_path: Path) -> None:
    make(tmp_path / "s.json", "cafe\u0301 ge\u0308erfd ijs")
    geheim = keys.load_secret(keys.place_of(tmp_path / "s.json"))
    assert geheim is not None
    assert keys.unlock(geheim, "caf\u00e9 g\u00eberfd ijs").kid == geheim.kid
    with pytest.raises(keys.WachtzinError):
        keys.unlock(geheim, "cafe geerfd ijs")


def test_a_descriptor_that_cannot_be_read(made: Made, tmp_path: Path) -> None:
    file = save(tmp_path, made.sealed())
    result = run("score", file, "--sleutel", made.path, "--wachtzin-fd", 987)
    assert result.code == 2 and "--wachtzin-fd 987 kan niet gelezen worden" in result.err
    assert run("score", file, "--wachtzin-fd", -1).code == 2


def test_without_a_terminal_nothing_is_asked(made: Made, tmp_path: Path) -> None:
    file = save(tmp_path, made.sealed())
    for command in (("sleutel", "maak", "--sleutel", tmp_path / "n.json"), ("score", file, "--sleutel", made.path)):
        result = run(*command, stdin=f"{WACHTZIN}\n{WACHTZIN}\n")
        assert result.code == 2 and "geen terminal" in result.err and "--wachtzin-fd" in result.err


class Terminal:
    """regiekit in a terminal of its own; all that it shows is kept. `stdin` may be something else than it."""

    def __init__(self, *arguments: object, stdin: int | None = None) -> None:
        import pty

        self.end, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "regiekit", *map(str, arguments)],
            stdin=other if stdin is None else stdin, stdout=other, stderr=other, cwd=ROOT,
            start_new_session=True, preexec_fn=lambda: os.close(os.open(os.ttyname(2), os.O_RDWR)),
        )  # fmt: skip
        os.close(other)
        self.shown = ""

    def read(self) -> bool:
        """Read on; False at the end."""
        try:
            read = os.read(self.end, 4096)
        except OSError:  # the other side is closed
            return False
        self.shown += read.decode(errors="replace").replace("\r\n", "\n")
        return bool(read)

    def answer(self, question: str, typed: str) -> None:
        """Wait for a question that was not asked before, and type."""
        start = len(self.shown)
        while not self.shown[start:].endswith(": ") or question not in self.shown[start:]:
            assert self.read(), self.shown
        os.write(self.end, typed.encode())

    def leave(self) -> int:
        while self.read():
            pass
        os.close(self.end)
        return self.process.wait(20)


@unix
def test_on_a_terminal_it_is_typed_twice_and_never_shown(tmp_path: Path) -> None:
    terminal = Terminal("sleutel", "maak", "--sleutel", tmp_path / "s.json")
    terminal.answer("Nieuwe wachtzin", "te kort\n")
    terminal.answer("Nieuwe wachtzin", f"{WACHTZIN}\n")
    terminal.answer("Nog een keer", "heel iets anders\n")
    terminal.answer("Nieuwe wachtzin", f"{WACHTZIN}\n")
    terminal.answer("Nog een keer", f"{WACHTZIN}\n")
    assert terminal.leave() == 0
    assert "Vier woorden" in terminal.shown and "anders dan de eerste" in terminal.shown
    assert not [typed for typed in ("te kort\n", "lamp", "heel iets") if typed in terminal.shown]
    geheim = keys.load_secret(keys.place_of(tmp_path / "s.json"))
    assert geheim is not None and keys.unlock(geheim, WACHTZIN)


@unix
@pytest.mark.parametrize(("right_at", "code"), [(1, 0), (3, 0), (4, 2)])
def test_on_a_terminal_there_are_three_tries(made: Made, tmp_path: Path, right_at: int, code: int) -> None:
    files = save(tmp_path, made.sealed()), save(tmp_path, made.sealed(), "later.jwe")
    terminal = Terminal("score", *files, "--sleutel", made.path)
    for attempt in range(1, min(right_at, 3) + 1):
        terminal.answer("Wachtzin van sleutel", f"{WACHTZIN}\n" if attempt == right_at else "niet de goede zin\n")
    assert terminal.leave() == code
    assert terminal.shown.count("Wachtzin van sleutel") == min(right_at, 3)  # once, for both files
    assert ("past niet bij sleutel" in terminal.shown) is (right_at > 1)
    assert ("Autonomie" in terminal.shown) is (code == 0) and "lamp" not in terminal.shown
    assert "beschadigd" not in terminal.shown


@unix
@pytest.mark.parametrize("typed", ["\x03", "\x04"])
def test_stopping_at_the_question(made: Made, tmp_path: Path, typed: str) -> None:
    terminal = Terminal("score", save(tmp_path, made.sealed()), "--sleutel", made.path)
    terminal.answer("Wachtzin van sleutel", typed)
    assert terminal.leave() == 130
    assert "Gestopt." in terminal.shown and "Traceback" not in terminal.shown


@unix
def test_a_sealed_file_through_a_pipe_still_asks_on_the_terminal(made: Made, tmp_path: Path) -> None:
    file = save(tmp_path, made.sealed())
    with file.open("rb") as stdin:
        terminal = Terminal("score", "-", "--sleutel", made.path, stdin=stdin.fileno())
        terminal.answer("Wachtzin van sleutel", f"{WACHTZIN}\n")
        assert terminal.leave() == 0
    assert "Autonomie" in terminal.shown and "lamp" not in terminal.shown


# Opening ------------------------------------------------------------------------------------------------------------


def test_a_sealed_answer_file_scores_as_what_is_in_it(made: Made, tmp_path: Path) -> None:
    plain = run("score", save(tmp_path, AFNAME, "a.yaml"), "--json").json
    assert score(made, save(tmp_path, made.sealed())).json == plain
    folded = b"\r\n".join(re.findall(b".{1,76}", made.sealed())) + b"\r\n"  # as a mail program sends a long line
    assert score(made, save(tmp_path, b"\xef\xbb\xbf" + folded)).json == plain
    parties = made.sealed(apu=b64(b"Alice"), apv=b64(b"Bob"), typ="JOSE", cty="json")
    assert score(made, save(tmp_path, parties)).json == plain


@pytest.mark.parametrize(
    "inside",
    [
        small_lijst(schaal("s", "1 2 3", 3)), AFNAME.decode(), '{"vragenlijst": "./x.yaml", "antwoorden": {}}', "",
        '{"resourceType": "QuestionnaireResponse"}', "<data/>", "PK\x03\x04", ANTWOORD.decode()[:-30], "\x00\xff",
        "[1]", "null", ANTWOORD.decode().replace('"klaar"', '"hash": "x", "klaar"'), "{" * 3000,
    ],
    ids=range(13),
)  # fmt: skip
def test_only_what_a_form_hands_in_is_read_from_a_sealed_file(made: Made, tmp_path: Path, inside: str) -> None:
    result = score(made, save(tmp_path, made.sealed(inside.encode("latin-1", "replace"))))
    assert result.code == 3 and result.out == "" and result.err.count("\n") == 1
    assert "geen antwoorden van een formulier" in result.err and "cliënt" in result.err
    assert "invulblad" not in result.err


def test_what_is_wrong_in_a_sealed_form_is_told_as_always(made: Made, tmp_path: Path) -> None:
    paused = score(made, save(tmp_path, made.sealed(ANTWOORD.replace(b"true", b"false"))))
    assert paused.code == 4 and "pauzebestand" in paused.err
    later = score(made, save(tmp_path, made.sealed(ANTWOORD.replace(b'"formulier": 1', b'"formulier": 2'))))
    assert later.code == 3 and "vorm 2" in later.err


def test_every_command_that_reads_answer_files_opens_them(made: Made, tmp_path: Path) -> None:
    file = save(tmp_path, made.sealed())
    for command in ("score", "advies", "voorbereiding"):
        result = with_wachtzin(command, file, "--sleutel", made.path)
        assert result.code == 0 and result.err == "", command
        assert result.out == run(command, save(tmp_path, AFNAME, "a.yaml")).out


def test_the_wachtzin_is_asked_once_for_several_files(made: Made, tmp_path: Path) -> None:
    later = ANTWOORD.replace(b"start", b"einde")
    files = save(tmp_path, made.sealed()), save(tmp_path, made.sealed(later), "later.jwe")
    result = score(made, *files)
    assert result.code == 0 and len(result.json["afnames"]) == 2


@pytest.mark.needs("node")
def test_what_webcrypto_of_node_seals_is_opened(made: Made, tmp_path: Path) -> None:
    script = """
        const [jwk, text] = JSON.parse(process.argv[1]);
        const b64 = (raw) => Buffer.from(raw).toString("base64url");
        const curve = { name: "ECDH", namedCurve: "P-256" };
        (async () => {
          const theirs = await crypto.subtle.importKey("jwk", jwk, curve, false, []);
          const own = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
          const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
          const size = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
          const info = [size(1), Buffer.from(bits), size(7), Buffer.from("A256GCM"), size(0), size(0), size(256)];
          const digest = await crypto.subtle.digest("SHA-256", Buffer.concat(info));
          const key = await crypto.subtle.importKey("raw", digest, "AES-GCM", false, ["encrypt"]);
          const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", own.publicKey);
          const header = { alg: "ECDH-ES", enc: "A256GCM", kid: jwk.kid, epk: { kty, crv, x, y } };
          const head = b64(JSON.stringify(header)), iv = crypto.getRandomValues(new Uint8Array(12));
          const how = { name: "AES-GCM", iv, additionalData: Buffer.from(head) };
          const shut = Buffer.from(await crypto.subtle.encrypt(how, key, Buffer.from(text)));
          process.stdout.write([head, "", b64(iv), b64(shut.subarray(0, -16)), b64(shut.subarray(-16))].join("."));
        })();
    """
    prelude = 'globalThis.crypto ??= require("node:crypto").webcrypto;'
    asked = json.dumps([made.public, ANTWOORD.decode()])
    done = subprocess.run(["node", "-e", prelude + script, asked], capture_output=True, check=True)
    assert score(made, save(tmp_path, done.stdout)).code == 0


def refused(made: Made, raw: bytes) -> RegiekitError:
    """The error for a sealed file with the right key at hand; anything else than an error fails."""
    with pytest.raises(RegiekitError) as caught:
        open_with(made.opened, read_sealed(raw, "a.jwe"))
    return caught.value


CHANGED = "veranderd of beschadigd"


@pytest.mark.parametrize("mask", [0x01, 0x02, 0x10, 0x20, 0x80])
def test_a_changed_byte_never_opens(made: Made, mask: int) -> None:
    raw = made.sealed()
    for place in range(len(raw)):
        other = bytearray(raw)
        other[place] ^= mask
        assert is_sealed(bytes(other))
        try:
            opened = read_sealed(bytes(other), "a.jwe")
        except RegiekitError as error:
            assert error.exit_code == 3 and ("cliënt" in str(error))
            continue
        if opened.kid == made.public["kid"]:
            assert CHANGED in str(refused(made, bytes(other))), place


def test_a_file_that_was_cut_off_is_told_so(made: Made) -> None:
    raw = made.sealed()
    for size in range(3, len(raw)):
        error = refused(made, raw[:size])
        assert error.exit_code == 3 and "het eind ontbreekt" in str(error), size
        assert is_sealed(raw[:size])


@given(st.one_of(st.binary(max_size=60), st.text("eyJ.-_Aa0= \n", max_size=60).map(str.encode)))
def test_junk_is_one_clear_error(raw: bytes) -> None:
    for text in (raw, b"eyJ" + raw, b".".join([raw] * 5)):
        with pytest.raises(RegiekitError, match="cliënt") as caught:
            read_sealed(text, "a.jwe")
        assert caught.value.exit_code == 3


@pytest.mark.parametrize("place", [0, 1, 2, 40, -1, -60])
def test_a_changed_byte_is_one_line_for_the_coach(made: Made, tmp_path: Path, place: int) -> None:
    raw = bytearray(made.sealed())
    raw[place] = ord("~")
    result = score(made, save(tmp_path, bytes(raw)))
    assert result.code == 3 and result.out == "" and result.err.count("\n") == 1
    assert CHANGED in result.err and "opnieuw in te leveren" in result.err and "wachtzin" not in result.err


@pytest.mark.parametrize(
    "change",
    [
        {"alg": "ECDH-ES+A256KW"}, {"alg": "dir"}, {"alg": "RSA-OAEP"}, {"alg": "none"}, {"alg": ...},
        {"alg": ["ECDH-ES"]}, {"enc": "A128GCM"}, {"enc": "A256CBC-HS512"}, {"enc": ...}, {"zip": "DEF"},
        {"crit": ["exp"]}, {"p2c": 10**9}, {"jku": "https://voorbeeld.nl"}, {"kid": ...}, {"epk": ...},
    ],
    ids=str,
)  # fmt: skip
def test_only_what_the_form_makes_is_opened(made: Made, change: dict[str, Any]) -> None:
    error = refused(made, made.sealed(**change))
    assert error.exit_code == 3 and "anders versleuteld" in str(error) and "cliënt" in str(error)
    assert not re.search(r"None|True|False|[{}\[\]']", str(error))
    strange = {n: v for n, v in change.items() if n in ("alg", "enc")}
    told = [v for v in strange.values() if isinstance(v, str) and re.fullmatch("[A-Z0-9a-z+-]{3,24}", v)]
    assert ("versleuteld (" in str(error)) is (strange != {} and len(told) == len(strange))


def test_a_point_with_more_than_a_point_is_refused(made: Made) -> None:
    own = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    whole = {name: b64(n.to_bytes(32, "big")) for name, n in
             (("x", own.public_numbers.x), ("y", own.public_numbers.y), ("d", own.private_value))}  # fmt: skip
    for more in (whole, {**whole, "d": "junk"}, {"x": whole["x"], "y": whole["y"], "key_ops": []}):
        assert CHANGED in str(refused(made, made.sealed(epk={"kty": "EC", "crv": "P-256", **more})))


P384 = ec.generate_private_key(ec.SECP384R1()).public_key().public_numbers()
POINT = {"kty": "EC", "crv": "P-256", "x": b64(b"\1" * 32), "y": b64(b"\2" * 32)}


@pytest.mark.parametrize(
    "epk",
    [
        POINT, {**POINT, "x": b64(b"\0")}, {**POINT, "x": 5}, {**POINT, "d": b64(b"\1" * 32)}, {}, [], "x", None,
        {**POINT, "x": b64(b"\xff" * 32)}, {**POINT, "kty": "OKP", "crv": "X25519"},
        {"kty": "EC", "crv": "P-384", "x": b64(P384.x.to_bytes(48, "big")), "y": b64(P384.y.to_bytes(48, "big"))},
    ],
    ids=str,
)  # fmt: skip
def test_a_point_that_is_not_on_the_curve_is_refused(made: Made, epk: Any) -> None:
    assert CHANGED in str(refused(made, made.sealed(epk=epk)))


def test_parts_that_do_not_belong(made: Made) -> None:
    head, _, iv, text, tag = made.sealed().split(b".")
    for parts in (
        [head, b"AAAA", iv, text, tag], [head, b"", iv + b"AAAA", text, tag], [head, b"", iv, text, tag + b"AA"],
        [head, b"", iv, text, tag, b""], [b"", b"", iv, text, tag], [b"W10", b"", iv, text, tag],
        [head, b"", iv, b"", tag], [head, b"", b"", text, tag],
    ):  # fmt: skip
        assert CHANGED in str(refused(made, b".".join(parts)))


def test_a_file_that_is_too_large(made: Made, tmp_path: Path) -> None:
    result = score(made, save(tmp_path, made.sealed(b"x" * 1_000_000)))
    assert result.code == 3 and "te groot" in result.err
    large = made.sealed(b" " * 700_000 + ANTWOORD)
    assert score(made, save(tmp_path, large)).code == 0


def test_a_file_for_another_key_names_both(made: Made, tmp_path: Path) -> None:
    other = make(tmp_path / "s.json").json
    public = keys.public_key(tmp_path / "s.json") or {}
    result = score(made, save(tmp_path, jwe(ANTWOORD, public)), wachtzin="niet gevraagd")
    assert result.code == 3 and other["vingerafdruk"] in result.err and CHANGED not in result.err
    assert keys.vingerafdruk(made.public["kid"]) in result.err and "--sleutel PAD" in result.err
    assert "opnieuw in te leveren" in result.err
    with_own_kid = jwe(ANTWOORD, {**public, "kid": made.public["kid"]})  # says it is for us, and is not
    assert CHANGED in score(made, save(tmp_path, with_own_kid)).err
    strange = run("score", save(tmp_path, made.sealed(kid="\x1b[31m" * 20)), "--sleutel", made.path)
    assert strange.code == 3 and "\x1b" not in strange.err


def test_no_key_on_this_computer(made: Made, tmp_path: Path) -> None:
    file = save(tmp_path, made.sealed())
    result = with_wachtzin("score", file)
    assert result.code == 2 and keys.vingerafdruk(made.public["kid"]) in result.err
    assert str(keys.default_path()) in result.err and "opnieuw in te leveren" in result.err
    (tmp_path / "sleutel.openbaar.json").write_bytes((made.path.parent / "sleutel.openbaar.json").read_bytes())
    assert "alleen een openbaar deel" in with_wachtzin("score", file, "--sleutel", tmp_path).err
    shown = run("sleutel", "toon", "--sleutel", tmp_path)
    assert shown.code == 0 and "openen kan hier niet" in shown.out
    assert run("sleutel", "toon", "--sleutel", tmp_path, "--json").json["geheim"] is None


def test_a_wrong_wachtzin_does_not_look_like_a_damaged_file(made: Made, tmp_path: Path) -> None:
    result = score(made, save(tmp_path, made.sealed()), wachtzin="lamp wortel fietsbel dal")
    assert result.code == 2 and "wachtzin past niet" in result.err and "beschadigd" not in result.err


# Broken key files ---------------------------------------------------------------------------------------------------


def each_change(path: Path) -> Iterator[None]:
    raw = path.read_bytes()
    for place in range(len(raw)):
        for mask in (0x01, 0x20, 0x80):
            other = bytearray(raw)
            other[place] ^= mask
            path.write_bytes(other)
            yield
        path.write_bytes(raw[:place])
        yield
    path.write_bytes(raw)


@pytest.mark.parametrize("name", ["sleutel.json", "sleutel.openbaar.json"])
def test_a_damaged_key_file_is_told_before_a_wachtzin_is_asked(made: Made, tmp_path: Path, name: str) -> None:
    for part in made.path.parent.iterdir():
        (tmp_path / part.name).write_bytes(part.read_bytes())
    plaats = keys.place_of(tmp_path)
    load: Callable[..., object] = keys.load_secret if name == "sleutel.json" else keys.load_public

    def read() -> object:
        found = load(plaats)
        return {**found, "gemaakt": "nu"} if isinstance(found, dict) else found  # another date harms no one

    whole = read()
    for _ in each_change(tmp_path / name):
        try:
            found = read()
        except RegiekitError as error:
            assert error.exit_code == 3 and name in str(error)
        else:
            assert found == whole  # white space


@pytest.mark.parametrize("rounds", [1, 599_999, 5_000_001, 10**12, -1, "600000", 600_000.0, True, None, ...])
def test_rounds_out_of_bounds_are_refused_at_once(made: Made, tmp_path: Path, rounds: Any) -> None:
    stored = json.loads(made.path.read_text())
    header = {**json.loads(unb64(stored["protected"])), "p2c": rounds}
    stored["protected"] = b64(json.dumps({k: v for k, v in header.items() if v is not ...}).encode())
    parts = [stored[n] for n in ("kid", "gemaakt", "protected", "encrypted_key", "iv", "ciphertext", "tag")]
    stored["controle"] = hashlib.sha256(".".join(parts).encode()).hexdigest()
    (tmp_path / "s.json").write_text(json.dumps(stored))
    result = with_wachtzin("score", save(tmp_path, made.sealed()), "--sleutel", tmp_path / "s.json")
    assert result.code == 3 and "niet door regiekit gemaakt" in result.err


def test_rounds_may_grow_in_a_later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keys.KEY_HEADER, "p2c", 700_000)
    assert make(tmp_path / "s.json").code == 0
    monkeypatch.undo()
    geheim = keys.load_secret(keys.place_of(tmp_path / "s.json"))
    assert geheim is not None and keys.unlock(geheim, WACHTZIN).kid == geheim.kid


def test_parts_of_two_keys(made: Made, tmp_path: Path) -> None:
    make(tmp_path / "sleutel.json")
    (tmp_path / "sleutel.openbaar.json").write_bytes((made.path.parent / "sleutel.openbaar.json").read_bytes())
    for ask in (lambda: keys.public_key(tmp_path), lambda: keys.load_public(keys.place_of(tmp_path))):
        with pytest.raises(RegiekitError, match="niet bij dezelfde sleutel") as caught:
            ask()
        assert caught.value.exit_code == 3
    (tmp_path / "sleutel.openbaar.json").unlink()
    with pytest.raises(RegiekitError, match="regiekit sleutel wachtzin"):
        keys.public_key(tmp_path)
    assert run("sleutel", "toon", "--sleutel", tmp_path).code == 3


def test_a_public_key_for_a_form(made: Made, tmp_path: Path) -> None:
    assert keys.public_key() is None
    alone = tmp_path / "s.openbaar.json"  # for a colleague who sends forms and opens nothing
    alone.write_bytes((made.path.parent / "sleutel.openbaar.json").read_bytes())
    assert keys.public_key(alone) == made.public
    off = {**json.loads(alone.read_text()), "y": made.public["x"]}
    off["kid"] = keys.thumbprint(off["x"], off["y"])
    alone.write_text(json.dumps(off))
    with pytest.raises(RegiekitError, match="beschadigd"):
        keys.public_key(alone)
    alone.unlink()
    alone.mkdir()
    with pytest.raises(RegiekitError, match="het is een map"):
        keys.public_key(tmp_path / "s.json")


@pytest.mark.parametrize("typed", ["{}/weg.json", "{}/weg/sleutel.json", "{}", "~van-niemand/sleutel.json", " ", "."])
@pytest.mark.parametrize("how", ["--sleutel", "REGIEKIT_SLEUTEL"])
def test_a_place_without_a_key_never_gives_a_form_without_a_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, how: str
) -> None:
    monkeypatch.chdir(tmp_path)
    place = typed.format(tmp_path)
    if how == "REGIEKIT_SLEUTEL":
        monkeypatch.setenv(how, place)
    arguments = [how, place] if how == "--sleutel" else []
    result = run(*FORMULIER, *arguments, "--uit", "f.html")
    assert result.code == 2 and f"{how} wijst naar" in result.err and "staat geen sleutel" in result.err
    assert result.out == "" and result.err.count("\n") == 1 and list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_given_may_have_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIEKIT_SLEUTEL", "")
    assert "zonder slot" in run(*FORMULIER, "--uit", tmp_path / "f.html").out
    monkeypatch.setenv("REGIEKIT_SLEUTEL", str(tmp_path / "weg.json"))
    assert run(*FORMULIER, "--open", "--uit", tmp_path / "g.html").code == 0


# Without the library ------------------------------------------------------------------------------------------------


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch, made: Made) -> None:
    """As on a computer for which the library has no wheel."""
    import regiekit.kanaal

    monkeypatch.delitem(sys.modules, "regiekit.kanaal.jose", raising=False)
    monkeypatch.delattr(regiekit.kanaal, "jose", raising=False)
    for name in [n for n in sys.modules if n.partition(".")[0] in ("joserfc", "cryptography")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "joserfc", None)
    monkeypatch.setitem(sys.modules, "cryptography", None)


@pytest.mark.usefixtures("no_library")
def test_without_the_library_the_plain_way_is_left(tmp_path: Path, made: Made) -> None:
    file = save(tmp_path, b"eyJ" + b"A" * 40)
    assert not keys.can_open()
    assert keys.public_key(made.path) == made.public
    assert run("sleutel", "toon", "--sleutel", made.path).code == 0
    result = make(tmp_path / "s.json")
    assert result.code == 2 and "joserfc" in result.err and "gewone formulier werkt wel" in result.err
    assert list(tmp_path.iterdir()) == [file]
    assert run("score", save(tmp_path, AFNAME, "a.yaml")).code == 0


@pytest.mark.usefixtures("no_library")
def test_without_the_library_the_form_has_no_lock_and_says_so(tmp_path: Path, made: Made) -> None:
    form = tmp_path / "f.html"
    result = run("vragenlijst", "formulier", "eigen-regie", "--sleutel", made.path, "--uit", form)
    assert result.code == 0 and "zonder slot" in result.err and "zonder slot" in result.out
    assert made.public["x"] not in form.read_text(encoding="utf-8")


def test_without_the_library_a_sealed_file_is_told_so(
    tmp_path: Path, made: Made, request: pytest.FixtureRequest
) -> None:
    file = save(tmp_path, made.sealed())
    assert keys.can_open()
    request.getfixturevalue("no_library")
    result = score(made, file)
    assert result.code == 2 and "joserfc" in result.err and "wachtzin" not in result.err


def test_the_library_is_known_in_one_place() -> None:
    users = {
        path.name
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"^\s*(from|import) (joserfc|cryptography)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert users == {"jose.py"}

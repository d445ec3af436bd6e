"""No network: asked of every command, of what it is made of, and of everything that it makes."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import zipfile
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pytest

from netwerk.zonder import KAN_NIET
from stukken import make_alle
from util import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HERE = ROOT / "tests/netwerk"
# Packages that fetch or serve; what stands in the standard library comes after the line.
CLIENTS = {
    "aiohttp", "boto3", "botocore", "certifi", "grpc", "grpcio", "h11", "h2", "httpcore", "httplib2", "httpx",
    "paramiko", "pip", "pycurl", "requests", "sentry-sdk", "tornado", "twisted", "urllib3", "uvicorn",
    "websocket-client", "websockets",
    # ---
    "asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib",
    "webbrowser", "xmlrpc",
}  # fmt: skip
NO_NETWORK = {"urllib.parse"}  # takes addresses apart, and asks nothing
# What the keychain library starts on Linux to look for a library of macOS.
OF_KEYRING = {"/sbin/ldconfig", "ldconfig", "gcc", "cc", "/usr/bin/gcc", "/usr/bin/cc", "ld", "objdump"}


def judge(folder: Path, *controle: str, before: tuple[str, ...] = ()) -> dict[str, Any]:
    """What alles.py saw; `before` is who looks over its shoulder."""
    folder.mkdir()
    command = [*before, sys.executable, "-P", str(HERE / "alles.py"), str(folder), *controle]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def families(trace: Path) -> set[str]:
    """The kinds of socket that a process and its children made."""
    return set(re.findall(r"socket(?:pair)?\((AF_\w+)", trace.read_text(encoding="utf-8")))


@pytest.mark.needs("strace")
def test_no_command_makes_a_socket_or_starts_a_program(tmp_path: Path) -> None:
    """All commands in one process: Python says what it does, and the system what every library does."""
    trace = tmp_path / "trace"
    found = judge(tmp_path / "map", before=("strace", "-f", "--seccomp-bpf", "-e", "trace=network", "-o", str(trace)))
    assert found["opdrachten"] > 90
    assert found["anders"] == []
    programs = {line.partition(" ")[2] for line in found["gevraagd"] if line.startswith("subprocess.Popen ")}
    assert programs <= OF_KEYRING
    assert [line for line in found["gevraagd"] if not line.startswith("subprocess.Popen ")] == []
    assert families(trace) <= {"AF_UNIX"}


@pytest.mark.needs("strace")
@pytest.mark.parametrize("controle", ["naam", "verbinding"])
def test_who_watches_sees_a_network(controle: str, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    before = ("strace", "-f", "-e", "trace=network", "-o", str(trace))
    found = judge(tmp_path / "map", controle, before=before)
    assert found["gevraagd"]
    assert families(trace) - {"AF_UNIX"}


def test_a_command_can_be_run_where_there_is_no_network() -> None:
    """Where the system allows it (Linux); elsewhere the script says so, and .ci/run goes on without."""
    probe = "import socket; print([n for _, n in socket.if_nameindex()]); socket.create_connection(('192.0.2.1', 9), 2)"
    command = [sys.executable, str(HERE / "zonder.py"), sys.executable, "-c", probe]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == KAN_NIET:
        assert done.stderr.startswith("zonder.py: hier kan het netwerk er niet af")
        return
    assert done.stdout == "['lo']\n"
    assert "Network is unreachable" in done.stderr


# What it is made of -------------------------------------------------------------------------------------------------


def locked(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text(encoding="ascii"), re.MULTILINE))


@pytest.mark.parametrize("lock", ["eisen.txt", "eisen-groep.txt"])
def test_nothing_that_fetches_is_installed_for_use(lock: str) -> None:
    names = locked(lock)
    assert len(names) > 30
    assert names & CLIENTS == set()


@cache
def requirements() -> dict[str, list[str]]:
    return {name: metadata.requires(name) or [] for name in sorted(locked("eisen-groep.txt")) if _is_here(name)}


def _is_here(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:  # of another system
        return False
    return True


def test_nothing_that_is_installed_needs_what_fetches() -> None:
    needed = {
        (name, re.split(r"[^\w.-]", line)[0].lower())
        for name, lines in requirements().items()
        for line in lines
        if "extra ==" not in line
    }
    assert len(requirements()) > 25
    assert {pair for pair in needed if pair[1] in CLIENTS} == set()


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_code_imports_nothing_that_fetches() -> None:
    found = {
        (str(path.relative_to(ROOT)), module)
        for path in (ROOT / "src").rglob("*.py")
        for module in imported(path) - NO_NETWORK
        if module.partition(".")[0] in CLIENTS
    }
    assert found == set()


def test_the_scripts_of_a_form_ask_nothing() -> None:
    for path in (ROOT / "src").rglob("*.js"):
        assert not re.findall(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|RTC\w+)\b",
                              path.read_text(encoding="utf-8")), path  # fmt: skip


# What it makes ------------------------------------------------------------------------------------------------------

# Names that only say what kind of thing something is: nothing is fetched from them.
NAMESPACES = ("http://www.w3.org/", "http://schemas.openxmlformats.org/", "http://purl.org/", "http://ns.adobe.com/",
              "http://www.aiim.org/", "http://schemas.microsoft.com/", "http://iso.org/")  # fmt: skip
LOADS = re.compile(
    r"""<(?:script|img|iframe|embed|object|audio|video|source|track|link|image|use|feImage)\b[^>]*?"""
    r"""\b(?:src|href|data|srcset|xlink:href)\s*=\s*["']?(?!data:|#)([^"'\s>]+)|(?<![\w.])url\(\s*["']?(?!data:|#)([^"')]+)|"""
    r"""@import\s+([^;]+)|<meta[^>]+refresh""",
    re.IGNORECASE,
)


def test_the_search_for_what_loads_finds_it() -> None:
    loading = (
        '<img src="https://a.nl/b.png">', "<script src=//a.nl></script>", "a{background:url(http://a.nl)}",
        '@import "http://a.nl";', '<use xlink:href="http://a.nl#b"/>', '<link rel="x" href="http://a.nl">',
    )  # fmt: skip
    for text in loading:
        assert LOADS.search(text), text
    assert not LOADS.search('<img src="data:image/png;base64,aa"><use href="#b"/><a href="https://a.nl">b</a>')


@pytest.fixture(scope="module")
def stukken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    return {vorm: make_alle(vorm, tmp_path_factory.mktemp(vorm[1:])) for vorm in (".html", ".docx", ".pdf")}


def test_no_page_loads_anything(stukken: dict[str, dict[str, Path]]) -> None:
    assert len(stukken[".html"]) > 15
    for naam, path in stukken[".html"].items():
        assert not LOADS.search(path.read_text(encoding="utf-8")), naam


def test_no_word_file_has_a_part_elsewhere(stukken: dict[str, dict[str, Path]]) -> None:
    assert len(stukken[".docx"]) > 7
    for naam, path in stukken[".docx"].items():
        with zipfile.ZipFile(path) as archive:
            relations = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
        assert relations, naam
        assert not any('TargetMode="External"' in text for text in relations), naam


def test_no_pdf_has_an_address_an_action_or_a_file_elsewhere(stukken: dict[str, dict[str, Path]]) -> None:
    from pypdf import PdfReader

    assert len(stukken[".pdf"]) > 15
    for naam, path in stukken[".pdf"].items():
        reader = PdfReader(path)
        objects = [reader.get_object(number) for number in known_objects(reader)]
        assert len(objects) > 20
        keys = {str(key) for value in objects if isinstance(value, dict) for key in value}
        assert keys & {"/URI", "/JS", "/Launch", "/OpenAction", "/AA", "/EF", "/GoToR"} == set(), naam
        addresses = re.findall(rb"https?://[^\s\"'<>)]+", path.read_bytes())
        assert [a for a in addresses if not a.decode().startswith(NAMESPACES)] == [], naam


def known_objects(reader: Any) -> set[int]:
    """The numbers of all objects of a PDF."""
    plain = {number for generation in reader.xref.values() for number in generation}
    return plain | set(reader.xref_objStm)

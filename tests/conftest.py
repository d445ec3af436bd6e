"""What holds for every test: no network, and a skip is named (and is a failure where CI is set).

A test that needs a program of the machine says so: @pytest.mark.needs("pdftoppm", "pdfinfo"). A test in a browser takes
the fixture `page` and says @pytest.mark.needs("chromium"), with "axe", "lforms" or "xforms" for
the packages of browser/haal.py.
"""

import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

from browser import is_there, offline_page, open_browser

CI = bool(os.environ.get("CI"))
settings.register_profile("ci", derandomize=True, max_examples=60, deadline=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if CI else "dev")


def refuse_network(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        assert self.family == getattr(socket, "AF_UNIX", None), f"network use: {arguments}"
        return original(self, *arguments)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    def refuse_lookup(*arguments: Any, **_: Any) -> None:
        raise AssertionError(f"network use: {arguments}")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse_network(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", refuse_lookup)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key and the dossier of whoever runs the tests take no part in them: at the usual place there is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("REGIEKIT_DOSSIER", raising=False)
        patch.delenv("REGIEKIT_SLEUTEL", raising=False)
        for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("geen")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page; the test fails when the page asked anything of a network."""
    with offline_page(browser) as opened:
        yield opened


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*names): skipped where the machine lacks one of these")


def pytest_runtest_setup(item: pytest.Item) -> None:
    wanted = [name for mark in item.iter_markers("needs") for name in mark.args]
    if missing := [name for name in wanted if not is_there(name)]:
        pytest.skip(", ".join(missing))


def skip_reasons(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return sorted({str(report.longrepr[2]).removeprefix("Skipped: ") for report in reports})


def pytest_sessionfinish(session: pytest.Session) -> None:
    if CI and session.exitstatus == pytest.ExitCode.OK and skip_reasons(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if reasons := skip_reasons(config):
        verdict = "; met CI is dat een fout" if CI else ""
        terminalreporter.write_line(f"Overgeslagen, want dit ontbreekt hier: {', '.join(reasons)}{verdict}.")

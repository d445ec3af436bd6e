"""What holds for every test: no network, and a skip is named (and is a failure where CI is set).

A test that needs a program of the machine says so: @pytest.mark.needs("pdftoppm", "pdfinfo").
"""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

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


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*programs): skipped where the machine lacks one of these programs")


def pytest_runtest_setup(item: pytest.Item) -> None:
    wanted = [name for mark in item.iter_markers("needs") for name in mark.args]
    if missing := [name for name in wanted if shutil.which(name) is None]:
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

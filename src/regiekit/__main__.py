"""The way in. The garbage collector rests: a command ends before it would pay."""

import gc
import os
import signal
import sys
from functools import partial

gc.set_threshold(200_000)  # a command makes some 50,000 objects that stay; one that reads a thousand files does collect


def run() -> None:
    """Run the command line and leave with its exit code; also when it is told to end, so that it can clean up."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP; who starts this with nohup does not want it
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    if sys.getfilesystemencoding() == "ascii":
        _start_in_utf8()
    stops: list[int] = []
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, partial(_interrupt, stops))
    sys.unraisablehook = lambda seen: None if stops else sys.__unraisablehook__(seen)
    try:
        from regiekit.cli.app import main

        code = main(sys.argv[1:])
        gc.freeze()  # else Python's last act is to go over every object once more
    except KeyboardInterrupt:  # before a command runs, which says so itself
        code = 130
    except Exception:
        if not stops:
            raise
        code = 130  # Ctrl-C in the middle of a library can become another error, or one that cannot be raised
    sys.exit(code)


def _start_in_utf8() -> None:
    """Start again where a letter with an accent is a letter: in the C locale, with Python's own cure switched off, it
    is none, in what was typed and in the name of a file."""
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _interrupt(stops: list[int], number: int, _frame: object) -> None:
    """What Ctrl-C does in Python, remembered."""
    stops.append(number)
    raise KeyboardInterrupt


def _stop(number: int, _frame: object) -> None:
    """Leave as a shell says that a signal ended a program; a second one does not come between the cleaning up."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


if __name__ == "__main__":
    run()

"""The way in. The garbage collector rests while modules load: a command ends before it would pay."""

import gc
import sys

gc.disable()


def run() -> None:
    """Run the command line and leave with its exit code."""
    from regiekit.cli.app import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()

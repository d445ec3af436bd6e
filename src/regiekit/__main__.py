"""The way in. The garbage collector rests: a command ends before it would pay."""

import gc
import sys

gc.set_threshold(200_000)  # a command makes some 50,000 objects that stay; one that reads a thousand files does collect


def run() -> None:
    """Run the command line and leave with its exit code."""
    from regiekit.cli.app import main

    code = main(sys.argv[1:])
    gc.freeze()  # else Python's last act is to go over every object once more
    sys.exit(code)


if __name__ == "__main__":
    run()

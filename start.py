"""Sets regiekit up at the first call, then runs it. Standard library only, in a syntax that old Pythons can read."""
import hashlib
import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))
SOURCE = os.path.join(ROOT, "src")
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(VENV, "slot")  # made first and never removed: its presence says that .venv is ours
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
HELP_VENV = "Installeer het (op Debian en Ubuntu: sudo apt install python3-venv) en start opnieuw."
USE, GROEP, TEST = REQUIREMENTS = ["eisen.txt", "eisen-groep.txt", "eisen-test.txt"]  # each holds those before it
EXTRA = {"groep": GROEP}  # what can follow --met


def stop(text, code=2):
    sys.stderr.write("start.py: " + text + "\n")
    raise SystemExit(code)


def read(path):
    if not os.path.exists(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def stamp_path(requirements):
    return os.path.join(VENV, requirements + ".klaar")


def expected_stamp(requirements):
    """Changes with the requirements, with Python, and with the place of the checkout."""
    version = "{0}.{1} {2}".format(sys.version_info[0], sys.version_info[1], sys.platform)
    place = os.path.normcase(ROOT).encode("utf-8", "surrogatepass")
    locks = [read(os.path.join(ROOT, name)) for name in sorted({USE, requirements})]
    return hashlib.sha256(b"\0".join([version.encode("ascii"), place] + locks)).hexdigest().encode("ascii")


def held_by(requirements):
    return REQUIREMENTS[:REQUIREMENTS.index(requirements) + 1]


def is_ready(requirements):
    return os.path.exists(PYTHON) and read(stamp_path(requirements)) == expected_stamp(requirements)


def check_python():
    if sys.version_info < (3, 11):
        stop("regiekit heeft Python 3.11 of nieuwer nodig; dit is Python {0}.{1}. Installeer een nieuwere Python "
             "en start opnieuw.".format(sys.version_info[0], sys.version_info[1]))


def check_venv():
    try:
        import ensurepip, venv  # noqa: E401, F401
    except ImportError:
        stop("deze Python mist het onderdeel 'venv'. " + HELP_VENV)
    if os.path.isdir(VENV) and os.listdir(VENV) and not os.path.exists(LOCK):
        stop("de map .venv is niet door start.py gemaakt. Hernoem of verwijder die map en start opnieuw.")


def wait_for_turn(file):
    """Blocks while another call is setting up. The system lets go of the lock when a process ends, however it ends."""
    try:
        import fcntl
    except ImportError:
        import msvcrt
        while True:
            try:
                return msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
            except OSError:
                pass
    fcntl.flock(file, fcntl.LOCK_EX)


def make_venv():
    import shutil, subprocess, sysconfig, venv  # noqa: E401
    for name in os.listdir(VENV):
        path = os.path.join(VENV, name)
        if path in [stamp_path(lock) for lock in REQUIREMENTS]:
            open(path, "wb").close()  # an extra that was there is wanted again, also when this is cut short
        elif os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif path != LOCK:
            os.remove(path)
    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError:
        stop("het onderdeel 'venv' van deze Python werkt niet. " + HELP_VENV)
    site = sysconfig.get_path("purelib", "venv", {"base": VENV})
    with open(os.path.join(site, "regiekit.pth"), "w") as file:
        file.write(os.path.relpath(SOURCE, site) + "\n")  # relative, so that no letter in the path can spoil it


def install(requirements):
    import subprocess
    pip = [PYTHON, "-I", "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    pip += ["--only-binary", ":all:", "--require-hashes", "-r", os.path.join(ROOT, requirements)]
    done = subprocess.run(pip, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        lines = done.stdout.decode("utf-8", "replace").split("\n")
        cause = ([line.strip() for line in lines if "ERROR" in line] or ["geen uitleg van pip"])[-1]
        stop("het ophalen van de onderdelen lukte niet. Kijk of er internet is en start opnieuw. Pip zegt: " + cause)
    subprocess.call([PYTHON, "-I", "-m", "compileall", "-q", SOURCE], stdout=subprocess.DEVNULL)


def set_up(requirements):
    check_venv()
    moment = "Bijwerken" if os.path.exists(stamp_path(requirements)) else "Eerste keer"
    sys.stderr.write(moment + ": de onderdelen van regiekit worden in .venv gezet; dit duurt een minuut.\n")
    os.makedirs(VENV, exist_ok=True)
    with open(LOCK, "a") as file:
        wait_for_turn(file)
        if is_ready(requirements):
            return
        if not is_ready(USE):
            make_venv()
        install(requirements)
        for name in held_by(requirements):  # last, so that a set-up that was cut short is done again
            with open(stamp_path(name), "wb") as stamp:
                stamp.write(expected_stamp(name))


def run(command):
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess  # Windows
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # regiekit got it too, and decides
            pass


def take_extra(arguments):
    """The lock that --met asks for, None without --met, and the arguments that are left."""
    first, equals, name = (arguments[0] if arguments else "").partition("=")
    if first != "--met":
        return None, arguments
    left = arguments[1:] if equals else arguments[2:]
    name = name if equals else "".join(arguments[1:2])
    if name not in EXTRA:
        stop("na --met hoort de naam van een extra onderdeel ({0}){1}. Typ bijvoorbeeld: python start.py --met groep "
             "groep tabel.csv".format(", ".join(sorted(EXTRA)), ", niet " + ascii(name) if name else ""))
    return EXTRA[name], left


def main(arguments):
    check_python()
    testing = arguments[:1] == ["--test"]
    extra, arguments = take_extra(arguments)
    requirements = TEST if testing else extra or (GROEP if os.path.exists(stamp_path(GROEP)) else USE)
    try:
        if not is_ready(requirements):
            set_up(requirements)
    except KeyboardInterrupt:
        stop("afgebroken. De volgende keer begint het inrichten opnieuw.", 130)
    except OSError as error:  # a full disk, a folder without write access, a file in use
        stop("inrichten lukte niet ({0}). Verwijder de map .venv en start opnieuw.".format(error))
    if not testing:
        return run([PYTHON, "-P", "-m", "regiekit"] + arguments)  # -P: never import from the folder of the call
    os.chdir(ROOT)
    return run([PYTHON, "-P", "-m", "pytest"] + arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

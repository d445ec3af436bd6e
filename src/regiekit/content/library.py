"""The content of regiekit and of the coach's own folder, checked, and quick to read back.

YAML is the only source. The models check it once and write what they checked beside the program, with the stamp of
every source file; as long as the stamps hold, that form is read without yaml and pydantic. Both ways end in the same
objects: `Inhoud`, with the names of the model's fields and nothing else.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from regiekit import __version__
from regiekit.errors import Problem, ProblemsError, RegiekitError, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.stuurmatrix import Banden, Stuurmatrix
    from regiekit.domain.techniek import Techniek

PACKAGE = Path(__file__).resolve().parents[1]
ENVIRONMENT = "REGIEKIT_BIBLIOTHEEK"
SUFFIXES = (".yaml", ".yml")
FORM = 1  # of what is written; another number makes every stored form old


class Inhoud(SimpleNamespace):
    """A checked part of a content file: read-only, with the fields of its model."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"inhoud is read-only: {name}")


class Loaded(NamedTuple):
    """One content file: where it came from, what it holds, and the hash of what counts for a score."""

    bestand: str
    inhoud: Any
    hash: str


def data_folder() -> Path:
    """The folder with the project's own content: the checkout's when there is one, else the package's."""
    checkout = PACKAGE.parents[1] / "data"
    return checkout if (checkout / "technieken").is_dir() and PACKAGE.parent.name == "src" else PACKAGE / "_data"


def load_technieken(bibliotheek: Path | None = None) -> list[Techniek]:
    """Every techniek, in order; those of the coach's folder stand beside or replace none of them."""
    found = _load("technieken", bibliotheek)
    return cast("list[Techniek]", sorted((f.inhoud for f in found), key=lambda t: (t.volgorde, t.id)))


def load_vragenlijsten(bibliotheek: Path | None = None) -> list[Loaded]:
    """Every vragenlijst with its file and hash; one id may stand there in several versies."""
    return sorted(_load("vragenlijsten", bibliotheek), key=lambda f: (f.inhoud.id, f.inhoud.versie))


def load_stuurmatrix() -> Stuurmatrix:
    """The stuurmatrix with its texts."""
    return cast("Stuurmatrix", next(f.inhoud for f in _load("sturing") if f.inhoud.id == "stuurmatrix"))


def load_banden() -> Banden:
    """How much difference is called clear."""
    return cast("Banden", next(f.inhoud for f in _load("sturing") if f.inhoud.id == "banden"))


def load_vragenlijst_file(path: Path) -> Loaded:
    """One vragenlijst file, checked; raises ProblemsError with its problems."""
    from regiekit.content.compile import compile_file

    made, problems = compile_file("vragenlijsten", path)
    if made is None:
        raise ProblemsError(problems)
    return _thaw(made)


def own_folder(option: Path | None) -> Path | None:
    """The coach's folder: the option, else the environment variable, else none."""
    named = option or (Path(os.environ[ENVIRONMENT]) if os.environ.get(ENVIRONMENT) else None)
    if named is not None and not named.is_dir():
        raise RegiekitError(f"de map {named} voor je eigen bibliotheek bestaat niet; maak haar of geef een andere")
    return named


def _load(kind: str, bibliotheek: Path | None = None) -> list[Loaded]:
    """Every file of a kind from the project and from the coach's folder; raises ProblemsError with all problems."""
    files = yaml_files(data_folder() / kind)
    stored = _read_stored(kind, _stamp(files))
    if stored is None:
        stored = _compile(kind, files)
    loaded = [_thaw(made) for made in stored]
    if bibliotheek is not None:
        loaded = _merge(kind, loaded, yaml_files(bibliotheek, deep=True))
    return loaded


def _merge(kind: str, loaded: list[Loaded], own: Sequence[Path]) -> list[Loaded]:
    from regiekit.content.compile import compile_file, kind_of_file

    problems: list[Problem] = []
    for path in own:
        if kind_of_file(path) not in (kind, None):
            continue
        made, wrong = compile_file(kind, path)
        problems += wrong
        if made is not None:
            loaded = _add(kind, loaded, _thaw(made), problems)
    if problems:
        raise ProblemsError(problems)
    return loaded


def _add(kind: str, loaded: list[Loaded], new: Loaded, problems: list[Problem]) -> list[Loaded]:
    """Equal id and versie with another content is a problem that names both; the same content is read once."""
    twin = next((o for o in loaded if (o.inhoud.id, o.inhoud.versie) == (new.inhoud.id, new.inhoud.versie)), None)
    if twin is None:
        return [*(o for o in loaded if kind == "vragenlijsten" or o.inhoud.id != new.inhoud.id), new]
    if twin.hash != new.hash:
        details = {"id": new.inhoud.id, "versie": new.inhoud.versie, "ander": twin.bestand}
        problems.append(problem(new.bestand, 0, 0, "id-dubbel-bestand", **details))
    return loaded


def yaml_files(folder: Path, *, deep: bool = False) -> list[Path]:
    """The YAML files of a folder, by name; hidden files and folders are left alone."""
    paths = folder.rglob("*") if deep else folder.iterdir()
    return sorted(
        p for p in paths
        if p.suffix in SUFFIXES and p.is_file() and not any(s.startswith(".") for s in p.relative_to(folder).parts)
    )  # fmt: skip


def _stamp(files: Sequence[Path]) -> list[Any]:
    """What must be unchanged for a stored form to hold: this program, and name, size and times of each source file."""
    stats = [[p.name, s.st_size, s.st_mtime_ns, s.st_ctime_ns] for p in files for s in [p.stat()]]
    models = max(e.stat().st_mtime_ns for f in ("domain", "content") for e in os.scandir(PACKAGE / f) if e.is_file())
    return [FORM, __version__, models, stats]


def _stored_path(kind: str) -> Path:
    return PACKAGE / "__pycache__" / f"inhoud-{kind}.json"


def _read_stored(kind: str, stamp: list[Any]) -> list[dict[str, Any]] | None:
    try:
        stored = json.loads(_stored_path(kind).read_bytes())
        return stored["bestanden"] if stored["stempel"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _compile(kind: str, files: Sequence[Path]) -> list[dict[str, Any]]:
    from regiekit.content.compile import compile_files

    made, problems = compile_files(kind, files)
    if problems:
        raise ProblemsError(problems)
    _store(kind, {"stempel": _stamp(files), "bestanden": made})
    return made


def _store(kind: str, stored: dict[str, Any]) -> None:
    """Write the checked form; where that is not allowed, every start reads the YAML, and nothing else changes."""
    path = _stored_path(kind)
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        scratch.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        scratch.replace(path)
    except OSError:
        return


def _thaw(made: dict[str, Any]) -> Loaded:
    return Loaded(made["bestand"], _to_inhoud(made["inhoud"]), made["hash"])


def _to_inhoud(value: Any) -> Any:
    """JSON to read-only objects and tuples; a mapping with whole numbers for names (labels) stays a mapping."""
    if type(value) is dict:
        if all(k.lstrip("-").isdigit() for k in value):
            return {int(k): v for k, v in value.items()}
        return Inhoud(**{k: _to_inhoud(v) for k, v in value.items()})
    return tuple(_to_inhoud(v) for v in value) if type(value) is list else value


def to_json(inhoud: Any) -> Any:
    """A content object as plain JSON values."""
    if isinstance(inhoud, Inhoud):
        return {k: to_json(v) for k, v in vars(inhoud).items()}
    return [to_json(v) for v in inhoud] if isinstance(inhoud, tuple) else inhoud


def find_techniek(technieken: Sequence[Techniek], naam: str) -> Techniek:
    """By id, name or alias, however it is written; raises RegiekitError with the nearest."""
    wanted = _plain(naam)
    names = {_plain(n): t for t in technieken for n in (*t.aliassen, t.naam, t.id)}
    if wanted in names:
        return names[wanted]
    from difflib import get_close_matches

    near = get_close_matches(wanted, names, n=1, cutoff=0.5)
    hint = f"bedoelde je '{names[near[0]].id}'?" if near else f"kies uit: {', '.join(t.id for t in technieken)}."
    raise RegiekitError(f"de techniek '{naam}' ken ik niet; {hint}")


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def find_vragenlijst(lijsten: Sequence[Loaded], naam: str) -> Loaded:
    """By id, the newest versie; `id@versie` for another; raises RegiekitError with the nearest."""
    wanted, _, versie = naam.partition("@")
    found = [v for v in lijsten if v.inhoud.id == wanted.lower() and versie in ("", v.inhoud.versie)]
    if found:
        return found[-1]
    from difflib import get_close_matches

    near = get_close_matches(naam.lower(), [v.inhoud.id for v in lijsten], n=1, cutoff=0.5)
    hint = f"bedoelde je '{near[0]}'?" if near else f"kies uit: {', '.join(sorted({v.inhoud.id for v in lijsten}))}."
    raise RegiekitError(f"de vragenlijst '{naam}' ken ik niet; {hint}")

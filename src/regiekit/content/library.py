"""The content of regiekit and of the coach's own folder, checked, and quick to read back.

YAML is the only source. The models check it once; what they checked is kept (`stored.py`), and as long as the YAML does
not change it is read back without yaml and pydantic. Both ways end in the same objects: `Inhoud`, with the names of
the model's fields and nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from regiekit.content import stored
from regiekit.content.stored import SUFFIXES
from regiekit.errors import Problem, ProblemsError, RegiekitError, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.casusbestand import Intervisievorm
    from regiekit.domain.demonstratie import Demonstratieclient
    from regiekit.domain.formulierteksten import Formulierteksten
    from regiekit.domain.mijlpaaltabel import Mijlpaaltabel
    from regiekit.domain.planbestand import Planteksten
    from regiekit.domain.signaal import Keuzeregels, Signaal
    from regiekit.domain.stuurmatrix import Banden, Stuurmatrix
    from regiekit.domain.techniek import Techniek
    from regiekit.domain.werkblad import Werkblad
    from regiekit.domain.woordenlijst import Namenlijst, Woordenlijst

PACKAGE = Path(__file__).resolve().parents[1]
ENVIRONMENT = "REGIEKIT_BIBLIOTHEEK"
LINKED = ("technieken", "vragenlijsten")  # kinds that an item of kennis may point at
TEKSTEN = "teksten"  # of a vragenlijst, by language and id: a mapping it stays


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
    """Every techniek, in order; one of the coach with a known id and another versie takes its place."""
    found = _load("technieken", bibliotheek)
    return cast("list[Techniek]", sorted((f.inhoud for f in found), key=lambda t: (t.volgorde, t.id)))


def load_werkbladen(bibliotheek: Path | None = None) -> list[Werkblad]:
    """Every werkblad, in order; one of the coach with a known id and another versie takes its place."""
    found = _load("werkbladen", bibliotheek)
    return cast("list[Werkblad]", sorted((f.inhoud for f in found), key=lambda w: (w.volgorde, w.id)))


def load_vragenlijsten(bibliotheek: Path | None = None, naam: str | None = None) -> list[Loaded]:
    """Every vragenlijst with its file and hash; one id may stand there in several versies.

    With `naam` (an id, or id@versie) only that one need be right: a file with problems and another id is left out.
    """
    wanted = naam and naam.partition("@")[0].lower()
    return sorted(
        _load("vragenlijsten", bibliotheek, wanted), key=lambda f: (f.inhoud.id, natural_order(f.inhoud.versie))
    )


def natural_order(versie: str) -> list[tuple[int, str]]:
    """A versie as people count: 9 before 10, 1.9 before 1.10."""
    parts = "".join(c if c.isdigit() else f" {c} " for c in versie).split()
    return [(int(p), "") if p.isdecimal() else (0, p) for p in parts]


def load_stuurmatrix() -> Stuurmatrix:
    """The stuurmatrix with its texts."""
    return cast("Stuurmatrix", next(f.inhoud for f in _load("sturing") if f.inhoud.id == "stuurmatrix"))


def load_banden() -> Banden:
    """How much difference is called clear."""
    return cast("Banden", next(f.inhoud for f in _load("sturing") if f.inhoud.id == "banden"))


def load_json(kind: str, bibliotheek: Path | None = None) -> list[dict[str, Any]]:
    """Every file of a kind as JSON values, not thawed: for what looks at all and shows a little."""
    if bibliotheek is not None:
        return [to_json(f.inhoud) for f in _load(kind, bibliotheek)]
    return [part["inhoud"] for _, part in stored.load(kind, data_folder() / kind, PACKAGE)]


def load_signalen(bibliotheek: Path | None = None) -> list[Signaal]:
    """Every signaal in the order of its list; one of the coach with a known id takes its place."""
    files = [f.inhoud.signalen for f in _load("signalen", bibliotheek) if hasattr(f.inhoud, "signalen")]
    return list({s.id: s for signalen in files for s in signalen}.values())


def load_keuzeregels() -> Keuzeregels:
    """How signalen lead to technieken, questions and context factors."""
    return cast("Keuzeregels", next(f.inhoud for f in _load("signalen") if f.inhoud.id == "keuzeregels"))


def load_woordenlijst(naam: str = "medische-woorden") -> Woordenlijst:
    """The words that seem medical; or those of 'werkgever-woorden', about the coaching itself."""
    return cast("Woordenlijst", next(f.inhoud for f in _load("bewaking") if f.inhoud.id == naam))


def load_namenlijst() -> Namenlijst:
    """What names of people and places look like."""
    return cast("Namenlijst", next(f.inhoud for f in _load("bewaking") if hasattr(f.inhoud, "voornamen")))


def load_planteksten() -> Planteksten:
    """What regiekit itself can put in a plan."""
    return cast("Planteksten", _load("plan")[0].inhoud)


def load_intervisievorm() -> Intervisievorm:
    """What stands on a sheet for intervisie."""
    return cast("Intervisievorm", _load("intervisie")[0].inhoud)


def load_demonstratie() -> list[Demonstratieclient]:
    """The clients of the demonstration, by code; as models, since their content is not that of one kind."""
    from regiekit.domain.demonstratie import Demonstratieclient

    return [Demonstratieclient.model_validate(made, strict=False) for made in load_json("demonstratie")]


def load_formulierteksten(bibliotheek: Path | None = None) -> list[Formulierteksten]:
    """What a form says beside the vragen, in every language: regiekit's own, and those of the coach."""
    return cast("list[Formulierteksten]", [f.inhoud for f in _load("formulieren", bibliotheek)])


def load_mijlpalen(path: Path | None = None) -> Mijlpaaltabel:
    """The table of mijlpalen: the project's own, or another from a file."""
    return cast("Mijlpaaltabel", load_file("mijlpalen", path).inhoud if path else _load("mijlpalen")[0].inhoud)


def load_file(kind: str, path: Path) -> Loaded:
    """One file of a kind, checked; raises ProblemsError with its problems."""
    from regiekit.content.compile import compile_file

    made, problems = compile_file(kind, path)
    if made is None or problems:
        raise ProblemsError(problems)
    return _thaw(made)


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
    if named is not None and not is_folder(named):
        raise RegiekitError(f"de map {named} voor je eigen bibliotheek bestaat niet; maak haar of geef een andere")
    return named


def _load(kind: str, bibliotheek: Path | None = None, wanted: str | None = None) -> list[Loaded]:
    """Every file of a kind from the project and from the coach's folder; raises ProblemsError with all problems.

    With `wanted` the problems of a file with another id do not count.
    """
    made = stored.load(kind, data_folder() / kind, PACKAGE)
    loaded = [Loaded(str(path), _to_inhoud(part["inhoud"]), part["hash"]) for path, part in made]
    if bibliotheek is not None:
        loaded = _merge(kind, loaded, bibliotheek, wanted)
    return loaded


def linked_ids(bibliotheek: Path | None = None) -> dict[str, str]:
    """What an item of kennis may point at beside other items: id -> kind."""
    return {f.inhoud.id: kind for kind in LINKED for f in _load(kind, bibliotheek)}


def _merge(kind: str, loaded: list[Loaded], bibliotheek: Path, wanted: str | None = None) -> list[Loaded]:
    from regiekit.content.compile import check_kennis, check_techniek_names, compile_file, kind_of, read_file

    problems: list[Problem] = []
    for path in yaml_files(bibliotheek, deep=True):
        found = read_file(path)[0]
        if found.complete and kind_of(found.data) is None:
            problems.append(problem(str(path), 1, 1, "soort-onbekend", suggestie="; haal het uit deze map"))
        if kind_of(found.data) != kind and found.complete:
            continue
        made, wrong = compile_file(kind, path)
        if wrong and wanted and found.complete and _id_of(found.data) not in (None, wanted):
            continue
        problems += wrong
        if made is not None:
            loaded = _add(kind, loaded, _thaw(made), problems)
    if kind == "technieken":
        problems += check_techniek_names((o.bestand, o.inhoud) for o in loaded)
    if kind == "kennis":
        problems += check_kennis([(o.bestand, to_json(o.inhoud)) for o in loaded], linked_ids(bibliotheek))
    if problems:
        raise ProblemsError(problems)
    return loaded


def _id_of(data: Any) -> str | None:
    """The id in a file that may be wrong in any way, when it says one."""
    said = data.get("id") if isinstance(data, dict) else None
    return said.lower() if isinstance(said, str) else None


def _add(kind: str, loaded: list[Loaded], new: Loaded, problems: list[Problem]) -> list[Loaded]:
    """Equal id and versie with another content is a problem that names both; the same content is read once."""
    twin = next((o for o in loaded if (o.inhoud.id, o.inhoud.versie) == (new.inhoud.id, new.inhoud.versie)), None)
    if twin is None:
        return [*(o for o in loaded if kind == "vragenlijsten" or o.inhoud.id != new.inhoud.id), new]
    if twin.hash != new.hash:
        details = {"id": new.inhoud.id, "versie": new.inhoud.versie, "ander": twin.bestand}
        problems.append(problem(new.bestand, 0, 0, "id-dubbel-bestand", **details))
    return loaded


def is_folder(path: Path) -> bool:
    """Whether this is a folder; no name is too odd or too long to ask."""
    try:
        return path.is_dir()
    except OSError:
        return False


def yaml_files(folder: Path, *, deep: bool = False) -> list[Path]:
    """The YAML files of a folder, by name; hidden files and folders are left alone, what cannot be read is not."""
    paths = folder.rglob("*") if deep else folder.iterdir()
    return sorted(
        p for p in paths
        if p.suffix in SUFFIXES and not any(s.startswith(".") for s in p.relative_to(folder).parts) and not is_folder(p)
    )  # fmt: skip


def _thaw(made: dict[str, Any]) -> Loaded:
    return Loaded(made["bestand"], _to_inhoud(made["inhoud"]), made["hash"])


def _to_inhoud(value: Any) -> Any:
    """JSON to read-only objects and tuples; a mapping with whole numbers for names (labels) stays a mapping."""
    if type(value) is dict:
        if not value or next(iter(value)).lstrip("-").isdigit():
            return {int(k): v for k, v in value.items()}
        return Inhoud(**{k: v if k == TEKSTEN else _to_inhoud(v) for k, v in value.items()})
    return tuple(_to_inhoud(v) for v in value) if type(value) is list else value


def thaw(content: dict[str, Any]) -> Any:
    """A part of a content file, from JSON to read-only objects."""
    return _to_inhoud(content)


def to_json(inhoud: Any) -> Any:
    """A content object as plain JSON values."""
    if isinstance(inhoud, Inhoud):
        return {k: to_json(v) for k, v in vars(inhoud).items()}
    return [to_json(v) for v in inhoud] if isinstance(inhoud, tuple) else inhoud


def find_techniek(technieken: Sequence[Techniek], naam: str) -> Techniek:
    """By id, name or alias, however it is written; raises RegiekitError with the nearest."""
    return cast("Techniek", _find(technieken, naam, "de techniek"))


def find_werkblad(werkbladen: Sequence[Werkblad], naam: str) -> Werkblad:
    """By id, name or alias, however it is written; raises RegiekitError with the nearest."""
    return cast("Werkblad", _find(werkbladen, naam, "het werkblad"))


def _find(items: Sequence[Any], naam: str, soort: str) -> Any:
    wanted = _plain(naam)
    names = {_plain(n): item for item in items for n in (*item.aliassen, item.naam, item.id)}
    if wanted in names:
        return names[wanted]
    from difflib import get_close_matches

    near = get_close_matches(wanted, names, n=1, cutoff=0.5)
    hint = f"bedoelde je '{names[near[0]].id}'?" if near else f"kies uit: {', '.join(i.id for i in items)}."
    raise RegiekitError(f"{soort} '{naam}' ken ik niet; {hint}")


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

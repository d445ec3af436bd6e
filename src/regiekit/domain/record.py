"""The strict border of every YAML file, and where a statement comes from."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Tekst = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Versie = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=40)]
Document = Literal[
    "handleiding", "eindrapportage", "movisie-wat-werkt", "movisie-zelfregie-hoe", "movisie-werkzame-elementen"
]


class Record(BaseModel):
    """Strict at the border (no unknown keys, no conversion), frozen inside."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True)


class Herkomst(Record):
    """Waar een uitspraak in de bronnen staat."""

    document: Document
    """Welk van de vijf brondocumenten."""
    kop: Tekst
    """De kop in dat document waaronder het staat."""
    ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=5)]
    """De feiten in data/bronnen/register.yaml die deze uitspraak weergeeft (1 tot en met 5)."""


class Uitspraak(Record):
    """Eén uitspraak in eigen woorden, met waar die vandaan komt."""

    tekst: Tekst
    """De uitspraak, in eigen woorden."""
    herkomst: Herkomst | Literal["eigen"]
    """Document, kop en ids; of `eigen` als regiekit (of jij) het zelf zegt."""
    redenering: Tekst | None = None
    """Bij `herkomst: eigen`: waarom dit er staat."""
    ook: tuple[Herkomst, ...] = ()
    """Andere plaatsen in de bronnen waar hetzelfde staat."""
    placemat: bool = False
    """Of deze uitspraak op de placemat komt (de kaart op het scherm toont alles)."""

"""Everything that is said of a group, in one value: reliability and change together, and where they came from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from regiekit.domain.beoordeling import notes_of_lijst
from regiekit.domain.groepscijfers import MINSTENS, Groepscijfers, Opmerking
from regiekit.errors import REFUSED, RegiekitError
from regiekit.groep.besloten import make_besloten
from regiekit.groep.betrouwbaarheid import moments_of
from regiekit.groep.delen import round_all
from regiekit.groep.tabel import CLIENT
from regiekit.groep.verandering import changes_of, remarks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regiekit.domain.groepscijfers import Momentcijfers
    from regiekit.groep.tabel import Groepstabel

FIRST = 1000  # rows
NIET_DELEN = (
    "Deze cijfers zijn voor wie de tabel heeft. Wie rekent, kan er iets over één mens uit halen. Om te delen is er het "
    "verslag (--verslag)."
)
OPNIEUW = (
    f"Maak pas een nieuw verslag van deze groep als er {MINSTENS} of meer mensen bij zijn. Wie twee verslagen naast "
    "elkaar legt, ziet anders wat de nieuwe mensen antwoordden."
)
WEGGELATEN = (
    f"telt niet iedereen mee. Wie met minder dan {MINSTENS} mensen dezelfde metingen heeft en evenveel invulde, valt "
    "eruit: zo is moeilijk terug te rekenen wat die mensen antwoordden. In een kleine groep kunnen dat er veel zijn. "
    "De cijfers zijn dan andere dan op het scherm, waar iedereen meetelt."
)
NIETS_TE_DELEN = (
    "{bestand}: hier is geen cijfer van te delen. Daarvoor moeten vijf mensen of meer op dezelfde manier meedoen: met "
    "dezelfde metingen, en alles ingevuld. Op het scherm staan de cijfers wel"
)
GROEP = {
    "groep": "Dit gaat over de groep samen. Trek er niets uit over één mens, één coach of één team.",
    "geen-totaal": "De schalen worden niet opgeteld: ze meten verschillende dingen.",
    "zonder-code": "De tabel heeft geen kolom met codes: elke rij telt als één mens. Staat iemand er vaker in, dan "
    "kloppen de cijfers niet.",
}


def compute_groepscijfers(
    tabel: Groepstabel,
    vragenlijst: Any,
    lijst_hash: str,
    invoer_hash: str,
    r_test_hertest: Mapping[str, float],
    *,
    delen: bool = False,
) -> Groepscijfers:
    """All figures of one table, as they may be shown to who holds it; with `delen` as anybody may see them.

    `lijst_hash` is that of the vragenlijst, `invoer_hash` the SHA-256 of the file; `r_test_hertest` gives for a schaal
    the correlation between two afnames without anything in between. Raises RegiekitError (exit code 4) for a table of
    fewer than five people, and with `delen` where no figure is left.
    """
    require_enough(tabel)
    if delen:
        tabel = make_besloten(tabel, vragenlijst)
    momenten = moments_of(tabel, vragenlijst)
    if delen and not any(m.mensen for m in momenten):
        raise RegiekitError(NIETS_TE_DELEN.format(bestand=tabel.bestand), REFUSED)
    veranderingen = changes_of(tabel, vragenlijst, momenten, r_test_hertest)
    met_code = CLIENT in tabel.frame.collect_schema()
    ends = vragenlijst.antwoordschaal
    made = Groepscijfers(
        bestand=Path(tabel.bestand).name,
        invoer_hash=invoer_hash,
        vragenlijst=vragenlijst.id,
        naam=vragenlijst.naam,
        versie=vragenlijst.versie,
        hash=lijst_hash,
        laagste=ends.min,
        hoogste=ends.max,
        aanname=ends.aanname,
        rijen=None if delen else tabel.telling,
        met_code=met_code,
        momenten=momenten,
        veranderingen=veranderingen,
        opmerkingen=(*_notes(vragenlijst, met_code=met_code), *_about_sharing(tabel, vragenlijst),
                     *remarks_of(tabel, momenten, veranderingen)),
        delen=delen,
    )  # fmt: skip
    return Groepscijfers(*round_all(made)) if delen else made


def shared_moments(tabel: Groepstabel, vragenlijst: Any) -> tuple[Momentcijfers, ...]:
    """The figures of each meetmoment of the people of whom anybody may see them, not rounded."""
    return moments_of(make_besloten(tabel, vragenlijst), vragenlijst)


def _about_sharing(tabel: Groepstabel, vragenlijst: Any) -> Iterator[Opmerking]:
    """What has to be known of figures that are shared; never how many people are left out."""
    if tabel.weggelaten is None:
        yield Opmerking("niet-delen", NIET_DELEN)
        return
    yield Opmerking("opnieuw", OPNIEUW)
    names = [s.naam for s in vragenlijst.schalen if len(tabel.weggelaten[s.id])]
    if names:
        where = "Bij alle schalen" if len(names) == len(vragenlijst.schalen) else f"Bij {', '.join(names)}"
        yield Opmerking("weggelaten", f"{where} {WEGGELATEN}")


def require_enough(tabel: Groepstabel) -> None:
    """Raises RegiekitError (exit code 4) for a table of fewer than five people."""
    if count_people(tabel) < MINSTENS:
        raise RegiekitError(
            f"{tabel.bestand}: cijfers van een groep gaan over {MINSTENS} mensen of meer, anders zeggen ze iets over "
            "één mens; neem meer mensen samen, of bekijk elk mens apart met 'regiekit score BESTAND'", REFUSED,
        )  # fmt: skip


def count_people(tabel: Groepstabel) -> int:
    """How many people are in the first rows of a table: different codes, and every row without a code somebody else.

    Nobody has more rows than there are meetmomenten (60 at most), so that these rows settle whether there are enough.
    """
    first = tabel.frame.head(FIRST)
    if CLIENT not in first.collect_schema():
        return int(first.select(pl.len()).collect().item())
    code = pl.col(CLIENT)
    return int(first.select(code.drop_nulls().n_unique() + code.null_count()).collect().item())


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal, without holding the file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _notes(vragenlijst: Any, *, met_code: bool) -> Iterator[Opmerking]:
    """What has to be known with all figures."""
    yield from (Opmerking(*note) for note in notes_of_lijst(vragenlijst))
    yield Opmerking("groep", GROEP["groep"])
    yield Opmerking("geen-totaal", GROEP["geen-totaal"])
    if not met_code:
        yield Opmerking("zonder-code", GROEP["zonder-code"])

"""Whole advices, word for word: from answers and what the coach adds to every line that follows (adviezen.txt).

A change of a rule or a sentence shows here as a change of that file; read it before you keep it. It is written anew
with REGIEKIT_SCHRIJF_DOCS=1.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from regiekit.content.library import load_keuzeregels, load_signalen, load_technieken
from regiekit.domain.advies import Advies, Bronnen
from regiekit.domain.beoordeling import OPMERKINGEN, Ingevuld
from regiekit.domain.gespreksadvies import Besluit, Gespreksadvies, Inhoudelijk, advise_gesprek
from regiekit.domain.signalen import find_signalen
from util import EIGEN_REGIE, MATRIX, ROOT, answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.niveau import Niveau

PAGE = ROOT / "tests/adviezen.txt"
COMPOSED = {"rechte-lijn", "botsing", "te-weinig", "techniek-nu-niet", "techniek-ook", "techniek-bij-strak"}
SIGNALEN = load_signalen()
INHOUD = Inhoudelijk(MATRIX, load_keuzeregels(), load_technieken())

LAAG, BIJNA_LAAG, MIDDEN = "33333 33333 3333 111", "33333 33333 3333 322", "33333 33333 3333 333"
BIJNA_HOOG, HOOG = "33333 33333 3333 444", "33333 33333 3333 555"
KRAP, ALLEEN = "11155 33333 3333 333", "33333 33333 1111 333"  # little room, little support
KRAP_EN_LAAG = "11155 33333 1111 111"


class Geval(NamedTuple):
    """Answers of one client ('' for none), what the coach adds, signalen, and a besluit."""

    antwoorden: str = ""
    bronnen: dict[str, Any] = {}
    signalen: str = ""
    besluit: Any = None


GEVALLEN = {
    "niets bekend": Geval(),
    "laag": Geval(LAAG),
    "op de rand van laag": Geval(BIJNA_LAAG),
    "midden": Geval(MIDDEN),
    "op de rand van hoog": Geval(BIJNA_HOOG),
    "hoog": Geval(HOOG),
    "laag, zeker": Geval(LAAG, {"inschatting": "laag"}),
    "midden, zeker": Geval(MIDDEN, {"inschatting": "midden"}),
    "hoog, zeker": Geval(HOOG, {"inschatting": "hoog"}),
    "bronnen ver uiteen": Geval(HOOG, {"inschatting": "laag"}),
    "bronnen dicht bij elkaar": Geval(MIDDEN, {"inschatting": "hoog"}),
    "alleen een inschatting": Geval("", {"inschatting": "midden"}),
    "laag, rouw": Geval(LAAG, {"inschatting": "laag", "rouw": True}),
    "midden, overbelast": Geval(MIDDEN, {"inschatting": "midden", "belast": True}),
    "midden en laag, rouw en overbelast": Geval(BIJNA_LAAG, {"rouw": True, "belast": True}),
    "midden of hoog, overbelast": Geval(BIJNA_HOOG, {"belast": True}),
    "hoog, uitslag groen": Geval(HOOG, {"inschatting": "hoog", "rouw_uitslag": "groen"}),
    "hoog, uitslag oranje": Geval(HOOG, {"inschatting": "hoog", "rouw_uitslag": "oranje"}),
    "midden, uitslag rood": Geval(MIDDEN, {"inschatting": "midden", "rouw_uitslag": "rood"}),
    "weinig ruimte": Geval(KRAP),
    "weinig steun": Geval(ALLEEN, {"inschatting": "midden"}),
    "laag, weinig ruimte en steun": Geval(KRAP_EN_LAAG, {"inschatting": "laag"}),
    "laag, weinig ruimte en steun, rouw": Geval(KRAP_EN_LAAG, {"inschatting": "laag", "rouw": True}),
    "laag, van los": Geval(LAAG, {"inschatting": "laag", "sturing": "los"}),
    "laag, van los, rouw": Geval(LAAG, {"inschatting": "laag", "sturing": "los", "rouw": True}),
    "hoog, van strak": Geval(HOOG, {"inschatting": "hoog", "sturing": "strak"}),
    "hoog, van strak, rouw": Geval(HOOG, {"inschatting": "hoog", "sturing": "strak", "rouw": True}),
    "midden, van strak": Geval(MIDDEN, {"inschatting": "midden", "sturing": "strak"}),
    "midden of hoog, van strak": Geval(BIJNA_HOOG, {"sturing": "strak"}),
    "hoog, nu gedeeld en verveling": Geval(HOOG, {"sturing": "gedeeld", "waarneming": "verveling"}),
    "hoog, nu los en stress": Geval(HOOG, {"inschatting": "hoog", "sturing": "los", "waarneming": "stress"}),
    "midden of hoog, nu gedeeld en verveling": Geval(BIJNA_HOOG, {"sturing": "gedeeld", "waarneming": "verveling"}),
    "midden, nu strak en irritatie": Geval(MIDDEN, {"sturing": "strak", "waarneming": "irritatie"}),
    "midden, nu strak en stress": Geval(MIDDEN, {"sturing": "strak", "waarneming": "stress"}),
    "crisis": Geval(MIDDEN, {"crisis": True}, "ja-maar"),
    "crisis, uitslag rood": Geval("", {"crisis": True, "rouw_uitslag": "rood"}),
    "crisis, uitslag oranje": Geval("", {"crisis": True, "rouw_uitslag": "oranje"}),
    "één signaal": Geval(MIDDEN, {"inschatting": "midden"}, "ja-maar"),
    "drie technieken": Geval("", {"inschatting": "midden"}, "ja-maar machteloos ik-los-op geeft-snel-op"),
    "rouw en twee technieken": Geval("", {"rouw": True}, "ja-maar ik-los-op"),
    "overbelast en twee technieken": Geval("", {"belast": True}, "machteloos ik-los-op regie-vergroten"),
    "rouw en overbelast, signaal": Geval("", {"rouw": True, "belast": True}, "kijkt-naar-mij"),
    "te veel gevraagd": Geval(HOOG, {"inschatting": "hoog"}, "valt-stil"),
    "te weinig gevraagd": Geval(HOOG, {"inschatting": "hoog"}, "leunt-op-mij"),
    "twee kanten op": Geval("", {"inschatting": "hoog"}, "valt-stil leunt-op-mij"),
    "weinig ruimte en een signaal": Geval(KRAP, {"inschatting": "midden"}, "ja-maar"),
    "strak en de reflex": Geval("", {"inschatting": "laag", "rouw": True}, "kijkt-naar-mij"),
    "een besluit": Geval(LAAG, {"inschatting": "laag"}, "", Besluit("hoog", "zij regelde alles", date(2026, 3, 2))),
    "een besluit naast een waarneming": Geval(
        HOOG, {"sturing": "los", "waarneming": "stress"}, "onder-druk", Besluit("laag", "zo gezien", None)
    ),
    "vreemde antwoorden": Geval("55555 55555 5555 555", {}, "ja-maar"),
    "te weinig antwoorden": Geval("33... 33333 3333 .33", {}, ""),
}


def made_of(geval: Geval) -> Gespreksadvies:
    """The advice as the program makes it."""
    given = answers(*geval.antwoorden.split()) if geval.antwoorden else {}
    afname = Ingevuld("a.yaml", EIGEN_REGIE.inhoud, EIGEN_REGIE.hash, "R-001", None, None, given, {})
    found = find_signalen(SIGNALEN, geval.signalen.split())
    return advise_gesprek(INHOUD, [afname] if given else [], Bronnen(**geval.bronnen), found, geval.besluit)


def test_of_several_afnames_the_last_counts() -> None:
    first, last = (
        Ingevuld(f"{n}.yaml", EIGEN_REGIE.inhoud, EIGEN_REGIE.hash, "R-001", None, None, answers(*a.split()), {}, taal)
        for n, (a, taal) in enumerate(((LAAG, "nl"), (HOOG, "en")))
    )
    made = advise_gesprek(INHOUD, [first, last], Bronnen(), [], None)
    notes = [(o.code, o.tekst) for o in made.opmerkingen]
    assert made.niveau.waarde == "hoog"
    assert notes[3:5] == [
        ("laatste-afname", "Er zijn 2 afnames. Dit advies gaat uit van de laatste."),
        ("volgorde-onbekend", OPMERKINGEN["volgorde-onbekend"]),
    ]
    assert "taal-verschilt" not in dict(notes)
    assert "laatste-afname" not in {o.code for o in made_of(GEVALLEN["hoog"]).opmerkingen}


def told(made: Gespreksadvies) -> Iterator[str]:
    """Every line of it."""
    yield from told_niveau("niveau", made.niveau)
    yield from told_advies(made.advies)
    if made.besluit:
        yield f"besluit: {made.besluit.niveau}, {made.besluit.reden}, {made.besluit.datum}"
        yield from told_niveau("geldt", made.niveau_geldt)
        yield from told_advies(made.geldt)
    if made.keus.signalen:
        yield f"signalen: {', '.join(s.id for s in made.keus.signalen)}"
    if made.eerst_ruimte:
        yield "eerst ruimte en steun"
    for keus in made.keus.technieken:
        sources = " / ".join(end(source) for source in keus.herkomst)
        yield f"techniek {keus.id} ({keus.naam}; {', '.join(keus.groepen)}): {keus.reden} [{sources}]"
    for other in made.keus.past_nu_niet:
        yield f"nu niet {other.id} ({other.naam}): {other.reden}"
    for other in made.keus.ook_gewezen:
        yield f"ook {other.id} ({other.naam}): {other.reden}"
    yield from (f"vraag: {begin(vraag)}" for vraag in made.keus.vragen)
    if made.keus.vragen_bij_een != made.keus.vragen:
        yield from (f"vraag bij één techniek: {begin(vraag)}" for vraag in made.keus.vragen_bij_een)
    for context in made.keus.contextfactoren:
        yield f"context{' eerst' if context.eerst else ''} {context.id} ({context.naam}): {begin(context.vraag)}"
    yield from (f"opmerking {o.code}: {o.tekst if o.code in COMPOSED else begin(o.tekst)}" for o in made.opmerkingen)


def begin(text: str) -> str:
    """Enough of a text of `data/` to see which one it is."""
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"


def end(source: str) -> str:
    """Enough of a source to see which one it is: headings in it are words of that source."""
    return source if len(source) <= 40 else f"…{source[-25:].lstrip()}"


def told_niveau(word: str, niveau: Niveau) -> Iterator[str]:
    levels = f"{niveau.waarde}, {niveau.zekerheid}; mogelijk {', '.join(niveau.mogelijk)}"
    score = f"{niveau.score.waarde} ({', '.join(niveau.score.mogelijk)})" if niveau.score else "geen"
    yield f"bronnen: score {score}, inschatting {niveau.inschatting}"
    seen = niveau.waarneming
    yield f"{word}: {levels}{'; tegengesproken' if niveau.tegengesproken else ''}"
    if seen:
        yield f"gezien: {seen.woord} bij {seen.sturing}, wijst op {seen.wijst_op}: {seen.oordeel}"


def told_advies(advies: Advies) -> Iterator[str]:
    options = f"; of {', '.join(advies.opties)}" if advies.opties else ""
    steps = "; in stappen" if advies.in_stappen else ""
    yield f"sturing: {advies.sturing}{options}{steps}"
    yield f"aansluiting bij {advies.aansluiting}, uitdaging bij {advies.uitdaging}"
    yield f"reden: {advies.reden}"
    yield from (f"twijfel: {begin(vraag)}" for vraag in advies.vragen)
    yield from (f"kantelt als {line}" for line in advies.kantelt_als)
    yield from (f"let op {n.code}: {begin(n.tekst)} ({end(n.herkomst)})" for n in advies.let_op)
    yield f"bron: {begin(advies.herkomst)}"


def sections() -> dict[str, str]:
    """The kept advices by name."""
    parts = PAGE.read_text(encoding="utf-8").split("== ")[1:]
    return {name: text.strip() for name, _, text in (part.partition(" ==\n") for part in parts)}


def test_every_advice_is_kept() -> None:
    if os.environ.get("REGIEKIT_SCHRIJF_DOCS"):
        made = [f"== {name} ==\n" + "\n".join(told(made_of(geval))) + "\n" for name, geval in GEVALLEN.items()]
        PAGE.write_text("\n".join(made), encoding="utf-8")
    assert list(sections()) == list(GEVALLEN)


@pytest.mark.parametrize("name", GEVALLEN)
def test_the_whole_advice_word_for_word(name: str) -> None:
    assert list(told(made_of(GEVALLEN[name]))) == sections()[name].splitlines()

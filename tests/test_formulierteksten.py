"""What a client reads: the same fields and places in every language, in sentences that a client can read (R22, R40).

Sentences are measured as the client meets them: the names of the three ways to skip are filled in, any other place
counts as one word. Buttons and headings count for the longest and not for the mean, which they would make too nice.
"""

from __future__ import annotations

import re
from itertools import product
from statistics import mean
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from regiekit.content.library import load_formulierteksten, load_vragenlijsten
from regiekit.domain.formulier import Keuzes, make_formulier
from util import EIGEN_REGIE, ROOT, run, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TEKSTEN = load_formulierteksten()
FORMULIEREN = {t.id: t for t in TEKSTEN}
LIJSTEN = [loaded.inhoud for loaded in load_vragenlijsten()]
NOT_READ = ("id", "versie", "richting")  # fields that no client reads


class Grens(NamedTuple):
    """Most words: on average in a sentence, in one sentence, and on a button or in a heading."""

    gemiddeld: int
    zin: int
    opschrift: int


B1, A2 = Grens(12, 18, 8), Grens(8, 12, 6)
GRENZEN = {"nl": B1, "en": B1, "nl-x-simpel": A2}

# Words that belong to research, to the program or to an office, and not to a client.
BLOCKED = {
    "nl": """
        aanname\\w* afname\\w* betrouwbaarhe\\w* cliënt\\w* conform construct\\w* deelnemer\\w* derhalve diagnose\\w*
        dossier\\w* encryptie gevalideerd\\w* gelieve indien instrument\\w* item\\w* jwe json meetmoment\\w* meting\\w*
        middels norm normen omgekeerd\\w* patiënt\\w* respondent\\w* schaal schalen subschaal\\w* teneinde tevens
        valide\\w* validatie validiteit versleutel\\w*
    """,
    "en": """
        assessment\\w* client\\w* commence\\w* construct\\w* decrypt\\w* diagnos\\w* encrypt\\w* instrument\\w* item\\w*
        json jwe measurement\\w* norm norms participant\\w* patient\\w* pursuant questionnaire\\w* reliab\\w*
        respondent\\w* reverse\\w* scale scales subscale\\w* terminate\\w* utili[sz]e\\w* valid validat\\w* validity
    """,
}
BLOCKED["nl-x-simpel"] = BLOCKED["nl"]
# What a schaal of eigen-regie is called in a translation; in Dutch the names are read from the list itself.
SCHALEN = {"en": r"autonom\w* competen\w* relatedness self-direction", "nl-x-simpel": "", "nl": ""}
# In simple words one thing has one name: the word that is not used, and the one that is.
ONE_NAME = {
    "venster": "scherm",
    "document": "bestand",
    "wijzig": "verander",
    "overzicht": "je antwoorden",
    "getal": "nummer",
    "bladzijde": "blad",
    "op slot": "een slot op",
    "tussendoor": "eerder",
    "score": "cijfer",
    "vragenlijst": "vragen",
}
NEGATIONS = {
    "nl": r"(?:niet|geen|nooit|niemand|niets|nergens|zonder|noch|onmogelijk)",
    "en": r"(?:not|no|never|nobody|nothing|nowhere|none|neither|nor|without|cannot|\w+n['’]t|impossible)",
}
NEGATIONS["nl-x-simpel"] = NEGATIONS["nl"]
NOT_UN = re.compile(  # 'not unclear': a negation and the word that it turns round
    r"\b(?:niet|geen|not)\b[^.?!,:;]*\b(?:on(?:zeker|duidelijk|veilig|leesbaar|nodig|belangrijk|gewoon|prettig)"
    r"|un(?:sure|clear|safe|readable|necessary|important|usual|comfortable|able))",
    re.IGNORECASE,
)
# Sentences that may do what no other may, and why.
DOUBLE_NEGATIVES = {
    ("schaalvragen", "onzekerheid"): "the lowest answer in the word of the vraag itself, which asks how unsure",
}
SCHAAL_IN_VRAAG = {
    ("schaalvragen", "vertrouwen"): "the schaal is this one vraag, and has the word that the vraag asks about",
}


class Gelezen(NamedTuple):
    """A text as the client reads it, and where it stands."""

    plaats: str
    tekst: str

    @property
    def zinnen(self) -> list[str]:
        return [zin for zin in re.split(r"(?<=[.?!])\s+", self.tekst) if re.search(r"\w", zin)]


def words(tekst: str) -> int:
    """How many words; a place to fill in is one, a sign on its own is none."""
    return len([w for w in tekst.split() if re.search(r"\w", w)])


def is_whole(zin: str) -> bool:
    """A sentence, and not the words of a button or a heading."""
    return zin.endswith((".", "!", "?", ":"))


def walk(value: Any, plaats: str = "") -> Iterator[Gelezen]:
    """Every text in a record, with the names of the fields that lead to it."""
    if isinstance(value, str):
        yield Gelezen(plaats, value)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from walk(part, f"{plaats}.{number}")
    elif value is not None:
        for name, part in vars(value).items():
            yield from walk(part, f"{plaats}.{name}".lstrip("."))


def raw_texts(taal: str) -> list[Gelezen]:
    return [gelezen for gelezen in walk(FORMULIEREN[taal]) if gelezen.plaats not in NOT_READ]


def form_texts(taal: str) -> list[Gelezen]:
    """What a form says, the three ways to skip filled in."""
    overslaan = vars(FORMULIEREN[taal].overslaan).items()
    found = []
    for plaats, tekst in raw_texts(taal):
        filled = tekst
        for name, word in overslaan:
            filled = filled.replace(f"{{{name}}}", word)
        found.append(Gelezen(plaats, filled))
    return found


def vraag_texts(lijst: Any, taal: str) -> list[Gelezen]:
    """What a client reads of a vragenlijst on any form but for its title: vragen, open vragen, words of answers."""
    found: dict[Gelezen, None] = {}  # each once, in order
    for moment, training in product([None, *(m.id for m in lijst.meetmomenten)], (True, False)):
        form = make_formulier(lijst, "", TEKSTEN, Keuzes(taal=taal, meetmoment=moment, training=training))
        for vraag in (*form.vragen, *form.open_vragen):
            found[Gelezen(vraag.id, vraag.tekst)] = None
        for vraag in form.vragen:
            found |= {Gelezen(f"antwoord {keuze.waarde}", keuze.label): None for keuze in vraag.keuzes if keuze.label}
    return list(found)


def too_long(texts: Iterable[Gelezen], grens: Grens) -> list[tuple[str, int, str]]:
    """Where a sentence or the words of a button have too many words."""
    found = [(gelezen.plaats, words(zin), zin) for gelezen in texts for zin in gelezen.zinnen]
    return [f for f in found if f[1] > (grens.zin if is_whole(f[2]) else grens.opschrift)]


def mean_words(texts: Iterable[Gelezen]) -> float:
    return mean(words(zin) for gelezen in texts for zin in gelezen.zinnen if is_whole(zin))


def found_words(pattern_words: str, texts: Iterable[Gelezen]) -> list[tuple[str, str]]:
    """Where one of these words stands; names of files and places to fill in are not words."""
    pattern = re.compile(rf"\b(?:{'|'.join(pattern_words.split())})\b", re.IGNORECASE)
    cleaned = ((g.plaats, re.sub(r"\b[\w-]+\.json\b|\{\w+\}", "", g.tekst)) for g in texts)
    return [(plaats, hit.group()) for plaats, tekst in cleaned for hit in pattern.finditer(tekst)]


def double_negatives(texts: Iterable[Gelezen], taal: str) -> list[str]:
    """Places with a clause that denies twice; what stands between quotes is the name of an answer."""
    found = []
    for plaats, tekst in texts:
        plain = re.sub(r"\"[^\"]*\"|'[^']*'(?!\w)", "", tekst)
        twice = any(
            len(re.findall(rf"\b{NEGATIONS[taal]}\b", part, re.IGNORECASE)) > 1 for part in re.split(r"[.?!:;]", plain)
        )
        if twice or NOT_UN.search(plain):
            found.append(plaats)
    return found


def schaal_words() -> str:
    """Every id and name of a schaal, as words to look for."""
    names = {name for lijst in LIJSTEN for s in lijst.schalen for name in (s.id, s.naam)}
    return " ".join(re.escape(name).replace(r"\ ", r"\s") + r"\w*" for name in names)


TALEN = pytest.mark.parametrize("taal", sorted(FORMULIEREN))
VRAGEN = pytest.mark.parametrize(
    ("lijst", "taal"),
    [pytest.param(v, t, id=f"{v.id}-{t}") for v in LIJSTEN for t in ("nl", *v.teksten)],
)


# The languages beside each other -------------------------------------------------------------------------------------


def test_every_language_of_a_vragenlijst_has_a_form_and_bounds():
    assert {"nl", *(taal for lijst in LIJSTEN for taal in lijst.teksten)} <= set(FORMULIEREN) <= set(GRENZEN)
    assert len({t.naam for t in FORMULIEREN.values()}) == len(FORMULIEREN)


@TALEN
def test_every_language_has_the_places_of_dutch(taal):
    def places(gelezen: list[Gelezen]) -> dict[str, list[str]]:
        # the explanation may be told in another number of parts; it has no places to fill in
        return {g.plaats: sorted(re.findall(r"\{.*?\}", g.tekst)) for g in gelezen if not g.plaats.startswith("uitleg")}

    assert {**places(raw_texts(taal)), "vertaald": []} == {**places(raw_texts("nl")), "vertaald": []}
    assert not re.search(r"[{}]", " ".join(g.tekst for g in raw_texts(taal) if g.plaats.startswith("uitleg")))


@TALEN
def test_a_translation_says_that_it_is_not_tested(taal):
    said = FORMULIEREN[taal].vertaald
    assert (said is None) == (taal == "nl")
    if said:
        assert re.search(r"not been tested|niet getest", said)
        assert re.search(r"\bcoach\b", said)


@TALEN
def test_the_explanation_tells_what_it_must(taal):
    """R21: why, who sees it, what happens with it, that stopping is allowed, and that the talk counts more."""
    said = " ".join(f"{a.kop} {a.tekst}" for a in FORMULIEREN[taal].uitleg)
    dutch = ("Waarom", "Wie ziet", "werkgever", "UWV", "overslaan", "stoppen", "telt meer")
    must = {
        "nl": (*dutch, "zonder gevolgen"),
        "nl-x-simpel": (*dutch, "verandert niets"),
        "en": ("Why", "Who sees", "employer", "UWV", "skip", "stop", "counts more", "not affect"),
    }
    assert [part for part in must[taal] if part not in said] == []


@TALEN
def test_the_letters_of_the_terminal_are_the_same_in_every_language(taal):
    terminal = FORMULIEREN[taal].terminal
    assert re.findall(r"(\S+) =", terminal.toetsen) == ["Enter", "t", "s", "?"]
    assert set(re.findall(r"\b[wznts]\b", terminal.uitleg)) == set("wznts")
    assert set(re.findall(r"\b[ks]\b", terminal.overzicht)) == set("ks")


@TALEN
def test_the_name_of_a_pause_file_is_told_as_it_is(taal):
    scherm = FORMULIEREN[taal].scherm
    assert "pauze.json" in scherm.fout_onleesbaar
    assert "'pauze'" in scherm.fout_slot


@TALEN
def test_ways_to_skip_are_told_apart(taal):
    said = [tekst.casefold() for tekst in vars(FORMULIEREN[taal].overslaan).values()]
    assert len(set(said)) == 3
    assert not {label.casefold() for lijst in LIJSTEN for _, label in vraag_texts(lijst, taal)} & set(said)


# What a client can read -----------------------------------------------------------------------------------------------


@TALEN
def test_sentences_of_a_form_are_short(taal):
    assert too_long(form_texts(taal), GRENZEN[taal]) == []
    assert mean_words(form_texts(taal)) <= GRENZEN[taal].gemiddeld


@VRAGEN
def test_sentences_of_a_vragenlijst_are_short(lijst, taal):
    texts = vraag_texts(lijst, taal)
    assert too_long(texts, GRENZEN[taal]) == []
    assert mean_words(texts) <= GRENZEN[taal].gemiddeld


@TALEN
def test_a_form_has_no_words_of_research_or_office(taal):
    assert found_words(f"{BLOCKED[taal]} {SCHALEN[taal]} {schaal_words()}", form_texts(taal)) == []


@VRAGEN
def test_a_vragenlijst_has_no_words_of_research_or_office(lijst, taal):
    found = found_words(f"{BLOCKED[taal]} {SCHALEN[taal]} {schaal_words()}", vraag_texts(lijst, taal))
    assert {p for p, _ in found} <= {plaats for naam, plaats in SCHAAL_IN_VRAAG if naam == lijst.id}


@TALEN
def test_a_form_denies_once_in_a_sentence(taal):
    assert double_negatives(form_texts(taal), taal) == []


@VRAGEN
def test_a_vragenlijst_denies_once_in_a_sentence(lijst, taal):
    allowed = {plaats for naam, plaats in DOUBLE_NEGATIVES if naam == lijst.id}
    assert set(double_negatives(vraag_texts(lijst, taal), taal)) <= allowed


def test_exceptions_are_needed():
    """An exception that nothing uses any more is taken away."""
    denied = {(v.id, p) for v in LIJSTEN for t in ("nl", *v.teksten) for p in double_negatives(vraag_texts(v, t), t)}
    named = {(v.id, p) for v in LIJSTEN for p, _ in found_words(schaal_words(), vraag_texts(v, "nl"))}
    assert denied == set(DOUBLE_NEGATIVES)
    assert named == set(SCHAAL_IN_VRAAG)


def test_simple_words_have_one_name_for_one_thing():
    assert found_words(" ".join(word.replace(" ", r"\s") for word in ONE_NAME), form_texts("nl-x-simpel")) == []
    said = " ".join(g.tekst for g in form_texts("nl-x-simpel")).casefold()
    assert [word for word in ONE_NAME.values() if word not in said] == []


def test_a_programme_is_never_a_program():
    """'Programme' is what the client goes through; what the coach uses has the name regiekit."""
    assert found_words("program programs software-programme", form_texts("en")) == []


# The rules themselves -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taal", "tekst", "twice"),
    [
        ("nl", "Dat is niet zonder gevolgen.", True),
        ("nl", "Het is niet onduidelijk.", True),
        ("nl", "Het is niet waar. Er is geen antwoord.", False),
        ("nl", "Kies 'Weet ik niet' of 'Wil ik niet zeggen', of geen.", False),
        ("en", "You can't see nothing.", True),
        ("en", "It is not unclear.", True),
        ("en", "That file is not locked.", False),
    ],
)
def test_a_double_negative_is_found(taal, tekst, twice):
    assert bool(double_negatives([Gelezen("x", tekst)], taal)) == twice


def test_a_long_sentence_is_found_and_a_long_button_too():
    long, button = " ".join(["woord"] * 19) + ".", " ".join(["woord"] * 9)
    assert [f[1] for f in too_long([Gelezen("a", long), Gelezen("b", button)], B1)] == [19, 9]
    assert too_long([Gelezen("a", "Een, twee. " * 9), Gelezen("b", "Enter = t")], A2) == []


def test_names_of_schalen_are_looked_for():
    first = EIGEN_REGIE.inhoud.schalen[0]
    assert found_words(schaal_words(), [Gelezen("x", f"Jouw {first.naam.lower()}.")]) == [("x", first.naam.lower())]
    assert found_words(BLOCKED["nl"], [Gelezen("x", "Omgekeerde vraag in x-pauze.json")]) == [("x", "Omgekeerde")]


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ('vraag_van: "Vraag {n} van {totaal}"', 'vraag_van: "Vraag {n}"', "{n}, {totaal}"),
        ('vraag_van: "Vraag {n} van {totaal}"', 'vraag_van: "Vraag {n.__class__} van {totaal}"', "{n}, {totaal}"),
        ("naam: Nederlands", "naam: Nederlands {0}", "niets"),
    ],
)
def test_a_place_that_is_left_out_or_made_up_is_told(tmp_path: Path, before: str, after: str, names: str) -> None:
    text = (ROOT / "data/formulieren/nl.yaml").read_text(encoding="utf-8")
    assert before in text
    path = write(tmp_path, "de.yaml", text.replace("id: nl", "id: de", 1).replace(before, after, 1))
    found = run("controleer", path, "--json")
    assert found.code == 3
    assert [(p["code"], names in p["melding"]) for p in found.json] == [("plaats-anders", True)]

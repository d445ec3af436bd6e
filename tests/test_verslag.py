"""Verslagen from the dossier: each reader gets what is meant for that reader, in every form, and nothing else.

What the employer may not see is made from the models themselves: a word of its own in every field, so that a field
that is added later is watched without a change here.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

import pypdf
import pytest

from dossiers import make_client, opened, quick_keys, run_dossier
from kanaries import Kanaries, text_fields
from regiekit.content.library import to_json
from regiekit.domain.aantekening import SOORTEN, Afname, Gesprek, Opvolging, Sluiting, Traject
from regiekit.domain.dagen import MAANDEN
from regiekit.domain.niveau import REGIE, STURING, WAARNEMINGEN
from regiekit.domain.verslag import WITTE_LIJST, Wit
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek
from regiekit.render.verslag_client import TEKSTEN, client_document, spoken_to
from test_formulierteksten import BLOCKED, Gelezen, double_negatives, found_words, mean_words, schaal_words, too_long
from test_formulierteksten import GRENZEN as LEESGRENZEN
from util import EIGEN_REGIE, ROOT, Result, answers, run

if TYPE_CHECKING:
    from pathlib import Path

CODE, DAG = "R-014", date(2026, 4, 13)
FORMS = ("pdf", "html", "docx", "txt")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    """A dossier with one client of whom only the begin is known."""
    path = tmp_path / "d.regiekit"
    make_client(path, CODE)
    return path


def verslag(path: Path, voor: str, *arguments: object, code: int = 0) -> Result:
    result = run_dossier(path, "verslag", "--voor", voor, CODE, "--datum", DAG, *arguments)
    assert result.code == code, result.err
    return result


def text_of(path: Path, voor: str, *arguments: object) -> str:
    return " ".join(verslag(path, voor, *arguments).out.split())


def add(path: Path, *notes: tuple[date, Any], lijst: Any = None) -> list[int]:
    with opened(path) as boek:
        return [boek.add(CODE, day, inhoud, lijst) for day, inhoud in notes]


def add_many(path: Path, *talks: Gesprek) -> None:
    days = (date(2026, 1, 5) + timedelta(days=n % 90) for n in range(len(talks)))
    with opened(path) as boek:
        boek.add_all(CODE, [(day, talk, None) for day, talk in zip(days, talks, strict=True)], lambda _: None)


def set_traject(path: Path, **velden: Any) -> None:
    with opened(path) as boek:
        held = boek.read(CODE).of("traject")[-1]
        boek.correct(CODE, held.nummer, held.datum, held.inhoud.model_copy(update=velden), None)


def afname(moment: str, *cijfers: str, **meer: Any) -> Afname:
    given = answers(*cijfers) if len(cijfers) == 4 else {}
    velden = {"vragenlijst": "eigen-regie", "versie": "1", "hash": EIGEN_REGIE.hash, "antwoorden": given}
    return Afname(**{**velden, "meetmoment": moment, "training": False, **meer})


def everything_in(path: Path) -> str:
    """All that can be read in a file: also what a program that shows it keeps from you."""
    raw = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            found = [f"{name} {parts.read(name).decode('latin-1')}" for name in parts.namelist()]
            return re.sub(r"<[^>]*>", "", " ".join(found)) + " ".join(found)
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(raw))
        shown = " ".join(page.extract_text() for page in reader.pages)
        streams = [o.get_data().decode("latin-1") for n in range(1, len(reader.xref[0]) + 50)
                   if isinstance(o := reader.get_object(n), pypdf.generic.StreamObject)]  # fmt: skip
        return " ".join([shown, str(reader.metadata), *streams, raw.decode("latin-1")])
    return raw.decode()


# The employer: a word of its own in every field -----------------------------------------------------------------------


@pytest.fixture
def kanaries(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A dossier with every soort in it, twice: once replaced by a correction with words of its own."""
    path, made = tmp_path / "d.regiekit", Kanaries(date(2031, 1, 1))
    begin = date(2026, 1, 5)
    with opened(path) as boek:
        boek.new_client(CODE, begin, made.of("traject", "traject (oud)"))
        number = boek.read(CODE).aantekeningen[0].nummer
        rapportage = {"begin": begin, "laatste_rapportage": begin}
        boek.correct(CODE, number, begin, made.of("traject").model_copy(update=rapportage),
                     made.word("reden"))  # fmt: skip
        for soort in SOORTEN:
            if soort == "traject":
                continue
            lijst = {"naam": "x"} if soort == "afname" else None
            old = boek.add(CODE, begin + timedelta(days=14), made.of(soort, f"{soort} (oud)"), lijst)
            boek.correct(CODE, old, begin + timedelta(days=14), made.of(soort), made.word("reden"))
    return path, made.gezet


def allowed(veld: str) -> bool:
    return any(veld == f"{wit.soort}.{wit.veld}" for wit in WITTE_LIJST)


def days_as_written(word: str) -> list[str]:
    """A canary in every way it may be written."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return [word]
    d = date.fromisoformat(word)
    return [word, f"{d.day} {MAANDEN[d.month - 1]} {d.year}", f"{d:%d-%m-%Y}", f"{d.day}-{d.month}-{d.year}"]


def leaks(text: str, gezet: dict[str, str]) -> set[str]:
    low = re.sub(r"\s+", " ", text.lower())
    return {veld for word, veld in gezet.items() if not allowed(veld) and any(w in low for w in days_as_written(word))}


def test_every_field_has_a_canary(kanaries: tuple[Path, dict[str, str]]) -> None:
    """Of every soort each text and each day, also the parts of an afspraak; of what was corrected too."""
    velden = set(kanaries[1].values())
    for soort in SOORTEN:
        assert text_fields(soort) <= velden, soort
        assert {veld.replace(soort, f"{soort} (oud)", 1) for veld in text_fields(soort)} <= velden
    for veld in ("gesprek.notitie", "gesprek.afspraken.wie", "afname.open", "afname.antwoorden (naam)",
                 "besluit.reden", "traject.eerste_ziektedag", "inoculatie.wanneer", "gesprek.technieken"):  # fmt: skip
        assert veld in velden


@pytest.mark.parametrize("form", FORMS)
def test_no_field_outside_the_white_list_reaches_the_employer(
    kanaries: tuple[Path, dict[str, str]], tmp_path: Path, form: str
) -> None:
    path, gezet = kanaries
    target = tmp_path / f"werkgever-{CODE}.{form}"
    verslag(path, "werkgever", "--uit", target)
    text = everything_in(target)
    assert leaks(text, gezet) == set()
    assert not leaks(target.name, gezet)
    for word, veld in gezet.items():
        if allowed(veld) and veld not in ("traject.begin", "traject.laatste_rapportage"):  # set to real days above
            assert any(w in re.sub(r"\s+", " ", text.lower()) for w in days_as_written(word)), veld


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_nor_the_screen_nor_another_program(kanaries: tuple[Path, dict[str, str]], more: list[str]) -> None:
    path, gezet = kanaries
    result = verslag(path, "werkgever", *more)
    assert leaks(result.out + result.err, gezet) == set()
    words = {*REGIE, *STURING, *WAARNEMINGEN, "niet-gedaan", "techniek", "score", "niveau", "sturing", "regie"}
    assert not words & set(re.findall(r"[\w-]+", result.out.lower()))


def test_the_client_gets_nothing_that_the_coach_wrote_for_itself(
    kanaries: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, gezet = kanaries
    monkeypatch.setattr("regiekit.cli.verslag_dossier.afnames_of", lambda *_: [])
    seen = leaks(verslag(path, "client").out, gezet)
    assert {v.split(".")[0] for v in seen} <= {"traject", "gesprek", "opvolging", "inoculatie"}
    assert seen <= {
        "traject.eigen_doelen", "traject.keuzes", "gesprek.client_doet", "inoculatie.obstakels", "inoculatie.gekozen",
        "inoculatie.oplossingen", "inoculatie.actie", "inoculatie.wanneer",
    }  # fmt: skip


def test_the_coach_gets_all_of_it(
    kanaries: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, gezet = kanaries
    monkeypatch.setattr("regiekit.cli.verslag_dossier.afnames_of", lambda *_: [])
    text = verslag(path, "coach", "--json").out
    missing = {veld for word, veld in gezet.items() if word not in text.lower()}
    assert missing == {"traject.begin", "traject.laatste_rapportage"}  # set to real days
    target = tmp_path / "coach.html"
    verslag(path, "coach", "--uit", target)
    shown = re.sub(r"\s+", " ", target.read_text(encoding="utf-8").lower())
    hidden = {veld for word, veld in gezet.items() if not any(w in shown for w in days_as_written(word))}
    assert hidden == missing


def test_the_white_list_names_fields_that_exist() -> None:
    for wit in WITTE_LIJST:
        kind, (name, _, part) = SOORTEN[wit.soort], wit.veld.partition(".")
        assert name == "datum" or name in kind.model_fields
        if part:
            annotated = get_args(kind.model_fields[name].annotation)
            assert part in next(a for a in annotated if isinstance(a, type)).model_fields
    assert {wit.soort for wit in WITTE_LIJST} == {"gesprek", "traject", "sluiting"}
    page = (ROOT / "docs/verslag.md").read_text(encoding="utf-8")
    assert [w.veld for w in WITTE_LIJST if f"`{w.soort}.{w.veld}`" not in page] == []


@pytest.mark.parametrize("wit", WITTE_LIJST, ids=lambda wit: f"{wit.soort}.{wit.veld}")
def test_a_field_that_leaves_the_white_list_leaves_the_rapportage(
    pad: Path, monkeypatch: pytest.MonkeyPatch, wit: Wit
) -> None:
    """Nothing reaches the maker past the list: every value is one that occurs nowhere else."""
    begin, sluiting = date(2026, 1, 7), date(2026, 3, 20)
    add(pad, (date(2026, 3, 3), Gesprek(
        aanwezig="afgezegd", gedaan="belde even", volgende=date(2026, 5, 6),
        afspraken=({"wat": "cv af", "wie": "de coach", "wanneer": "na Pasen"},),
    )))  # fmt: skip
    set_traject(pad, begin=begin, mogelijkheden=("halve dagen",), rapportage_weken=9,
                laatste_rapportage=date(2026, 2, 9))  # fmt: skip
    if wit.soort == "sluiting":
        add(pad, (sluiting, Sluiting()))
    shown = {
        "gesprek.datum": "2026-03-03", "gesprek.aanwezig": "afgezegd", "gesprek.gedaan": "belde even",
        "gesprek.afspraken.wat": "cv af", "gesprek.afspraken.wie": "de coach", "gesprek.afspraken.wanneer": "na Pasen",
        "gesprek.volgende": "2026-05-06", "traject.mogelijkheden": "halve dagen", "traject.begin": "2026-01-07",
        "traject.rapportage_weken": "2026-06-15", "traject.laatste_rapportage": "2026-02-09",
        "sluiting.datum": "2026-03-20",
    }[f"{wit.soort}.{wit.veld}"]  # fmt: skip
    assert shown in verslag(pad, "werkgever", "--json").out
    monkeypatch.setattr("regiekit.domain.verslag.WITTE_LIJST", tuple(row for row in WITTE_LIJST if row != wit))
    assert shown not in verslag(pad, "werkgever", "--json").out
    assert verslag(pad, "werkgever", "--uit", "-").code == 0


def test_an_own_techniek_has_its_name_in_every_verslag(pad: Path, tmp_path: Path) -> None:
    """--bibliotheek counts for names too: an id is no word for people."""
    text = (ROOT / "data/technieken/inoculatie.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^id: .*", "id: lopend-praten", text, count=1)
    text = re.sub(r"(?m)^aliassen:\n(?:  - .*\n)+", "aliassen: [wandelend praten]\n", text)
    folder = tmp_path / "eigen"
    folder.mkdir()
    (folder / "lopend-praten.yaml").write_text(re.sub(r"(?m)^naam: .*", "naam: Lopend praten", text, count=1),
                                               encoding="utf-8")  # fmt: skip
    add(pad, (date(2026, 3, 3), Gesprek(sturing="gedeeld", technieken=("lopend-praten",))))
    for voor in ("coach", "intervisie"):
        shown = verslag(pad, voor, "--uit", "-", "--bibliotheek", folder).out
        assert "lopend praten" in " ".join(shown.lower().split()), voor
    assert "Lopend praten" in run_dossier(pad, "verloop", CODE, "--bibliotheek", folder).out


# The employer: what it does say, and what stops it --------------------------------------------------------------------


TALK = Gesprek(
    gedaan="Vacatures bekeken.", afspraken=({"wat": "Cv maken", "wie": "cliënt", "wanneer": "voor mei"},),
    volgende=date(2026, 5, 4),
)  # fmt: skip


def test_what_the_employer_reads(pad: Path) -> None:
    add(pad, (date(2026, 3, 2), TALK), (date(2026, 3, 9), Gesprek(aanwezig="niet-verschenen")),
        (date(2026, 3, 16), TALK))  # fmt: skip
    set_traject(pad, mogelijkheden=("Zittend werk, 12 uur per week",))
    data = verslag(pad, "werkgever", "--json").json
    assert data["periode"] == {"van": "2026-01-05", "tot": "2026-04-13"}
    assert [g["aanwezig"] for g in data["gesprekken"]] == ["ja", "niet-verschenen", "ja"]
    assert data["afspraken"][0] == {"datum": "2026-03-02", "wat": "Cv maken", "wie": "cliënt", "wanneer": "voor mei"}
    assert (data["volgend_gesprek"], data["volgende_rapportage"]) == ("2026-05-04", "2026-05-25")
    text = text_of(pad, "werkgever")
    for part in ("5 januari 2026 tot en met 13 april 2026", "Niet verschenen", "Zittend werk, 12 uur per week",
                 "Volgende rapportage 25 mei 2026"):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(
    ("options", "days"),
    [([], [2, 9, 16]), (["--van", "2026-03-09"], [9, 16]), (["--tot", "2026-03-09"], [2, 9]),
     (["--van", "2026-03-03", "--tot", "2026-03-15"], [9])],
)  # fmt: skip
def test_the_period_holds_its_first_and_its_last_day(pad: Path, options: list[str], days: list[int]) -> None:
    add(pad, *((date(2026, 3, day), TALK) for day in (2, 9, 16)))
    assert [int(g["datum"][-2:]) for g in verslag(pad, "werkgever", *options, "--json").json["gesprekken"]] == days


def test_a_period_that_ends_before_it_begins(pad: Path) -> None:
    assert "eindigt" in verslag(pad, "werkgever", "--van", "2026-05-01", code=2).err


def test_a_traject_that_is_still_to_begin(pad: Path) -> None:
    result = run_dossier(pad, "verslag", "--voor", "werkgever", CODE, "--datum", "2025-12-01", "--json")
    assert result.json["periode"] == {"van": "2025-12-01", "tot": "2025-12-01"}
    assert result.json["begin"] == "2026-01-05"


def test_a_traject_that_ended_plans_nothing(pad: Path) -> None:
    add(pad, (date(2026, 3, 2), TALK), (date(2026, 4, 1), SOORTEN["sluiting"](reden="Baan gevonden")))
    data = verslag(pad, "werkgever", "--json").json
    assert (data["einde"], data["volgend_gesprek"], data["volgende_rapportage"]) == ("2026-04-01", None, None)
    assert "Baan" not in str(data)


def test_how_an_agreement_ended_stays_out(pad: Path) -> None:
    (number,) = add(pad, (date(2026, 3, 2), TALK))
    add(pad, (date(2026, 3, 9), Opvolging(van=number, wat="Cv maken", uitkomst="niet-gedaan", toelichting="Ziek")))
    out = verslag(pad, "werkgever").out
    assert "Cv maken" in out and "Niet gedaan" not in out and "Ziek" not in out
    assert "Hoe een afspraak afliep, staat hier niet." in out


def test_what_was_let_go_does_not_read_as_an_agreement_that_holds(pad: Path) -> None:
    """Only that outcome: also after a correction of the talk, and not when the words were agreed a second time."""
    both = Gesprek(afspraken=({"wat": "Cv maken"}, {"wat": "Bellen"}))
    first, _ = add(pad, (date(2026, 3, 2), both), (date(2026, 3, 9), Gesprek(afspraken=({"wat": "Bellen"},))))
    for wat, uitkomst in (("Bellen", "vervallen"), ("Cv maken", "niet-gedaan")):
        add(pad, (date(2026, 3, 9), Opvolging(van=first, wat=wat, uitkomst=uitkomst, toelichting="Ziek")))
    with opened(pad) as boek:
        boek.correct(CODE, first, date(2026, 3, 3), both, "een dag later")
    agreed = verslag(pad, "werkgever", "--json").json["afspraken"]
    assert [(a["datum"], a["wat"]) for a in agreed] == [("2026-03-03", "Cv maken"), ("2026-03-09", "Bellen")]


@pytest.mark.parametrize(("wie", "read"), [
    ("cliënt", "jij"), ("de cliënt", "jij"), ("coach en cliënt samen", "jij en je coach samen"), ("coach", "je coach"),
    ("cliënt, met hulp van de coach", "jij, met hulp van je coach"), ("je coach", "je coach"), ("haar zus", "haar zus"),
])  # fmt: skip
def test_the_client_is_spoken_to(wie: str, read: str) -> None:
    assert spoken_to(wie) == read


def test_a_medical_word_stops_it_with_its_place(pad: Path, tmp_path: Path) -> None:
    add(pad, (date(2026, 3, 2), Gesprek(gedaan="Over de hernia gepraat. Nummer 111222333.")))
    target = tmp_path / "r.pdf"
    said = verslag(pad, "werkgever", "--uit", target, code=4).err
    assert "onder 'Activiteiten en aanwezigheid':1:9: 'hernia'" in said and "'111222333'" in said
    assert not target.exists()
    assert verslag(pad, "werkgever", "--json", code=4).out == ""
    verslag(pad, "werkgever", "--toch", code=4)
    assert "hernia" in verslag(pad, "werkgever", "--toch", "--geen-bsn").out


@pytest.mark.parametrize("voor", ["werkgever", "client", "coach"])
def test_another_client_stops_it_always(pad: Path, voor: str) -> None:
    make_client(pad, "KL-3")
    set_traject(pad, eigen_doelen=("Net als KL-3.",), mogelijkheden=("Net als KL-3.",))
    said = verslag(pad, voor, "--toch", code=4).err
    assert "'KL-3'" in said and "Er is niets geschreven" in said


def test_a_given_name_stops_it(pad: Path) -> None:
    add(pad, (date(2026, 3, 2), Gesprek(gedaan="Met Zwartkruis gebeld.")))
    assert "Zwartkruis" in verslag(pad, "werkgever").out
    verslag(pad, "werkgever", "--naam", "Zwartkruis", "--toch", code=4)


def test_delivered_is_written_down_and_the_next_one_starts_there(pad: Path) -> None:
    assert "--geleverd" in verslag(pad, "werkgever").err
    assert "2026-05-25" in verslag(pad, "werkgever", "--geleverd").err
    verslag(pad, "werkgever", "--geleverd")  # once more on the same day adds nothing
    with opened(pad) as boek:
        old, new = boek.read(CODE).aantekeningen
    assert (old.inhoud.laatste_rapportage, new.inhoud.laatste_rapportage) == (None, DAG)
    assert (old.vervangen_door, new.datum) == (new.nummer, old.datum)
    later = run_dossier(pad, "verslag", "--voor", "werkgever", CODE, "--datum", "2026-05-25", "--json")
    assert later.json["periode"] == {"van": "2026-04-13", "tot": "2026-05-25"}
    early = run_dossier(pad, "verslag", "--voor", "werkgever", CODE, "--datum", "2026-04-01", "--geleverd")
    assert early.code == 2 and "2026-04-13" in early.err


def test_a_refused_rapportage_is_not_delivered(pad: Path) -> None:
    add(pad, (date(2026, 3, 2), Gesprek(gedaan="Over de hernia gepraat.")))
    verslag(pad, "werkgever", "--geleverd", code=4)
    with opened(pad) as boek:
        assert boek.read(CODE).traject.laatste_rapportage is None


# The client -----------------------------------------------------------------------------------------------------------


def filled_in(value: str) -> str:
    """A sentence as the client meets it: a place is one word."""
    return re.sub(r"\{\w+\}", "woord", value)


def test_our_own_sentences_can_be_read() -> None:
    texts = [Gelezen(name, filled_in(text)) for name, text in TEKSTEN.items()]
    assert too_long(texts, LEESGRENZEN["nl"]) == []
    assert mean_words(texts) <= 12
    assert double_negatives(texts, "nl") == []
    assert found_words(f"{BLOCKED['nl']} {schaal_words()}", texts) == []


def fill_client(path: Path) -> None:
    set_traject(path, eigen_doelen=("Ik wil  weer\n'iets' doen. €",), keuzes=("Op maandag",))
    (first,) = add(path, (date(2026, 2, 2), Gesprek(
        gedaan="Kennisgemaakt.", client_doet=("Een brief schrijven.",), notitie="Kijkt weg.", sturing="strak",
        inschatting="laag", waarneming="irritatie", technieken=("zones",), doel="Aftasten",
        afspraken=({"wat": "Bellen", "wie": "coach"},),
    )))  # fmt: skip
    add(path, (date(2026, 2, 9), Opvolging(van=first, wat="Een brief schrijven.", uitkomst="niet-gedaan",
                                           toelichting="Ik durfde niet.")))  # fmt: skip
    add(path, (date(2026, 2, 9), SOORTEN["inoculatie"](obstakels=("Ik durf niet",), actie="Toch bellen",
                                                      wanneer=date(2026, 2, 16))))  # fmt: skip
    add(path, (date(2026, 2, 9), SOORTEN["besluit"](niveau="midden", reden="Durft meer dan hij denkt")))
    lijst = to_json(EIGEN_REGIE.inhoud)
    add(path, (date(2026, 2, 3), afname("start", "22222", "44422", "3333", "333", open={"start-2": "  Of ik mag."})),
        (date(2026, 4, 1), afname("einde", "42225", "44422", "3334", "33.")), lijst=lijst)  # fmt: skip
    schaal = Afname(vragenlijst="schaalvragen", versie="1", hash=hash_of("schaalvragen"), antwoorden={"onzekerheid": 8})
    add(
        path,
        (date(2026, 2, 3), schaal),
        (date(2026, 4, 1), schaal.model_copy(update={"antwoorden": {"onzekerheid": 3, "vertrouwen": 7}})),
        lijst=to_json(lijst_of("schaalvragen").inhoud),
    )


def lijst_of(name: str) -> Any:
    from regiekit.content.library import load_vragenlijsten

    return next(v for v in load_vragenlijsten() if v.inhoud.id == name)


def hash_of(name: str) -> str:
    return str(lijst_of(name).hash)


def test_what_the_client_reads(pad: Path) -> None:
    fill_client(pad)
    out = verslag(pad, "client").out
    flat = " ".join(out.split())
    assert "Ik wil  weer\n'iets' doen. €\n" in out and "\n  Of ik mag.\n" in out  # literally
    for part in ("Op maandag", "2 februari 2026 Kennisgemaakt.", "Bellen je coach Nog open", "Niet gedaan, en dat mag",
                 "Ik durf niet", "16 februari 2026", "Deze vragen zijn geen test",
                 "Op 3 februari 2026 koos je 8. Op 1 april 2026 koos je 3.", "hoger = meer onzekerheid"):  # fmt: skip
        assert part in flat, part
    low = flat.lower()
    for word in ("kijkt weg", "strak", "irritatie", "zones", "aftasten", "durft meer", "omgekeerd", "autonomie",
                 "competentie", "verbondenheid", "gevalideerd", "score", "niveau"):  # fmt: skip
        assert word not in low, word


def test_first_and_now_in_words(pad: Path) -> None:
    fill_client(pad)
    (row,) = verslag(pad, "client", "--json").json["antwoorden"]
    moved = [(a["vraag"][:20], a["eerst"], a["nu"]) for a in row["veranderd"]]
    assert moved == [
        ("Ik doe dingen vooral", "niet mee eens", "helemaal mee eens"),
        ("Ik kan zelf kiezen h", "niet mee eens", "mee eens"),
        ("Ik kan eerlijk zegge", "een beetje mee eens, een beetje niet", "mee eens"),
    ]
    assert len(row["gelijk"]) == 3 and all(a["eerst"] == a["nu"] for a in row["gelijk"])
    assert not [a for a in row["alle"] if a["vraag"].startswith("Ik wil graag actief")]  # not answered the last time


def test_another_versie_is_never_laid_beside_it(pad: Path) -> None:
    other = to_json(EIGEN_REGIE.inhoud) | {"versie": "0", "voorbeelden": []}
    import json

    from regiekit.content.compile import hash_of as hash_of_content
    from regiekit.domain.vragenlijst import Vragenlijst

    plain = Vragenlijst.model_validate_json(json.dumps(other)).model_dump(mode="json", exclude={"voorbeelden"})
    before = afname("start", "11111", "11111", "1111", "111", versie="0", hash=hash_of_content(plain))
    add(pad, (date(2026, 2, 3), before), lijst=plain)
    add(pad, (date(2026, 4, 1), afname("einde", "55555", "55555", "5555", "555")), lijst=to_json(EIGEN_REGIE.inhoud))
    data = verslag(pad, "client", "--json").json
    assert [(a["eerste"], a["veranderd"], a["gelijk"]) for a in data["antwoorden"]] == [(None, [], [])] * 2
    assert "Deze vragen zijn anders dan die hierboven." in text_of(pad, "client")


def test_it_ends_in_something_to_talk_about(pad: Path) -> None:
    fill_client(pad)
    last = verslag(pad, "client").out.rpartition(TEKSTEN["praten"])[2]
    questions = re.findall(r"\[ \] (.+?)(?=\[ \]|\n\n)", last, re.DOTALL)
    assert len(questions) >= 5 and all(q.strip().endswith("?") for q in questions)
    assert not re.search(r"\d", last)
    assert "Wil je alles lezen?" in last


def test_all_that_it_says_itself_stands_in_one_table(pad: Path) -> None:
    """With every text of a person replaced by one word, what is left comes from TEKSTEN."""
    from regiekit.domain.verslag import make_clientverslag, make_periode
    from regiekit.render.document import texts_in

    add(pad, (date(2026, 2, 2), Gesprek(gedaan="X", afspraken=({"wat": "X"},))))
    with opened(pad) as boek:
        made = make_clientverslag(boek.read(CODE), [], make_periode(date(2026, 1, 5), DAG), DAG)
    known = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in TEKSTEN.values()]
    for _, text in texts_in(client_document(made)):
        for line in filter(None, text.split("\n")):
            assert re.fullmatch(rf"{'|'.join(known)}|X|☐|-|herinnering|klein|2 februari 2026", line), line


# Every form -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("voor", ["client", "coach", "werkgever", "intervisie"])
def test_an_empty_dossier_gives_a_verslag_that_makes_sense(pad: Path, tmp_path: Path, voor: str) -> None:
    for form in FORMS:
        target = tmp_path / f"{voor}.{form}"
        verslag(pad, voor, "--uit", target)
        assert target.stat().st_size > 500
        assert target.stat().st_mode & 0o077 == 0 or form == ""
    assert re.search(r"nog niet|nog geen|____", verslag(pad, voor).out.lower())
    assert verslag(pad, voor, "--json").json["voor"] == voor
    with opened(pad) as boek:
        assert [(u.code, u.soort) for u in boek.uitvoer(CODE)] == [(CODE, f"verslag {voor}")] * 4


def test_two_hundred_talks_and_the_header_row_on_each_page(pad: Path, tmp_path: Path) -> None:
    add_many(pad, *(Gesprek(gedaan=f"Dag {n}. " + "Vacatures. " * 8) for n in range(200)))
    target = tmp_path / "r.pdf"
    verslag(pad, "werkgever", "--uit", target)
    pages = [page.extract_text() for page in pypdf.PdfReader(target).pages]
    assert len(pages) > 8
    assert all("Wat er is gedaan" in page for page in pages[:-1])
    docx = tmp_path / "r.docx"
    verslag(pad, "werkgever", "--uit", docx)
    xml = zipfile.ZipFile(docx).read("word/document.xml").decode()
    assert xml.count("<w:tblHeader") == xml.count("<w:tbl>")
    for voor in ("client", "coach"):
        verslag(pad, voor, "--uit", tmp_path / f"{voor}.html")


def test_a_sign_without_font_is_named_and_other_forms_go_on(pad: Path, tmp_path: Path) -> None:
    set_traject(pad, mogelijkheden=("שלום 🎉 " + "x" * 200,))
    said = verslag(pad, "werkgever", "--uit", tmp_path / "r.pdf", code=2).err
    assert re.search(r"U\+(1F389|05\w\w)", said) and ".html of .docx" in said
    for form in ("html", "docx", "txt"):
        target = tmp_path / f"r.{form}"
        verslag(pad, "werkgever", "--uit", target)
        assert "🎉" in (everything_in(target) if form != "docx" else zipfile.ZipFile(target).read(
            "word/document.xml").decode())  # fmt: skip


def test_a_word_file_is_dutch_a4_with_alt_text(pad: Path, tmp_path: Path) -> None:
    fill_client(pad)
    target = tmp_path / "c.docx"
    verslag(pad, "client", "--uit", target)
    with zipfile.ZipFile(target) as parts:
        styles, xml = parts.read("word/styles.xml").decode(), parts.read("word/document.xml").decode()
    assert 'w:val="nl-NL"' in styles and 'w:w="11906"' in xml and 'w:val="Heading1"' in xml
    assert re.findall(r'descr="(.*?)"', xml) and all("koos je" in d for d in re.findall(r'descr="(.*?)"', xml))


@pytest.fixture
def verzonnen(tmp_path: Path) -> Path:
    """A demonstration: it opens without a wachtzin."""
    path = tmp_path / "demo.regiekit"
    head = opslag.new_head(verzonnen=True)
    key = opslag.derive_key(opslag.WACHTZIN_VERZONNEN, head)
    opslag.make_file(path, key, head)
    with opslag.Opslag(path, key, head) as found:
        boek = Boek(found)
        boek.new_client(CODE, date(2026, 1, 5), Traject(begin=date(2026, 1, 5)))
        for n in range(60):
            boek.add(CODE, date(2026, 1, 6) + timedelta(days=n), Gesprek(gedaan="Vacatures bekeken. " * 6))
    return path


@pytest.mark.parametrize("voor", ["client", "coach", "werkgever", "intervisie"])
def test_a_demonstration_says_so_on_every_page(verzonnen: Path, tmp_path: Path, voor: str) -> None:
    def make(*more: object) -> Result:
        result = run("verslag", "--voor", voor, CODE, "--dossier", verzonnen, "--datum", DAG, *more)
        assert result.code == 0, result.err
        return result

    assert make().out.startswith("VERZONNEN")
    pdf, html, docx = (tmp_path / f"v.{form}" for form in ("pdf", "html", "docx"))
    for target in (pdf, html, docx):
        make("--uit", target)
    pages = pypdf.PdfReader(pdf).pages
    assert len(pages) > (0 if voor == "intervisie" else 1)
    assert all("VERZONNEN" in page.extract_text() for page in pages)
    assert html.read_text(encoding="utf-8").index("VERZONNEN") < html.read_text(encoding="utf-8").index("<h1>")
    assert "VERZONNEN" in zipfile.ZipFile(docx).read("word/header1.xml").decode()


@pytest.mark.needs("chromium")
def test_a_printed_page_says_so_too(verzonnen: Path, tmp_path: Path, page: Any) -> None:
    target = tmp_path / "v.html"
    assert (
        run("verslag", "--voor", "werkgever", CODE, "--dossier", verzonnen, "--datum", DAG, "--uit", target).code == 0
    )
    page.goto(target.as_uri())
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) > 1
    assert all("VERZONNEN" in p.extract_text() for p in printed.pages)


# For intervisie -------------------------------------------------------------------------------------------------------


def fill_casus(path: Path, gedaan: str = "De cliënt zei steeds ja.", reden: str = "Er is meer rust.") -> None:
    add(path, (date(2026, 2, 2), Gesprek(gedaan=gedaan, sturing="gedeeld", technieken=("inoculatie",),
                                         waarneming="irritatie")),
        (date(2026, 2, 16), Gesprek(aanwezig="niet-verschenen", notitie="Weer niet.")),
        (date(2026, 3, 2), SOORTEN["besluit"](niveau="midden", reden=reden)))  # fmt: skip


def test_a_draft_of_a_casus_in_weeks(pad: Path) -> None:
    fill_casus(pad)
    out = text_of(pad, "intervisie", "--vraag", "Hoe geef ik het terug?")
    casus = out[out.index("De casus") : out.index("De rondes")]
    assert "Week 5: de coach stuurde gedeeld met de techniek 'inoculatie' en zag irritatie." in casus
    assert "Week 7: de cliënt kwam niet." in casus and "In week 9 besloot de coach: regie midden." in casus
    assert "Hoe geef ik het terug?" in casus and "vanaf het begin van het traject" in casus
    assert not re.search(r"R-014|2026|steeds ja|rust|Weer niet", casus)
    set_traject(pad, eerste_ziektedag=date(2025, 1, 6))
    assert "Week 57: de coach stuurde" in text_of(pad, "intervisie")


def test_free_texts_come_only_when_asked_and_then_the_guard_looks(pad: Path) -> None:
    fill_casus(pad)
    assert "De cliënt zei steeds ja." in text_of(pad, "intervisie", "--met-teksten")
    fill_casus(pad, gedaan="Fatima belde uit Zwolle over R-014, op 12 maart 2026.", reden="Net als KL-3.")
    make_client(pad, "KL-3")
    assert "Fatima" not in text_of(pad, "intervisie")
    said = verslag(pad, "intervisie", "--met-teksten", code=4).err
    assert all(f"'{word}'" in said for word in ("Fatima", "Zwolle", "R-014", "KL-3"))
    assert "de casus uit het dossier:" in said and "12 maart" not in said  # a whole date becomes a week


def test_a_casus_of_the_coach_goes_before_the_draft(pad: Path) -> None:
    fill_casus(pad)
    out = verslag(pad, "intervisie", "--casus", "De cliënt belt elke dag.").out
    assert "belt elke dag" in out and "Week 5" not in out
    assert "'r-014'" in verslag(pad, "intervisie", "--casus", "De cliënt r-014 belt.", code=4).err


def test_a_long_history_still_fits_on_one_page(pad: Path, tmp_path: Path) -> None:
    talk = Gesprek(sturing="gedeeld", technieken=("inoculatie", "zones", "vragen"), waarneming="verveling")
    add_many(pad, *(talk for n in range(200)))
    target = tmp_path / "i.pdf"
    verslag(pad, "intervisie", "--uit", target)
    assert len(pypdf.PdfReader(target).pages) == 1
    assert re.search(r"Eerder waren er 19\d gesprekken. Week 13", text_of(pad, "intervisie"))


# How it is asked ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--voor client", "de code van een cliënt"),
        ("--voor coach casus.yaml", "de code van een cliënt"),
        ("--voor dokter R-014", "kies client, coach, werkgever of intervisie"),
        ("--voor client R-014 --geleverd", "--geleverd hoort bij --voor werkgever"),
        ("--voor intervisie R-014 --van 2026-01-01", "--van hoort bij een verslag voor"),
        ("--voor intervisie --met-teksten", "--met-teksten hoort bij"),
    ],
)
def test_what_does_not_go_together(arguments: str, said: str) -> None:
    result = run("verslag", *arguments.split())
    assert result.code == 2 and said in result.err


def test_clients_may_be_written_with_a_trema(pad: Path) -> None:
    assert verslag(pad, "cliënt").out == verslag(pad, "client").out


def test_an_unknown_client(pad: Path) -> None:
    result = run_dossier(pad, "verslag", "--voor", "client", "R-015")
    assert result.code == 2 and "bedoelde je R-014?" in result.err

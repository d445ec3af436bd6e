"""Commands that fill themselves from the dossier: what they take, what goes before it, and what may not be in it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dossiers import make_client, opened, quick_keys, run_dossier
from regiekit.cli.dossier_vullen import afnames_of, fill
from regiekit.content.library import load_vragenlijst_file, to_json
from regiekit.domain.aantekening import Afname, Afspraak, Besluit, Gesprek, Inoculatie, Opvolging, Sluiting, Traject
from regiekit.domain.beoordeling import last_run
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek
from regiekit.errors import RegiekitError
from util import EIGEN_REGIE, ROOT, Result, answers, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

LAAG, HOOG = answers("33333", "33333", "3333", "111"), answers("33333", "33333", "3333", "555")
MIDDEN = answers("33333", "33333", "3333", "333")
DAG = date(2026, 3, 2)
SCHAALVRAGEN = load_vragenlijst_file(ROOT / "data/vragenlijsten/schaalvragen.yaml")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "d.regiekit"
    make_client(path, "R-014", eigen_doelen=("Weer werken.", "Op tijd stoppen."), keuzes=("Eerst bellen.",))
    return path


def add(path: Path, datum: date, inhoud: BaseModel, lijst: Any = None, code: str = "R-014") -> int:
    with opened(path) as boek:
        return boek.add(code, datum, inhoud, to_json(lijst) if lijst else None)  # type: ignore[arg-type]


def add_afname(path: Path, datum: date, given: dict[str, Any], loaded: Any = EIGEN_REGIE, code: str = "R-014") -> int:
    lijst = loaded.inhoud
    made = Afname(vragenlijst=lijst.id, versie=lijst.versie, hash=loaded.hash, antwoorden=given)
    return add(path, datum, made, lijst, code)


def blad(path: Path, *more: object, code: str = "R-014") -> Result:
    return run_dossier(path, "voorbereiding", code, *more)


def said(result: Result) -> str:
    assert result.code == 0, result.err
    return " ".join(result.out.split())


def block(path: Path, name: str, *more: object) -> list[str]:
    result = blad(path, "--json", *more)
    assert result.code == 0, result.err
    return [r["tekst"] for b in result.json["blokken"] if b["id"] == name for r in b["regels"]]


# The page before a talk -----------------------------------------------------------------------------------------------


def test_an_empty_dossier_gives_a_page_with_the_goals_and_the_choices(path: Path) -> None:
    out = said(blad(path))
    assert "cliënt R-014" in out
    assert block(path, "doel") == ["Weer werken.", "Op tijd stoppen.", "De cliënt koos: Eerst bellen."]
    assert block(path, "afspraken") == ["niets open"]
    assert block(path, "scores") == ["nog niet ingevuld"]


def test_what_was_agreed_stays_until_it_is_answered(path: Path) -> None:
    talk = add(path, DAG, Gesprek(afspraken=(Afspraak(wat="Cv maken", wie="cliënt", wanneer="2026-04-01"),),
                                  client_doet=("De buurman bellen",)))  # fmt: skip
    tried = add(path, DAG, Inoculatie(obstakels=("Ik durf niet",), actie="Oefenen", wanneer=date(2026, 3, 9)))
    lines = block(path, "afspraken")
    assert lines[:3] == [
        "Cv maken (cliënt, 1 april 2026; van 2 maart 2026)",
        "De cliënt zou dit proberen: De buurman bellen (van 2 maart 2026)",
        "De cliënt zou dit proberen: Oefenen (inoculatie, 9 maart 2026; van 2 maart 2026)",
    ]
    assert "geen verwijt" in lines[3]
    assert "dossier opvolging R-014" in lines[4]
    add(path, DAG + timedelta(days=14), Gesprek(doel="iets anders"))
    assert block(path, "afspraken")[:3] == lines[:3]
    add(path, DAG, Opvolging(van=tried, wat="Oefenen", uitkomst="niet-gedaan"))
    add(path, DAG, Opvolging(van=talk, wat="Cv maken", uitkomst="gedaan"))
    assert block(path, "afspraken")[0] == "De cliënt zou dit proberen: De buurman bellen (van 2 maart 2026)"


def test_what_is_given_goes_before_the_dossier_and_lists_are_joined(path: Path) -> None:
    add(path, DAG, Gesprek(afspraken=(Afspraak(wat="Cv maken"),), sturing="strak", inschatting="laag"))
    given = ("--doel", "Rust.", "--afspraak", "Bellen.", "--actie", "Oefenen.", "--sturing", "los",
             "--inschatting", "hoog")  # fmt: skip
    assert block(path, "doel", *given)[:2] == ["Rust.", "Weer werken."]
    assert block(path, "afspraken", *given)[:3] == [
        "Bellen.", "Cv maken (van 2 maart 2026)", "De cliënt zou dit proberen: Oefenen.",
    ]  # fmt: skip
    sturing = " ".join(block(path, "sturing", *given))
    assert "inschatting (coach): hoog" in sturing and "Nu stuur je los" in sturing
    kept = " ".join(block(path, "sturing"))
    assert "inschatting (coach): laag" in kept and "Nu stuur je strak" in kept


def test_a_waarneming_goes_with_the_sturing_it_was_seen_at(path: Path) -> None:
    add(path, DAG, Gesprek(sturing="strak", waarneming="irritatie", inschatting="hoog"))
    assert "irritatie bij strak" in " ".join(block(path, "sturing"))
    assert "irritatie" not in " ".join(block(path, "sturing", "--sturing", "los"))
    assert "verveling bij strak" in " ".join(block(path, "sturing", "--waarneming", "verveling"))
    make_client(path, "R-015")
    assert blad(path, "--waarneming", "stress", code="R-015").code == 2  # no sturing anywhere


def test_a_talk_that_did_not_take_place_says_nothing(path: Path) -> None:
    add(path, DAG, Gesprek(sturing="gedeeld", technieken=("inoculatie",)))
    add(path, DAG + timedelta(days=7), Gesprek(aanwezig="afgezegd"))
    assert "Vorige keer (2 maart 2026): Inoculatie, je stuurde gedeeld." in block(path, "techniek")


def test_the_scores_of_first_and_last_and_only_of_equal_versions(path: Path, tmp_path: Path) -> None:
    add_afname(path, date(2026, 1, 12), LAAG)
    assert "ergeleken" not in " ".join(block(path, "scores"))
    add_afname(path, date(2026, 6, 1), HOOG)
    lines = block(path, "scores")
    assert lines[0] == "Vergeleken met 12 januari 2026 (de band is het verschil dat 'duidelijk' heet):"
    score = "Eigen regie: aan de hoge kant (5,0 op 1–5; 3 van 3 vragen; hoger is gunstig)."
    assert lines[4] == f"{score} Duidelijk hoger (+4,0; band 1,33)."
    with_other_version = load_vragenlijst_file(write(
        tmp_path, "v2.yaml", (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
        .replace('versie: "1"', 'versie: "2"').replace("Ik kan zelf kiezen hoe", "Ik kies zelf hoe"),
    ))  # fmt: skip
    assert with_other_version.hash != EIGEN_REGIE.hash
    add_afname(path, date(2026, 7, 1), MIDDEN, with_other_version)
    lines = block(path, "scores")
    assert "ergeleken" not in " ".join(lines)
    assert "versie 2" in " ".join(lines)


def test_only_lists_about_regie_count_for_the_advice(path: Path, tmp_path: Path) -> None:
    add_afname(path, date(2026, 1, 12), HOOG)
    before = run_dossier(path, "advies", "R-014", "--json").json
    add_afname(path, date(2026, 2, 12), {"onzekerheid": 8, "vertrouwen": 3}, SCHAALVRAGEN)
    own = load_vragenlijst_file(write(tmp_path, "klein.yaml", small_lijst(schaal("rust", "1 2 3", 2))))
    add_afname(path, date(2026, 3, 12), {"v-1": 1, "v-2": 1, "v-3": 1}, own)
    after = run_dossier(path, "advies", "R-014", "--json").json
    assert before["niveau"]["bronnen"]["score"] == "hoog"
    assert after == before
    with opened(path) as boek:
        assert [a.vragenlijst.id for a in afnames_of(boek.read("R-014"))] == ["eigen-regie", "schaalvragen", "klein"]


def test_the_scale_questions_stand_there_in_words_with_their_directions(path: Path) -> None:
    add_afname(path, date(2026, 1, 12), {"onzekerheid": 8, "vertrouwen": 4}, SCHAALVRAGEN)
    add_afname(path, date(2026, 6, 12), {"onzekerheid": 4, "vertrouwen": 6}, SCHAALVRAGEN)
    assert block(path, "scores") == [
        "Niet gevalideerd, geen normen: bedoeld voor het gesprek. Vragenlijst schaalvragen, versie 1, hash "
        f"{SCHAALVRAGEN.hash}.",
        "Onzekerheid over het traject: 4 op 1–10 (hoger = meer onzekerheid), 12 juni 2026. Vergeleken met 12 januari "
        "2026 (8): duidelijk lager (-4; band 3).",
        "Vertrouwen in eigen kwaliteiten: 6 op 1–10 (hoger = meer vertrouwen), 12 juni 2026. Vergeleken met 12 januari "
        "2026 (4): geen duidelijk verschil (+2; band 3).",
    ]


def test_the_besluit_comes_back_with_its_day_reason_and_what_the_sources_say_now(path: Path) -> None:
    add_afname(path, date(2026, 1, 12), LAAG)
    decided = run_dossier(path, "dossier", "besluit", "R-014", "hoog", "--reden", "Ze belde zelf.", "--datum", DAG)
    assert "geven nu: laag" in said(decided)
    add_afname(path, date(2026, 6, 1), MIDDEN)
    lines = block(path, "sturing")
    assert lines[:3] == ["Jouw besluit (2 maart 2026): regie hoog. De reden:", "Ze belde zelf.",
                         "Toen je dat besloot, gaven de bronnen: laag."]  # fmt: skip
    assert lines[3].startswith("Zonder jouw besluit zou het nu zijn: midden")
    assert "Jouw besluit: regie hoog, 2 maart 2026" in said(run_dossier(path, "advies", "R-014"))
    other = blad(path, "--besluit", "midden", "--reden", "Toch niet.", "--json")
    assert "staat niet in het dossier" in other.err
    assert [r["tekst"] for b in other.json["blokken"] if b["id"] == "sturing" for r in b["regels"]][1] == "Toch niet."
    assert "Ze belde zelf." in block(path, "sturing")  # what was kept, stays


LAST = date(2026, 1, 5) + timedelta(weeks=6)  # the first rapportage, from the begin


@pytest.mark.parametrize(("days", "text"), [(-1, "Dat is 1 dag na het gesprek."),
                                            (0, "Dat is op de dag van het gesprek."),
                                            (3, "Let op: dat is 3 dagen voor het gesprek.")])  # fmt: skip
def test_the_next_report_before_on_and_after_its_day(path: Path, days: int, text: str) -> None:
    (line,) = block(path, "rapportage", "--datum", LAST + timedelta(days=days))
    assert line == ("Op 16 februari 2026, 6 weken na het begin van het traject (5 januari 2026); controleer dit. "
                    f"{text}")  # fmt: skip


def test_the_report_follows_the_last_one_the_options_and_the_end(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    make_client(path, laatste_rapportage=date(2026, 3, 2), rapportage_weken=4)
    assert "Op 30 maart 2026, 4 weken na de laatste" in block(path, "rapportage")[0]
    assert "Op 13 april 2026, 6 weken na de laatste" in block(path, "rapportage", "--weken", "6")[0]
    assert block(path, "rapportage", "--rapportage", "2026-05-01")[0].startswith("Op 1 mei 2026.")
    add(path, date(2026, 6, 1), Sluiting())
    assert block(path, "rapportage") == ["Het traject is afgesloten op 1 juni 2026."]


def test_the_day_is_that_of_the_next_talk_while_it_has_to_come(path: Path) -> None:
    soon = date.today() + timedelta(days=3)
    add(path, DAG, Gesprek(volgende=soon))
    assert blad(path, "--json").json["datum"].startswith(f"{soon.day} ")
    assert blad(path, "--json", "--datum", "2026-03-02").json["datum"] == "2 maart 2026"
    add(path, DAG + timedelta(days=1), Gesprek(volgende=DAG + timedelta(days=7)))
    assert blad(path, "--json").json["datum"] is None


LONG = "Ik wil weer werken in een baan waar ik rust heb en mijn dag zelf indeel. " * 12


def test_however_much_there_is_it_stays_one_page(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    make_client(path, eigen_doelen=(LONG,) * 30, keuzes=(LONG,) * 30)
    add_afname(path, date(2026, 1, 12), LAAG)
    add_afname(path, date(2026, 6, 1), HOOG)
    add_afname(path, date(2026, 1, 12), {"onzekerheid": 8, "vertrouwen": 4}, SCHAALVRAGEN)
    add_afname(path, date(2026, 6, 12), {"onzekerheid": 4, "vertrouwen": 6}, SCHAALVRAGEN)
    add(path, DAG, Gesprek(
        afspraken=(Afspraak(wat=LONG, wie=LONG, wanneer=LONG),) * 30, client_doet=(LONG,) * 30, sturing="strak",
        waarneming="irritatie", inschatting="laag", technieken=("inoculatie", "reframen"),
    ))  # fmt: skip
    add(path, DAG, Besluit(niveau="midden", reden=LONG, volgens_bronnen=("laag", "midden")))
    out = tmp_path / "blad.pdf"
    result = blad(path, "--uit", out)
    assert "Ingekort om op één bladzijde te passen" in said(result)
    reader = PdfReader(io.BytesIO(out.read_bytes()))
    assert len(reader.pages) == 1
    page = reader.pages[0].extract_text()
    assert page.count("[ingekort]") >= 4
    assert "De cliënt koos" in page
    assert said(blad(path)).count(LONG.strip()) == 30 + 30 + 90 + 30 + 1


def test_a_page_on_paper_is_known_to_the_dossier_and_private(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "blad.html"
    assert "Het dossier onthoudt dat" in said(blad(path, "--uit", out))
    with opened(path) as boek:
        assert [(u.code, u.soort, u.pad) for u in boek.uitvoer("R-014")] == [("R-014", "voorbereiding", str(out))]
    assert out.stat().st_mode & 0o077 == 0
    assert blad(path, "--uit", out, "--doel", "Anders.").code == 2  # another page stands there
    with opened(path) as boek:
        assert len(boek.uitvoer("R-014")) == 1
    assert blad(path).code == 0  # the screen leaves nothing
    with opened(path) as boek:
        assert len(boek.uitvoer("R-014")) == 1


@pytest.mark.parametrize("uit", ["blad.pdf", "blad.html"])
def test_the_code_of_another_client_stops_the_paper(path: Path, tmp_path: Path, uit: str) -> None:
    make_client(path, "K-7")
    add(path, DAG, Gesprek(client_doet=("Samen met k-7 oefenen",)))
    result = blad(path, "--uit", tmp_path / uit)
    assert result.code == 4
    assert "k-7" in result.err and "Open afspraken" in result.err
    assert not (tmp_path / uit).exists()
    assert blad(path).code == 0  # the coach may see it, and mend it


def test_a_demonstration_says_so_on_every_page(tmp_path: Path) -> None:
    path, out = tmp_path / "demo.regiekit", tmp_path / "blad.pdf"
    head = opslag.new_head(verzonnen=True)
    key = opslag.derive_key(opslag.WACHTZIN_VERZONNEN, head)
    opslag.make_file(path, key, head)
    with opslag.Opslag(path, key, head) as made:
        Boek(made).new_client("V-1", DAG, Traject(begin=DAG))
    for command in (["voorbereiding"], ["advies"], ["plan"], ["voorbereiding", "--uit", str(tmp_path / "b.html")]):
        result = run(command[0], "V-1", *command[1:], "--dossier", path)
        assert result.code == 0
        assert "verzonnen" in result.out + result.err
    assert run("voorbereiding", "V-1", "--uit", out, "--dossier", path).code == 0
    assert "V-1 (verzonnen)" in PdfReader(out).pages[0].extract_text()
    assert "V-1 (verzonnen)" in (tmp_path / "b.html").read_text(encoding="utf-8")


# The old form, and what is none ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["advies", "voorbereiding", "plan"])
def test_a_code_that_is_not_there_is_one_line(path: Path, command: str) -> None:
    result = run_dossier(path, command, "R-099")
    assert (result.code, result.out) == (2, "")
    assert "R-099" in result.err
    without = run(command, "R-014")
    assert (without.code, without.out) == (2, "")
    assert "nog geen dossier" in without.err
    assert run(command, "--dossier", path).code == 2


@pytest.mark.parametrize("word", ["a" * 5000, "weg.yaml", "../x", "é", ""])
@pytest.mark.parametrize("command", ["advies", "voorbereiding", "plan"])
def test_what_is_no_code_is_a_file(command: str, word: str) -> None:
    result = run(command, word)
    assert result.code in (0, 2, 3)
    assert "dossier" not in result.err


def test_a_file_goes_before_a_client_with_the_same_name(path: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(path))
    (tmp_path / "R-014").write_bytes((ROOT / "voorbeelden/R-021-start.yaml").read_bytes())
    assert "cliënt R-021" in said(run("voorbereiding", "R-014"))


@pytest.mark.parametrize("command", ["voorbereiding", "plan"])
def test_another_client_beside_the_code_is_refused(path: Path, command: str) -> None:
    assert run_dossier(path, command, "R-014", "--client", "R-015").code == 4
    assert run_dossier(path, command, "r-014", "--client", "R-014").code == 0


# The advice -----------------------------------------------------------------------------------------------------------


def test_the_advice_of_the_dossier_is_that_of_the_same_files(path: Path) -> None:
    make_client(path, "R-021")
    files = [ROOT / f"voorbeelden/R-021-{when}.yaml" for when in ("start", "einde")]
    assert run_dossier(path, "dossier", "afname", "R-021", *files).code == 0
    add(path, DAG, Gesprek(sturing="strak", waarneming="irritatie", inschatting="midden"), code="R-021")
    given = ("--sturing", "strak", "--waarneming", "irritatie", "--inschatting", "midden", "--json")
    assert run_dossier(path, "advies", "R-021", "--json").json == run("advies", *files, *given).json
    assert said(run_dossier(path, "advies", "R-021")).startswith(
        "Uit het dossier van R-021: 2 afnames (de laatste van 7 september 2026), het gesprek van 2 maart 2026."
    )


def test_a_list_that_is_not_what_it_was_is_refused(path: Path) -> None:
    made = Afname(vragenlijst="eigen-regie", versie="1", hash="0" * 16, antwoorden=dict.fromkeys(LAAG, 1))
    add(path, DAG, made, EIGEN_REGIE.inhoud)
    result = run_dossier(path, "advies", "R-014")
    assert (result.code, result.out) == (5, "")
    with opened(path) as boek, pytest.raises(RegiekitError):
        fill(boek.read("R-014"), date(2026, 3, 1))


def test_the_last_run_ends_at_another_version() -> None:
    class Made:
        def __init__(self, name: str, versie: str) -> None:
            self.vragenlijst, self.hash = type("Lijst", (), {"id": name}), versie

    row: Any = [Made("a", "1"), Made("a", "2"), Made("b", "1"), Made("a", "2"), Made("b", "1"), Made("a", "2")]
    assert [row.index(r) for r in last_run(row)] == [1, 3, 5]
    assert [row.index(r) for r in last_run(row[:5])] == [2, 4]
    back: Any = [Made("a", "1"), Made("a", "2"), Made("a", "1")]
    assert last_run(back) == back[2:]  # what lies before another version is not compared
    assert last_run(row[:1]) == row[:1] and last_run([]) == []


# The besluit ----------------------------------------------------------------------------------------------------------


def decide(path: Path, *more: object, stdin: str = "") -> Result:
    return run_dossier(path, "dossier", "besluit", "R-014", *more, stdin=stdin)


def test_a_besluit_needs_a_reason(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for more in ([], ["--reden", " "]):
        result = decide(path, "laag", *more)
        assert result.code == 2
        assert "--reden" in result.err
    wrong = decide(path, "middelmatig", "--reden", "x")
    assert wrong.code == 2 and "het niveau: kies laag, midden of hoog" in wrong.err
    monkeypatch.setattr("regiekit.cli.dossier_teksten.on_terminal", lambda: True)
    assert decide(path, "laag", stdin="Hij wacht af.\n").code == 0
    with opened(path) as boek:
        (made,) = boek.read("R-014").of("besluit")
    assert made.inhoud == Besluit(niveau="laag", reden="Hij wacht af.")


def test_without_a_niveau_it_is_asked_on_a_terminal_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = decide(path, stdin="laag\nHij wacht af.\n")
    assert piped.code == 2 and "het niveau ontbreekt" in piped.err
    monkeypatch.setattr("regiekit.cli.dossier_teksten.on_terminal", lambda: True)
    assert decide(path, stdin="weinig\nlaag\nHij wacht af.\n").code == 0
    assert decide(path).code == 130
    with opened(path) as boek:
        (made,) = boek.read("R-014").of("besluit")
    assert made.inhoud == Besluit(niveau="laag", reden="Hij wacht af.")


def test_every_besluit_stays_with_what_the_sources_said(path: Path) -> None:
    add_afname(path, date(2026, 1, 12), LAAG)
    assert decide(path, "hoog", "--reden", "Eerst.", "--datum", "2026-02-01").code == 0
    add_afname(path, date(2026, 6, 1), HOOG)
    add(path, date(2026, 6, 2), Gesprek(inschatting="laag", sturing="strak"))
    second = decide(path, "midden", "--reden", "Daarna.", "--datum", "2026-07-01", "--json").json
    assert (second["volgens_bronnen"], second["zekerheid"]) == (["laag", "hoog"], "niet-eenduidig")
    with opened(path) as boek:
        made = [(a.inhoud.niveau, a.inhoud.volgens_bronnen, a.inhoud.reden) for a in boek.read("R-014").of("besluit")]
    assert made == [("hoog", ("laag",), "Eerst."), ("midden", ("laag", "hoog"), "Daarna.")]
    shown = said(decide(path, "laag", "--reden", "Toch."))
    assert "Je besluit van 1 juli 2026 was: midden. De reden: “Daarna.”" in shown


def test_a_bsn_in_the_reason_is_refused(path: Path) -> None:
    assert decide(path, "laag", "--reden", "Zie 111222333.").code == 4
    assert decide(path, "laag", "--reden", "Zie 111222333.", "--geen-bsn").code == 0


# The plan -------------------------------------------------------------------------------------------------------------


PLAN: dict[str, Any] = {
    "eigen_doelen": ("Weer werken.",),
    "doel_spoor_2": "Passend werk.",
    "visie_werknemer": "Rustig opbouwen.",
    "visie_werkgever": "Wij helpen mee.",
    "eerste_ziektedag": date(2026, 1, 5),
}


def plan(path: Path, *more: object) -> Result:
    return run_dossier(path, "plan", "R-014", "--datum", "2026-03-02", *more)


def test_the_plan_fills_itself(tmp_path: Path) -> None:
    path = tmp_path / "d.regiekit"
    make_client(path, **PLAN)
    add(path, DAG, Gesprek(afspraken=(Afspraak(wat="Cv maken", wie="werknemer", wanneer="2026-04-01"),),
                           notitie="Alleen voor mij.", client_doet=("Oefenen",)))  # fmt: skip
    data = plan(path, "--json").json
    assert data["eigen_doelen"] == ["Weer werken."]
    assert [data[k] for k in ("client", "doel_spoor_2", "visie_werknemer", "visie_werkgever", "eerste_ziektedag")] == [
        "R-014", "Passend werk.", "Rustig opbouwen.", "Wij helpen mee.", "2026-01-05",
    ]  # fmt: skip
    assert data["evaluaties"][0] > "2026-03-02"
    assert data["stappen"] == []
    asked = plan(path, "--met-afspraken", "--eigen-doel", "Rust.", "--visie-werknemer", "Anders.", "--json").json
    assert asked["stappen"] == [{"wat": "Cv maken", "wie": "werknemer", "wanneer": "1 april 2026"}]
    assert asked["eigen_doelen"] == ["Weer werken.", "Rust."]
    assert asked["visie_werknemer"] == "Anders."
    out = said(plan(path, "--met-afspraken"))
    assert "Cv maken" in out
    assert "Alleen voor mij" not in out and "Oefenen" not in out


@pytest.mark.parametrize(("doel", "code"), [("Van mijn burn-out af.", 4), ("Zoals R-015.", 4), ("Zie 111222333.", 4)])
@pytest.mark.parametrize("uit", [[], ["--json"], ["--uit", "plan.docx"]])
def test_nothing_for_others_leaves_the_dossier_unguarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doel: str, code: int, uit: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "d.regiekit"
    make_client(path, eigen_doelen=(doel,))
    make_client(path, "R-015")
    result = plan(path, *uit)
    assert (result.code, result.out) == (code, "")
    assert "onder 'Doelen'" in result.err
    assert not (tmp_path / "plan.docx").exists()


def test_a_plan_in_a_file_is_known_to_the_dossier(tmp_path: Path) -> None:
    path, out = tmp_path / "d.regiekit", tmp_path / "plan.docx"
    make_client(path, **PLAN)
    assert "Het dossier onthoudt dat" in said(plan(path, "--uit", out))
    with opened(path) as boek:
        assert [(u.soort, u.pad) for u in boek.uitvoer("R-014")] == [("plan", str(out))]


def test_agreements_need_a_client() -> None:
    result = run("plan", "--met-afspraken")
    assert (result.code, result.out) == (2, "")

"""The demonstration: three clients who do not exist, good to learn from, and never in the way of a real dossier."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from regiekit.cli.dossier_teksten import check_code
from regiekit.cli.dossier_vullen import afnames_of
from regiekit.content.compile import compile_file
from regiekit.content.library import load_banden, load_demonstratie, load_technieken, load_woordenlijst
from regiekit.domain.aantekening import texts_of
from regiekit.domain.beoordeling import compare_all
from regiekit.domain.bewaking import find_bsn, find_vondsten
from regiekit.domain.checks import check_afname
from regiekit.domain.clientdossier import VERZONNEN, open_punten
from regiekit.domain.demonstratie import whole_velden
from regiekit.domain.uitslag import score
from regiekit.dossier.boek import Boek
from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, Opslag, derive_key, read_head
from util import Result, run

if TYPE_CHECKING:
    from pathlib import Path

    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.vergelijking import Verschil

DAG = "2025-11-24"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("met spatie en 'teken'") / "demo.regiekit"
    assert run("dossier", "demo", "--uit", pad, "--datum", DAG).code == 0
    return pad


@pytest.fixture(scope="module")
def clienten(demo: Path) -> list[Clientdossier]:
    return read(demo)


def read(pad: Path) -> list[Clientdossier]:
    head = read_head(pad)
    with Opslag(pad, derive_key(WACHTZIN_VERZONNEN, head), head) as opslag:
        boek = Boek(opslag)
        assert boek.faults() == []
        return [boek.read(code) for code in boek.codes()]


def texts(dossier: Clientdossier) -> list[str]:
    fixed = ("hash", "vragenlijst", "versie", "meetmoment", "taal", "technieken", "volgens_bronnen")
    found = [(veld, text) for a in dossier.aantekeningen for veld, text in texts_of(a.inhoud)]
    return [text for veld, text in found if veld not in fixed and " " in text]


def contents(pad: Path) -> str:
    rows = [(d.code, [(a.soort, a.datum, a.inhoud.model_dump(mode="json"), a.vervangt, a.reden)
                      for a in d.aantekeningen]) for d in read(pad)]  # fmt: skip
    return json.dumps(rows, default=str)


def test_it_opens_without_asking_and_says_what_it_is(demo: Path) -> None:
    result = run("dossier", "lijst", "--dossier", demo, "--datum", "2026-11-24")
    assert result.code == 0 and VERZONNEN in result.out
    assert [client.code in result.out for client in load_demonstratie()] == [True] * 3
    assert demo.stat().st_mode & 0o777 == 0o600
    assert b"winkel" not in demo.read_bytes()


SCREENS = [
    "dossier lijst", "dossier lijst --na Z", "dossier toon VERZONNEN-1", "dossier toon VERZONNEN-1 --alles",
    "dossier toon R-999", "dossier wis VERZONNEN-1", "dossier bewaartermijn", "dossier uitvoer", "dossier controleer",
    "dossier opvolging VERZONNEN-2 --punt 1.1 --gedaan", "dossier inoculatie VERZONNEN-1 --nummer 9",
    "dossier inzage VERZONNEN-1 --uit MAP", "verloop VERZONNEN-1", "verloop VERZONNEN-1 --uit -",
    "verloop VERZONNEN-1 --uit MAP/v.txt", "advies VERZONNEN-2", "voorbereiding VERZONNEN-2", "plan VERZONNEN-2",
    "plan VERZONNEN-2 --uit MAP/p.txt", "verslag --voor werkgever VERZONNEN-1", "verslag --voor client VERZONNEN-1",
    "verslag --voor coach VERZONNEN-1 --uit MAP/c.txt", "verslag --voor intervisie VERZONNEN-1",
]  # fmt: skip


@pytest.mark.parametrize("call", SCREENS)
@pytest.mark.parametrize("aloud", ["0", "1"])
def test_a_screen_says_once_what_it_is_and_a_file_too(
    call: str, aloud: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when what was asked is not there: then it is good to know in which dossier that is."""
    own = tmp_path / "d.regiekit"
    shutil.copy(demo, own)
    monkeypatch.setenv("REGIEKIT_VOORLEZEN", aloud)
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(own))
    result = run(*call.replace("MAP", str(tmp_path)).split())
    assert " ".join((result.out + result.err).split()).count(VERZONNEN) == 1, result
    for made in (*tmp_path.glob("*.txt"), *tmp_path.glob("*.html")):
        assert made.read_text(encoding="utf-8").count(VERZONNEN) == 1


@pytest.mark.parametrize("call", [v for v in SCREENS if "--uit" not in v and v.split()[-1] not in ("R-999", "Z")
                                  and "controleer" not in v and "opvolging" not in v])  # fmt: skip
def test_beside_json_it_is_said_once(call: str, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(demo))
    result = run(*call.split(), "--json")
    assert result.code == 0 and result.err.count(VERZONNEN) == 1
    assert result.json is not None
    assert VERZONNEN not in result.out


def test_the_same_day_gives_the_same_content(demo: Path, tmp_path: Path) -> None:
    assert run("dossier", "demo", "--uit", tmp_path, "--datum", DAG).code == 0
    assert contents(tmp_path / "demo.regiekit") == contents(demo)


def test_any_first_day_will_do(tmp_path: Path) -> None:
    for n, day in enumerate(("2024-02-29", "2023-02-28", "2025-12-31")):
        assert run("dossier", "demo", "--uit", tmp_path / f"{n}.regiekit", "--datum", day).code == 0
        begin = min(d.traject.begin for d in read(tmp_path / f"{n}.regiekit"))
        assert begin.isoformat() == day


def test_without_a_day_it_runs_up_to_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("dossier", "demo").code == 0
    days = [a.datum for d in read(tmp_path / "demo.regiekit") for a in d.aantekeningen]
    assert date.today() - timedelta(days=370) < min(days) and max(days) < date.today()
    assert [p.name for p in tmp_path.iterdir()] == ["demo.regiekit"]


def test_nothing_is_in_a_weekend(tmp_path: Path) -> None:
    for n, (day, begin) in enumerate((("2026-02-28", "2026-03-02"), ("2026-03-01", "2026-03-02"))):
        assert run("dossier", "demo", "--uit", tmp_path / f"{n}.regiekit", "--datum", day).code == 0
        days = [a.datum for d in read(tmp_path / f"{n}.regiekit") for a in d.aantekeningen]
        assert min(days).isoformat() == begin and {d.weekday() for d in days} == {0}


def test_a_day_at_the_end_of_the_calendar_is_said_plainly(tmp_path: Path) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        result = run("dossier", "demo", "--uit", tmp_path / "demo.regiekit", "--datum", day)
        assert result.code == 2 and day in result.err and "Traceback" not in result.err
    assert list(tmp_path.iterdir()) == []


BROKEN = {
    ("van: tweede", "van: twede"): (1, "geen-keuze", "bedoelde je 'tweede'?"),
    ("    vervangt: traject", "    vervangt: trajekt"): (1, "geen-keuze", "trajekt"),
    ("    naam: traject", "    naam: traject\n    vervangt: nul"): (1, "geen-keuze", "eerder in dit bestand"),
    ("week: 9\n", "week: 9\n    naam: eerste\n"): (1, "dubbele-id", "eerder op regel 9"),
    ("      volgende: 4", "      volgende: 2026-03-02"): (1, "geen-heel-getal", "'2026-03-02'"),
    ("      begin: 0", "      begin: 9999999"): (1, "te-hoog", "520"),
    ("      begin: 0", "      doel_spoor_2: Werk."): (2, "ontbreekt", "'begin'"),
    ("sturing: gedeeld", "sturing: half"): (2, "geen-keuze", "kies strak, gedeeld, los"),
    ("met: de cliënt", "mett: de cliënt"): (2, "onbekend-veld", "bedoelde je 'met'?"),
    ("vragenlijst: eigen-regie", "vragenlijst: [eigen-regie]"): (1, "geen-tekst", "een lijst"),
    ("training: false", 'versie: "0"'): (1, "geen-keuze", "eerdere_lijst"),
    ("  - week: 4", "  - week: -4"): (1, "te-laag", "0"),
    ("soort: opvolging", "soort: vervolg"): (1, "geen-keuze", "gesprek"),
}
SMALL = """\
code: VERZONNEN-9
aantekeningen:
  - week: 0
    soort: traject
    naam: traject
    inhoud:
      begin: 0
  - week: 0
    naam: eerste
    soort: gesprek
    inhoud:
      met: de cliënt
      sturing: gedeeld
      volgende: 4
  - week: 4
    naam: tweede
    soort: gesprek
    inhoud:
      met: de cliënt
      sturing: gedeeld
      client_doet: [Bellen.]
  - week: 8
    soort: opvolging
    inhoud:
      van: tweede
      wat: Bellen.
      uitkomst: gedaan
  - week: 8
    soort: traject
    vervangt: traject
    reden: Rapportage gestuurd.
    inhoud:
      laatste_rapportage: 8
  - week: 9
    soort: afname
    inhoud:
      vragenlijst: eigen-regie
      antwoorden: {autonomie-1: 3}
      training: false
"""


@pytest.mark.parametrize(("old", "new"), BROKEN, ids=lambda text: text.strip())
def test_a_broken_file_is_told_with_its_places(old: str, new: str, tmp_path: Path) -> None:
    aantal, code, said = BROKEN[old, new]
    path = tmp_path / "client.yaml"
    path.write_text(SMALL, "utf-8")
    assert run("controleer", path).code == 0
    path.write_text(SMALL.replace(old, new), "utf-8")
    problems = compile_file("demonstratie", path)[1]
    assert [p.code for p in problems] == [code] * aantal and said in problems[0].melding
    lines = path.read_text("utf-8").splitlines()
    changed = new.strip().splitlines()[-1].strip()
    assert changed in lines[problems[0].regel - 1]
    result = run("controleer", path)
    assert result.code == 3 and f"client.yaml:{problems[0].regel}:" in result.out + result.err


def test_a_correction_names_only_what_changes() -> None:
    for client in load_demonstratie():
        whole = {s.naam: v for s, v in zip(client.aantekeningen, whole_velden(client), strict=True)}
        for stap in client.aantekeningen:
            old = whole.get(stap.vervangt, {}) if stap.vervangt else {}
            assert [name for name, value in stap.inhoud.items() if old.get(name) == value] == []


def test_never_over_a_file(tmp_path: Path) -> None:
    pad = tmp_path / "demo.regiekit"
    pad.write_text("van mij")
    link = tmp_path / "link.regiekit"
    link.symlink_to(tmp_path / "elders")
    for taken in (pad, link, tmp_path / "geen map" / "demo.regiekit"):
        result = run("dossier", "demo", "--uit", taken)
        assert result.code == 2 and "Traceback" not in result.err
    assert pad.read_text() == "van mij" and not (tmp_path / "elders").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["demo.regiekit", "link.regiekit"]


def told(demo: Path) -> list[str]:
    from regiekit.cli.dossier_demo import PROBEER

    pad = demo.with_name("nog een.regiekit")
    said = run("dossier", "demo", "--uit", pad, "--datum", DAG).out
    commands = re.findall(r"^  regiekit (.*)$", said, re.MULTILINE)
    assert len(commands) == len(PROBEER) == 6
    return commands


def test_the_commands_that_it_names_work_as_they_stand(demo: Path) -> None:
    for command in told(demo):
        result: Result = run(*shlex.split(command))
        assert result.code == 0, (command, result.err)
        assert "verzonnen" in (result.out + result.err).lower(), command
        assert "VERZONNEN-" in result.out, command


def of_schaal(dossier: Clientdossier, schaal: str, lijst: str = "eigen-regie") -> Verschil:
    afnames = [a for a in afnames_of(dossier) if a.vragenlijst.id == lijst]
    return next(v for v in compare_all(afnames, load_banden()) if v.schaal == schaal)


def test_the_first_is_clearly_higher_and_only_there(clienten: list[Clientdossier]) -> None:
    found = of_schaal(clienten[0], "competentie")
    assert (found.van, found.naar, found.conclusie) == (2.4, 4.0, "duidelijk hoger")
    others = [of_schaal(clienten[0], name).conclusie for name in ("autonomie", "verbondenheid", "eigen-regie")]
    assert others == ["geen duidelijk verschil"] * 3


def test_the_second_goes_well_and_yet_nothing_clearly_differs(clienten: list[Clientdossier]) -> None:
    found = of_schaal(clienten[1], "autonomie")
    assert (found.van, found.naar, found.conclusie) == (3.0, 3.8, "geen duidelijk verschil")
    schalen = ("competentie", "verbondenheid", "eigen-regie")
    assert {of_schaal(clienten[1], name).conclusie for name in schalen} == {"geen duidelijk verschil"}


def test_the_third_has_what_makes_it_hard(clienten: list[Clientdossier]) -> None:
    hard = clienten[2]
    besluit = hard.of("besluit")[0].inhoud
    assert len(set(besluit.volgens_bronnen)) == 3 and besluit.zekerheid == "niet-eenduidig" and besluit.reden
    assert [a.inhoud.aanwezig for a in hard.of("gesprek")].count("afgezegd") == 1
    corrected = [a for a in hard.aantekeningen if a.soort == "afname" and a.vervangt]
    assert len(corrected) == 1 and corrected[0].reden
    afnames = [a for a in afnames_of(hard) if a.vragenlijst.id == "eigen-regie"]
    assert [a.vragenlijst.versie for a in afnames] == ["0", "1", "1"] and len({a.hash for a in afnames}) == 2
    assert score(afnames[1].vragenlijst, afnames[1].antwoorden).schaal("competentie") is None
    assert set(afnames[1].overgeslagen.values()) == {"weet-niet", "wil-niet-zeggen"}
    assert any("verdriet" in text for text in texts(hard))


def test_an_inoculatie_goes_on_after_a_try_that_did_not_work(clienten: list[Clientdossier]) -> None:
    first, second = (a.inhoud for a in clienten[0].of("inoculatie"))
    outcomes = {a.inhoud.wat: a.inhoud.uitkomst for a in clienten[0].of("opvolging")}
    assert (outcomes[first.actie], outcomes[second.actie]) == ("niet-gedaan", "gedaan")
    assert first.gekozen in first.obstakels and second.gekozen in second.obstakels


def test_a_rapportage_to_the_employer_has_something_to_tell(demo: Path) -> None:
    for code in ("VERZONNEN-2", "VERZONNEN-3"):
        told = run("verslag", "--voor", "werkgever", code, "--dossier", demo, "--datum", "2026-11-24", "--json").json
        assert told["gesprekken"] and told["afspraken"] and told["mogelijkheden"] and told["volgend_gesprek"], code
        (row,) = [r for r in run("dossier", "lijst", "--dossier", demo, "--datum", "2026-11-24", "--json").json
                  if r["id"] == code]  # fmt: skip
        assert row["let_op"] in ([], ["rapportage"]), row


def test_what_is_open_and_closed(clienten: list[Clientdossier]) -> None:
    assert [len(open_punten(d)) for d in clienten] == [0, 2, 2]
    assert [d.einde is None for d in clienten] == [False, True, True]


def test_everything_refers_to_what_is_there(clienten: list[Clientdossier]) -> None:
    technieken = {t.id for t in load_technieken()}
    for dossier in clienten:
        assert check_code(dossier.code, geen_naam=False) == dossier.code
        for a in dossier.aantekeningen:
            assert set(getattr(a.inhoud, "technieken", ())) <= technieken
        for kept, afname in zip(dossier.of("afname"), afnames_of(dossier), strict=True):
            values: Any = SimpleNamespace(client=dossier.code, **dict(kept.inhoud))
            assert check_afname(values, afname.vragenlijst) == []


def test_the_texts_can_stand_in_a_dossier(clienten: list[Clientdossier]) -> None:
    from regiekit.content.library import load_namenlijst
    from regiekit.domain.herkenbaar import find_namen

    names = load_namenlijst()
    found = [text for d in clienten for text in texts(d) if find_bsn(text) or find_namen(text, names)]
    assert found == []


def test_nothing_that_the_employer_may_read_seems_medical(clienten: list[Clientdossier]) -> None:
    lijst = load_woordenlijst()
    talks = [a.inhoud for d in clienten for a in d.of("gesprek")]
    shared = [text for talk in talks for part in (talk.gedaan, talk.afspraken) for _, text in texts_of(part)]
    shared += [text for d in clienten for text in d.traject.mogelijkheden]
    assert len(shared) > 40
    assert [text for text in shared if find_vondsten(text, lijst)] == []


def test_the_texts_are_easy_to_read(clienten: list[Clientdossier]) -> None:
    sentences = [s for d in clienten for text in texts(d) for s in re.split(r"(?<=[.?!])\s+", text)]
    lengths = [len(s.split()) for s in sentences]
    assert [s for s in sentences if len(s.split()) > 18] == []
    assert sum(lengths) / len(lengths) <= 12

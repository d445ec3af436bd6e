"""A referentiebestand: made from a group, read strictly, and its border used instead of the rule of thumb."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers import make_client, opened, quick_keys, run_dossier
from regiekit.content.library import load_banden, to_json
from regiekit.content.referentie import load_referentie
from regiekit.domain.aantekening import Afname
from regiekit.domain.beoordeling import Ingevuld, compare_all
from regiekit.domain.groepscijfers import Cijfer, Momentcijfers, Schaalcijfers
from regiekit.domain.referentie import Betrouwbaarheid, Referentie, Referentieschaal
from regiekit.domain.vergelijking import ANDERE_LIJST, Bandbron, Maat, compare, maat_of
from regiekit.domain.verloop import make_verloop
from regiekit.errors import RegiekitError
from regiekit.groep.referentie import fisher, make_referentie, referentie_text
from util import EIGEN_REGIE, ROOT, afname_yaml, answers, run, write

if TYPE_CHECKING:
    from pathlib import Path

LIJST: Any = EIGEN_REGIE.inhoud
BANDEN = load_banden()
START, EINDE = "33244", "44422"  # competentie: 2,4 and 4,0


def referentie(grens: float, schalen: tuple[str, ...] = ("competentie",), **fields: Any) -> Referentie:
    """A file with this border for these schalen, whose numbers fit each other."""
    r, s_diff = 0.8, round(grens / 1.96, 6)
    one = Referentieschaal(
        met_score=212, volledig=210, gemiddelde=3.0,
        sd=round(s_diff / (2 * (1 - r)) ** 0.5, 6), s_diff=s_diff, grens=grens,
        betrouwbaarheid=Betrouwbaarheid(waarde=r, soort="alpha", onder=0.7, boven=0.9, gebruikt=r),
    )  # fmt: skip
    given: dict[str, Any] = {
        "naam": "groep-oost", "bron": "Verzonnen groep, 2026", "vragenlijst": "eigen-regie", "versie": "1",
        "hash": EIGEN_REGIE.hash, "meetmoment": "start", "n": 212, "datum": date(2026, 3, 1), "gemaakt_met": "1.0",
        "schalen": dict.fromkeys(schalen, one), **fields,
    }  # fmt: skip
    return Referentie(**given)


def written(folder: Path, made: Referentie, name: str = "referentie.yaml") -> Path:
    return write(folder, name, referentie_text(made))


def two(folder: Path, first: str = START, last: str = EINDE, verbondenheid: str = "3333") -> list[Path]:
    days = (("2026-01-12", "start", first, verbondenheid), ("2026-06-12", "einde", last, "3333"))
    return [
        write(folder, f"{moment}.yaml", afname_yaml(answers("33333", c, v, "333"), "R-014", datum=day,
                                                    meetmoment=moment))
        for day, moment, c, v in days
    ]  # fmt: skip


def difference(*arguments: object, schaal: str = "competentie") -> Any:
    found = run("score", *arguments, "--json").json["verschillen"]
    return next(v for v in found if v["schaal"] == schaal)


# The band -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "moved", "grens", "conclusie"),
    [
        ("44432", 0.8, 0.8, "duidelijk hoger"),  # 15 -> 19: four points over five vragen
        ("44432", 0.8, 0.800001, "geen duidelijk verschil"),
        ("34432", 0.6, 0.6, "duidelijk hoger"),  # 3.6 - 3.0 as floats is more than 0.6, 0.6 * 5 no whole number
        ("34432", 0.6, 0.600001, "geen duidelijk verschil"),
        ("22234", -0.8, 0.8, "duidelijk lager"),
        ("22234", -0.8, 0.800001, "geen duidelijk verschil"),
    ],
)
def test_reaching_the_border_of_the_file_counts(
    tmp_path: Path, last: str, moved: float, grens: float, conclusie: str
) -> None:
    found = difference(*two(tmp_path, "33333", last), "--referentie", written(tmp_path, referentie(grens)))
    assert found["verschil"] == pytest.approx(moved)
    assert (found["conclusie"], found["band"]) == (conclusie, grens)


@given(st.integers(1, 4_000_000), st.tuples(*[st.integers(1, 5)] * 10))
def test_the_conclusion_is_that_of_exact_fractions(mikro: int, given_answers: tuple[int, ...]) -> None:
    first, last = ("".join(map(str, part)) for part in (given_answers[:5], given_answers[5:]))
    before, after = (answers("33333", c, "3333", "333") for c in (first, last))
    schaal = LIJST.schalen[1]
    maat = maat_of(None, LIJST, EIGEN_REGIE.hash, "competentie")
    assert maat is None
    maat = maat_of(referentie(1.0), LIJST, EIGEN_REGIE.hash, "competentie")
    assert maat is not None
    v = compare(LIJST, schaal, before, after, BANDEN, Maat(mikro / 1_000_000, maat.bron))
    signs = [-1 if item.omgekeerd else 1 for item in schaal.vragen]
    pairs = zip(signs, given_answers[:5], given_answers[5:], strict=True)
    moved, border = Fraction(sum(s * (b - a) for s, a, b in pairs), 5), Fraction(mikro, 1_000_000)
    wanted = "duidelijk hoger" if moved >= border else "duidelijk lager" if -moved >= border else None
    assert v.conclusie == (wanted or "geen duidelijk verschil")
    start = Fraction(round((v.van or 0) * 5), 5)
    up, down = 5 - start >= border, start - 1 >= border
    said = {(True, True): None, (False, True): "kan niet duidelijk hoger worden",
            (True, False): "kan niet duidelijk lager worden",
            (False, False): "kan niet duidelijk hoger of lager worden"}  # fmt: skip
    assert v.opmerking == said[up, down]


def test_without_the_option_nothing_is_said_of_it(tmp_path: Path) -> None:
    paths = two(tmp_path)
    assert "band_bron" not in difference(*paths)
    assert "referentie" not in run("score", *paths).out + run("verloop", *paths).out
    assert "'Duidelijk' is een vuistregel van regiekit, geen bewijs" in run("score", *paths).out


def test_the_words_never_contradict_the_conclusion(tmp_path: Path) -> None:
    """A border of 0.801 rounds to 0,80; told is the first difference that reaches it."""
    shown = run("score", *two(tmp_path, "33333", "44432"), "--referentie", written(tmp_path, referentie(0.801))).out
    assert "geen duidelijk verschil, van 3,0 naar 3,8 (+0,8; duidelijk vanaf 1,0;" in " ".join(shown.split())


def test_the_picture_and_the_ceiling_follow_the_same_band(tmp_path: Path) -> None:
    paths, wide = two(tmp_path, "54422", "55422"), written(tmp_path, referentie(1.5))
    assert difference(*paths, "--referentie", wide)["opmerking"] == "kan niet duidelijk hoger worden"
    narrow = written(tmp_path, referentie(0.5), "smal.yaml")
    assert difference(*paths, "--referentie", narrow)["opmerking"] is None
    heights = []
    for path in (wide, narrow):
        target = tmp_path / f"{path.stem}.svg"
        assert run("verloop", *two(tmp_path), "--uit", target, "--referentie", path).code == 0
        heights.append(target.read_text())
    assert heights[0] != heights[1]
    assert "duidelijk vanaf 1,6" in heights[0]
    assert "duidelijk vanaf 0,6" in heights[1]


def test_a_schaal_that_is_not_in_the_file_keeps_the_rule_of_thumb(tmp_path: Path) -> None:
    paths, path = two(tmp_path), written(tmp_path, referentie(0.5))
    found = difference(*paths, "--referentie", path, schaal="autonomie")
    assert (found["band"], found["band_bron"]["soort"]) == (1.0, "vuistregel")
    thumb = "'duidelijk' is een vuistregel van regiekit, geen bewijs; deze schaal staat niet in het referentiebestand."
    assert f"Autonomie, Sociale verbondenheid, Eigen regie: {thumb}" in words("score", *paths, "--referentie", path)


@pytest.mark.parametrize(("grens", "band", "soort"), [(0.5, 1.0, "vuistregel"), (1.2, 1.2, "referentie")])
def test_over_a_part_of_the_vragen_the_wider_band_holds(tmp_path: Path, grens: float, band: float, soort: str) -> None:
    paths = two(tmp_path, verbondenheid="33.3")
    path = written(tmp_path, referentie(grens, ("verbondenheid",)))
    found = difference(*paths, "--referentie", path, schaal="verbondenheid")
    assert (found["gedeelde_vragen"], found["band"], found["band_bron"]["soort"]) == (3, band, soort)
    assert "niet alle vragen zijn beide keren beantwoord" in found["band_bron"]["reden"]
    assert "niet alle vragen zijn beide keren beantwoord" in words("score", *paths, "--referentie", path)


# Every output says it -----------------------------------------------------------------------------------------------

BRON = "Competentie: 'duidelijk' komt uit het referentiebestand 'groep-oost' (210 mensen; betrouwbaarheid: alpha)."


def words(*arguments: object) -> str:
    return " ".join(run(*arguments).out.replace("!", "").split())


@pytest.mark.parametrize("command", ["score", "verloop"])
def test_screen_and_json_name_the_file(tmp_path: Path, command: str) -> None:
    arguments = (command, *two(tmp_path), "--referentie", written(tmp_path, referentie(0.9)))
    assert BRON in words(*arguments)
    assert "geen norm en geen bewijs" in words(*arguments)
    value = run(*arguments, "--json").json
    if command == "score":
        found = value["verschillen"][1]
    else:
        found = value["reeksen"][0]["segmenten"][0]["schalen"][1]["vergelijking"]
        assert BRON in value["opmerkingen"]
    assert found["band_bron"] == {
        "soort": "referentie", "naam": "groep-oost", "n": 210, "r": 0.8, "r_soort": "alpha", "onderkant": False,
        "reden": None,
    }  # fmt: skip


@pytest.mark.parametrize("ending", [".svg", ".html", ".txt", ".docx"])
def test_every_file_of_a_verloop_names_it(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"verloop{ending}"
    path = written(tmp_path, referentie(0.9))
    assert run("verloop", *two(tmp_path), "--uit", target, "--referentie", path).code == 0
    assert "groep-oost" in text_of(target)
    assert "210 mensen; betrouwbaarheid: alpha" in " ".join(text_of(target).split())
    assert run("verloop", *two(tmp_path), "--uit", target, "--overschrijf").code == 0
    assert "groep-oost" not in text_of(target)


def text_of(path: Path) -> str:
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    from zipfile import ZipFile

    with ZipFile(path) as parts:
        return parts.read("word/document.xml").decode()


@pytest.mark.needs("pdftotext")
def test_the_pdf_of_a_verloop_names_it(tmp_path: Path) -> None:
    import subprocess

    target = tmp_path / "verloop.pdf"
    path = written(tmp_path, referentie(0.9))
    assert run("verloop", *two(tmp_path), "--uit", target, "--referentie", path).code == 0
    text = subprocess.run(["pdftotext", target, "-"], capture_output=True, check=True, text=True).stdout
    assert text.count("groep-oost") >= 2  # under the picture and under the conclusions


def test_a_client_of_the_dossier_gets_the_same_band(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)
    path = tmp_path / "dossier.regiekit"
    make_client(path)
    with opened(path) as boek:
        for day, moment, c in ((date(2026, 1, 12), "start", "33333"), (date(2026, 11, 2), "einde", "44432")):
            kept = Afname(vragenlijst="eigen-regie", versie="1", hash=EIGEN_REGIE.hash, meetmoment=moment,
                          antwoorden=dict(answers("33333", c, "3333", "333").items()))  # fmt: skip
            boek.add("R-014", day, kept, vragenlijst=to_json(LIJST))
    file = written(tmp_path, referentie(0.8))
    shown = run_dossier(path, "verloop", "R-014", "--referentie", file)
    assert "Duidelijk hoger, van 3,0 naar 3,8 (+0,8; duidelijk vanaf 0,8;" in " ".join(shown.out.split())
    assert "Geen duidelijk verschil, van 3,0 naar 3,8" in " ".join(run_dossier(path, "verloop", "R-014").out.split())
    other = written(tmp_path, referentie(0.8, hash="0" * 16), "ander.yaml")
    assert run_dossier(path, "verloop", "R-014", "--referentie", other).code == 3


# Refused ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{"hash": "0" * 16}, {"versie": "2"}, {"vragenlijst": "schaalvragen"}])
@pytest.mark.parametrize("command", ["score", "verloop"])
def test_a_file_of_another_list_is_refused(tmp_path: Path, command: str, fields: dict[str, Any]) -> None:
    path = written(tmp_path, referentie(0.9, **fields))
    found = run(command, *two(tmp_path), "--referentie", path)
    assert (found.code, found.out) == (3, "")
    assert f"{fields.get('vragenlijst', 'eigen-regie')}' versie {fields.get('versie', '1')}" in found.err
    assert EIGEN_REGIE.hash in found.err


def test_one_afname_has_nothing_to_compare(tmp_path: Path) -> None:
    found = run("score", two(tmp_path)[0], "--referentie", written(tmp_path, referentie(0.9)))
    assert found.code == 2
    assert "--referentie hoort bij twee of meer ingevulde lijsten" in " ".join(found.err.split())


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    found = run("verloop", *two(tmp_path), "--referentie", tmp_path / "weg.yaml")
    assert found.code == 2
    assert "bestaat niet" in found.err


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("grens: 0.900000", "grens: 0.400000", "    grens", "'grens' past niet bij de andere cijfers"),
        ("sd: 0.7", "sd: 1.7", "    s_diff", "'s_diff' past niet"),
        ("sd: 0.726034", "sd: 0", "    s_diff", "met een sd boven 0"),
        ("gebruikt: 0.800000", "gebruikt: 0.700000", "      gebruikt", "hier hoort 0.8"),
        ("onder: 0.700000", "onder: 0.850000", "      waarde", "van 'onder' tot en met 'boven'"),
        ("volledig: 210", "volledig: 49", "    volledig", "moet 50 of hoger zijn"),
        ("volledig: 210", "volledig: 213", "    volledig", "hoogstens 212, zoals met_score"),
        ("met_score: 212", "met_score: 213", "    met_score", "hoogstens 212, zoals bij het hele bestand"),
        ("volledig: 210", "volledig: 199", "      gebruikt", "hier hoort 0.7"),
        ("soort: alpha", "soort: omega", "      soort", "omega"),
        ("datum: 2026-03-01", "datum: gisteren", "datum", "geen datum"),
        ("grens: 0.900000", "grens: 0,9", "    grens", "hier hoort een getal"),
        ("gemaakt_met:", "gemaakt_mett: x\ngemaakt_met:", "gemaakt_mett", "gemaakt_met"),
    ],
)
def test_what_is_wrong_in_a_file_has_its_place(tmp_path: Path, old: str, new: str, line: str, words: str) -> None:
    text = referentie_text(referentie(0.9))
    assert old in text
    path = write(tmp_path, "r.yaml", text.replace(old, new))
    place = next(n for n, row in enumerate(path.read_text().split("\n"), 1) if row.startswith(f"{line}:"))
    for found in (run("controleer", path), run("score", *two(tmp_path), "--referentie", path)):
        assert found.code == 3
        assert f"r.yaml:{place}:" in found.out + found.err
        assert words in found.out + found.err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        # two in the last decimal that is written may be off, not more
        ({"grens: 0.900000": "grens: 0.900001"}, []),
        ({"grens: 0.900000": "grens: 0.900005"}, [("grens", "0.900001")]),
        ({"s_diff: 0.459184": "s_diff: 0.459185", "grens: 0.900000": "grens: 0.900003"}, []),
        ({"s_diff: 0.459184": "s_diff: 0.459188"}, [("s_diff", "0.459184")]),
        ({"sd: 0.726034": "sd: 0"}, [("s_diff", "met een sd boven 0 en een betrouwbaarheid onder 1 gerekend")]),
        (
            {"gebruikt: 0.800000": "gebruikt: 1", "waarde: 0.800000": "waarde: 1", "boven: 0.900000": "boven: 1"},
            [("s_diff", "met een sd boven 0 en een betrouwbaarheid onder 1 gerekend")],
        ),
        ({"waarde: 0.800000": "waarde: 1", "boven: 0.900000": "boven: 1"}, [("gebruikt", "1")]),
        ({"onder: 0.700000": "onder: 0.8", "boven: 0.900000": "boven: 0.8"}, []),
        ({"onder: 0.700000": "onder: 0.81"}, [("waarde", "een getal van 'onder' tot en met 'boven'")]),
        ({"boven: 0.900000": "boven: 0.79"}, [("waarde", "een getal van 'onder' tot en met 'boven'")]),
        ({"volledig: 210": "volledig: 200"}, []),  # from two hundred people the estimate itself
        ({"volledig: 210": "volledig: 199"}, [("gebruikt", "0.7")]),
        ({"volledig: 210": "volledig: 212"}, []),
        ({"volledig: 210": "volledig: 213"}, [("volledig", "hoogstens 212, zoals met_score")]),
        ({"n: 212": "n: 211"}, [("met_score", "hoogstens 211, zoals bij het hele bestand")]),
    ],
    ids=str,
)
def test_numbers_that_contradict_each_other(
    tmp_path: Path, changes: dict[str, str], said: list[tuple[str, str]]
) -> None:
    text = referentie_text(referentie(0.9))
    for old, new in changes.items():
        assert old in text
        text = text.replace(f"\n{old}" if old.startswith("n:") else old, f"\n{new}" if old.startswith("n:") else new)
    found = run("controleer", write(tmp_path, "r.yaml", text), "--json").json
    assert [p["melding"] for p in found] == [
        f"'{veld}' past niet bij de andere cijfers; hier hoort {hoort}. "
        "Maak het bestand opnieuw, of zet het oude getal terug"
        for veld, hoort in said
    ]


@pytest.mark.parametrize(
    ("grens", "changes", "right"),
    [
        (90.0, {"grens: 90.000000": "grens: 90.000100"}, True),  # of a som: two in a million of so much
        (90.0, {"grens: 90.000000": "grens: 90.000300"}, False),
        (90.0, {"s_diff: 45.918367": "s_diff: 45.918420", "grens: 90.000000": "grens: 90.000103"}, True),
        (90.0, {"s_diff: 45.918367": "s_diff: 45.918567", "grens: 90.000000": "grens: 90.000391"}, False),
        (0.01, {"grens: 0.010000": "grens: 0.010001"}, True),  # a small one: the last decimal
        (0.01, {"grens: 0.010000": "grens: 0.010004"}, False),
        (0.01, {"s_diff: 0.005102": "s_diff: 0.005103", "grens: 0.010000": "grens: 0.010002"}, True),
        (0.01, {"s_diff: 0.005102": "s_diff: 0.005106", "grens: 0.010000": "grens: 0.010008"}, False),
    ],
)
def test_a_large_and_a_small_border_may_be_rounded(
    tmp_path: Path, grens: float, changes: dict[str, str], right: bool
) -> None:
    text = referentie_text(referentie(grens))
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    assert (run("controleer", write(tmp_path, "r.yaml", text)).code == 0) == right


def test_where_a_band_comes_from_travels_along() -> None:
    made = referentie(0.9)
    known = made.schalen["competentie"]
    lower = known.betrouwbaarheid.model_copy(update={"gebruikt": 0.7})
    careful = made.model_copy(
        update={"schalen": {"competentie": known.model_copy(update={"betrouwbaarheid": lower, "volledig": 60})}}
    )
    for file, bron in (
        (made, Bandbron("referentie", "groep-oost", 210, 0.8, "alpha", onderkant=False)),
        (careful, Bandbron("referentie", "groep-oost", 60, 0.7, "alpha", onderkant=True)),
    ):
        assert maat_of(file, LIJST, EIGEN_REGIE.hash, "competentie") == Maat(0.9, bron)
    assert maat_of(None, LIJST, EIGEN_REGIE.hash, "competentie") is None
    assert maat_of(made, LIJST, "0" * 16, "competentie") == Maat(None, Bandbron("vuistregel", reden=ANDERE_LIJST))
    assert maat_of(made, LIJST, EIGEN_REGIE.hash, "autonomie") == Maat(
        None, Bandbron("vuistregel", reden="deze schaal staat niet in het referentiebestand")
    )


def test_nothing_is_said_of_a_band_where_nothing_is_concluded() -> None:
    given = answers("33333", START, "3333", "333")
    one = Ingevuld("a", LIJST, EIGEN_REGIE.hash, "R-1", None, date(2026, 1, 1), given, {})
    same_day = {v.schaal: v for v in compare_all([one, one], BANDEN, referentie(0.9))}
    assert same_day["competentie"].band_bron is None
    later = compare_all([one, one._replace(datum=date(2026, 5, 1))], BANDEN, referentie(0.9))
    assert {v.schaal: v.band_bron and v.band_bron.soort for v in later} == {
        "autonomie": "vuistregel", "competentie": "referentie", "verbondenheid": "vuistregel",
        "eigen-regie": "vuistregel",
    }  # fmt: skip


def test_a_file_that_lacks_things_is_judged_as_far_as_it_goes(tmp_path: Path) -> None:
    text = referentie_text(referentie(0.9))
    without = {
        "schalen": text.partition("schalen:")[0],
        "n": text.replace("\nn: 212\n", "\n").replace("volledig: 210", "volledig: 213"),
    }
    for name, rest in without.items():
        found = run("controleer", write(tmp_path, f"{name}.yaml", rest), "--json").json
        assert f"hier ontbreekt '{name}'; voeg het toe" in [p["melding"] for p in found]
        assert {p["code"] for p in found} <= {"ontbreekt", "referentie-klopt-niet"}
        assert len(found) == (2 if name == "n" else 1)


def test_schema_and_check_know_the_kind(tmp_path: Path) -> None:
    assert run("schema", "referentie").json["properties"].keys() == Referentie.model_fields.keys()
    assert run("controleer", written(tmp_path, referentie(0.9))).out == "1 bestand klopt.\n"


def test_the_example_of_the_page_is_right(tmp_path: Path) -> None:
    page = (ROOT / "docs/referentie.md").read_text(encoding="utf-8")
    path = write(tmp_path, "voorbeeld.yaml", page.split("```yaml\n")[1].split("```")[0])
    assert run("controleer", path).code == 0
    assert run("score", *two(tmp_path), "--referentie", path).code == 0  # so the hash is that of today


# Made from a group --------------------------------------------------------------------------------------------------


def figures(
    *, n: int = 212, alpha: Cijfer | None = None, sd: float = 0.7, moment: str | None = "start"
) -> Momentcijfers:
    found, c = alpha or Cijfer(0.8, 0.74, 0.85), Cijfer(3.1)
    schalen = tuple(
        Schaalcijfers(s.id, s.naam, s.richting, s.regel, 1, 5, n, n, c, Cijfer(sd), 0, 0, (), found, c, None, (), ())
        for s in LIJST.schalen
    )
    return Momentcijfers(moment, str(moment), n, schalen, (), 0)


def make(*momenten: Momentcijfers, bron: str = "Verzonnen groep", **r: float) -> tuple[Referentie, tuple[str, ...]]:
    return make_referentie(
        momenten, LIJST, EIGEN_REGIE.hash, naam="groep", bron=bron, datum=date(2026, 3, 1), gemaakt_met="1.0",
        r_test_hertest=r,
    )  # fmt: skip


@pytest.mark.parametrize("n", [0, 5, 49])
def test_under_fifty_people_none_is_made(n: int) -> None:
    with pytest.raises(RegiekitError, match="50 mensen of meer") as refused:
        make(figures(n=n))
    assert refused.value.exit_code == 4


@pytest.mark.parametrize(("n", "gebruikt", "grens"), [(50, 0.74, 0.98939), (199, 0.74, 0.98939), (200, 0.8, 0.867749)])
def test_under_two_hundred_the_lower_end_is_used(n: int, gebruikt: float, grens: float) -> None:
    made, left_out = make(figures(n=n))
    one = made.schalen["competentie"]
    assert left_out == ()
    assert (one.betrouwbaarheid.waarde, one.betrouwbaarheid.gebruikt, one.volledig) == (0.8, gebruikt, n)
    assert one.grens == pytest.approx(1.96 * 0.7 * (2 * (1 - gebruikt)) ** 0.5, abs=2e-6)
    assert one.grens == pytest.approx(grens, abs=3e-5)


@pytest.mark.parametrize("n", [50, 212])
def test_what_is_made_is_read_back_the_same(tmp_path: Path, n: int) -> None:
    made, _ = make(figures(n=n), bron='Groep "Oost": #1, \\ é', competentie=0.75)
    path = written(tmp_path, made)
    assert load_referentie(path) == made
    assert referentie_text(load_referentie(path)) == referentie_text(made)
    assert run("controleer", path).code == 0
    assert ("onderkant van het interval" in path.read_text(encoding="utf-8")) == (n == 50)


def test_a_test_retest_correlation_goes_before_alpha() -> None:
    made, _ = make(figures(n=100), competentie=0.75)
    r = made.schalen["competentie"].betrouwbaarheid
    assert (r.soort, r.waarde, r.gebruikt) == ("test-hertest", 0.75, r.onder)
    assert (r.onder, r.boven) == pytest.approx(fisher(0.75, 100), abs=1e-6)
    assert made.schalen["autonomie"].betrouwbaarheid.soort == "alpha"


def test_the_interval_of_a_correlation_is_that_of_fisher() -> None:
    """R, psych::r.con(.5, 50): 0.2574879 to 0.6832563 (with 1.959964; here 1.96)."""
    assert fisher(0.5, 50) == pytest.approx((0.2574879, 0.6832563), abs=1e-5)


@pytest.mark.parametrize(
    ("alpha", "sd", "words"),
    [
        (Cijfer(None, reden="één vraag heeft geen samenhang"), 0.7, "één vraag heeft geen samenhang"),
        (Cijfer(0.1, -0.2, 0.3), 0.7, "te laag of te onzeker"),
        (Cijfer(0.8, 0.7, 0.9), 0.0, "iedereen had dezelfde score"),
    ],
)
def test_a_schaal_without_figures_is_left_out_and_said(alpha: Cijfer, sd: float, words: str) -> None:
    good, bad = figures(n=100), figures(n=100, alpha=alpha, sd=sd)
    made, left_out = make(good._replace(schalen=(good.schalen[0], bad.schalen[1])))
    assert list(made.schalen) == ["autonomie"]
    assert words in left_out[0]
    with pytest.raises(RegiekitError, match=words):
        make(bad)


@pytest.mark.parametrize(("bron", "words"), [("  ", "van wie"), ("x" * 401, "hoogstens 400 tekens")])
def test_a_source_must_be_said_in_short(bron: str, words: str) -> None:
    with pytest.raises(RegiekitError, match=words) as wrong:
        make(figures(), bron=bron)
    assert wrong.value.exit_code == 2


def test_a_source_over_lines_becomes_one(tmp_path: Path) -> None:
    made, _ = make(figures(), bron="Verzonnen\n groep\x07 2026")
    assert load_referentie(written(tmp_path, made)).bron == "Verzonnen groep 2026"


def test_it_is_of_the_start_only() -> None:
    start, later = figures(), figures(moment="einde", sd=2.0)
    assert make(start, later)[0].schalen["autonomie"].sd == 0.7
    assert make(later)[0].meetmoment == "einde"  # the only one
    assert make(figures(moment=None))[0].meetmoment is None
    with pytest.raises(RegiekitError, match="geen metingen bij 'start'"):
        make(figures(moment="halverwege"), later)


# A verloop over more than one list ----------------------------------------------------------------------------------


def test_what_the_file_is_not_of_keeps_the_rule_of_thumb() -> None:
    """Two afnames before the list was changed and two after: the file is of the later content only."""
    afnames = [
        Ingevuld("x.yaml", LIJST, code, "R-014", None, date(2026, month, 1), answers("33333", c, "3333", "333"), {})
        for month, code, c in ((1, "0" * 16, "33333"), (2, "0" * 16, "44432"), (3, EIGEN_REGIE.hash, "33333"),
                               (4, EIGEN_REGIE.hash, "44432"))
    ]  # fmt: skip
    made = make_verloop(afnames, BANDEN, referentie=referentie(0.8))
    before, after = (
        next(s.verschil for s in part.schalen if s.id == "competentie") for part in made.reeksen[0].segmenten
    )
    assert before is not None
    assert after is not None
    assert (before.conclusie, before.band) == ("geen duidelijk verschil", 1.0)
    assert before.band_bron == Bandbron("vuistregel", reden=ANDERE_LIJST)
    assert (after.conclusie, after.band) == ("duidelijk hoger", 0.8)

"""The traps V01 to V89 in the sources: docs/valkuilen.md has them all, and each of the 26 rated hoog has a test here.

A test of a trap looks at the real content and the real commands, and fails when somebody steps in it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from regiekit.content.library import load_json
from util import ROOT, afname_yaml, answers, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]

PAGE = ROOT / "docs/valkuilen.md"
HOOG = {1, 5, 7, 8, 9, 11, 14, 19, 23, 25, 27, 30, 31, 32, 35, 45, 46, 49, 50, 59, 64, 65, 76, 82, 83, 86}
LAAG = {12, 17, 18, 20, 22, 24, 38, 44, 48, 54, 57, 58, 60, 63, 67, 68, 69, 71, 72, 74, 78, 79, 87, 88, 89}
KINDS = (
    "technieken", "sturing", "vragenlijsten", "kennis", "werkbladen", "signalen", "plan", "mijlpalen", "intervisie",
)  # fmt: skip


class Row(NamedTuple):
    """One trap on the page."""

    nr: str
    ernst: str
    bron: str
    gedaan: str
    waar: str


def page_rows() -> list[Row]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [Row(*(c.strip() for c in line.strip("|").split("|"))) for line in lines if line.startswith("| V")]


def named(row: Row) -> list[str]:
    return re.findall(r"`([^`]+)`", row.waar)


@cache
def content(kind: str) -> list[Json]:
    return load_json(kind)


@cache
def kennis() -> dict[str, Json]:
    return {item["id"]: item for subject in content("kennis") for item in subject.get("items", ())}


def onderwerp(subject_id: str) -> Json:
    return next(s for s in content("kennis") if s["id"] == subject_id)


def one(kind: str, item_id: str) -> Json:
    return next(c for c in content(kind) if c["id"] == item_id)


def strings(value: Any) -> Iterator[str]:
    """Every text below a value, cited headings and ids left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in {"herkomst", "ook"}:
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def all_strings() -> list[str]:
    return [text for kind in KINDS for part in content(kind) for text in strings(part)]


def said(item: Json) -> str:
    """What an item says itself."""
    return " ".join(u["tekst"] for u in item["uitspraken"])


def missing(item: Json) -> str:
    """What an item says that the source lacks."""
    return " ".join(item["ontbreekt"])


def cited(statement: Json) -> list[Json]:
    own = [statement["herkomst"]] if isinstance(statement["herkomst"], dict) else []
    return [*own, *(statement.get("ook") or ())]


def blad(werkblad: str, voor: str) -> Json:
    return next(v for v in one("werkbladen", werkblad)["versies"] if v["voor"] == voor)


def parts(sheet: Json) -> list[Json]:
    return [u for blok in sheet["blokken"] for u in blok["uitspraken"]]


def score_json(folder: Path, text: str) -> Any:
    result = run("score", write(folder, "afname.yaml", text), "--json")
    assert result.code == 0, result.err
    return result.json


def scores(made: Any) -> dict[str, float]:
    return {s["id"]: s["score"] for s in made["schalen"]}


# --- the page ---


def test_the_page_has_every_trap_once_with_its_severity() -> None:
    rows = page_rows()
    numbers = sorted(int(row.nr.removeprefix("V")) for row in rows)
    assert numbers == list(range(1, 90))
    assert len(HOOG) == 26
    for row in rows:
        number = int(row.nr[1:])
        assert row.nr == f"V{number:02}"
        assert row.ernst == ("hoog" if number in HOOG else "laag" if number in LAAG else "middel"), row.nr


@pytest.mark.parametrize("row", page_rows(), ids=lambda row: row.nr)
def test_a_row_names_things_that_exist(row: Row) -> None:
    assert row.bron
    assert row.gedaan
    assert named(row) or row.gedaan.startswith("Niet van toepassing:")
    for name in named(row):
        first, _, rest = name.partition(" ")
        if first == "regiekit":
            assert run(*rest.split(), "--help").code == 0, name
        elif first == "kennis":
            assert rest in kennis(), name
        else:
            assert (ROOT / name).exists(), name


def test_every_trap_rated_hoog_has_a_test() -> None:
    tested = {int(found[1]) for name in globals() if (found := re.match(r"test_v(\d\d)_", name))}
    assert tested == HOOG


# --- the handleiding ---


def test_v01_the_three_circles_have_three_names() -> None:
    rings = ["Buiten je invloed", "Indirecte invloed", "Directe invloed"]
    techniek = one("technieken", "cirkel-van-invloed")
    assert [p["naam"] for p in techniek["onderdelen"]] == rings
    assert "niet alles" in techniek["onderdelen"][1]["tekst"]
    tekening = next(b for b in blad("cirkel-van-invloed", "client")["blokken"] if b["soort"] == "tekening")
    assert [p["naam"] for p in tekening["uitspraken"]] == rings
    shown = run("techniek", "cirkel-van-invloed").out
    assert all(name in shown for name in rings)
    assert "middelste cirkel 'directe invloed'" in " ".join(shown.split()), "the note on the heading of the source"


def test_v05_the_infographic_on_rouw_is_in_bijlage_4() -> None:
    for text in all_strings():
        if re.search(r"(?i)bijlage 1\b", text) and re.search(r"(?i)rouw|infoblad|infographic", text):
            assert re.search(r"(?i)bijlage 4\b", text), text
    assert "bijlage 4 van het eindrapport" in said(kennis()["element-coaching-rouw"])
    rules = [h for u in kennis()["rouw-gespreksregels"]["uitspraken"] for h in cited(u)]
    assert {(h["document"], h["kop"][:9]) for h in rules} == {("eindrapportage", "Bijlage 4")}
    assert "Bijlage 4" in run("kennis", "rouw-gespreksregels").out


CELLS = {
    ("strak", "hoog"): "irritatie", ("strak", "midden"): "verveling", ("strak", "laag"): "aansluiting",
    ("gedeeld", "hoog"): "verveling", ("gedeeld", "midden"): "aansluiting", ("gedeeld", "laag"): "uitdaging",
    ("los", "hoog"): "aansluiting", ("los", "midden"): "uitdaging", ("los", "laag"): "stress",
}  # fmt: skip


@pytest.mark.parametrize(("sturing", "regie"), CELLS)
def test_v07_each_cell_stands_where_it_was_printed(sturing: str, regie: str) -> None:
    assert run("zone", "--regie", regie, "--json").json["cellen"][sturing] == CELLS[sturing, regie]


@pytest.mark.parametrize("command", ["zone", "advies"])
def test_v07_laag_is_no_sturing_and_strak_is_no_regie(command: str) -> None:
    level = {"zone": "--regie", "advies": "--inschatting"}[command]
    refused = run(command, level, "laag", "--sturing", "laag")
    assert refused.code == 2
    assert "bedoel je los?" in refused.err
    assert run(command, level, "strak").code == 2


@pytest.mark.parametrize(
    ("regie", "aansluiting", "uitdaging"), [("laag", "strak", "gedeeld"), ("midden", "gedeeld", "los")]
)
def test_v08_the_style_that_fits_and_the_one_that_challenges_are_both_shown(
    regie: str, aansluiting: str, uitdaging: str
) -> None:
    advies = run("zone", "--regie", regie, "--json").json["advies"]
    assert (advies["aansluiting"], advies["uitdaging"]) == (aansluiting, uitdaging)
    assert advies["sturing"] == uitdaging, "the advice follows the rule of a little less sturing"
    assert "geeft bij regie" in advies["reden"]
    screen = run("zone", "--regie", regie).out
    assert f"Advies: {uitdaging if uitdaging == 'los' else 'gedeeld'}" in screen
    assert "Aansluiting" in screen


@pytest.mark.parametrize("command", [("zone", "--regie", "hoog"), ("advies", "--inschatting", "hoog")])
def test_v09_hoog_has_no_challenge_in_the_matrix(command: tuple[str, ...]) -> None:
    made = run(*command, "--json").json
    assert (made["advies"]["sturing"], made["advies"]["uitdaging"]) == ("los", None)
    assert "hoog-andere-uitdaging" in [o["code"] for o in made["opmerkingen"]]


def test_v09_the_matrix_has_nine_cells_in_the_printed_words() -> None:
    cells = one("sturing", "stuurmatrix")["cellen"]
    assert {(c["sturing"], c["regie"]): c["waarneming"] for c in cells} == CELLS
    assert len(cells) == 9
    assert {c["tekst"] for c in cells if c["waarneming"] == "verveling"} == {"Verveling op den duur"}


def test_v11_the_six_kenmerken_have_no_weight() -> None:
    kenmerken = one("sturing", "stuurmatrix")["kenmerken"]
    assert len(kenmerken) == 6
    assert {type(v) for k in kenmerken for name, v in k.items() if name not in {"herkomst", "ook", "placemat"}} <= {
        str,
        type(None),
    }


def test_v11_everything_ticked_still_gives_no_level() -> None:
    signalen = [s["id"] for part in content("signalen") for s in part.get("signalen", ())]
    assert len(signalen) >= 15
    ticked = [word for s in signalen for word in ("--signaal", s)]
    seen = ["--sturing", "strak", "--waarneming", "aansluiting", "--rouw", "--belast"]
    niveau = run("advies", *ticked, *seen, "--json").json["niveau"]
    assert (niveau["waarde"], niveau["zekerheid"]) == (None, "onbekend")


def schaalvragen(moment: str, datum: str, onzekerheid: int, vertrouwen: int) -> str:
    return (
        f'vragenlijst: schaalvragen\nversie: "1"\nclient: R-001\nmeetmoment: {moment}\ndatum: {datum}\n'
        f"antwoorden: {{onzekerheid: {onzekerheid}, vertrouwen: {vertrouwen}}}\n"
    )


def test_v14_the_two_schaalvragen_run_opposite_and_are_never_added(tmp_path: Path) -> None:
    schalen = one("vragenlijsten", "schaalvragen")["schalen"]
    assert {s["id"]: s["richting"] for s in schalen} == {
        "onzekerheid": "hoger-is-ongunstig",
        "vertrouwen": "hoger-is-gunstig",
    }
    assert [[v["vraag"] for v in s["vragen"]] for s in schalen] == [["onzekerheid"], ["vertrouwen"]]
    first = write(tmp_path, "een.yaml", schaalvragen("start", "2026-01-05", 8, 3))
    last = write(tmp_path, "twee.yaml", schaalvragen("einde", "2026-05-05", 2, 8))
    made = run("score", first, last, "--json").json
    assert [scores(a) for a in made["afnames"]] == [
        {"onzekerheid": 8.0, "vertrouwen": 3.0},
        {"onzekerheid": 2.0, "vertrouwen": 8.0},
    ]
    assert {v["schaal"]: v["conclusie"] for v in made["verschillen"]} == {
        "onzekerheid": "duidelijk lager",
        "vertrouwen": "duidelijk hoger",
    }
    assert "hoger = meer onzekerheid" in run("score", first, last).out
    assert "nooit op" in said(kennis()["schaalvraag-onzekerheid"])


def test_v19_the_form_for_intervisie_of_the_project_is_only_named() -> None:
    for item in kennis().values():
        if re.search(r"(?i)intervisiewerkvorm|interviewvorm|handreiking over online|podcast", said(item)):
            assert re.search(r"zit(ten)? niet", missing(item)), item["id"]
    assert "zit niet" in missing(kennis()["contextfactor-coach-reflectievermogen"])
    form = one("intervisie", "incidentmethode")
    assert "zit niet bij de bronnen" in form["verantwoording"][0]["tekst"]
    assert {ronde["herkomst"] for ronde in form["rondes"]} == {"eigen"}


# --- the eindrapportage ---

# A few words of each of the 14 remarks of its editors, and of what goes on below the twelfth.
REMARKS = [
    "allerlei termen door elkaar", "deze terminologie", "deze lastige context", "schets van dat re-integratieproces",
    "of belastbaarheid?", "vrij abstract", "volgorde van de tabel", "buiten beschouwing", "nu 'ineens'",
    "bij dit plaatje", "[LB11]", "nog aanpassen", "therapeutisch stuk", "klein aantal publicaties",
    "profielen clusteren", "ipv profiel",
]  # fmt: skip
REMARK_LINES = {110, 112, 114, 116, 118, 124, 130, 163, 299, 301, 386, *range(517, 523), 831, 905}


def test_v23_remarks_of_editors_are_no_content() -> None:
    everything = "\n".join(all_strings()).lower()
    assert len(everything) > 100_000
    assert [r for r in REMARKS if r.lower() in everything] == []
    assert not re.search(r"met opmerkingen|\b(fb|wk|mw|lb)\d+", everything)


def test_v23_no_fact_of_the_register_stands_on_a_line_with_a_remark() -> None:
    text = (ROOT / "data/bronnen/register.yaml").read_text(encoding="utf-8")
    groups = [g for g in re.split(r"(?m)^- id: ", text) if "bron: eindrapportage" in g]
    lines = {int(n) for g in groups for n in re.findall(r"\bregel: (\d+)", g)}
    assert len(lines) > 100
    assert not lines & REMARK_LINES


def test_v25_the_elements_of_online_instrumenten_come_from_the_text() -> None:
    subject = onderwerp("werkzame-elementen-online")
    elements = [i for i in subject["items"] if i["soort"] == "werkzaam-element"]
    assert len(elements) == 5
    assert kennis()["online-regiegerichte-instrumenten"]["soort"] != "werkzaam-element", "a finding, no sixth element"
    for item in kennis().values():
        told = [t for t in (*item["ontbreekt"], *(u["tekst"] for u in item["uitspraken"])) if "Tabel 2" in t]
        assert all("ontbreekt" in t for t in told), item["id"]
    assert "Tabel 2" in missing(kennis()["online-regiegerichte-instrumenten"])


def test_v27_no_scores_of_a_single_client_and_no_figures_made_up() -> None:
    for number in range(1, 5):
        casus = kennis()[f"casus-{number}"]
        assert "grafiek ontbreekt" in missing(casus)
        assert not re.search(r"\d[,.]\d", said(casus)), casus["id"]
    with_scores = {i["id"] for i in kennis().values() if re.search(r"\b2,4\b|\b3,8\b", said(i))}
    assert with_scores <= {"casestudies-cijfers", "onderzoek-scorebereik"}
    assert "Bij welke cliënt, staat er niet" in said(kennis()["casestudies-cijfers"])
    assert "ontbreken" in missing(kennis()["onderzoek-fotomethode"])


def test_v30_the_scale_is_shown_as_an_assumption_and_nothing_is_judged(tmp_path: Path) -> None:
    text = afname_yaml(answers("43215", "43215", "4321", "321"))
    made = score_json(tmp_path, text)
    assert made["antwoordschaal"] == {"min": 1, "max": 5, "aanname": True}
    assert {"aanname-schaal", "niet-gevalideerd"} <= {o["code"] for o in made["opmerkingen"]}
    assert not {k for s in made["schalen"] for k in s} & {"niveau", "oordeel", "norm", "betekenis", "band"}
    screen = " ".join(run("score", tmp_path / "afname.yaml").out.split())
    assert "is een aanname van regiekit" in screen.replace(" ! ", " ")
    assert "geen normen" in screen


@pytest.mark.parametrize(("low", "high", "expected"), [(0, 6, (6 + 6 + 5) / 3), (1, 7, (6 + 6 + 7) / 3)])
def test_v30_reversing_follows_the_declared_scale(tmp_path: Path, low: int, high: int, expected: float) -> None:
    lijst = small_lijst(schaal("klein", "1 2 -3", 2), low=low, high=high)
    write(tmp_path, "lijst.yaml", lijst)
    made = score_json(tmp_path, 'vragenlijst: lijst.yaml\nversie: "1"\nantwoorden: {v-1: 6, v-2: 6, v-3: 1}\n')
    assert scores(made)["klein"] == pytest.approx(expected)


def test_v31_four_scales_without_a_total_and_regie_is_not_made_of_the_others(tmp_path: Path) -> None:
    low = score_json(tmp_path, afname_yaml(answers("44442", "44422", "4444", "222")))
    high = score_json(tmp_path, afname_yaml(answers("44442", "44422", "4444", "555")))
    assert list(scores(low)) == ["autonomie", "competentie", "verbondenheid", "eigen-regie"]
    assert (scores(low)["eigen-regie"], scores(high)["eigen-regie"]) == (2.0, 5.0)
    assert {k: v for k, v in scores(low).items() if k != "eigen-regie"} == {
        k: v for k, v in scores(high).items() if k != "eigen-regie"
    }
    assert not {"score", "totaal", "gemiddelde"} & set(low)
    assert "niet-gevalideerd" in [o["code"] for o in low["opmerkingen"]]
    assert "de bijlage heeft er vier" in one("vragenlijsten", "eigen-regie")["toelichting"]


def test_v32_three_reversed_items_are_reversed_once_and_do_not_say_so(tmp_path: Path) -> None:
    lijst = one("vragenlijsten", "eigen-regie")
    reversed_items = [v["vraag"] for s in lijst["schalen"] for v in s["vragen"] if v["omgekeerd"]]
    assert reversed_items == ["autonomie-5", "competentie-4", "competentie-5"]
    assert not [v["id"] for v in lijst["vragen"] if re.search("(?i)omgekeerd", v["tekst"])]
    assert "omgekeerd" not in run("vragenlijst", "invulblad", "eigen-regie", "--uit", "-").out
    best = scores(score_json(tmp_path, afname_yaml(answers("55551", "55511", "5555", "555"))))
    assert set(best.values()) == {5.0}
    same = scores(score_json(tmp_path, afname_yaml(answers("55555", "55555", "5555", "555"))))
    assert (same["autonomie"], same["competentie"]) == (pytest.approx(4.2), pytest.approx(3.4))


def test_v35_a_driegesprek_is_with_the_employer() -> None:
    first = said(kennis()["driegesprek"])
    assert all(word in first for word in ("cliënt", "werkgever", "begeleider"))
    for item in kennis().values():
        for uitspraak in item["uitspraken"]:
            if "driegesprek" in uitspraak["tekst"] and re.search(r"onderzoeker|dat gesprek ook", uitspraak["tekst"]):
                assert re.search(r"niet", uitspraak["tekst"]), item["id"]
    assert "duo-interview" in said(kennis()["casestudies-opzet"])
    assert {v["voor"] for v in one("werkbladen", "driegesprek")["versies"]} == {"client", "werkgever", "coach"}
    assert not [i for i in kennis() if i.startswith("casus-") and "driegesprek" in said(kennis()[i])]


def test_v45_a_colour_is_entered_and_never_computed(tmp_path: Path) -> None:
    for pattern in ("11115 11155 1111 111", "55551 55511 5555 555"):
        made = score_json(tmp_path, afname_yaml(answers(*pattern.split())))
        assert "rouw-uitslag" not in [o["code"] for o in made["opmerkingen"]]
    notes = run("advies", "--inschatting", "laag", "--rouw", "--json").json["opmerkingen"]
    assert "rouw-uitslag" not in [o["code"] for o in notes]
    assert "rekent niets uit" in next(o["tekst"] for o in notes if o["code"] == "rouw-lijst")
    for colour in ("groen", "oranje", "rood"):
        notes = run("advies", "--inschatting", "laag", "--rouw-uitslag", colour, "--json").json["opmerkingen"]
        assert [colour in o["tekst"].lower() for o in notes if o["code"] == "rouw-uitslag"] == [True]
    assert not [v["id"] for v in content("vragenlijsten") if re.search("rouw|verlies", v["id"] + v["naam"].lower())]


def test_v45_no_link_or_address_is_made_up() -> None:
    texts = [t for kind in KINDS if kind != "mijlpalen" for part in content(kind) for t in strings(part)]
    assert [t for t in texts if re.search(r"https?://|www\.|\w@\w|\w\.(nl|com)\b", t)] == []
    assert "link" in missing(kennis()["rouw-werkverlieslijst"])
    assert "QR" in missing(kennis()["rouw-gespreksregels"])


@pytest.mark.parametrize(
    ("regie", "sturing"), list(product(("laag", "midden", "hoog"), (None, "strak", "gedeeld", "los")))
)
def test_v46_rood_always_refers(regie: str, sturing: str | None) -> None:
    now = ["--sturing", sturing] if sturing else []
    made = run("zone", "--regie", regie, *now, "--rouw-uitslag", "rood", "--json").json
    note = next(o["tekst"] for o in made["opmerkingen"] if o["code"] == "rouw-uitslag")
    assert "Verwijs door" in note
    assert all(word in note for word in ("cognitieve gedragstherapie", "rouw", "re-integratie"))


def test_v46_four_rules_for_both_and_no_diagnosis() -> None:
    rules = kennis()["rouw-gespreksregels"]
    assert {"coach", "werkgever"} <= set(rules["voor"])
    for reader in ("coach", "werkgever"):
        blokken = blad("rouw-bespreken", reader)["blokken"]
        assert next(len(b["uitspraken"]) for b in blokken if b["soort"] == "aankruislijst") == 4, reader
    for kind in ("kennis", "werkbladen", "sturing"):
        for text in (t for part in content(kind) for t in strings(part) if re.search("(?i)diagnose", t)):
            if re.search(r"(?i)rouw|screen", text):
                assert re.search(r"(?i)geen diagnose", text), text
    assert "doorverwij" in " ".join(kennis()["rouw-uitslag-rood"]["aliassen"])
    assert "Verwijs bij rood altijd door" in said(kennis()["rouw-uitslag-rood"])


def test_v49_advice_to_employers_says_how_few_took_part() -> None:
    advice = [i for i in kennis() if i.startswith("implicatie-werkgever-")]
    assert len(advice) >= 4
    for item_id in (*advice, "verantwoordelijkheid-werkgever", "driegesprek"):
        assert "drie werkgevers" in said(kennis()[item_id]), item_id
    sheet = " ".join(u["tekst"] for u in parts(blad("driegesprek", "werkgever")))
    assert "drie werkgevers" in sheet
    assert "drie werkgevers" in " ".join(run("kennis", "implicatie-werkgever-duidelijkheid").out.split())


def test_v50_four_cases_prove_no_effect() -> None:
    subject = onderwerp("casestudies")
    assert "bewijzen geen effect" in subject["inleiding"]
    assert "geen vergelijkingsgroep" in said(kennis()["casestudies-cijfers"])
    for item in subject["items"]:
        for uitspraak in item["uitspraken"]:
            text = uitspraak["tekst"]
            assert not re.search(
                r"(?i)(?<!niet als )\bbewezen|bewijst dat|toont aan|aantoonbaar|leidt tot|zorgt ervoor", text
            ), text
            if re.search(r"(?i)omhoog|groeide|\bsteeg\b", text):
                assert "casussen" in text, text
    training = [i for i in kennis().values() if i["id"].startswith("profileren-")]
    assert training
    assert not [i["id"] for i in training if re.search(r"(?i)bewezen|effectief", said(i))]


# --- Movisie ---


def test_v59_no_questions_under_the_name_of_an_instrument() -> None:
    for item_id in ("instrument-oer", "instrument-digitale-regie-spiegel", "instrument-quez"):
        item = kennis()[item_id]
        assert "?" not in "".join(u["tekst"] for u in item["uitspraken"] if u["herkomst"] != "eigen"), item_id
        assert re.search(r"vragen|één vraag", missing(item), re.IGNORECASE), item_id
    names = [" ".join((v["id"], v["naam"].lower())) for v in content("vragenlijsten")]
    assert not [n for n in names if re.search(r"quez|regie.spiegel|\boer\b|\bdrs\b", n)]
    assert run("vragenlijst", "toon", "quez").code == 2
    sheet = blad("oer", "coach")
    assert "geeft geen vragen of formulier" in " ".join(u["tekst"] for u in sheet["inleiding"])


def test_v64_what_stood_in_a_missing_figure_is_not_filled_in() -> None:
    vrijwilligers = kennis()["model-vrijwilligerskwadrant"]
    assert "noemt de vier typen niet" in missing(vrijwilligers)
    assert "vragenlijst" in missing(vrijwilligers)
    assert {h["document"] for u in vrijwilligers["uitspraken"] for h in cited(u)} == {"movisie-zelfregie-hoe"}
    hulpverlener = kennis()["model-hulpverlenerskwadrant"]
    assert not re.search(r"(?i)allergie|uitdaging|kwaliteit", said(hulpverlener))
    assert "ontbreekt" in missing(hulpverlener)
    assert "netwerkkaart ontbreken" in missing(kennis()["instrument-netwerkkaart"])


def test_v64_what_regiekit_filled_in_is_marked_as_its_own() -> None:
    for reader in ("client", "coach"):
        sheet = blad("kernkwadrant", reader)
        corners = {u["naam"]: u["herkomst"] for u in parts(sheet) if u.get("naam")}
        assert set(corners) == {"Kwaliteit", "Valkuil", "Uitdaging", "Allergie"}
        assert [corners[c] for c in ("Kwaliteit", "Uitdaging", "Allergie")] == ["eigen"] * 3
        assert "Ofman" in " ".join(sheet["van_buiten"])
    pairs = [u for u in kennis()["model-winnaarsdriehoek"]["uitspraken"] if re.search("(?i)redder", u["tekst"])]
    pairs += [u for u in parts(blad("dramadriehoek-winnaarsdriehoek", "coach")) if " wordt " in (u.get("naam") or "")]
    assert len(pairs) == 4
    assert [u["herkomst"] for u in pairs] == ["eigen"] * 4


def test_v65_only_one_phase_of_change_comes_from_the_source() -> None:
    item = kennis()["model-fasen-van-verandering"]
    assert not re.search(r"(?i)overpeinz|overweg|voorbereid|behoud|terugval", said(item))
    assert "geen lijst van de fasen" in missing(item)
    sheet = blad("fasen-van-verandering", "coach")
    rows = [u for b in sheet["blokken"] if b["soort"] == "tabel" for u in b["uitspraken"]]
    assert [r["naam"] for r in rows if r["herkomst"] != "eigen"] == ["Voorbeschouwing"]
    outside = [r["naam"] for r in rows if r["herkomst"] == "eigen"]
    assert outside
    assert all(name.endswith("*") for name in outside)
    assert sheet["van_buiten"]
    assert "Prochaska" in " ".join(sheet["van_buiten"])


def test_v76_ten_names_and_no_claim_which_are_the_nine() -> None:
    named_items = [i for i in onderwerp("elementen-interventies")["items"] if i["soort"] == "interventie"]
    assert len(named_items) == 10
    overview = kennis()["interventie-elementen-overzicht"]
    assert "negen interventies" in said(overview)
    assert "tien namen" in said(overview)
    assert "ontbreekt" in missing(overview)
    assert not [i["id"] for i in named_items if "negen" in said(i)]


# --- over the sources ---

LISTS = {"element-coaching-": 5, "element-online-": 5, "movisie-": 4, "interventie-element-": 12}
OVERVIEWS = {"vier-elementen-overzicht", "interventie-elementen-overzicht"}


def test_v82_each_list_of_elements_has_its_own_names_and_number() -> None:
    elements = {i for i, item in kennis().items() if item["soort"] == "werkzaam-element"} - OVERVIEWS
    found = {prefix: sorted(i for i in elements if i.startswith(prefix)) for prefix in LISTS}
    assert {prefix: len(ids) for prefix, ids in found.items()} == LISTS
    assert elements == {i for ids in found.values() for i in ids}
    assert kennis()["driegesprek"]["soort"] != "werkzaam-element"


def test_v82_a_number_of_elements_stands_beside_the_name_of_its_list() -> None:
    number = re.compile(r"(?i)\b(vier|vijf|twaalf|4|5|12) (werkzame )?elementen\b")
    texts = [f"{i['naam']}: {u['tekst']}" for i in kennis().values() for u in i["uitspraken"]]
    counted = [t for t in texts if number.search(t)]
    assert len(counted) >= 10
    assert [t for t in counted if not re.search(r"(?i)coach|online|regie|interventies|movisie", t)] == []


@pytest.mark.parametrize("word", ["eigenaarschap", "autonomie", "competentie", "motivatie", "maatwerk"])
def test_v83_the_same_word_is_told_apart_by_its_kind(word: str) -> None:
    assert word not in kennis(), "an id has a prefix"
    hits = run("kennis", word, "--json", "--alles").json
    assert all(hit["soort"] for hit in hits)
    assert len({hit["soort"] for hit in hits if word in hit["naam"].lower() or hit["gevonden_in"] != "tekst"}) >= 2
    screen = run("kennis", word).out
    first = hits[0]
    assert re.search(rf"{re.escape(first['naam'])}\s+{re.escape(first['soort'].replace('-', ' '))}", screen)


BOLD = re.compile(
    r"(?i)cliënt (be)?slist|cliënt neemt de beslissing|cliënt bepaalt|is een recht|als een recht|dat recht is er"
    r"|beslist zelf|elke keuze|zeggenschap|ruimte voor eigen keuzes"
)
FRAME = re.compile(r"(?i)verplicht|plichten|kaders|binnen de regels|wat vastligt|\bregels\b")


def test_v86_what_movisie_says_about_deciding_stands_within_the_rules_of_the_tweede_spoor() -> None:
    from_movisie = [
        item
        for item in kennis().values()
        if any(h["document"].startswith("movisie") for u in item["uitspraken"] for h in cited(u))
    ]
    bold = [item for item in from_movisie if BOLD.search(said(item))]
    assert len(bold) >= 6
    assert [item["id"] for item in bold if not FRAME.search(said(item))] == []
    assert "Verplichtingen vervallen niet" in said(kennis()["tweede-spoor-kader"])
    assert "binnen de regels" in " ".join(u["tekst"] for u in parts(blad("vier-elementen", "coach")))

"""Kennis: every fact of the register is answered for, and whatever a coach types finds its way to it."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engels import english_words
from regiekit.content.kennisbank import load_kennisbank
from regiekit.domain.zoeken import Zoekitem, count_edits, fold, make_zoekitems, search, stem
from util import ROOT, run, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAYING = ("kennis", "technieken", "sturing", "vragenlijsten")
REASONS = {"redactie", "leestip", "dubbel", "ontbreekt-in-bron", "achtergrond"}
PUBLIEK = ("client", "coach", "werkgever", "organisatie")
BANK = load_kennisbank()


def found(question: str, items: list[Zoekitem] | None = None) -> list[str]:
    return [t.item.id for t in search(items or BANK.zoekitems, question).treffers]


@cache
def content(kind: str) -> dict[str, Any]:
    """Every file of a kind as YAML, by its name; read by another reader than that of the program."""
    paths = sorted((ROOT / "data" / kind).glob("*.yaml"))
    return {p.name: yaml.load(p.read_bytes(), Loader=yaml.CSafeLoader) for p in paths}


@cache
def register() -> dict[str, dict[str, Any]]:
    groups = content("bronnen")["register.yaml"]
    return {e["id"]: {**e, "document": g["bron"], "kop": g["kop"]} for g in groups for e in g["elementen"]}


def statements(part: Any) -> Iterator[dict[str, Any]]:
    """Every mapping with a herkomst."""
    if isinstance(part, dict):
        if "herkomst" in part:
            yield part
        for value in part.values():
            yield from statements(value)
    elif isinstance(part, list):
        for value in part:
            yield from statements(value)


def cited(statement: dict[str, Any]) -> list[dict[str, Any]]:
    return [h for h in (statement["herkomst"], *(statement.get("ook") or ())) if isinstance(h, dict)]


def kennisitems() -> list[dict[str, Any]]:
    return [item for data in content("kennis").values() for item in data.get("items", ())]


# The facts ----------------------------------------------------------------------------------------------------------


def covered() -> set[str]:
    said = [s for kind in SAYING for s in statements(list(content(kind).values()))]
    return {i for s in said for h in cited(s) for i in h["ids"]}


def left_out() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in content("kennis")["dekking.yaml"]["niet_opgenomen"]}


def test_the_facts_are_covered_and_answered_for() -> None:
    facts = set(register())
    assert len(facts) == 1007
    assert covered() <= facts
    assert len(covered()) >= 0.90 * len(facts)
    assert len(covered() | set(left_out())) >= 0.98 * len(facts)


def test_what_is_left_out_is_a_fact_that_nothing_says_with_a_reason_of_the_list() -> None:
    assert set(left_out()) <= set(register()) - covered()
    assert {row["reden"] for row in left_out().values()} <= REASONS
    assert all(row["toelichting"] for row in left_out().values())


def test_dekking_tells_the_same() -> None:
    data = run("kennis", "--dekking", "--json").json
    assert [f["id"] for f in data["feiten"]] == list(register())
    by_status = {
        s: {f["id"] for f in data["feiten"] if f["dekking"] == s} for s in ("gedekt", "niet-opgenomen", "open")
    }
    assert by_status["gedekt"] == covered()
    assert by_status["niet-opgenomen"] == set(left_out())
    assert data["totaal"] == {
        "feiten": 1007, "gedekt": len(covered()), "niet_opgenomen": len(left_out()), "open": len(by_status["open"]),
    }  # fmt: skip
    assert sum(row["gedekt"] for row in data["per_bron"]) == len(covered())
    for fact in data["feiten"]:
        assert bool(fact["uitspraken"]) == (fact["dekking"] == "gedekt")
        assert (fact["reden"] in REASONS) == (fact["dekking"] == "niet-opgenomen")


def test_dekking_on_screen_starts_with_the_totals_and_names_every_fact() -> None:
    out = run("kennis", "--dekking").out
    assert out.splitlines()[1].startswith(f"1007 feiten, {len(covered())} gedekt")
    assert all(f"{fact}:" in out for fact in register())
    part = run("kennis", "--dekking", "zones-matrix-0").out
    assert "zones-matrix-03: sturing stuurmatrix, cellen 3" in part
    assert "inoculatie-" not in part
    assert "Zonder uitspraak" in out
    assert "Zonder uitspraak" not in part
    assert set(re.findall(r"([a-z0-9-]+-\d\d):", part)) == {f for f in register() if "zones-matrix-0" in f}


def test_a_fact_of_the_stuurmatrix_points_at_a_command_that_shows_its_cell() -> None:
    (place,) = [u for u in run("kennis", "zones-matrix-01", "--json").json["uitspraken"] if u["soort"] == "sturing"]
    assert place["opdracht"] == "regiekit zone --regie hoog --sturing strak"
    assert f"Bekijken: {place['opdracht']}" in run("kennis", "zones-matrix-01").out
    assert place["tekst"] in run(*place["opdracht"].split()[1:]).out


@pytest.mark.parametrize(
    ("fact", "soort", "ids"),
    [("zones-matrix-01", "sturing", {"stuurmatrix"}), ("gesloten-items-autonomie-01", "vragenlijst", {"eigen-regie"}),
     ("themas-handleiding-01", "kennis", {"thema-overzicht", "thema-controle-proces"}),
     ("inoculatie-vragen-stap1-01", "techniek", {"inoculatie"})],
)  # fmt: skip
def test_a_fact_leads_to_the_statements_that_say_it(fact: str, soort: str, ids: set[str]) -> None:
    data = run("kennis", fact, "--json").json
    assert (data["id"], data["dekking"], data["document"]) == (fact, "gedekt", register()[fact]["document"])
    assert ids <= {u["id"] for u in data["uitspraken"] if u["soort"] == soort}
    screen = " ".join(run("kennis", fact).out.split())
    assert all(" ".join(u["tekst"].split()) in screen for u in data["uitspraken"])


@pytest.mark.parametrize("fact", sorted(left_out()))
def test_a_fact_that_is_left_out_says_why(fact: str) -> None:
    assert "Niet opgenomen" in run("kennis", fact).out
    assert run("kennis", fact, "--json").json["toelichting"] == left_out()[fact]["toelichting"]


@pytest.mark.parametrize("name", sorted(content("kennis")))
def test_every_source_has_the_document_and_heading_of_its_facts(name: str) -> None:
    for statement in statements(content("kennis")[name]):
        places = cited(statement)
        assert sum(len(h["ids"]) for h in places) <= 5, statement["tekst"]
        for herkomst in places:
            for fact in herkomst["ids"]:
                assert (register()[fact]["document"], register()[fact]["kop"]) == (
                    herkomst["document"],
                    herkomst["kop"],
                )


# Searching ----------------------------------------------------------------------------------------------------------

GOLDEN = [
    # id, name, other name
    ("thema-veerkracht", "thema-veerkracht"),
    ("veerkracht", "thema-veerkracht"),
    ("belastbaarheid", "contextfactor-client-belastbaarheid"),
    ("persoonlijk profileren opbrengst", "profileren-opbrengst"),
    ("OER", "instrument-oer"),
    ("EKC", "interventie-eigen-kracht-conferentie"),
    # however it is written
    ("CLIENT belastbaarheid", "contextfactor-client-belastbaarheid"),
    ("Cliënt-belastbaarheid", "contextfactor-client-belastbaarheid"),
    ("crisis kaart", "instrument-crisiskaart"),
    ("crisis-kaart", "instrument-crisiskaart"),
    ("crisiskaarten", "instrument-crisiskaart"),
    ("digitale regiespiegel", "instrument-digitale-regie-spiegel"),
    ("drama driehoek", "model-dramadriehoek"),
    ("eigenkrachtconferentie", "interventie-eigen-kracht-conferentie"),
    ("netwerk kaarten", "instrument-netwerkkaart"),
    ("thema", "thema-overzicht"),
    ("thema’s", "thema-overzicht"),
    ("2e spoor", "definitie-eigen-regie-tweede-spoor"),
    ("spoor twee", "definitie-eigen-regie-tweede-spoor"),
    # typed wrong
    ("belstbarheid", "contextfactor-client-belastbaarheid"),
    ("inokulatie", "inoculatie"),
    ("reparatie reflex", "reparatiereflex"),
    ("reparatiereflexx", "reparatiereflex"),
    ("motivasie", "movisie-motivatie"),
    ("dramadriehok", "model-dramadriehoek"),
    ("rouw werkgevr", "rouw-werkgever-onrecht"),
    ("roww", "element-coaching-rouw"),
    # another kind of content
    ("cirkel van invloed", "cirkel-van-invloed"),
    ("vraag", "vragen"),
]


@pytest.mark.parametrize(("question", "first"), GOLDEN)
def test_the_best_hit(question: str, first: str) -> None:
    assert found(question)[:1] == [first]


def test_a_word_that_was_read_as_another_is_told() -> None:
    out = run("kennis", "belstbarheid").out
    assert "“belstbarheid” staat nergens; gelezen als “belastbaarheid”." in out
    hits = run("kennis", "belstbarheid", "--json").json
    assert {h["gelezen_als"]["belstbarheid"] for h in hits} == {"belastbaarheid"}
    assert all(h["gelezen_als"] is None for h in run("kennis", "belastbaarheid", "--json").json)


@pytest.mark.parametrize(
    ("word", "never"),
    [("huilend", "huis"), ("verdrietje", "verdeelt"), ("schaamtelijk", "schat"), ("ongemotiveerde", "gemotiveerder"),
     ("jamaren", "jaar"), ("depressief", "passief"), ("demotiveren", "motiveren"), ("onveilige", "veilige"),
     ("opdagen", "opdat"), ("vermoeidste", "vermoeden"), ("moet", "moed"), ("nood", "noord")],
)  # fmt: skip
def test_a_word_is_not_read_as_one_that_means_something_else(word: str, never: str) -> None:
    found_ = search(BANK.zoekitems, word)
    assert never not in found_.gelezen_als.values()
    assert never not in found_.bedoelde_je


@pytest.mark.parametrize("items", [BANK.zoekitems])
@given(data=st.data())
@settings(max_examples=25)
def test_a_word_that_is_read_is_one_slip_away_or_two_when_it_is_long(items: list[Zoekitem], data: Any) -> None:
    word = data.draw(st.sampled_from(sorted({w.casefold() for i in items[::9] for w in i.naam.split() if w.isalpha()})))
    place = data.draw(st.integers(0, len(word) - 1))
    typed = word[:place] + data.draw(st.sampled_from("eaonrt")) + word[place + 1 :]
    for wrong, read in search(items, typed).gelezen_als.items():
        assert len(fold(wrong)) >= 4
        assert fold(wrong)[0] == fold(read)[0]
        assert count_edits(fold(wrong), fold(read)) <= (1 if len(fold(wrong)) < 8 else 2)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("rouw", "rouw", 0), ("roww", "rouw", 1), ("wekr", "werk", 1), ("huilen", "huis", 3), ("", "abc", 3),
     ("jamaar", "jaar", 2)],
)  # fmt: skip
def test_slips_are_counted(one: str, other: str, edits: int) -> None:
    assert count_edits(one, other) == count_edits(other, one) == edits


@pytest.mark.parametrize(
    ("word", "item"),
    [("verdriet", "rouw-signaleren"), ("huilen", "rouw-signaleren"), ("boos", "rouw-weerstand"),
     ("boze", "rouw-weerstand"), ("kwaad", "rouw-weerstand"), ("schaamte", "rouw-signaleren"),
     ("ja maar", "inoculatie"), ("jamaar", "inoculatie"), ("ja, maar", "inoculatie"),
     ("no show", "aanleiding-actieve-houding"), ("no-show", "aanleiding-actieve-houding"),
     ("komt niet opdagen", "aanleiding-actieve-houding"), ("niet komen opdagen", "aanleiding-actieve-houding"),
     ("geen zin", "movisie-motivatie"), ("ongemotiveerd", "movisie-motivatie"),
     ("moe", "contextfactor-client-belastbaarheid"), ("angst", "mechanisme-kort-onzekerheid"),
     ("faalangst", "literatuurfactor-geloof-in-eigen-kunnen"),
     ("loonsanctie", "contextfactor-coach-discretionaire-ruimte"), ("stress", "begrip-doenvermogen")],
)  # fmt: skip
def test_everyday_words_lead_somewhere(word: str, item: str) -> None:
    hits = search(BANK.zoekitems, word)
    assert not hits.gelezen_als
    assert item in [t.item.id for t in hits.treffers[:4]]


def test_a_part_in_the_middle_of_a_word_is_no_hit() -> None:
    """Angst in belangstelling, emotie in intrinsieke motivatie."""
    assert "contextfactor-omgeving-steun-werkgever" not in found("angst")
    assert "theorie-motivatie-helpt-niet" not in found("emotie")


@pytest.mark.parametrize("question", ["de", "het een van", "Niet", "wat is er"])
def test_small_words_alone_are_no_question(question: str) -> None:
    result = run("kennis", *question.split())
    assert "kleine woorden tellen niet mee" in result.out
    assert result.code == 0
    assert run("kennis", *question.split(), "--json").json == []
    assert found("er zijn") == ["theorie-presentie"]  # a name as a whole


@pytest.mark.parametrize("question", ["rouw niet dialysse arbeidsmarkt", "werkgevr dialyse opdagenn"])
def test_a_word_is_not_both_nowhere_and_somewhere(question: str) -> None:
    out = " ".join(run("kennis", *question.split()).out.split())
    for word in re.findall(r"“(\w+)” staat nergens", out):
        assert f"“{word}” (" not in out


def test_the_ranks_of_a_hit() -> None:
    """Name as a whole, other name as a whole, word of a name, part of one, of another name, of a text."""
    rows = [
        ("f", "Iets", ["Iets anders"], "Deze tekst noemt rouw."),
        ("e", "Iets", ["over rouw praten"], "Leeg."),
        ("d", "Rouwverwerking", [], "Leeg."),
        ("c", "Praten over rouw", [], "Leeg."),
        ("b", "Iets", ["rouw"], "Leeg."),
        ("a", "Rouw", [], "Leeg."),
    ]
    onderwerp = {"naam": "Alles", "volgorde": 1, "items": [
        {"id": i, "soort": "tip", "naam": n, "aliassen": a, "voor": ["coach"], "uitspraken": [{"tekst": t}],
         "ontbreekt": []} for i, n, a, t in rows
    ]}  # fmt: skip
    items = make_zoekitems("kennis", onderwerp)
    assert found("rouw", items) == list("abcdef")
    assert found("rouw praten", items) == ["c", "e"]  # every word must be there
    assert found("iets", items) == ["f", "e", "b"]  # equal hits stay in the order of the file


def test_equal_words_of_different_kinds_stay_apart() -> None:
    hits = run("kennis", "eigenaarschap", "--json").json
    assert len({h["soort"] for h in hits[:4]}) > 1
    lines = run("kennis", "eigenaarschap", "--alles").out.splitlines()
    for hit in hits:
        assert f"{hit['naam']}  {hit['soort'].replace('-', ' ')}" in lines
        assert f"  {hit['opdracht']}" in lines


def test_nothing_found_is_said_and_is_no_error() -> None:
    result = run("kennis", "xyzzy")
    assert (result.code, result.err) == (0, "")
    assert "Niets gevonden met “xyzzy”." in result.out
    assert run("kennis", "xyzzy", "--json").json == []
    assert "Wel te vinden: “rouw” (" in run("kennis", "rouw", "dialyse", "arbeidsmarkt").out
    assert "Bedoelde je misschien" in run("kennis", "qrouwe").out


def test_a_long_list_is_cut_unless_all_is_asked() -> None:
    question = "regie"
    total = len(found(question))
    assert f"En nog {total - 10}." in run("kennis", question).out
    assert run("kennis", question, "--alles").out.count("\n  regiekit ") == total


@pytest.mark.parametrize(
    ("one", "other"),
    [("vraag", "vragen"), ("thema", "thema’s"), ("grens", "grenzen"), ("fase", "fasen"), ("fase", "fases"),
     ("mogelijkheid", "mogelijkheden"), ("coach", "coaches"), ("cliënt", "Clienten"), ("doel", "doelen"),
     ("stap", "stappen"), ("keuze", "keuzes"), ("re-integratie", "reïntegratie"), ("brief", "brieven"),
     ("tijd", "tyd"), ("ideeën", "idee"), ("proces", "processen"), ("stress", "stressen"), ("rol", "rollen"),
     ("analyse", "analyses")],
)  # fmt: skip
def test_spelling_and_plural_make_no_difference(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("vraag", "vrede"), ("werk", "werkgever"), ("regie", "regel"), ("doel", "do")]
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def plain(text: str) -> str:
    """As someone types who has no accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@pytest.mark.parametrize("item", BANK.zoekitems, ids=lambda item: item.id)
def test_every_item_is_found_by_all_its_names(item: Zoekitem) -> None:
    for name in (item.id, item.naam, *item.aliassen):
        assert item.id in found(name), name
        assert item.id in found(plain(name).upper()), name
    assert found(item.id)[0] == item.id


@given(st.text(max_size=30))
@settings(max_examples=40)
def test_any_text_may_be_asked(question: str) -> None:
    assert search(BANK.zoekitems, question) == search(list(BANK.zoekitems), question)


def test_control_characters_do_not_reach_the_screen() -> None:
    assert "\x1b" not in run("kennis", "\x1b[31mrouw\x07 zzqq").out


# Showing ------------------------------------------------------------------------------------------------------------


def test_the_subjects() -> None:
    data = run("kennis", "--json").json
    assert [k["id"] for k in data] == [k["id"] for k in BANK.onderwerpen]
    assert all(list(k) == ["id", "naam", "versie", "inleiding", "items"] for k in data)
    assert sorted(i["id"] for k in data for i in k["items"]) == sorted(i["id"] for i in kennisitems())
    out = run("kennis").out
    assert all(k["id"] in out and k["naam"] in out for k in data)
    everything = run("kennis", "--alles").out
    assert all(f"[{i['id']}]" in everything for i in kennisitems())


def test_ids_are_unique_over_all_kinds() -> None:
    ids = [i["id"] for i in kennisitems()] + [k["id"] for k in BANK.onderwerpen]
    ids += [t["id"] for kind in ("technieken", "vragenlijsten") for t in content(kind).values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("onderwerp", [k["id"] for k in BANK.onderwerpen])
def test_a_subject_shows_its_items(onderwerp: str) -> None:
    data = run("kennis", onderwerp, "--json").json
    assert data["id"] == onderwerp
    out = run("kennis", onderwerp).out
    assert all(f"[{item['id']}]" in out for item in data["items"])


def test_an_item_in_full() -> None:
    data = run("kennis", "model-winnaarsdriehoek", "--json").json
    assert list(data) == [
        "id",
        "naam",
        "soort",
        "versie",
        "onderwerp",
        "voor",
        "aliassen",
        "uitspraken",
        "ontbreekt",
        "zie",
    ]
    out = run("kennis", "model-winnaarsdriehoek").out
    flat = " ".join(out.split())
    for text in (*(u["tekst"] for u in data["uitspraken"]), *data["ontbreekt"], *(z["id"] for z in data["zie"])):
        assert text in flat
    assert "[Movisie, Zelfregie]" in flat
    assert "[eigen] Waarom: " in flat
    assert "Niet in de bron" in out
    assert out.count("Bron: ") == 1
    assert max(map(len, out.splitlines())) <= 80


def test_an_id_may_be_typed_as_words() -> None:
    assert run("kennis", "Model", "winnaarsdriehoek", "--json").json["id"] == "model-winnaarsdriehoek"


def test_every_link_leads_somewhere() -> None:
    known = {item.id for item in BANK.zoekitems}
    for item in kennisitems():
        assert set(item.get("zie", ())) <= known - {item["id"]}, item["id"]


@pytest.mark.parametrize("voor", PUBLIEK)
def test_only_what_is_for_this_reader(voor: str) -> None:
    data = run("kennis", "--voor", voor, "--json").json
    assert sum(len(k["items"]) for k in data) == sum(voor in i["voor"] for i in kennisitems()) > 0
    hits = run("kennis", "regie", "--voor", voor, "--json").json
    assert hits
    assert all(voor in h["voor"] for h in hits)
    assert f"{len(hits)} gevonden" in run("kennis", "regie", "--voor", voor).out


def test_an_item_for_another_reader_is_not_shown() -> None:
    out = run("kennis", "model-dramadriehoek", "--voor", "client").out
    assert "geschreven voor coach" in out
    assert "aanklager" not in out
    assert run("kennis", "--voor", "buurman").code == 2
    assert run("kennis", "--dekking", "--voor", "client").code == 2


def test_kennis_of_the_coach_is_found_too(tmp_path: Path) -> None:
    write(tmp_path, "eigen.yaml", own_kennis("[vragen, thema-veerkracht]"))
    assert run("kennis", "koffiemoment", "--bibliotheek", tmp_path, "--json").json[0]["id"] == "tip-koffiemoment"
    data = run("kennis", "tip-koffiemoment", "--bibliotheek", tmp_path, "--json").json
    assert [z["opdracht"] for z in data["zie"]] == ["regiekit techniek vragen", "regiekit kennis thema-veerkracht"]
    assert run("controleer", tmp_path).code == 0


def test_kennis_of_the_coach_is_checked_too(tmp_path: Path) -> None:
    path = write(tmp_path, "eigen.yaml", own_kennis("[bestaat-niet]"))
    for arguments in (["kennis", "rouw", "--bibliotheek", tmp_path], ["controleer", path]):
        result = run(*arguments)
        assert result.code == 3
        assert "'bestaat-niet' bestaat niet" in result.out + result.err


def own_kennis(zie: str) -> str:
    return (
        'id: praktijk\nversie: "1"\nnaam: Uit de praktijk\nvolgorde: 900\ninleiding: Van mijzelf.\nitems:\n'
        "  - id: tip-koffiemoment\n    soort: tip\n    naam: Koffiemoment\n    voor: [coach]\n    uitspraken:\n"
        "      - {tekst: Begin met koffie., herkomst: eigen, redenering: Dat ontspant.}\n"
        f"    zie: {zie}\n"
    )


# What may not be said -------------------------------------------------------------------------------------------------

TRAITS = re.compile(r"\b(man|vrouw)\b|\d\d\s?[-–]\s?\d\d jaar|lichamelijke klachten|combinatie klachten", re.IGNORECASE)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_casestudie_shows_no_traits_of_a_person(number: int) -> None:
    """V51: in the source the heading itself tells sex, age, complaint and sector."""
    shown = [run("kennis", f"casus-{number}"), run("kennis", f"casus-{number}", "--json")]
    shown += [run("kennis", f"casestudie-{number}-01"), run("kennis", f"casestudie-{number}-01", "--json")]
    assert all(r.code == 0 and not TRAITS.search(r.out) for r in shown)
    assert register()[f"casestudie-{number}-01"]["kop"] == f"Casestudie {number}"


def sentences(text: str) -> list[list[str]]:
    return [s.split() for s in re.split(r"(?<=[.?!])\s+", text) if s.strip()]


@pytest.mark.parametrize("name", sorted(set(content("kennis")) - {"dekking.yaml"}))
def test_the_language(name: str) -> None:
    for item in content("kennis")[name]["items"]:
        for text in (*(u["tekst"] for u in item["uitspraken"]), *item.get("ontbreekt", ())):
            longest = max(len(s) for s in sentences(text))
            assert longest <= (18 if "client" in item["voor"] else 22), text
            assert not re.search(r"\b(bewezen|garande\w+|gegarandeerd|altijd werkt|lost .* op)\b", text.lower()), text
            assert [w for w in english_words(text) if w != "integer"] == [], text
            if "slachtoffer" in text.lower():
                assert item["id"] in ("model-dramadriehoek", "model-winnaarsdriehoek")
                assert item["voor"] == ["coach"]


def test_texts_for_a_client_are_short() -> None:
    texts = [u["tekst"] for i in kennisitems() if "client" in i["voor"] for u in i["uitspraken"]]
    lengths = [len(s) for text in texts for s in sentences(text)]
    assert sum(lengths) / len(lengths) <= 12


def test_what_a_source_lacks_is_said_and_not_filled_in() -> None:
    """V59, V64, V65: items of the Digitale Regie Spiegel, types of volunteers, the stages of change."""
    for item in ("instrument-digitale-regie-spiegel", "model-vrijwilligerskwadrant", "model-fasen-van-verandering"):
        assert run("kennis", item, "--json").json["ontbreekt"]
    stages = next(i for i in kennisitems() if i["id"] == "model-fasen-van-verandering")
    assert not re.search(r"overpeinzing|contemplatie|voorbereiding|besluitvorming", json.dumps(stages))

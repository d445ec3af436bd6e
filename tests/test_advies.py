"""Signalen, technieken, questions, context and besluit: every rule, situation and combination."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml

from regiekit.content.library import load_keuzeregels, load_signalen, load_technieken
from regiekit.domain.advies import Bronnen
from regiekit.domain.gespreksadvies import Besluit, Inhoudelijk, advise_gesprek
from regiekit.domain.niveau import REGIE, STURING, WAARNEMINGEN
from regiekit.domain.signaal import Voorwaarde
from regiekit.domain.signalen import choose_technieken, find_signalen
from regiekit.render.as_json import json_gesprek
from util import MATRIX, ROOT, afname_yaml, answers, run, write

if TYPE_CHECKING:
    from pathlib import Path

SIGNALEN, REGELS, TECHNIEKEN = load_signalen(), load_keuzeregels(), load_technieken()
INHOUD = Inhoudelijk(MATRIX, REGELS, TECHNIEKEN)
BY_ID = {s.id: s for s in SIGNALEN}
SITUATIONS = ("technieken-wanneer-overzicht-", "vragen-wanneer-", "inoculatie-wanneer-", "cirkel-wanneer-",
              "reparatiereflex-gevoelig-", "reparatiereflex-herkennen-")  # fmt: skip
OVERVIEW = {"cirkel": "cirkel-van-invloed"}  # the short name in the register


@cache
def situations() -> dict[str, str]:
    """Each situation in the tables of the sources, and the techniek it stands with."""
    groups = yaml.load((ROOT / "data/bronnen/register.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    facts = [e for g in groups for e in g["elementen"] if e["id"].startswith(SITUATIONS)]
    named = {e["id"]: e.get("techniek") or e["id"].partition("-")[0] for e in facts}
    return {i: OVERVIEW.get(t, t) for i, t in named.items()}


def gesprek(signalen: tuple[str, ...] = (), besluit: Any = None, **bronnen: Any) -> Any:
    return advise_gesprek(INHOUD, [], Bronnen(**bronnen), [BY_ID[s] for s in signalen], besluit)


# The data -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fact", "techniek"), situations().items())
def test_every_situation_of_the_sources_leads_to_its_techniek(fact: str, techniek: str) -> None:
    leading = [s for s in SIGNALEN if s.herkomst != "eigen" for h in (s.herkomst, *s.ook) if fact in h.ids]
    assert leading, fact
    assert {s.techniek for s in leading} == {techniek}
    for signaal in leading:
        assert [t.id for t in gesprek((signaal.id,)).keus.technieken] == [techniek]


def test_there_are_as_many_situations_as_the_tables_have() -> None:
    assert len(situations()) == 10 + 4 + 4 + 3 + 6 + 5


@pytest.mark.parametrize(
    ("typed", "techniek"),
    [("ja, maar", "inoculatie"), ("alles overkomt mij", "cirkel-van-invloed"), ("doet zelf niets", "inoculatie"),
     ("kijkt naar mij voor oplossingen", "reparatiereflex"), ("Ik weet niet waarom", "vragen")],
)  # fmt: skip
def test_the_situations_as_coaches_name_them(typed: str, techniek: str) -> None:
    assert run("advies", "--signaal", typed, "--json").json["technieken"][0]["id"] == techniek


def test_what_the_rules_name_is_there() -> None:
    groups = {t.id: {v.groep for v in t.voorbeeldvragen} for t in TECHNIEKEN}
    for rule in (*SIGNALEN, *REGELS.zonder_signaal):
        assert set(rule.groepen) <= groups[rule.techniek], rule
    words = {*BY_ID, *get_args(Voorwaarde)}
    assert all(set(r.bij) <= words for r in REGELS.contextfactoren)
    assert {r.techniek for r in REGELS.technieken} == set(REGELS.volgorde.technieken) == set(groups)
    owners: dict[str, str] = {}
    for signaal in SIGNALEN:
        for name in (signaal.id, signaal.naam, *signaal.aliassen):
            assert owners.setdefault("".join(c for c in name.lower() if c.isalnum()), signaal.id) == signaal.id


def test_the_context_factors_are_those_of_kennis() -> None:
    read = yaml.safe_load((ROOT / "data/kennis/contextfactoren.yaml").read_text(encoding="utf-8"))
    known = {i["id"]: i["naam"] for i in read["items"] if i["soort"] == "contextfactor"}
    assert {r.id: r.naam for r in REGELS.contextfactoren} == known


# Every combination --------------------------------------------------------------------------------------------------

PAIRS = [(), *((s.id,) for s in SIGNALEN), *((a.id, b.id) for a, b in combinations(SIGNALEN, 2))]
SAFETY = [dict(zip(("crisis", "rouw", "belast"), flags, strict=True)) for flags in product((False, True), repeat=3)]
QUIET = {v.tekst for v in REGELS.rustige_vragen}
FITS_WITH = {r.techniek: r for r in REGELS.technieken}


def check(signalen: tuple[str, ...], made: Any, flags: dict[str, bool]) -> None:
    keus, advies = made.keus, made.geldt
    if flags["crisis"]:
        assert keus[1:] == ((), (), (), (), (), ())
        assert (advies.sturing, advies.opties) == (None, ())
        return
    chosen = [t.id for t in keus.technieken]
    assert len(chosen) <= 2
    assert len(keus.vragen) in (2, 3)
    assert len(keus.vragen_bij_een) in (2, 3)
    assert len(set(keus.vragen)) == len(keus.vragen)
    own = {v.tekst for t in TECHNIEKEN if t.id in chosen for v in t.voorbeeldvragen}
    quiet = flags["rouw"] or flags["belast"]
    assert set(keus.vragen) <= own | (QUIET if quiet else set())
    assert all(FITS_WITH[t].bij_rouw for t in chosen) or not flags["rouw"]
    assert all(FITS_WITH[t].bij_belast for t in chosen) or not flags["belast"]
    accounted = {*chosen, *(r.id for r in (*keus.past_nu_niet, *keus.ook_gewezen))}
    assert accounted == {BY_ID[s].techniek for s in signalen} or not signalen
    assert chosen or quiet
    assert made.opmerkingen[-1].code == "iets-anders"


@pytest.mark.parametrize("flags", SAFETY, ids=lambda f: "+".join(k for k in f if f[k]) or "geen")
@pytest.mark.parametrize("inschatting", [None, *REGIE])
def test_at_most_two_technieken_and_safety_first(flags: dict[str, bool], inschatting: Any) -> None:
    for signalen in PAIRS:
        check(signalen, gesprek(signalen, inschatting=inschatting, **flags), flags)


def test_no_style_of_stress_verveling_or_irritatie_for_any_level_that_is_possible() -> None:
    cellen = {(c.sturing, c.regie): c.waarneming for c in MATRIX.cellen}
    besluiten = [None, *(Besluit(r, "zo gezien", None) for r in REGIE)]
    for besluit, inschatting, nu, seen, flags in product(
        besluiten, [None, *REGIE], [None, *STURING], [None, *WAARNEMINGEN], SAFETY
    ):
        made = gesprek(
            ("ja-maar",), besluit, inschatting=inschatting, sturing=nu, waarneming=seen if nu else None, **flags
        )
        for niveau, advies in ((made.niveau, made.advies), (made.niveau_geldt, made.geldt)):
            assert not (flags["crisis"] and advies.sturing)
            words = {cellen[advies.sturing, r] for r in niveau.mogelijk} if advies.sturing else set()
            assert words <= ({"aansluiting"} if flags["rouw"] or flags["belast"] else {"aansluiting", "uitdaging"})
        assert made.besluit == besluit
        assert made.niveau.inschatting == inschatting  # the original is kept


def test_most_signalen_first_then_the_order_of_the_rules() -> None:
    chosen = gesprek(("ja-maar", "geeft-snel-op", "ik-los-op", "machteloos")).keus
    assert [t.id for t in chosen.technieken] == ["inoculatie", "reparatiereflex"]
    assert [t.id for t in chosen.ook_gewezen] == ["cirkel-van-invloed"]
    assert [t.id for t in gesprek(("regie-vergroten", "ja-maar", "machteloos")).keus.technieken] == [
        "cirkel-van-invloed", "inoculatie",
    ]  # fmt: skip


def test_the_order_in_which_signalen_are_given_makes_no_difference() -> None:
    there = run("advies", "--signaal", "ja-maar", "--signaal", "machteloos", "--json")
    back = run("advies", "--signaal", "machteloos", "--signaal", "ja-maar", "--signaal", "jamaar", "--json")
    assert there == back


def test_the_rules_are_data() -> None:
    """Another order in the file gives another advice."""
    turned = type(REGELS)(**vars(REGELS) | {"volgorde": type(REGELS)(technieken=("inoculatie",))})
    niveau = gesprek().niveau
    found = find_signalen(SIGNALEN, ["ja-maar", "ik-los-op"])
    chosen = choose_technieken(turned, TECHNIEKEN, found, niveau, gesprek().situatie)
    assert [t.id for t in chosen.technieken] == ["inoculatie", "reparatiereflex"]


def test_a_techniek_without_a_rule_waits_with_rouw_and_overbelasting() -> None:
    rules = tuple(r for r in REGELS.technieken if r.techniek == "zones")
    unknown = type(REGELS)(**vars(REGELS) | {"technieken": rules})
    found = find_signalen(SIGNALEN, ["ik-los-op"])
    for flags in ({"rouw": True}, {"belast": True}):
        made = gesprek(**flags)
        keus = choose_technieken(unknown, TECHNIEKEN, found, made.niveau, made.situatie)
        assert keus.technieken == ()
        assert keus.past_nu_niet == (("reparatiereflex", "Reparatiereflex", REGELS.onbekende_techniek.tekst),)


def test_quiet_questions_and_two_technieken_are_three_questions_together() -> None:
    """When the rules let two technieken go with rouw: two quiet questions, and one of the first techniek."""
    rules = tuple(type(r)(**vars(r) | {"bij_rouw": True}) for r in REGELS.technieken)
    softer = type(REGELS)(**vars(REGELS) | {"technieken": rules})
    made = gesprek(rouw=True)
    found = find_signalen(SIGNALEN, ["ik-los-op", "ja-maar"])
    keus = choose_technieken(softer, TECHNIEKEN, found, made.niveau, made.situatie)
    assert [t.id for t in keus.technieken] == ["reparatiereflex", "inoculatie"]
    own = {v.tekst for t in TECHNIEKEN if t.id == "reparatiereflex" for v in t.voorbeeldvragen}
    assert [(v in QUIET, v in own) for v in keus.vragen] == [(True, False), (True, False), (False, True)]


# The command ----------------------------------------------------------------------------------------------------------


def test_the_json_has_the_agreed_keys() -> None:
    data = run("advies", ROOT / "voorbeelden/vragenlijst.yaml", "--signaal", "ja-maar", "--json").json
    assert list(data) == [
        "niveau", "advies", "technieken", "vragen", "contextfactoren", "besluit", "signalen", "opmerkingen",
    ]  # fmt: skip
    assert data["besluit"] is None
    assert [s["id"] for s in data["signalen"]] == ["ja-maar"]
    assert {"id", "naam", "reden"} <= set(data["technieken"][0])
    assert {"niet-gevalideerd", "aanname-schaal", "iets-anders"} <= {o["code"] for o in data["opmerkingen"]}


LOW_ROOM = answers("11155", "33333", "4444", "333")


def test_low_room_gives_the_question_and_never_strak(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", afname_yaml(LOW_ROOM))
    for extra in (
        [],
        ["--sturing", "los"],
        ["--inschatting", "laag"],
        ["--rouw"],
        ["--besluit", "laag", "--reden", "x"],
    ):
        data = run("advies", path, "--json", *extra).json
        for advies in (data["advies"], (data["besluit"] or {}).get("advies") or data["advies"]):
            assert advies["sturing"] != "strak"
            assert "strak" not in advies["opties"]
        assert {"weinig-ruimte", "eerst-ruimte"} <= {o["code"] for o in data["opmerkingen"]}
        assert data["contextfactoren"][0]["id"] == "contextfactor-coach-discretionaire-ruimte"
    out = run("advies", path, "--signaal", "ja-maar").out
    assert out.index("Eerst: ruimte en steun") < out.index("Welke techniek?")


def test_rouw_takes_away_what_challenges_and_says_why() -> None:
    data = run("advies", "--signaal", "ja-maar", "--signaal", "ik-los-op", "--rouw", "--json").json
    assert [t["id"] for t in data["technieken"]] == ["reparatiereflex"]
    texts = [o["tekst"] for o in data["opmerkingen"] if o["code"] == "techniek-nu-niet"]
    assert len(texts) == 1
    assert texts[0].startswith("Inoculatie: nu niet.")
    notes = " ".join(o["tekst"] for o in data["opmerkingen"])
    for text in ("WerkVerliesLijst", "laatste tien minuten", "professionele hulp"):
        assert text in notes


def codes(*arguments: object) -> dict[str, str]:
    return {o["code"]: o["tekst"] for o in run("advies", *arguments, "--json").json["opmerkingen"]}


STRESS = ["--inschatting", "hoog", "--sturing", "los", "--waarneming", "stress"]


def test_no_other_challenge_when_too_much_is_asked() -> None:
    assert "hoog-andere-uitdaging" in codes("--inschatting", "hoog", "--sturing", "los")
    assert not {"hoog-andere-uitdaging", "niet-losser"} & set(codes(*STRESS))
    for arguments in ([*STRESS, "--signaal", "valt-stil"], ["--inschatting", "hoog", "--signaal", "valt-stil"]):
        found = codes(*arguments)
        assert "hoog-andere-uitdaging" not in found
        assert found["niet-losser"] == "Vraag eerst wat nu te veel is. Ga pas daarna losser sturen, en niet eerder."
        for command in ("advies", "voorbereiding"):
            out = run(command, *arguments).out
            assert "Vraag eerst wat nu te veel is" in out
            assert "Losser dan los" not in out


@pytest.mark.parametrize("command", ["advies", "voorbereiding"])
def test_signalen_that_point_both_ways_are_named(command: str) -> None:
    line = "Deze signalen wijzen twee kanten op: vraag eerst door."
    assert line in run(command, "--signaal", "valt-stil", "--signaal", "leunt achterover").out
    for one in ("valt-stil", "leunt-op-mij"):
        assert line not in run(command, "--signaal", one, "--signaal", "ja-maar").out


@pytest.mark.parametrize("flag", ["--rouw", "--belast"])
@pytest.mark.parametrize("extra", [["--signaal", "regie-vergroten"], STRESS[:2], STRESS])
def test_zones_is_not_for_who_cannot_be_challenged_now(flag: str, extra: list[str]) -> None:
    out = " ".join(run("advies", flag, *extra).out.split())
    assert "1. Bewegen in de zones" not in out
    if "regie-vergroten" in extra:
        assert "Bewegen in de zones van eigen regie: nu niet. De kaart mikt op iets minder sturing" in out


def test_rouw_asks_no_question_that_challenges_and_strak_goes_with_the_reflex() -> None:
    arguments = ["--signaal", "kijkt-naar-mij", "--inschatting", "laag"]
    challenge = "minder zou zeggen"
    together = "bij strakke sturing: kader geven mag; het oplossen blijft bij de cliënt."
    assert challenge in run("advies", *arguments).out
    assert together not in " ".join(run("advies", *arguments).out.split())
    for command in ("advies", "voorbereiding"):
        out = " ".join(run(command, "--rouw", *arguments).out.split())
        assert "strakke sturing" in out
        assert challenge not in out
        assert f"Reparatiereflex {together}" in out


def test_crisis_leaves_only_the_way_to_help() -> None:
    out = run("advies", "--crisis", "--signaal", "ja-maar", "--inschatting", "laag").out
    assert "112" in out
    assert "huisarts" in out
    for text in ("techniek", "Inoculatie", "Advies:", "strak", "los "):
        assert text not in out.replace("Advies voor het volgende gesprek", "")


def test_a_besluit_stands_beside_what_the_sources_say() -> None:
    arguments = ["advies", ROOT / "voorbeelden/R-021-start.yaml", "--inschatting", "laag"]
    decided = ["--besluit", "hoog", "--reden", "Zij regelde 'alles' zelf: 100% é.", "--datum", "2026-03-02"]
    before, data = run(*arguments, "--json").json, run(*arguments, *decided, "--json").json
    assert (data["niveau"], data["advies"]) == (before["niveau"], before["advies"])
    assert data["besluit"] | {"advies": None} == {
        "niveau": "hoog", "reden": "Zij regelde 'alles' zelf: 100% é.", "datum": "2026-03-02", "advies": None,
    }  # fmt: skip
    assert data["besluit"]["advies"]["sturing"] == "los"
    out = run(*arguments, *decided).out
    assert "Jouw besluit: regie hoog, 2 maart 2026" in out
    assert "Zonder jouw besluit: advies: gedeelde sturing" in out
    assert "Zij regelde 'alles' zelf: 100% é." in out


@pytest.mark.parametrize(
    "arguments",
    [["--besluit", "laag"], ["--besluit", "laag", "--reden", " "], ["--reden", "zomaar"], ["--signaal", "xyzzy"],
     ["--waarneming", "stress"], ["--besluit", "veel", "--reden", "x"], ["--datum", "2 maart"]],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("command", ["advies", "voorbereiding"])
def test_wrong_use_is_refused(command: str, arguments: list[str]) -> None:
    result = run(command, *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("regiekit: ")


def test_an_unknown_signaal_offers_the_nearest() -> None:
    assert run("advies", "--signaal", "jamar").err == (
        "regiekit: het signaal 'jamar' ken ik niet; bedoelde je 'ja-maar'? (de lijst: regiekit advies --signalen)\n"
    )
    for command in ("advies", "voorbereiding"):
        far = run(command, "--signaal", "foo").err
        assert any(f"het meest lijkt '{s.id}' erop" in far for s in SIGNALEN)
        assert "regiekit advies --signalen" in far
    assert run("advies", "--signaal", "?!").err == (
        "regiekit: het signaal '?!' ken ik niet; kies er een uit de lijst (de lijst: regiekit advies --signalen)\n"
    )


def test_the_list_of_signalen() -> None:
    data = run("advies", "--signalen", "--json").json
    assert [s["id"] for s in data] == [s.id for s in SIGNALEN]
    squeezed = "".join(run("advies", "--signalen").out.split())
    for signaal in SIGNALEN:
        assert "".join(f"{signaal.id}: {signaal.naam}. {signaal.tekst}".split()) in squeezed


def test_the_same_input_gives_the_same_bytes() -> None:
    arguments = ["advies", ROOT / "voorbeelden/R-021-start.yaml", "--signaal", "ja-maar", "--signaal", "onder-druk"]
    for extra in ([], ["--json"]):
        assert run(*arguments, *extra).out == run(*arguments, *extra).out


def test_everything_is_shown_within_80_columns() -> None:
    out = run("advies", ROOT / "voorbeelden/R-021-start.yaml", "--signaal", "ja-maar", "--sturing", "strak",
              "--waarneming", "irritatie").out  # fmt: skip
    assert max(len(line.rstrip()) for line in out.splitlines()) <= 80
    for text in (
        "Hoeveel regie?",
        "kantelt als",
        "Welke techniek?",
        "Of iets anders",
        "Vragen voor het volgende",
        "Bron:",
    ):
        assert text in out


def test_a_signaal_of_the_coach_counts_too(tmp_path: Path) -> None:
    write(tmp_path, "mijn.yaml", """
        id: mijn-signalen
        versie: "1"
        naam: Mijn signalen
        signalen:
          - id: altijd-te-laat
            naam: De cliënt komt te laat
            wie: client
            tekst: Vaak te laat.
            techniek: vragen
            herkomst: eigen
            redenering: Uit mijn praktijk.
        """)  # fmt: skip
    assert run("controleer", tmp_path).code == 0
    data = run("advies", "--bibliotheek", tmp_path, "--signaal", "altijd-te-laat", "--json").json
    assert [t["id"] for t in data["technieken"]] == ["vragen"]


def test_a_signaal_that_points_nowhere_is_one_clear_line(tmp_path: Path) -> None:
    text = (ROOT / "data/signalen/signalen.yaml").read_text(encoding="utf-8")
    write(
        tmp_path,
        "mijn.yaml",
        text.replace("id: signalen", "id: mijn").replace("techniek: inoculatie", "techniek: inocul"),
    )
    result = run("advies", "--bibliotheek", tmp_path, "--signaal", "ja-maar")
    assert result.code == 2
    assert result.err == (
        "regiekit: het signaal 'ja-maar' wijst naar de techniek 'inocul', en die ken ik niet; verander het signaal\n"
    )


def test_on_a_terminal_it_asks_safety_kenmerken_and_signalen(monkeypatch: pytest.MonkeyPatch) -> None:
    from regiekit.cli import questions

    typed = iter(["n", "j", *[""] * 5, "n", "laag", "strak", "irritatie", "1, 19"])
    monkeypatch.setattr(questions, "confirm", lambda _: next(typed) == "j")
    monkeypatch.setattr(questions, "ask", lambda _, read, default=None: read(next(typed)))
    bronnen, signalen = questions.ask_advies(MATRIX, SIGNALEN)
    assert bronnen == Bronnen("laag", "strak", "irritatie", belast=True)
    assert signalen == [SIGNALEN[0].id, SIGNALEN[18].id]
    assert list(typed) == []
    assert json_gesprek(gesprek(tuple(signalen), **bronnen._asdict()))["signalen"][0]["id"] == "ja-maar"


def test_a_crisis_ends_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    from regiekit.cli import questions

    monkeypatch.setattr(questions, "confirm", lambda _: True)
    assert questions.ask_advies(MATRIX, SIGNALEN) == (Bronnen(crisis=True), [])
    assert json.dumps(json_gesprek(gesprek((), crisis=True)))

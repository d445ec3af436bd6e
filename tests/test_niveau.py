"""The level: every reachable sum, the 6 x 4 x 16 table of sources, and the advice under every combination of rules."""

from __future__ import annotations

import math
import os
import re
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from regiekit.domain.advies import Advies, Situatie, advise, cellen_of
from regiekit.domain.niveau import (
    REGIE,
    STURING,
    WAARNEMINGEN,
    Niveau,
    Scoreniveau,
    decide_niveau,
    read_waarneming,
    score_niveau,
    third,
)
from regiekit.domain.uitslag import score
from util import MATRIX, ROOT, lijst_from, schaal, small_lijst

if TYPE_CHECKING:
    from pathlib import Path

CELLEN = cellen_of(MATRIX)
GOOD = {"aansluiting", "uitdaging"}

# The nine cells as the handleiding prints them.
PRINTED = {
    "strak": {"hoog": "Irritatie", "midden": "Verveling op den duur", "laag": "Aansluiting"},
    "gedeeld": {"hoog": "Verveling op den duur", "midden": "Aansluiting", "laag": "Uitdaging"},
    "los": {"hoog": "Aansluiting", "midden": "Uitdaging", "laag": "Stress"},
}


@pytest.mark.parametrize(("sturing", "regie"), list(product(STURING, REGIE)))
def test_cell(sturing: str, regie: str) -> None:
    cel = next(c for c in MATRIX.cellen if (c.sturing, c.regie) == (sturing, regie))
    assert cel.tekst == PRINTED[sturing][regie]
    assert cel.waarneming == PRINTED[sturing][regie].split()[0].lower()


# Sums ---------------------------------------------------------------------------------------------------------------

# 1-5, by hand from ontwerp 5: the last sum of laag and of midden, and the sums that lie on a border.
SUMS = {3: (6, 11, {6, 7, 11, 12}), 4: (9, 14, None), 5: (11, 18, None)}


@pytest.mark.parametrize("k", [3, 4, 5])
def test_every_sum_falls_in_its_third(k: int) -> None:
    last_laag, last_midden, _ = SUMS[k]
    for total in range(k, 5 * k + 1):
        expected = "laag" if total <= last_laag else "midden" if total <= last_midden else "hoog"
        assert third(total, k, 5 * k) == expected


@pytest.mark.parametrize(
    ("k", "low", "high"), [(3, 1, 5), (4, 1, 5), (5, 1, 5), (3, 0, 4), (6, 1, 7), (2, 1, 10), (1, 1, 3)]
)
def test_border_is_a_small_slip_from_another_level(tmp_path: Path, k: int, low: int, high: int) -> None:
    """Within max(1, ceil(k(hi - lo)/12)) of a sum of another level, over every reachable sum."""
    keys = " ".join(str(i) for i in range(1, k + 1))
    lijst = lijst_from(tmp_path, small_lijst(schaal("eigen-regie", keys, k), vragen=k, low=low, high=high))
    margin = max(1, math.ceil(k * (high - low) / 12))

    def level(total: int) -> str:
        if 3 * (total - k * low) < k * (high - low):
            return "laag"
        return "hoog" if 3 * (total - k * low) > 2 * k * (high - low) else "midden"

    for total in range(k * low, k * high + 1):
        given = _answers_with_sum(total, k, low, high)
        found = score_niveau(score(lijst, given).schaal("eigen-regie"))
        assert found is not None
        near = {level(s) for s in range(k * low, k * high + 1) if abs(s - total) <= margin}
        assert found.waarde == level(total)
        assert set(found.mogelijk) == near
        assert found.grensgebied == (len(near) > 1)
    if (k, low, high) == (3, 1, 5):
        borders = {t for t in range(3, 16) if len({level(s) for s in range(3, 16) if abs(s - t) <= margin}) > 1}
        assert borders == SUMS[3][2]


def _answers_with_sum(total: int, k: int, low: int, high: int) -> dict[str, int | None]:
    left, given = total - k * low, {}
    for i in range(1, k + 1):
        step = min(left, high - low)
        given[f"v-{i}"], left = low + step, left - step
    return given  # type: ignore[return-value]


def test_a_schaal_in_which_higher_is_unfavourable_is_read_the_other_way(tmp_path: Path) -> None:
    text = small_lijst(schaal("eigen-regie", "1 2 3", 3, richting="hoger-is-ongunstig"))
    lijst = lijst_from(tmp_path, text)
    found = score_niveau(score(lijst, {"v-1": 5, "v-2": 5, "v-3": 5}).schaal("eigen-regie"))
    assert found == Scoreniveau("laag", ("laag",))


# The table of sources -------------------------------------------------------------------------------------------------

SCORES: dict[str, Scoreniveau | None] = {
    "onbekend": None,
    "laag": Scoreniveau("laag", ("laag",)),
    "laag/midden": Scoreniveau("midden", ("laag", "midden")),
    "midden": Scoreniveau("midden", ("midden",)),
    "midden/hoog": Scoreniveau("hoog", ("midden", "hoog")),
    "hoog": Scoreniveau("hoog", ("hoog",)),
}
INSCHATTINGEN = (None, *REGIE)
PAIRS: list[tuple[Any, Any]] = [(None, None), *product(STURING, WAARNEMINGEN)]
ROWS = {
    "strak": {"irritatie": "hoog", "verveling": "midden", "aansluiting": "laag"},
    "gedeeld": {"verveling": "hoog", "aansluiting": "midden", "uitdaging": "laag"},
    "los": {"aansluiting": "hoog", "uitdaging": "midden", "stress": "laag"},
}
ALL = list(product(SCORES, INSCHATTINGEN, PAIRS))


def test_the_table_has_384_rows() -> None:
    assert len(ALL) == 6 * 4 * 16


def test_six_of_fifteen_pairs_are_in_no_row() -> None:
    outside = [p for p in PAIRS[1:] if (w := read_waarneming(CELLEN, *p)) and w.wijst_op is None]
    assert len(outside) == 6
    seen = [read_waarneming(CELLEN, *p) for p in outside]
    assert {w.oordeel for w in seen if w} == {"past niet in de matrix"}


@pytest.mark.parametrize(("sturing", "woord"), PAIRS[1:])
def test_waarneming_is_the_matrix_read_backwards(sturing: Any, woord: Any) -> None:
    seen = read_waarneming(CELLEN, sturing, woord)
    assert seen is not None
    assert seen.wijst_op == ROWS[sturing].get(woord)
    if seen.wijst_op:
        words = {"irritatie": "te strak", "verveling": "te strak", "stress": "te los"}
        assert seen.oordeel == words.get(woord, "past")


def niveau_of(score_: str, inschatting: Any, pair: tuple[Any, Any]) -> Niveau:
    return decide_niveau(SCORES[score_], inschatting, read_waarneming(CELLEN, *pair))


def expected_niveau(score_: str, inschatting: Any, pair: tuple[Any, Any]) -> tuple[Any, str, set[str]]:
    """Value, certainty and possible levels, written from the words of ontwerp 5 and nothing else."""
    possible = set() if score_ == "onbekend" else set(score_.split("/"))
    if not possible and inschatting is None:
        return None, "onbekend", set(REGIE)
    if possible and inschatting is not None and inschatting not in possible:
        return None, "niet-eenduidig", possible | {inschatting}
    points_at = ROWS.get(pair[0], {}).get(pair[1])
    levels = {inschatting} if inschatting else possible
    contradicted = points_at is not None and points_at not in levels
    certainty = "vast" if possible and inschatting and not contradicted else "voorlopig"
    if certainty == "voorlopig" and len(levels) == 1:
        (level,) = levels
        levels = levels | {REGIE[max(0, REGIE.index(level) - 1)]}
    scored = SCORES[score_]
    value = inschatting or (scored.waarde if scored else None)
    return value, certainty, levels


@pytest.mark.parametrize(("score_", "inschatting", "pair"), ALL)
def test_table_of_sources(score_: str, inschatting: Any, pair: tuple[Any, Any]) -> None:
    niveau = niveau_of(score_, inschatting, pair)
    assert (niveau.waarde, niveau.zekerheid, set(niveau.mogelijk)) == expected_niveau(score_, inschatting, pair)
    assert list(niveau.mogelijk) == [r for r in REGIE if r in niveau.mogelijk]


# Advice -------------------------------------------------------------------------------------------------------------

ADVICE = {
    ("laag",): "gedeeld",
    ("laag", "midden"): "gedeeld",
    ("midden",): "los",
    ("midden", "hoog"): "los",
    ("hoog",): "los",
    ("laag", "hoog"): None,
    ("laag", "midden", "hoog"): None,
}


@pytest.mark.parametrize(("levels", "expected"), ADVICE.items())
def test_advised_sturing_of_each_set(levels: tuple[Any, ...], expected: str | None) -> None:
    advies = advise(MATRIX, _niveau(levels), Situatie())
    assert advies.sturing == expected
    assert bool(advies.opties) == (expected is None)
    assert advies.vragen or expected


def _niveau(levels: tuple[Any, ...], waarde: Any = None) -> Niveau:
    return Niveau(waarde, "niet-eenduidig", levels, None, None, None, False)


SITUATIES = [
    Situatie(crisis, rouw, uitslag, belast, ruimte, steun, nu)
    for crisis, rouw, uitslag, belast, ruimte, steun, nu in product(
        (False, True), (False, True), (None, "groen", "oranje", "rood"), (False, True), (False, True), (False, True),
        (None, *STURING),
    )
]  # fmt: skip
NIVEAUS = [niveau_of(s, i, p) for s, i, p in ALL] + [
    decide_niveau(None, None, read_waarneming(CELLEN, *p), besluit=r) for r in REGIE for p in PAIRS
]


@pytest.mark.parametrize(
    "situatie", SITUATIES, ids=lambda s: "-".join(str(int(v)) if isinstance(v, bool) else str(v) for v in s)
)
def test_rules_hold_under_every_combination(situatie: Situatie) -> None:
    """All levels x all safety rules x the sturing used now, in the order of ontwerp 5."""
    for niveau in NIVEAUS:
        advies = advise(MATRIX, niveau, situatie)
        codes = {n.code for n in advies.let_op}
        if situatie.crisis:
            assert (advies.sturing, advies.aansluiting, advies.uitdaging, advies.opties) == (None, None, None, ())
            assert codes == {"crisis"} | ({"rouw-uitslag"} if situatie.rouw_uitslag == "rood" else set())
            continue
        check_never_harmful(advies, niveau, situatie)
        check_safety(advies, niveau, situatie, codes)
        assert advies.kantelt_als
        assert "Lezing van regiekit" in advies.herkomst


def check_never_harmful(advies: Advies, niveau: Niveau, situatie: Situatie) -> None:
    if advies.sturing is None:
        assert advies.opties
        assert advies.vragen or advies.in_stappen
        return
    assert {CELLEN[advies.sturing, r] for r in niveau.mogelijk} <= GOOD
    if situatie.sturing_nu:
        assert abs(STURING.index(advies.sturing) - STURING.index(situatie.sturing_nu)) <= 1


CHALLENGING = {"Als ik de volgende keer minder zou zeggen, wat zou er dan gebeuren?"}


def check_safety(advies: Advies, niveau: Niveau, situatie: Situatie, codes: set[str]) -> None:
    grief = situatie.rouw or situatie.rouw_uitslag in ("oranje", "rood")
    assert (sum(n.code == "rouw" for n in advies.let_op) == 4) == grief
    assert ("rouw-uitslag" in codes) == (situatie.rouw_uitslag is not None)
    little = situatie.weinig_ruimte or situatie.weinig_steun
    if little:
        assert "strak" not in (advies.sturing, advies.aansluiting, *advies.opties)
        assert advies.vragen
    elif "laag" in niveau.mogelijk:
        assert "strak-tijdelijk" in codes
    if grief or situatie.belast:
        assert not CHALLENGING & set(advies.vragen)
        assert advies.uitdaging is None
        words = {CELLEN[advies.sturing, r] for r in niveau.mogelijk} if advies.sturing else set()
        smaller = "kleinere-stappen" in codes
        assert words <= ({"aansluiting", "uitdaging"} if smaller else {"aansluiting"})
        assert not smaller or (little and advies.sturing == "gedeeld")
    elif niveau.waarde == "hoog":
        assert advies.uitdaging is None
        too_loose = niveau.waarneming is not None and niveau.waarneming.oordeel == "te los"
        assert ("hoog-andere-uitdaging" in codes) == (advies.sturing == "los" and not too_loose)


def test_rood_always_refers() -> None:
    for niveau in NIVEAUS:
        advies = advise(MATRIX, niveau, Situatie(crisis=niveau.waarde == "hoog", rouw_uitslag="rood"))
        assert any("Verwijs door" in n.tekst for n in advies.let_op if n.code == "rouw-uitslag")


def test_in_a_crisis_there_is_no_advice_at_all() -> None:
    advies = advise(MATRIX, decide_niveau(SCORES["midden"], "midden"), Situatie(crisis=True))
    assert advies[:5] == (None, None, None, (), ())
    assert advies.kantelt_als == ("de crisis voorbij is: begin dan opnieuw met inschatten",)
    assert advies.herkomst == "Eigen redenering van regiekit."


def test_hoog_by_score_alone_asks_for_an_example() -> None:
    alone = advise(MATRIX, decide_niveau(SCORES["hoog"], None), Situatie())
    both = advise(MATRIX, decide_niveau(SCORES["hoog"], "hoog"), Situatie())
    assert "hoog-alleen-score" in {n.code for n in alone.let_op}
    assert "hoog-alleen-score" not in {n.code for n in both.let_op}


TIPS = re.compile(r"(.+) \(dan: (.+)\)")
SOME = [Situatie(), Situatie(rouw=True), Situatie(belast=True, weinig_ruimte=True), Situatie(weinig_steun=True),
        *(Situatie(sturing_nu=s) for s in STURING)]  # fmt: skip


def after(tip: str, niveau: Niveau, situatie: Situatie) -> Advies:
    """The advice when what a line says is done, each kind of line entered as a coach would."""
    if found := re.fullmatch(r"je zelf inschat dat de regie (\w+) is", tip):
        level: Any = found[1]
        return advise(MATRIX, decide_niveau(niveau.score, level, niveau.waarneming), situatie)
    if found := re.fullmatch(r"je besluit dat de regie (\w+) is", tip):
        level = found[1]
        return advise(MATRIX, decide_niveau(None, None, niveau.waarneming, besluit=level), situatie)
    if found := re.fullmatch(r"je bij (\w+) sturen (\w+) ziet, want dat wijst op (\w+)", tip):
        sturing, woord, regie = found.groups()
        assert CELLEN[sturing, regie] == woord  # type: ignore[index]
        seen = read_waarneming(CELLEN, sturing, woord)  # type: ignore[arg-type]
        new = decide_niveau(niveau.score, niveau.inschatting, seen)
        return advise(MATRIX, new, situatie._replace(sturing_nu=sturing))  # type: ignore[arg-type]
    if tip == "er rouw of overbelasting speelt":
        return advise(MATRIX, niveau, situatie._replace(belast=True))
    if tip == "de rouw of de overbelasting voorbij is":
        return advise(MATRIX, niveau, situatie._replace(rouw=False, belast=False))
    assert tip == "er een crisis is"
    return advise(MATRIX, niveau, situatie._replace(crisis=True))


@pytest.mark.parametrize("situatie", SOME)
def test_what_tips_the_advice_does_tip_it(situatie: Situatie) -> None:
    """Every line, done: the advice is another one, and the one that the line names."""
    kinds = set()
    for niveau in NIVEAUS[::3]:
        advies = advise(MATRIX, niveau, situatie)
        for line in advies.kantelt_als:
            found = TIPS.fullmatch(line)
            assert found, line
            new = after(found[1], niveau, situatie)
            assert (new.sturing, new.opties) != (advies.sturing, advies.opties)
            named = set(re.findall(r"\b(?:strak|gedeeld|los)\b", found[2]))
            assert named == ({new.sturing} if new.sturing else set(new.opties))
            kinds.add(found[1].split()[1])
    assert kinds >= {"zelf", "een"}


# The page of the docs -------------------------------------------------------------------------------------------------

PAGE = ROOT / "docs/niveau-en-advies.md"


def table_page() -> str:
    """The whole table as a page: a section a score, a row a waarneming, a column an inschatting."""
    lines = [
        "# Niveau en advies: de hele tabel",
        "",
        "Voor wie de regels wil nalezen.",
        "",
        "Alle 384 combinaties van de drie bronnen: score (6), inschatting (4) en waarneming (16). In elke cel: het",
        "niveau, hoe zeker dat is, en na de pijl de geadviseerde sturing. Een streepje is geen enkel advies: dan zijn",
        "er opties en vragen. De sturing bij een waarneming is de sturing van nu; het advies gaat hoogstens één",
        "stap verder.",
        "Deze bladzijde wordt gemaakt en gecontroleerd door `tests/test_niveau.py`.",
    ]
    for name in SCORES:
        lines += [
            "",
            f"## Score: {name}",
            "",
            "| waarneming | inschatting onbekend | laag | midden | hoog |",
            "|---|---|---|---|---|",
        ]
        for pair in PAIRS:
            seen = f"{pair[1]} bij {pair[0]}" if pair[0] else "geen"
            lines.append(f"| {seen} | {' | '.join(_cell(name, i, pair) for i in INSCHATTINGEN)} |")
    return "\n".join(lines) + "\n"


def _cell(score_: str, inschatting: Any, pair: tuple[Any, Any]) -> str:
    niveau = niveau_of(score_, inschatting, pair)
    advies = advise(MATRIX, niveau, Situatie(sturing_nu=pair[0]))
    return f"{niveau.waarde or 'geen'}, {niveau.zekerheid} → {advies.sturing or '–'}"


def test_the_page_of_the_docs_is_the_table() -> None:
    if os.environ.get("REGIEKIT_SCHRIJF_DOCS"):
        PAGE.write_text(table_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == table_page()

"""What is shared of a group: nothing about fewer than five people follows from it, by brute force on made-up tables."""

from __future__ import annotations

import itertools
import json
import random
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regiekit.domain.groepscijfers import Cijfer, Groepscijfers, Rijtelling, Schaalcijfers
from regiekit.domain.onthulling import merge_answers, merge_bars, nearly_all
from regiekit.domain.uitslag import make_rekenregel
from regiekit.errors import RegiekitError
from regiekit.groep.besloten import make_besloten
from regiekit.groep.cijfers import compute_groepscijfers, shared_moments
from regiekit.groep.tabel import Groepstabel
from util import lijst_from, run, schaal, small_lijst

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, Any]
MOMENTEN = ("start", "halverwege", "einde")
VRAGEN = ("v-1", "v-2", "v-3", "v-4")


def liste(folder: Path, *, overlap: bool = False) -> Any:
    """Two schalen of four vragen; with `overlap` they share the second."""
    second = "2 3 -4" if overlap else "3 -4"
    text = f"{schaal('een', '1 2', 1, 'gemiddelde')}{schaal('twee', second, 1, 'gemiddelde')}"
    momenten = "".join(f"  - {{id: {m}, naam: {m.capitalize()}}}\n" for m in MOMENTEN)
    return lijst_from(folder, small_lijst(text, vragen=4, extra=f"meetmomenten:\n{momenten}"))


def table(rows: list[Row], *, code: bool = True) -> Groepstabel:
    schema: dict[str, Any] = {"rij": pl.Int64}
    schema |= {"client": pl.String} if code else {}
    schema |= {"meetmoment": pl.String} | dict.fromkeys(VRAGEN, pl.Int16)
    frame = pl.DataFrame([{"rij": n} | row for n, row in enumerate(rows, 2)], schema=schema, strict=False)
    blank = {v: {"leeg": frame[v].null_count()} for v in VRAGEN}
    return Groepstabel("verzonnen.csv", frame.lazy(), Rijtelling(len(rows), len(rows), 0, 0), blank)


def drawn(seed: int, people: int, blank: float, gone: float, *, alike: int = 5) -> list[Row]:
    """Rows of people of whom some answer little, and some are not there at a meetmoment."""
    chance = random.Random(seed)
    rows = []
    for person in range(people):
        open_ = [v for v in VRAGEN if chance.random() < blank]  # often the same ones each time
        for moment in MOMENTEN:
            if chance.random() < gone:
                continue
            answers = {v: None if v in open_ or chance.random() < blank / 3 else chance.randint(1, alike)
                       for v in VRAGEN}  # fmt: skip
            rows.append(
                {"client": None if chance.random() < 0.02 else f"R-{person:03}", "meetmoment": moment} | answers
            )
    return rows


def figures(tabel: Groepstabel, lijst: Any, *, delen: bool = True) -> Groepscijfers:
    return compute_groepscijfers(tabel, lijst, "0" * 16, "0" * 64, {}, delen=delen)


# Sets ---------------------------------------------------------------------------------------------------------------


class Mensen(NamedTuple):
    """By plain loops: who is in each figure of a schaal, and whose score in a pair is not the one of the meetmoment."""

    sets: dict[str, frozenset[str]]
    anders: dict[str, frozenset[str]]


def people_of(rows: list[Row], lijst: Any, schaal_: Any, without: set[str]) -> Mensen:
    regel = make_rekenregel(lijst, schaal_)
    answered = {
        (row["client"] or f":{rij}", row["meetmoment"]): {v.vraag for v in regel.vragen if row[v.vraag] is not None}
        for rij, row in enumerate(rows, 2)
    }
    kept = {key: found for key, found in answered.items() if key[0] not in without}
    sets, anders = {}, {}
    for moment in MOMENTEN:
        at = {who: found for (who, when), found in kept.items() if when == moment}
        sets[f"score {moment}"] = frozenset(w for w, found in at.items() if len(found) >= regel.minimaal)
        sets[f"volledig {moment}"] = frozenset(w for w, found in at.items() if len(found) == len(regel.vragen))
    for van, naar in itertools.combinations(MOMENTEN, 2):
        both = {w: (kept[w, van], kept[w, naar]) for w, when in kept if when == van and (w, naar) in kept}
        pair = {w: found for w, found in both.items() if len(found[0] & found[1]) >= regel.minimaal}
        sets[f"{van} {naar}"] = frozenset(pair)
        for place in (0, 1):
            anders[f"{van} {naar} {place}"] = frozenset(w for w, f in pair.items() if f[0] & f[1] != f[place])
    return Mensen(sets, anders)


def shared_sets(rows: list[Row], lijst: Any) -> tuple[Groepstabel, dict[str, Mensen]]:
    besloten = make_besloten(table(rows), lijst)
    assert besloten.weggelaten is not None
    return besloten, {
        s.id: people_of(rows, lijst, s, set(map(str, besloten.weggelaten[s.id].to_list()))) for s in lijst.schalen
    }


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 80), st.sampled_from([0.0, 0.05, 0.2]), st.sampled_from([0.0, 0.1, 0.4]),
       st.booleans())  # fmt: skip
def test_every_difference_of_two_sets_is_of_nobody_or_of_five_or_more(
    tmp_path_factory: Any, seed: int, people: int, blank: float, gone: float, overlap: bool
) -> None:
    """With schalen that share a vraag also between these."""
    rows, lijst = drawn(seed, people, blank, gone), liste(tmp_path_factory.mktemp("lijst"), overlap=overlap)
    besloten, found = shared_sets(rows, lijst)
    families = [list(itertools.chain.from_iterable(m.sets.values() for m in found.values()))] if overlap else [
        list(m.sets.values()) for m in found.values()
    ]  # fmt: skip
    for sets in families:
        for one, other in itertools.product([frozenset[str](), *sets], repeat=2):
            assert not 0 < len(one - other) < 5
            assert not 0 < len(one & other) < 5
    for mensen in found.values():
        assert all(len(who) == 0 or len(who) >= 5 for who in mensen.anders.values())
    if besloten.weggelaten and any(any(m.sets.values()) for m in found.values()):
        check_numbers(figures(table(rows), lijst), found)


def check_numbers(cijfers: Groepscijfers, found: dict[str, Mensen]) -> None:
    """The figures are those of these sets; and no other number of people is told."""
    for moment in cijfers.momenten:
        for s in moment.schalen:
            assert (s.met_score or 0) == len(found[s.id].sets[f"score {moment.id}"])
            assert (s.volledig or 0) == len(found[s.id].sets[f"volledig {moment.id}"])
        assert moment.mensen == max(s.met_score or 0 for s in moment.schalen)
        assert (moment.patronen, moment.overige) == ((), 0)
    for v in cijfers.veranderingen:
        assert v.n == len(found[v.schaal].sets[f"{v.van} {v.naar}"])
    assert cijfers.rijen is None


def test_who_takes_part_as_everybody_does_is_not_left_out(tmp_path: Path) -> None:
    rows = drawn(1, 30, 0.0, 0.0)
    for row in rows:
        row["client"] = row["client"] or "R-900"
    one_way = [r for r in rows if r["client"] != "R-900"]
    besloten, _ = shared_sets(one_way, liste(tmp_path))
    complete = {c for c in {r["client"] for r in one_way} if sum(r["client"] == c for r in one_way) == 3}
    for left_out in (besloten.weggelaten or {}).values():
        assert not complete & set(left_out.to_list())


def test_one_who_fell_out_is_in_no_figure(tmp_path: Path) -> None:
    """The attack: 30 people at the start, 29 of them at the end. The start of the one who left must not follow."""
    rows = [r | {"client": f"R-{n // 3:03}"} for n, r in enumerate(drawn(3, 30, 0.0, 0.0))]
    rows = [r for r in rows if (r["client"], r["meetmoment"]) != ("R-007", "einde")]
    lijst = liste(tmp_path)
    cijfers = figures(table(rows), lijst)
    assert {s.met_score for m in cijfers.momenten for s in m.schalen} == {29} == {v.n for v in cijfers.veranderingen}
    assert {m.mensen for m in cijfers.momenten} == {29}
    assert "weggelaten" in {o.code for o in cijfers.opmerkingen}
    without = figures(table([r for r in rows if r["client"] != "R-007"]), lijst)
    assert cijfers.momenten == without.momenten and cijfers.veranderingen == without.veranderingen
    assert {m.mensen for m in figures(table(rows), lijst, delen=False).momenten} == {30, 29}


def test_a_referentiebestand_has_the_same_people_and_exact_figures(tmp_path: Path) -> None:
    lijst, rows = liste(tmp_path), [r for r in drawn(5, 60, 0.1, 0.0) if r["client"]]
    start = shared_moments(table(rows), lijst)[0]
    told = figures(table(rows), lijst).momenten[0]
    assert [(s.met_score, s.volledig) for s in start.schalen] == [(s.met_score, s.volledig) for s in told.schalen]
    for exact, shown in zip(start.schalen, told.schalen, strict=True):
        assert exact.sd.waarde is not None
        assert exact.sd.waarde != round(exact.sd.waarde, 2) == shown.sd.waarde


def test_a_table_without_codes_is_a_row_for_each_person(tmp_path: Path) -> None:
    rows = [{k: v for k, v in r.items() if k != "client"} | {"meetmoment": "start"} for r in drawn(2, 40, 0.1, 0.6)]
    (moment,) = figures(table(rows, code=False), liste(tmp_path)).momenten
    for s in moment.schalen:
        many, whole = s.met_score or 0, s.volledig or 0
        assert many >= whole >= 5 and not 0 < many - whole < 5


def test_where_nobody_takes_part_as_others_do_nothing_is_shared(tmp_path: Path) -> None:
    rows = [{"client": f"R-{n}", "meetmoment": MOMENTEN[n % 3], "v-1": 1 + n % 5, "v-2": 2} for n in range(9)]
    with pytest.raises(RegiekitError) as found:
        figures(table(rows), liste(tmp_path))
    assert found.value.exit_code == 4


# Counts -------------------------------------------------------------------------------------------------------------


@settings(max_examples=400)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=11))
@example([2, 3, 9, 4, 1])
@example([19, 1])
def test_merged_counts_hold_nobody_or_five_or_more(counts: list[int]) -> None:
    """And every person once, each answer in one part, in their order; all apart where that may be."""
    for merge in (merge_answers, merge_bars):
        parts = merge(counts)
        assert all(n == 0 or n >= 5 for _, _, n in parts)
        if parts:
            assert [place for van, tot, _ in parts for place in range(van, tot + 1)] == list(range(len(counts)))
            assert all(n == sum(counts[van : tot + 1]) for van, tot, n in parts)
    safe = all(n == 0 or n >= 5 for n in counts)
    assert (len(merge_answers(counts)) == len(counts)) == safe
    if not safe:
        assert len(merge_answers(counts)) in (0, 3)
        assert nearly_all(counts) <= (len(merge_answers(counts)) != len(counts))


def cijfers_in(value: Any) -> Iterator[Cijfer]:
    if isinstance(value, Cijfer):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from cijfers_in(part)


def histograms(n: int, parts: list[tuple[int, int, int]], cells: int) -> Iterator[tuple[int, ...]]:
    """Every way in which n people can have answered, as far as the parts tell."""

    def spread(many: int, places: int) -> Iterator[tuple[int, ...]]:
        if places == 1:
            yield (many,)
            return
        for first in range(many + 1):
            yield from ((first, *rest) for rest in spread(many - first, places - 1))

    told = parts or [(0, cells - 1, n)]
    for found in itertools.product(*(list(spread(many, tot - van + 1)) for van, tot, many in told)):
        yield tuple(itertools.chain.from_iterable(found))


def fits(cells: tuple[int, ...], mean: Cijfer, sd: Cijfer, decimals: int) -> bool:
    n = sum(cells)
    first = sum(place * many for place, many in enumerate(cells, 1)) / n
    spread = (sum(many * (place - first) ** 2 for place, many in enumerate(cells, 1)) / (n - 1)) ** 0.5
    close = 0.5 * 10**-decimals + 1e-9
    return (mean.waarde is None or abs(first - mean.waarde) <= close) and (
        sd.waarde is None or abs(spread - sd.waarde) <= 0.005 + 1e-9
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_answers_to_a_vraag_cannot_be_solved_for_a_few_people(tmp_path: Path, seed: int) -> None:
    """Every way of answering that gives the same figures: no cell of 1 to 4 people is the same in all of them."""
    chance = random.Random(seed)
    weights = [chance.random() ** 3 for _ in range(5)]
    rows = [
        {"client": f"R-{n}", "meetmoment": "start"}
        | {v: chance.choices(range(1, 6), weights)[0] for v in VRAGEN}
        for n in range(chance.randint(20, 26))
    ]  # fmt: skip
    (moment,) = figures(table(rows), liste(tmp_path)).momenten
    checked = 0
    for s in moment.schalen:
        for v in s.vragen:
            mean = v.gemiddelde
            if v.omgekeerd and mean.waarde is not None:
                mean = Cijfer(6 - mean.waarde)
            parts = [(a.antwoord - 1, (a.tot or a.antwoord) - 1, a.aantal or 0) for a in v.aantallen]
            decimals = 2 if len(parts) == 5 else 1
            able = [c for c in histograms(s.volledig or 0, parts, 5) if fits(c, mean, v.sd, decimals)]
            assert able
            for cell in zip(*able, strict=True):
                assert len(set(cell)) > 1 or cell[0] == 0 or cell[0] >= 5
            checked += 1
    assert checked == 4


def test_under_twenty_people_only_intervals_are_shared(tmp_path: Path) -> None:
    rows = [r for r in drawn(4, 15, 0.0, 0.0) if r["client"]]
    cijfers = figures(table(rows), liste(tmp_path))
    assert cijfers.momenten[0].mensen
    known = [c for c in cijfers_in(cijfers) if c.waarde is not None]
    assert known and all(c.onder is not None and c.boven is not None for c in known)
    for s in (s for m in cijfers.momenten for s in m.schalen):
        assert not [v for v in s.vragen if v.aantallen or v.verkeerd_om]
        assert round(10 * (s.gemiddelde.onder or 0), 6).is_integer()


def test_of_schalen_that_share_a_vraag_only_the_first_tells_of_it(tmp_path: Path) -> None:
    rows = [r for r in drawn(6, 90, 0.0, 0.0) if r["client"]]
    first, second = figures(table(rows), liste(tmp_path, overlap=True)).momenten[0].schalen

    def told(s: Schaalcijfers) -> dict[str, bool]:
        return {v.vraag: bool(v.aantallen) and v.gemiddelde.waarde is not None for v in s.vragen}

    assert told(first) == {"v-1": True, "v-2": True}
    assert told(second) == {"v-2": False, "v-3": True, "v-4": True}


# The report ---------------------------------------------------------------------------------------------------------


def test_the_name_of_a_file_that_tells_who_someone_is_is_not_in_the_report(tmp_path: Path) -> None:
    made = run("groep", "simuleer", "--n", "60", "--zaad", "2", "--uit", str(tmp_path / "groep.csv"))
    assert made.code == 0, made.err
    named = tmp_path / "Jan Jansen 123456782.csv"
    (tmp_path / "groep.csv").rename(named)
    done = run("groep", str(named), "--verslag", str(tmp_path / "v.html"), "--maak-referentie",
               str(tmp_path / "jansen.yaml"), "--bron", "Ons bureau, 2026")  # fmt: skip
    assert done.code == 0, done.err
    text, referentie = (tmp_path / "v.html").read_text(), (tmp_path / "jansen.yaml").read_text()
    assert "Jansen" not in text and "jansen" not in text and "123456782" not in text and "tabel.csv" in text
    assert "jansen" not in referentie and 'naam: "referentie"' in referentie


@pytest.mark.parametrize("ending", [".html", ".docx"])
def test_the_report_and_the_screen_are_of_two_circles(tmp_path: Path, ending: str) -> None:
    table_ = tmp_path / "groep.csv"
    assert run("groep", "simuleer", "--n", "60", "--zaad", "2", "--uit", str(table_)).code == 0
    told = json.loads(run("groep", str(table_), "--json").out)
    assert told["delen"] is False and told["rijen"]["gelezen"] == 111
    done = run("groep", str(table_), "--verslag", str(tmp_path / f"v{ending}"))
    assert done.code == 0, done.err
    assert "vijf of meer mensen" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ([f"p{n}@voorbeeld.nl" for n in range(12)], 4), ([*map(str, range(11)), "Jansen"], 4),
        (["111222333", "123456782"] * 6, 4), (["111222333", *map(str, range(11))], 0),
        ([f"groep-{n}" for n in range(12)], 0), ([f"{n:08x}-ada0-4abe-8bea-{n:012x}" for n in range(12)], 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_column_that_goes_along_says_nobody(tmp_path: Path, ids: list[str], code: int, quote: str) -> None:
    """Both ways of reading: a quote makes the table be read row by row."""
    made = tmp_path / "t.csv"
    head = ["sleutel", *(f"autonomie-{n}" for n in range(1, 6))]
    lines = [",".join(head), *(",".join([f"{quote}{i}{quote}", *"12345"]) for i in ids)]
    made.write_text("\n".join(lines) + "\n")
    out = tmp_path / "uit.csv"
    done = run("score", str(made), "--vragenlijst", "eigen-regie", "--akkoord", "--id", "sleutel", "--uit", str(out))
    assert done.code == code, done.err
    assert out.exists() == (code == 0)
    assert code == 0 or not any(i in done.out + done.err for i in ids if len(i) > 2)

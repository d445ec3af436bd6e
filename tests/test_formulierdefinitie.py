"""The one definition of every form: what a client reads, in the order of the vragenlijst, in every language."""

from __future__ import annotations

import json
from typing import Any

import pytest

from regiekit.content.library import load_formulierteksten, load_vragenlijsten
from regiekit.domain.formulier import Keuzes, make_formulier, talen_of
from regiekit.errors import RegiekitError
from util import EIGEN_REGIE, ROOT, afname_yaml, answers, run, small_lijst, write

TEKSTEN = load_formulierteksten()
LIJSTEN = load_vragenlijsten()
TALEN = ("nl", "en", "nl-x-simpel")


def formulier(lijst: Any = EIGEN_REGIE, **keuzes: Any) -> Any:
    return make_formulier(lijst.inhoud, lijst.hash, TEKSTEN, Keuzes(**keuzes))


@pytest.mark.parametrize("taal", TALEN)
@pytest.mark.parametrize("loaded", LIJSTEN, ids=lambda v: v.inhoud.id)
def test_every_language_has_the_same_vragen_in_the_same_order(loaded: Any, taal: str) -> None:
    made = formulier(loaded, taal=taal, meetmoment="start")
    assert [v.id for v in made.vragen] == [v.id for v in loaded.inhoud.vragen]
    assert [v.naam for v in made.vragen] == [f"v{n}" for n in range(1, len(made.vragen) + 1)]
    for vraag, ours in zip(made.vragen, loaded.inhoud.vragen, strict=True):
        ends = ours.antwoordschaal or loaded.inhoud.antwoordschaal
        assert [k.waarde for k in vraag.keuzes] == list(range(ends.min, ends.max + 1))
        assert len({k.label for k in vraag.keuzes if k.label}) == sum(bool(k.label) for k in vraag.keuzes)
    assert len({v.tekst for v in made.vragen}) == len(made.vragen)


@pytest.mark.parametrize("taal", TALEN[1:])
def test_a_translation_is_another_text(taal: str) -> None:
    ours, theirs = formulier(meetmoment="einde"), formulier(taal=taal, meetmoment="einde")
    same = [v.id for v, w in zip(ours.vragen, theirs.vragen, strict=True) if v.tekst == w.tekst]
    plain_already = {"competentie-1", "competentie-2", "competentie-4", "verbondenheid-2"}
    assert set(same) <= (set() if taal == "en" else plain_already)
    assert [v.id for v in theirs.open_vragen] == [f"einde-{n}" for n in range(1, 6)]
    assert theirs.teksten.vertaald and not ours.teksten.vertaald


def test_open_vragen_belong_to_a_meetmoment_and_have_words_for_who_has_no_training() -> None:
    assert formulier().open_vragen == ()
    with_training, without = (formulier(meetmoment="start", training=t).open_vragen for t in (True, False))
    assert [v.naam for v in without] == ["o1", "o2", "o3"]
    assert "training" in with_training[0].tekst and "training" not in without[0].tekst
    assert with_training[1] == without[1]
    english = formulier(taal="en", meetmoment="start", training=False).open_vragen
    assert english[0].tekst == "What are your expectations of this programme?"


def test_a_number_without_words_has_no_label() -> None:
    schaalvragen = next(v for v in LIJSTEN if v.inhoud.id == "schaalvragen")
    labels = [k.label for k in formulier(schaalvragen).vragen[0].keuzes]
    assert labels[0] and labels[-1] and not any(labels[1:-1]) and len(labels) == 10


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(RegiekitError, match="kies nl of en of nl-x-simpel"):
        formulier(taal="fy")
    assert list(talen_of(EIGEN_REGIE.inhoud, TEKSTEN)) == list(TALEN)
    assert formulier(taal="EN").taal == "en"


def test_a_translation_changes_no_hash(tmp_path: Any) -> None:
    extra = "teksten:\n  en:\n    naam: Small\n    vragen: {v-1: One., v-2: Two., v-3: Three.}\n"
    schalen = "  - {id: s, naam: S, minimaal_beantwoord: 3, vragen: [{vraag: v-1}, {vraag: v-2}, {vraag: v-3}]}\n"
    without, with_it = write(tmp_path, "a.yaml", small_lijst(schalen)), write(tmp_path, "b.yaml", small_lijst(schalen))
    with_it.write_text(with_it.read_text() + extra)
    first, second = (run("vragenlijst", "toon", p, "--json").json for p in (without, with_it))
    assert first["hash"] == second["hash"]
    assert (first["teksten"], second["teksten"]["en"]["vragen"]["v-2"]) == ({}, "Two.")


def test_the_shipped_hash_is_that_of_before_the_translations() -> None:
    assert EIGEN_REGIE.hash == "39254456c2862d5b"


def test_the_score_says_in_which_language(tmp_path: Any) -> None:
    given = answers("43215", "12345", "1234", "123")
    path = write(tmp_path, "a.yaml", afname_yaml(given, taal="en"))
    note = next(o for o in run("score", path, "--json").json["opmerkingen"] if o["code"] == "vertaling")
    assert "'en'" in note["tekst"]
    assert not [o for o in run("score", write(tmp_path, "b.yaml", afname_yaml(given, taal="nl")), "--json").json[
        "opmerkingen"] if o["code"] == "vertaling"]  # fmt: skip
    both = run("score", path, tmp_path / "b.yaml")
    assert both.code == 0 and "dezelfde taal" in " ".join(both.out.split())


def test_open_answers_stand_under_the_words_that_were_asked(tmp_path: Any) -> None:
    text = afname_yaml(answers("43215", "12345", "1234", "123"), meetmoment="start", training="false")
    result = run("score", write(tmp_path, "a.yaml", text + 'open:\n  start-1: "Rust."\n'))
    assert "verwachtingen heb je van dit traject?" in " ".join(result.out.split())


@pytest.mark.parametrize("taal", TALEN)
def test_no_text_for_clients_names_schalen_or_reversal(taal: str) -> None:
    made = [formulier(v, taal=taal, meetmoment="start") for v in LIJSTEN]
    texts = json.dumps([[v.tekst for v in m.vragen] + [v.tekst for v in m.open_vragen] for m in made]).lower()
    for word in ("omgekeerd", "autonom", "competent", "verbonden", "reversed", "related"):
        assert word not in texts
    assert (ROOT / f"data/formulieren/{taal}.yaml").exists()

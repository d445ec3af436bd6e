"""FHIR R4: a vragenlijst as Questionnaire with scores by SDC, and a QuestionnaireResponse back as an afname.

A vraag has its id as linkId; what is no vraag has a dot in its linkId, which no id has. Which meetmoment, and whether
the open vragen are those for clients without training, stands in the url, since these are other forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.errors import REFUSED, RegiekitError, problem
from regiekit.kanaal.exporteren import (
    Meertalig,
    Uitvoer,
    answer_of,
    bron_of,
    choices_of,
    make_tellingen,
    rule_of,
    uitleg_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regiekit.content.reader import Loc, Place, Yaml
    from regiekit.domain.formulier import Formulier
    from regiekit.errors import Problem
    from regiekit.kanaal.exporteren import Telling, Telvraag

URL = "urn:regiekit:vragenlijst"
SYSTEM = "urn:regiekit:antwoord"
_ZONDER_TRAINING = "zonder-training"
_HASH = "gegevens.hash"
_DEEL, _OPEN, _AANTAL, _SCORE = "deel", "open", "aantal", "score"
_CORE = "http://hl7.org/fhir/StructureDefinition"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
_HIDDEN = {"url": f"{_CORE}/questionnaire-hidden", "valueBoolean": True}
_RADIO = {
    "url": f"{_CORE}/questionnaire-itemControl",
    "valueCodeableConcept": {
        "coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "radio-button"}]
    },
}

Json = dict[str, Any]


def export_fhir(meertalig: Meertalig) -> Uitvoer:
    """A Questionnaire (R4) in JSON, with the translations in it."""
    import json

    return Uitvoer((json.dumps(make_resource(meertalig), ensure_ascii=False, indent=1) + "\n").encode())


def make_resource(meertalig: Meertalig) -> Json:
    """The Questionnaire as JSON values."""
    eerste, bron = meertalig.eerste, dict(bron_of(meertalig))
    rules = [f"{t.schaal.naam}: {rule_of(t)}" for t in make_tellingen(meertalig.lijst)]
    return {
        "resourceType": "Questionnaire",
        "language": eerste.taal,
        "url": _url(eerste),
        "identifier": [{"system": "urn:regiekit:hash", "value": eerste.hash}],
        "version": eerste.versie,
        "name": "".join(part.capitalize() for part in f"vragenlijst-{eerste.vragenlijst}".split("-")),
        **_texts("title", [f.naam for f in meertalig.formulieren], meertalig),
        "status": "active",
        "experimental": True,
        "description": "\n".join(f"{name}: {value}" for name, value in bron.items()),
        "purpose": "\n".join(rules),
        "item": list(_items(meertalig)),
    }


def _url(formulier: Formulier) -> str:
    parts = (formulier.vragenlijst, formulier.meetmoment, "" if formulier.training else _ZONDER_TRAINING)
    return ":".join([URL, *(part for part in parts if part)])


def _texts(name: str, texts: list[str], meertalig: Meertalig) -> Json:
    """A text, and beside it the same text in the other languages."""
    made: Json = {name: texts[0]}
    translations = [
        {
            "url": f"{_CORE}/translation",
            "extension": [
                {"url": "lang", "valueCode": formulier.taal},
                {"url": "content", "valueString": text},
            ],
        }
        for formulier, text in list(zip(meertalig.formulieren, texts, strict=True))[1:]
    ]
    return {**made, f"_{name}": {"extension": translations}} if translations else made


def _items(meertalig: Meertalig) -> Iterator[Json]:
    forms, eerste = meertalig.formulieren, meertalig.eerste
    uitleg = [
        {"linkId": f"deel.uitleg.{n}", "type": "display", **_texts("text", list(texts), meertalig)}
        for n, texts in enumerate(zip(*uitleg_of(meertalig), strict=True), 1)
    ]
    yield {"linkId": "deel.uitleg", "type": "group", "item": uitleg}
    yield {"linkId": "deel.vragen", "type": "group", "item": [_vraag(meertalig, i) for i in range(len(eerste.vragen))]}
    if eerste.open_vragen:
        openen = [
            {
                "linkId": f"{_OPEN}.{vraag.id}",
                "type": "text",
                **_texts("text", [f.open_vragen[i].tekst for f in forms], meertalig),
            }
            for i, vraag in enumerate(eerste.open_vragen)
        ]
        kop = _texts("text", [f.teksten.open_kop for f in forms], meertalig)
        yield {"linkId": "deel.open", "type": "group", **kop, "item": openen}
    yield {
        "linkId": _HASH, "type": "string", "extension": [_HIDDEN], "readOnly": True, "text": "hash",
        "initial": [{"valueString": eerste.hash}],
    }  # fmt: skip
    for telling in make_tellingen(meertalig.lijst):
        yield from _score_items(telling)


def _vraag(meertalig: Meertalig, i: int) -> Json:
    vraag, forms = meertalig.eerste.vragen[i], meertalig.formulieren
    of_each = [choices_of(f.vragen[i], f) for f in forms]
    options = [
        _option(value, [choices[j][1] for choices in of_each], meertalig) for j, (value, _) in enumerate(of_each[0])
    ]
    return {
        "linkId": vraag.id,
        "type": "choice",
        "extension": [_RADIO],
        **_texts("text", [f.vragen[i].tekst for f in forms], meertalig),
        "answerOption": options,
    }


def _option(value: str, labels: list[str], meertalig: Meertalig) -> Json:
    """An answer; only a number has a value to count with, so a blank counts in no score."""
    coding = {"system": SYSTEM, "code": value, **_texts("display", labels, meertalig)}
    if value in NOT_ANSWERED:
        return {"valueCoding": coding}
    return {"extension": [{"url": f"{_CORE}/ordinalValue", "valueDecimal": int(value)}], "valueCoding": coding}


def _score_items(telling: Telling) -> Iterator[Json]:
    """How many are answered, and the score: for the coach, so not on the screen of the client."""
    naam, answered = telling.schaal.naam, _values(telling.vragen)
    total = _sum(telling.vragen)
    score = total if telling.schaal.regel == "som" else f"{total} / {answered}.count()"
    yield _calculated(f"{_AANTAL}.{telling.schaal.id}", "integer", f"{naam}: aantal", f"{answered}.count()")
    expression = f"iif({answered}.count() >= {telling.minimaal}, {score}, {{}})"
    yield _calculated(f"{_SCORE}.{telling.schaal.id}", "decimal", f"{naam}: score", expression)


def _calculated(link: str, kind: str, text: str, expression: str) -> Json:
    value = {"language": "text/fhirpath", "expression": expression}
    extension = {"url": f"{_SDC}/sdc-questionnaire-calculatedExpression", "valueExpression": value}
    return {"linkId": link, "type": kind, "text": text, "readOnly": True, "extension": [_HIDDEN, extension]}


def _values(vragen: Iterable[Telvraag]) -> str:
    """The numbers that were answered on these vragen, as FHIRPath.

    Blanks are taken out first: for a code without a value LHC-Forms would look elsewhere, and give no score at all.
    """
    links = " or ".join(f"linkId = '{v.id}'" for v in vragen)
    return f"%resource.item.item.where({links}).answer.value.where(code.matches('^-?[0-9]+$')).ordinal()"


def _sum(vragen: tuple[Telvraag, ...]) -> str:
    """The keyed sum of what was answered: of a reversed vraag, what the ends add up to less the answer.

    All in one collection, since the sum of an empty one is not 0 but nothing.
    """
    parts = [_values([v for v in vragen if not v.omgekeerd])] if not all(v.omgekeerd for v in vragen) else []
    for ends in sorted({v.laagste + v.hoogste for v in vragen if v.omgekeerd}):
        values = _values(v for v in vragen if v.omgekeerd and v.laagste + v.hoogste == ends)
        parts.append(f"{values}.select({ends} - $this)")
    return "".join([parts[0], *(f".combine({part})" for part in parts[1:])]) + ".sum()"


def rewrite_response(read: Yaml, bestand: str) -> tuple[Yaml | None, list[Problem]]:
    """A QuestionnaireResponse as an afname, with the places of its parts; refuses what is not finished (exit 4).

    Who it is about is passed over, save for an identifier that can be a client code. So are the scores that another
    program worked out: a score comes from the answers.
    """
    reader = _Response(read, bestand)
    reader.check_head()
    if not reader.problems:
        reader.items(read.data.get("item"), ("item",))
    return (None if reader.problems else reader.afname()), reader.problems


class _Response:
    """Walks one response; what is wrong is kept with its place."""

    def __init__(self, read: Yaml, bestand: str) -> None:
        self.read, self.bestand, self.data = read, bestand, read.data
        self.problems: list[Problem] = []
        self.made: Json = {"antwoorden": {}, "open": {}}
        self.values: dict[Loc, Place] = dict.fromkeys(((), ("antwoorden",), ("open",)), read.place_of(("item",)))
        self.keys: dict[Loc, Place] = {}
        self.seen: dict[str, int] = {}

    def add(self, loc: Loc, code: str, **details: object) -> None:
        self.problems.append(problem(self.bestand, *self.read.place_of(loc), code, **details))

    def check_head(self) -> None:
        """The kind, the status, and which vragenlijst it is of."""
        if self.data["resourceType"] != "QuestionnaireResponse":
            return self.add(("resourceType",), "fhir-soort", kreeg=str(self.data["resourceType"]))
        status = self.data.get("status")
        if status in ("in-progress", "stopped"):
            raise RegiekitError(
                f"{self.bestand} is niet afgemaakt (status '{status}'): de cliënt heeft deze antwoorden nog niet "
                "ingeleverd. Laat de cliënt verdergaan en inleveren", REFUSED,
            )  # fmt: skip
        if status not in ("completed", "amended"):
            return self.add(("status",), "fhir-status", kreeg=str(status))
        return self.take_url(self.data.get("questionnaire"))

    def take_url(self, canonical: object) -> None:
        url, _, versie = canonical.partition("|") if isinstance(canonical, str) else ("", "", "")
        if not url.startswith(f"{URL}:") or not versie:
            return self.add(("questionnaire",), "fhir-vragenlijst", kreeg=str(canonical))
        lijst, *rest = url.removeprefix(f"{URL}:").split(":")
        for name, value in (("vragenlijst", lijst), ("versie", versie)):
            self.put((name,), value, ("questionnaire",))
        if rest[-1:] == [_ZONDER_TRAINING]:
            self.put(("training",), False, ("questionnaire",))
            rest.pop()
        return self.put(("meetmoment",), ":".join(rest), ("questionnaire",)) if rest else None

    def put(self, loc: tuple[str, ...], value: object, place: Loc, key: Loc | None = None) -> None:
        """Keep a part of the afname, with the place in the response that it came from."""
        part = self.made if len(loc) == 1 else self.made[loc[0]]
        part[loc[-1]] = value
        self.values[loc] = self.read.place_of(place)
        self.keys[loc] = self.read.place_of(key or place)

    def items(self, items: object, loc: Loc) -> None:
        """Every item, those inside groups and answers too."""
        if not isinstance(items, list):
            return None if items is None else self.add(loc, "fhir-vorm", deel="item")
        for i, item in enumerate(items):
            where = (*loc, i)
            if not isinstance(item, dict) or not isinstance(item.get("linkId"), str):
                self.add(where, "fhir-vorm", deel="linkId")
                continue
            self.items(item.get("item"), (*where, "item"))
            self.take(item, where)
        return None

    def take(self, item: Json, loc: Loc) -> None:
        link, answers = item["linkId"], item.get("answer", [])
        if not isinstance(answers, list) or not all(isinstance(a, dict) for a in answers):
            return self.add((*loc, "answer"), "fhir-vorm", deel="answer")
        for i, answer in enumerate(answers):
            self.items(answer.get("item"), (*loc, "answer", i, "item"))
        part, _, rest = link.partition(".")
        if rest and part in (_DEEL, _AANTAL, _SCORE):
            return None
        place = self.read.place_of((*loc, "linkId"))
        if link in self.seen:
            return self.add((*loc, "linkId"), "antwoord-dubbel", id=link, regel=self.seen[link])
        self.seen[link] = place[0]
        if len(answers) > 1:
            return self.add((*loc, "answer", 1), "antwoord-meer", id=link, aantal=len(answers))
        return self.keep(link, answers[0] if answers else {}, loc)

    def keep(self, link: str, answer: Json, loc: Loc) -> None:
        """One answer, under the vraag or open vraag that it belongs to."""
        is_text = link == _HASH or link.startswith(f"{_OPEN}.")
        given = [name for name in answer if name.startswith("value")]
        where = (*loc, "answer", 0, *given[:1]) if given else loc
        value = _text(answer, given) if is_text else _number(answer, given)
        if value is _WRONG:
            return self.add(where, "fhir-antwoord", id=link)
        if link == _HASH:
            return self.put(("hash",), value, where)
        name = ("open", link.removeprefix(f"{_OPEN}.")) if is_text else ("antwoorden", link)
        return self.put(name, value, where, (*loc, "linkId"))

    def afname(self) -> Yaml:
        authored = self.data.get("authored")
        if authored is not None:
            self.put(("datum",), authored[:10] if isinstance(authored, str) else authored, ("authored",))
        if code := self.client():
            self.put(("client",), code, ("subject",))
        return self.read._replace(data=self.made, values=self.values, keys=self.keys, complete=True)

    def client(self) -> str | None:
        """The identifier of the subject, when it can be a client code; a name or a number of a citizen is not."""
        subject = self.data.get("subject")
        found = subject.get("identifier") if isinstance(subject, dict) else None
        code = found.get("value") if isinstance(found, dict) else None
        try:
            return check_clientcode(code) if isinstance(code, str) else None
        except RegiekitError:
            return None


_WRONG = object()


def _text(answer: Json, given: list[str]) -> object:
    if not given:
        return None
    return answer["valueString"] or None if given == ["valueString"] else _WRONG


def _number(answer: Json, given: list[str]) -> object:
    """A whole number or a kind of blank; a coding of another system could mean anything."""
    if not given:
        return None
    if given == ["valueInteger"]:
        return answer["valueInteger"]
    coding = answer["valueCoding"] if given == ["valueCoding"] else None
    if not isinstance(coding, dict) or coding.get("system", SYSTEM) != SYSTEM:
        return _WRONG
    return answer_of(coding["code"]) if isinstance(coding.get("code"), str) else _WRONG

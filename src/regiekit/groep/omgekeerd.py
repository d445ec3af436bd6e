"""Vragen that run against the others: whether that is sure or may be chance, and what is said of it.

Few people give correlations that lie far apart from group to group. So what is said as a fact has a one-sided bound of
95 % (Fisher's z) on the wrong side; what is only on the wrong side itself is said as something to look at again.
Measured rates of both are in docs/groepscijfers.md.
"""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING

from regiekit.domain.groepscijfers import Opmerking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regiekit.domain.groepscijfers import Cijfer, Schaalcijfers, Vraagcijfers

VERKEERDE_LADING = -0.30  # a loading that counts, on the other side
Z_EEN_KANT = 1.644854  # of 95 %, one-sided
ALPHA_LIJKT_GOED = 0.70
ONDER_DE_EEN = 1 - 1e-12  # atanh(1) is infinite
KIJK_OMGEKEERD = "Kijk bij elke vraag of 'omgekeerd' in de vragenlijst klopt."


def upper_bound(r: float, n: int) -> float:
    """Under which a correlation found in `n` people lies with 95 % certainty, by Fisher's z; 1 for n below 4."""
    if n < 4:
        return 1.0
    return tanh(atanh(max(-ONDER_DE_EEN, min(r, ONDER_DE_EEN))) + Z_EEN_KANT / sqrt(n - 3))


def runs_wrong(item_rest: Cijfer, lading: Cijfer, n: int) -> bool:
    """Whether a vraag is surely keyed the wrong way round for these `n` people, whatever alpha is.

    With a vraag-rest below 0, alpha would rise when the vraag were turned round: that holds for every schaal. A loading
    of -0.30 or less, while most vragen load positively, finds the same where a few vragen like it hide it. Loadings are
    fitted to these very answers, so their whole bound has to be that low.
    """
    if item_rest.waarde is not None and upper_bound(item_rest.waarde, n) < 0:
        return True
    return lading.waarde is not None and upper_bound(lading.waarde, n) <= VERKEERDE_LADING


def seems_wrong(item_rest: Cijfer, lading: Cijfer) -> bool:
    """Whether the figures themselves are on the wrong side, sure or not."""
    negative = item_rest.waarde is not None and item_rest.waarde < 0
    return negative or (lading.waarde is not None and lading.waarde <= VERKEERDE_LADING)


def remarks_on_direction(cijfers: Schaalcijfers, n: int) -> Iterator[Opmerking]:
    """What to say of the direction of the vragen of a schaal, of which `n` people answered everything."""
    yield from _about_alpha(cijfers.alpha, n)
    yield from _about_vragen(cijfers, n)
    if cijfers.tegenrichting:
        yield from _about_reversed(cijfers.tegenrichting, n)


def _chance(n: int) -> str:
    return f"Dat kan bij {n} mensen toeval zijn. Kijk nog eens als er meer zijn."


def _about_alpha(alpha: Cijfer, n: int) -> Iterator[Opmerking]:
    if alpha.boven is not None and alpha.boven < 0:
        yield Opmerking("alpha-negatief", f"Alpha is lager dan 0. De vragen spreken elkaar tegen. {KIJK_OMGEKEERD}")
    elif alpha.waarde is not None and alpha.waarde < 0:
        text = f"Alpha komt hier lager dan 0 uit: de vragen hangen niet samen. {_chance(n)}"
        yield Opmerking("alpha-misschien-negatief", text)


def _about_vragen(cijfers: Schaalcijfers, n: int) -> Iterator[Opmerking]:
    vragen = cijfers.vragen
    sure = [v for v in vragen if v.verkeerd_om]
    if sure and 2 * len(sure) >= len(vragen):
        text = (
            "De vragen vallen uiteen in groepen die elkaar tegenspreken. De cijfers zeggen niet welke groep verkeerd "
            f"om staat. {KIJK_OMGEKEERD}"
        )
        yield Opmerking("verdeeld", text)
        return
    if sure:
        looks_good = cijfers.alpha.waarde is not None and cijfers.alpha.waarde >= ALPHA_LIJKT_GOED
        text = (
            f"{_named(sure, 'loopt', 'lopen')} tegen de andere vragen in{', ook al lijkt alpha goed' * looks_good}. "
            "Kijk of 'omgekeerd' klopt in de vragenlijst. Klopt het? Lees dan of de vraag anders te begrijpen is dan "
            "bedoeld."
        )
        yield Opmerking("verkeerd-om", text)
    maybe = [v for v in vragen if not v.verkeerd_om and seems_wrong(v.item_rest, v.lading)]
    if 2 * len(maybe) >= len(vragen) > 1:
        yield Opmerking("misschien-verdeeld", f"Veel vragen lijken elkaar tegen te spreken. {_chance(n)}")
    elif maybe:
        text = f"{_named(maybe, 'lijkt', 'lijken')} tegen de andere vragen in te lopen. {_chance(n)}"
        yield Opmerking("misschien-verkeerd-om", text)


def _named(vragen: Sequence[Vraagcijfers], een: str, meer: str) -> str:
    ids = [v.vraag for v in vragen]
    return f"Vraag {ids[0]} {een}" if len(ids) == 1 else f"De vragen {', '.join(ids)} {meer}"


def _about_reversed(tegenrichting: Cijfer, n: int) -> Iterator[Opmerking]:
    if tegenrichting.waarde is None or tegenrichting.waarde < 0:
        return
    if upper_bound(-tegenrichting.waarde, n) < 0:
        text = (
            "Wie hoog antwoordt op de gewone vragen, doet dat ook op de omgekeerde. Dat hoort andersom te zijn. "
            "Kijk of 'omgekeerd' klopt, en of mensen die vragen goed begrepen."
        )
        yield Opmerking("tegenrichting", text)
        return
    text = (
        "Wie hoog antwoordt op de gewone vragen, lijkt niet laag te antwoorden op de omgekeerde. "
        f"Dat hoort wel zo te zijn. {_chance(n)}"
    )
    yield Opmerking("misschien-tegenrichting", text)

"""What a wachtzin must be: of a key, and of the dossier."""

from __future__ import annotations

import unicodedata

from regiekit.errors import RegiekitError

MIN_WACHTZIN, MAX_WACHTZIN = 12, 500  # characters
MIN_DIFFERENT = 5  # characters that are no spaces; a held key and a bar of spaces are guessed first
VIER_WOORDEN = "Vier woorden die niets met elkaar te maken hebben, zijn makkelijk te onthouden en moeilijk te raden"


class WachtzinError(RegiekitError):
    """A wachtzin that is refused; asking again may help. `eerst`: what is said while it may still be tried again, where
    that is less than at the end."""

    eerst = ""


def normalize(wachtzin: str) -> str:
    """The same bytes for what looks the same (Unicode NFC); raises WachtzinError for what no one can type again."""
    if not wachtzin or len(wachtzin) > MAX_WACHTZIN or not wachtzin.isprintable():
        raise WachtzinError(
            "in de wachtzin staat een teken dat niet te zien is (zoals een pijltje of tab), of zij is leeg of te "
            "lang; typ haar opnieuw"
        )
    return unicodedata.normalize("NFC", wachtzin)


def check_wachtzin(wachtzin: str) -> str:
    """A wachtzin to shut something with, normalized; raises WachtzinError when it is too easy to guess."""
    given = normalize(wachtzin)
    if len(given.strip()) < MIN_WACHTZIN:
        raise WachtzinError(
            f"deze wachtzin is te kort: neem er {MIN_WACHTZIN} tekens of meer voor; spaties aan het begin of eind "
            f"tellen niet mee. {VIER_WOORDEN}"
        )
    if len(set(given) - {" "}) < MIN_DIFFERENT:
        raise WachtzinError(
            "deze wachtzin is te makkelijk te raden, want steeds dezelfde tekens komen terug: neem er "
            f"{MIN_DIFFERENT} verschillende of meer. {VIER_WOORDEN}"
        )
    return given

"""What a fuzzer starts from: small files of every kind, made here or taken from voorbeelden and tests; and how the
bytes of a target become a file where that is not simply the bytes.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regiekit.content.library import Loaded

ROOT = Path(__file__).resolve().parents[2]
FOUTEN = ROOT / "tests/fouten"
LARGEST_SEED = 6_000  # bytes: what is larger takes long and teaches little


def files(*patterns: str) -> list[bytes]:
    """The files of the project with these names that are small enough."""
    found = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return [raw for path in found if len(raw := path.read_bytes()) <= LARGEST_SEED]


@cache
def lijst(naam: str = "eigen-regie") -> Loaded:
    """A vragenlijst of the project."""
    from regiekit.content.library import load_vragenlijsten

    return next(v for v in load_vragenlijsten() if v.inhoud.id == naam)


# Text files ---------------------------------------------------------------------------------------------------------

VREEMD = (
    "{", "}", "[", "]", "&a ", "*a", "!!str ", "<<: ", "? ", "- ", "|", ">", "%", "@", "`", "---\n", "...\n", "\t",
    "\r", ".inf", ".nan", "0x1F", "1e999", "9999999999999999999", "-0", "012", "~", "null", "true", "no", "2026-02-30",
    "\u2028", "\ufeff", "\x1b[2J", "\x9b", "\u202e", "\\ud800", "\\x1b", "\ud7ff", "é", "e\u0301", "²", "٣", "０", "ﬁ",
    "&amp;", "<!DOCTYPE", "<![CDATA[", "eyJ", "=1+1", "\u0130", "ß", "{veld}", "{0}", "%s",
)  # fmt: skip

_HERKOMST = "herkomst: eigen\nredenering: Verzonnen voor een test.\n"
OVERIG = (
    f'id: matrix\nversie: "1"\n{_HERKOMST}cellen:\n  - {{regie: laag, sturing: strak, waarneming: aansluiting}}\n',
    f"mijlpalen:\n  - {{id: week-6, week: 6, naam: Analyse}}\n  - {{id: na, na: week-6, weken_na: 2}}\n{_HERKOMST}",
    f'id: k\nversie: "1"\nnaam: K\nvolgorde: 1\ninleiding: I.\nitems:\n  - id: een\n    soort: begrip\n    naam: Een\n'
    f"    voor: [coach]\n    zie: [twee]\n    uitspraken:\n      - {{tekst: T., herkomst: eigen}}\n{_HERKOMST}",
    'id: w\nversie: "1"\nnaam: W\nversies:\n  - {voor: client, delen: [{soort: tekst, tekst: Hoi.}]}\n',
    "signalen:\n  - {id: s, naam: S, techniek: vragen, herkomst: eigen}\n",
    "voornamen: [anna]\nachternamen: [jansen]\nplaatsen: []\norganisaties: []\n",
    "groepen:\n  - {soort: ziekte, woorden: [griep*]}\ntoegestaan: []\n",
    "rondes:\n  - {naam: Begin, minuten: 5}\nvraag: Wat?\n",
    "scherm: {start: Begin}\ntaal: nl\n",
    "herinneringen: []\nmanieren:\n  - {id: a, tekst: Tekst., herkomst: eigen}\n",
    "client: R-014\naantekeningen:\n  - {soort: gesprek, dag: 3, inhoud: {notitie: Hoi}}\nlijsten: []\n",
    "- {bron: a, kop: b, elementen: [{id: x, kern: y}]}\n",
    "niet_opgenomen: []\nid: dekking\n",
)  # fmt: skip
REFERENTIE = """\
naam: Groep
bron: Verzonnen
vragenlijst: {id}
versie: "{versie}"
hash: "{hash}"
meetmoment: start
n: 60
datum: 2026-03-02
gemaakt_met: regiekit
schalen:
  {schaal}:
    met_score: 60
    volledig: 60
    gemiddelde: 3.100000
    sd: 0.800000
    betrouwbaarheid:
      waarde: 0.800000
      soort: alpha
      onder: 0.700000
      boven: 0.860000
      gebruikt: 0.700000
    s_diff: 0.619677
    grens: 1.214568
"""


def referenties() -> list[bytes]:
    v = lijst()
    return [REFERENTIE.format(
        id=v.inhoud.id, versie=v.inhoud.versie, hash=v.hash, schaal=v.inhoud.schalen[0].id
    ).encode(), *files("tests/fouten/referentie-*.yaml")]  # fmt: skip


def koppelbestanden() -> list[bytes]:
    """A koppelbestand that fits `KLEIN`, with everything in it, and the wrong ones."""
    v = lijst("schaalvragen")
    kolommen = "".join(f"  {vraag.id}: '{vraag.id}'\n" for vraag in v.inhoud.vragen)
    whole = (
        f'vragenlijst: {v.inhoud.id}\nversie: "{v.inhoud.versie}"\nhash: "{v.hash}"\nkolommen:\n{kolommen}'
        "velden: {client: client, datum: datum}\nwaarden: {veel: 5}\nniet_beantwoord: {geen idee: weet-niet}\n"
        f"eigen_waarden:\n  {v.inhoud.vragen[0].id}: {{heel veel: 10}}\novergeslagen: []\ndatumvolgorde: dag-maand\n"
    )
    return [whole.encode(), *files("tests/fouten/koppelbestand-*.yaml")]


def tabellen(naam: str = "schaalvragen") -> list[bytes]:
    """Tables of answers as text: commas, semicolons and tabs, in three encodings."""
    vragen = [v.id for v in lijst(naam).inhoud.vragen]
    kop = ["client", "meetmoment", "datum", *vragen]
    rows = [kop, ["R-014", "start", "2026-03-02", *("4" for _ in vragen)],
            ["R-015", "start", "3/4/2026", *("" for _ in vragen)],
            ["R-016", "einde", "2-3-2026", *("x" for _ in vragen)],
            ["R-014", "start", "13-2-2026", *("5 = heel veel" for _ in vragen)]]  # fmt: skip
    made = []
    for teken, codering in ((",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), (";", "utf-8-sig")):
        stream = io.StringIO()
        csv.writer(stream, delimiter=teken).writerows(rows)
        made.append(stream.getvalue().encode(codering))
    return [*made, b'sep=;\r\na;b\r\n1;"x;y"\r\n', b'a,b\n"1\n2",3\n', *files("tests/tabellen/*.csv")]


# Spreadsheets: the parts of a zip as text, so that what changes is the XML and not the packing ------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
DEEL, REPEATED = b"\n@@ ", b"<?n?>"
MOST_REPEATED = 60_000_000


def _relations(**targets: str) -> str:
    made = "".join(f'<Relationship Id="{n}" Type="x/{n.rstrip("0")}" Target="{to}"/>' for n, to in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}">{made}</Relationships>'


def parts_text(parts: dict[str, str]) -> bytes:
    return b"".join(DEEL + name.encode() + b"\n" + text.encode() for name, text in parts.items())


def _bomb(again: str) -> str:
    """A sheet of which one piece is there over and over."""
    mark = REPEATED.decode()
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{mark}{again}{mark}</sheetData></worksheet>'


def werkboeken() -> list[bytes]:
    """XLSX, as the text of its parts."""
    vragen = [v.id for v in lijst("schaalvragen").inhoud.vragen]
    kop = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("client", "datum", *vragen))
    rij = '<c t="s"><v>0</v></c><c s="1"><v>46083</v></c><c><v>4</v></c><c t="str"><f>1+1</f><v>2</v></c>'
    rest = '<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-03-02T00:00</v></c><c><f>A1</f></c>'
    sheet = (f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{kop}</row><row r="2">{rij}</row>'
             f'<row r="9"><c r="A9"><v>1.50</v></c>{rest}</row></sheetData></worksheet>')  # fmt: skip
    parts = {
        "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><workbookPr date1904="0"/><sheets>'
        '<sheet name="a" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(worksheet="worksheets/sheet1.xml", sharedStrings="s.xml",
                                                 styles="styles.xml"),
        "xl/s.xml": f'<sst xmlns="{_MAIN}"><si><t>R-014</t></si><si><r><t>x_x000D_</t></r><rPh/></si></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="165" formatCode="dd/mm"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet,
    }  # fmt: skip
    good = {**parts, "xl/worksheets/sheet1.xml": sheet.partition('<row r="9">')[0] + "</sheetData></worksheet>"}
    bomb = {**good, "xl/worksheets/sheet1.xml *4000": _bomb("<row><c><v>1</v></c></row>")}
    lie = {**parts, "xl/worksheets/sheet1.xml =5": sheet}
    entity = {**parts, "xl/s.xml": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><sst><si><t>&c;</t></si></sst>'}
    return [*map(parts_text, (parts, good, bomb, lie, entity)), parts_text({"word/document.xml": "<a/>"})]


def odsen() -> list[bytes]:
    """ODS, as the text of its parts."""
    vragen = [v.id for v in lijst("schaalvragen").inhoud.vragen]
    spaces = " ".join(f'xmlns:{n}="{_URN.format(n)}"' for n in ("office", "table", "text"))
    cells = "".join(f"<table:table-cell><text:p>{n}</text:p></table:table-cell>" for n in ("client", *vragen))
    numbers = '<table:table-cell office:value-type="float" office:value="4.0" table:number-columns-repeated="2"/>'
    odd = ('<table:table-cell office:value-type="date" office:date-value="2026-03-02"/><table:table-cell '
           'office:value-type="boolean" office:boolean-value="true"/><table:covered-table-cell/><table:table-cell '
           'table:formula="=1"><text:p>a<text:s text:c="3"/><text:tab/><text:span>b</text:span></text:p>'
           "</table:table-cell>")  # fmt: skip
    content = (f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='a'>"
               f"<table:table-row>{cells}</table:table-row><table:table-row table:number-rows-repeated='2'>"
               f"<table:table-cell><text:p>R-014</text:p></table:table-cell>{numbers}</table:table-row>"
               f"<table:table-row>{odd}</table:table-row><table:table-row table:number-rows-repeated='1048570'>"
               "<table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
               "</table:table></office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    mark = REPEATED.decode()
    row = f"<table:table-row><table:table-cell><text:p>R-014</text:p></table:table-cell>{numbers}</table:table-row>"
    good = re.sub(r"<table:table-row table:number-rows.*</table:table>", f"{row}</table:table>", content)
    bomb = good.replace("</table:table>", f"{mark}<table:table-row/>{mark}</table:table>")
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"}
    return [parts_text(parts), parts_text({**parts, "META-INF/manifest.xml": "encryption-data"}),
            parts_text({"mimetype": kind, "content.xml": good}),
            parts_text({"mimetype": kind, "content.xml *4000": bomb})]  # fmt: skip


def zip_from(data: bytes) -> bytes:
    """A zip of the parts in a text: `@@ naam`, or `@@ naam *9` (nine times over, or what stands between two REPEATED),
    `=5` (says that it is 5 bytes), `!` (has a password), `b` (is packed in another way)."""
    locals_, central, offset, room = [], [], 0, MOST_REPEATED
    for piece in data.split(DEEL)[1:40]:
        head, _, content = piece.partition(b"\n")
        name, *flags = head.split(b" ")
        times = next((int(f[1 : 4 + 4]) for f in flags if f[:1] == b"*" and f[1:8].isdigit() and len(f) < 9), 1)
        start, *middle = content.split(REPEATED, 2)
        again, rest = middle if len(middle) == 2 else (start, b"")
        whole = (start if rest else b"") + again * min(times, room // (len(again) or 1)) + rest
        room -= len(whole)
        packer = zlib.compressobj(1 if len(whole) < 100_000 else 6, zlib.DEFLATED, -15)
        packed = packer.compress(whole) + packer.flush()
        said = next((int(f[1:]) for f in flags if f[:1] == b"=" and f[1:].isdigit() and len(f) < 10), len(whole))
        bits, kind = (1 if b"!" in flags else 0), (12 if b"b" in flags else 8)
        name = name[:200]
        fields = struct.pack("<HHHHHIIIHH", 20, bits, kind, 0, 33, zlib.crc32(whole), len(packed), said, len(name), 0)
        locals_.append(b"PK\x03\x04" + fields + name + packed)
        central.append(b"PK\x01\x02\x14\x00" + fields + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name)
        offset += len(locals_[-1])
    index = b"".join(central)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(central), len(central), len(index), offset, 0)
    return b"".join(locals_) + index + end


# Answer files -------------------------------------------------------------------------------------------------------


def formulierantwoorden() -> list[bytes]:
    """What the offline form makes."""
    v = lijst()
    data = {
        "formulier": 1, "klaar": True, "vragenlijst": v.inhoud.id, "versie": v.inhoud.versie, "hash": v.hash,
        "taal": "nl", "training": True, "client": "R-014", "meetmoment": "start", "datum": "2026-03-02",
        "antwoorden": {f"v{n}": 4 for n in range(1, 18)}, "open": {"o1": "Dat ging goed.", "o2": None},
    }  # fmt: skip
    text = json.dumps(data)
    mail = f"Dag,\n\nHier is mijn lijst.\n{json.dumps(data, indent=1)}\n\nGroet\n"
    pause = json.dumps({**data, "klaar": False, "plaats": "v4"})
    return [text.encode(), mail.encode(), pause.encode(), text.replace('"', "\u201d").encode()]


def fhir_antwoorden() -> list[bytes]:
    v = lijst()
    items = [{"linkId": vraag.id, "answer": [{"valueCoding": {"system": "urn:regiekit:antwoord", "code": "4"}}]}
             for vraag in v.inhoud.vragen[:6]]  # fmt: skip
    data = {
        "resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-03-02T10:00:00Z",
        "questionnaire": f"urn:regiekit:vragenlijst:{v.inhoud.id}:start|{v.inhoud.versie}",
        "subject": {"identifier": {"value": "R-014"}},
        "item": [{"linkId": "deel.vragen", "item": items},
                 {"linkId": "open.start-1", "answer": [{"valueString": "Goed."}]},
                 {"linkId": "gegevens.hash", "answer": [{"valueString": v.hash}]}],
    }  # fmt: skip
    return [json.dumps(data).encode(), json.dumps({**data, "status": "in-progress"}).encode()]


def inzendingen() -> list[bytes]:
    v = lijst()
    vragen = "".join(f"<{x.id.replace('-', '_')}>4</{x.id.replace('-', '_')}>" for x in v.inhoud.vragen)
    text = (f"<data xmlns:o='x' id='a'><regiekit_vragenlijst>{v.inhoud.id}</regiekit_vragenlijst><regiekit_versie>"
            f"{v.inhoud.versie}</regiekit_versie><regiekit_hash>{v.hash}</regiekit_hash><regiekit_meetmoment>start"
            f"</regiekit_meetmoment><regiekit_training>true</regiekit_training><regiekit_datum>2026-03-02"
            f"</regiekit_datum><regiekit_vragen>{vragen}</regiekit_vragen><regiekit_open><open_start_1>Goed"
            "</open_start_1></regiekit_open><meta><instanceID>uuid:1</instanceID></meta></data>")  # fmt: skip
    return [text.encode(), b"<?xml version='1.0' encoding='utf-8'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            b"<html><body><script id=\"gegevens\">{}</script></body></html>"]  # fmt: skip


# Sealed files: the header as text, so that what changes is JSON and not base64 ----------------------------------------


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Slot:
    """A key of the coach and one of a client, the same at every run; and what a form does with them."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        from regiekit.kanaal import sleutel

        coach, client = (ec.derive_private_key(number, ec.SECP256R1()) for number in (7, 11))
        self.private = {**_jwk(coach), "d": b64((7).to_bytes(32, "big"))}
        public = sleutel._public_jwk(self.private["x"], self.private["y"], "2026-03-02")
        self.kid = str(public["kid"])
        self.sleutel = sleutel.Sleutel(self.kid, self.private)
        self.geheim = sleutel.Geheim(Path("sleutel.json"), self.kid, "2026-03-02", "")
        self.header: dict[str, Any] = {"alg": "ECDH-ES", "enc": "A256GCM", "epk": _jwk(client), "kid": self.kid}
        shared = client.exchange(ec.ECDH(), coach.public_key())
        info = struct.pack(">I", 7) + b"A256GCM" + bytes(8) + struct.pack(">I", 256)
        self.key = hashlib.sha256(struct.pack(">I", 1) + shared + info).digest()

    def seal(self, header: bytes, text: bytes) -> bytes:
        """Five parts, of which only the header may be wrong."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        protected = b64(header)
        shut = AESGCM(self.key).encrypt(bytes(12), text, protected.encode())
        return ".".join([protected, "", b64(bytes(12)), b64(shut[:-16]), b64(shut[-16:])]).encode()


def _jwk(key: Any) -> dict[str, str]:
    found = key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": b64(found.x.to_bytes(32, "big")), "y": b64(found.y.to_bytes(32, "big"))}


@cache
def slot() -> Slot:
    return Slot()


def sealed_seeds() -> list[bytes]:
    """`h`, a header and a text, to be sealed; or `r` and a whole file."""
    made = slot()
    text = formulierantwoorden()[0]
    headers: list[dict[str, Any]] = [
        made.header, {**made.header, "zip": "DEF"}, {**made.header, "alg": "none"}, {**made.header, "apu": "AAAA"},
        {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "p2c": 2**31, "p2s": "AAAA"}, {**made.header, "crit": ["b64"]},
        {**made.header, "epk": {**made.header["epk"], "x": "AA"}}, {**made.header, "typ": "JOSE", "cty": "json"},
    ]  # fmt: skip
    whole = made.seal(json.dumps(made.header).encode(), text)
    wrapped = b"\n".join(whole[i : i + 60] for i in range(0, len(whole), 60))
    return [*(b"h" + json.dumps(h).encode() + b"\n" + text for h in headers), b"r" + whole,
            b"r" + b"Dag,\n\n" + wrapped + b"\n\nGroet", b"r" + whole[:-30]]  # fmt: skip


def key_files() -> list[bytes]:
    """The two files of a key, as JSON below each other: the secret part, and the public one."""
    from regiekit.kanaal import sleutel

    made = slot()
    header = {**sleutel.KEY_HEADER, "p2s": "AAAAAAAAAAAAAAAAAAAAAA", "p2c": sleutel.ROUNDS}
    secret = {"kid": made.kid, "gemaakt": "2026-03-02", "protected": json.dumps(header), "encrypted_key": "AAAA",
              "iv": b64(bytes(12)), "ciphertext": "AAAA", "tag": b64(bytes(16))}  # fmt: skip
    public = sleutel._public_jwk(made.private["x"], made.private["y"], "2026-03-02")
    return [json.dumps(s).encode() + b"\n" + json.dumps(public).encode()
            for s in (secret, {**secret, "protected": json.dumps({**header, "p2c": 2**40})})]  # fmt: skip


# A dossier ----------------------------------------------------------------------------------------------------------

SALT = bytes(range(12))


def edit(base: bytes, data: bytes) -> bytes:
    """A file with some bytes changed: each four bytes of `data` are what to do, where (two), and with what."""
    made = bytearray(base)
    for start in range(0, min(len(data), 400) - 3, 4):
        what, place, value = data[start] % 8, int.from_bytes(data[start + 1 : start + 3], "big"), data[start + 3]
        if not made:
            break
        at = place % len(made)
        if what < 3:
            made[at] = value
        elif what == 3:
            del made[at:]
        elif what == 4:
            made += bytes([value]) * min(place, 9000)
        elif what == 5:
            page = at // 4096 * 4096
            made[page : page + 4096] = bytes([value]) * len(made[page : page + 4096])
        elif what == 6:
            made[at : at + 4] = struct.pack(">I", value * 0x01010101)[: len(made[at : at + 4])]
        else:
            page, other = at // 4096 * 4096, value * 4096 % (len(made) // 4096 * 4096 or 1)
            made[page : page + 4096], made[other : other + 4096] = made[other : other + 4096], made[page : page + 4096]
    return bytes(made)


EDITS = [b"", b"\0\0\x12\0", b"\3\x20\0\0", b"\4\x10\0\0", b"\5\x10\0\0", b"\7\x10\0\2", b"\0\0\x12\1\6\0\x1c\xff"]


def words(texts: Iterable[str]) -> list[bytes]:
    """Words as bytes, for what holds no other characters."""
    return [t.encode("utf-8", "surrogatepass") for t in texts]

"""Reading tables that other programs wrote: every way of writing the same rows, and what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from regiekit.domain.koppeling import letter_of
from regiekit.errors import ProblemsError, RegiekitError
from regiekit.kanaal import rekenblad, tabel
from regiekit.kanaal.rekenblad import read_rekenblad
from regiekit.kanaal.tabel import open_tabel

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    ["code", "vraag, één", 'met "quotes"'],
    ["R-1", "ja;nee", "1\t2"],
    ["R-2", "eerste\ntweede", ""],
    ["R-3", "€ 5", "x"],
]


def as_csv(rows: list[list[str]], teken: str) -> str:
    cells = [['"{}"'.format(c.replace('"', '""')) for c in row] for row in rows]
    return "".join(teken.join(row) + "\r\n" for row in cells)


def rows_of(path: Path, blad: str | None = None) -> list[tuple[int, list[str]]]:
    found = open_tabel(path, blad)
    header = (found.kop_rij, list(found.kop))
    return [header, *((n, rij) for blok in found.blokken() for n, rij in enumerate(blok.rijen, blok.eerste))]


def save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("teken", [",", ";", "\t"])
@pytest.mark.parametrize(("codering", "mark"), [
    ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
])  # fmt: skip
def test_the_same_rows_however_they_are_written(tmp_path: Path, teken: str, codering: str, mark: bytes) -> None:
    path = save(tmp_path / "a.csv", mark + as_csv(ROWS, teken).encode(codering))
    assert rows_of(path) == list(enumerate(ROWS, 1))


def test_the_first_line_of_excel_is_no_row(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", b"sep=;\r\na;b, c\r\n1;2\r\n")
    assert rows_of(path) == [(1, ["a", "b, c"]), (2, ["1", "2"])]


def test_commas_in_the_words_do_not_make_columns(tmp_path: Path) -> None:
    text = (
        "code;Ik kan, als ik wil, kiezen;Ik doe het, want het moet\nR-1;een beetje mee eens, een beetje niet;mee eens\n"
    )
    assert rows_of(save(tmp_path / "a.csv", text.encode()))[0][1] == text.split("\n")[0].split(";")


def test_a_row_goes_by_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", b'\n"a\nb",c\n"1\n2\n3",4\n\n5,6\n')
    assert rows_of(path) == [(2, ["a\nb", "c"]), (3, ["1\n2\n3", "4"]), (4, []), (5, ["5", "6"])]


def test_a_table_of_many_blocks_keeps_its_numbers(tmp_path: Path) -> None:
    count = 3 * tabel.BLOCK + 7
    path = save(tmp_path / "a.csv", b"a,b\n" + b"".join(b"%d,x\n" % n for n in range(2, count)))
    assert all(rij[0] == str(n) for n, rij in rows_of(path)[1:])
    assert len(rows_of(path)) == count - 1


def make_xlsx(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    day = book.add_format({"num_format": "d-m-yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("#"):
                    sheet.write_formula(r, c, "=1/0", None, cell)
                elif hasattr(cell, "isoformat"):
                    sheet.write_datetime(r, c, cell, day)
                elif cell is not None:
                    sheet.write(r, c, cell)
    book.close()
    return path


def test_a_workbook_gives_the_cells_as_text(tmp_path: Path) -> None:
    cells = ["R-1", 4, 4.5, True, datetime(2026, 3, 2), datetime(2026, 3, 2, 9, 5), "#DIV/0!", "#N/A", None, "=1+1", 0]
    path = make_xlsx(tmp_path / "a.xlsx", {"Blad1": [[], ["k"] + [f"v{n}" for n in range(10)], cells]})
    assert rows_of(path)[1] == (3, [
        "R-1", "4", "4.5", "TRUE", "2026-03-02", "2026-03-02 09:05:00", "#DIV/0!", "#N/A", "", "=1+1", "0",
    ])  # fmt: skip
    assert rows_of(path)[0][0] == 2


def test_the_only_sheet_with_something_in_it(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", {"leeg": [], "vol": [["a"], ["1"]]})
    assert rows_of(path) == rows_of(path, "vol") == [(1, ["a"]), (2, ["1"])]
    two = make_xlsx(tmp_path / "b.xlsx", {"een": [["a"], ["1"]], "twee": [["b"], ["2"]]})
    assert rows_of(two, "twee") == [(1, ["b"]), (2, ["2"])]
    for blad, said in ((None, "'een', 'twee'"), ("drie", "kies 'een', 'twee'")):
        with pytest.raises(RegiekitError, match=said) as error:
            open_tabel(two, blad)
        assert error.value.exit_code == 2


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
SPACES = " ".join(f'xmlns:{n}="{OFFICE.format(n)}"' for n in ("office", "table", "text"))


def make_ods(path: Path, rows: str, extra: dict[str, str] | None = None) -> Path:
    content = (
        f'<?xml version="1.0"?><office:document-content {SPACES}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        for name, text in {"content.xml": content, **(extra or {})}.items():
            file.writestr(name, text, compress_type=zipfile.ZIP_DEFLATED)
    return path


def ods_row(*cells: str, times: int = 1, wide: int = 1) -> str:
    made = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{wide}"><text:p>{c}</text:p>'
        "</table:table-cell>" if c else '<table:table-cell table:number-columns-repeated="3"/>' for c in cells
    )  # fmt: skip
    return f'<table:table-row table:number-rows-repeated="{times}">{made}</table:table-row>'


def test_a_sheet_of_libreoffice_with_its_endless_empty_rows(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = f'<table:table-row table:number-rows-repeated="1048570">{cell}</table:table-row>'
    path = make_ods(tmp_path / "a.ods", ods_row("a", "b") + ods_row("x", "y", times=2) + end)
    assert rows_of(path) == [(1, ["a", "b"]), (2, ["x", "y"]), (3, ["x", "y"])]


# what is refused ----------------------------------------------------------------------------------------------------


def zip_of(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets: str) -> bytes:
    made = "".join(f'<Relationship Id="{soort}" Type="x/{soort}" Target="{to}"/>' for soort, to in targets.items())
    return f'<Relationships xmlns="{PACKAGE_REL}">{made}</Relationships>'.encode()


def xlsx_parts(
    sheet: bytes, more: dict[str, bytes] | None = None, target: str = "worksheets/sheet1.xml"
) -> dict[str, bytes]:
    """The parts of the smallest workbook, with this sheet."""
    place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = '<sheets><sheet name="a" r:id="worksheet"/></sheets>'
    return {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_REL}">{sheets}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": relations(worksheet=target, sharedStrings="sharedStrings.xml"),
        place: sheet,
        **(more or {}),
    }


def sheet_of(rows: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
FAR = sheet_of(HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
ONE = "<c><v>1</v></c>"
ROW = f"<row>{ONE}</row>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLAIN = {
    "a PDF renamed": (b"%PDF-1.7 ...", "een PDF"),
    "empty": (b"", "een leeg bestand"),
    "blank": (b" \r\n\r\n", "een leeg bestand"),
    "only separators": (b",,,\n,,,\n", "een leeg bestand"),
    "header only": (b"a,b\n", "alleen een kop"),
    "header and empty rows": (b"a,b\n,\n,\n", "alleen een kop"),
    "old Excel": (OLE + b"\0" * 600, ".xls"),
    "with a password": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
    "a web page": (b"\xef\xbb\xbf <html><table>", "een webpagina"),
    "JSON": (b'{"a": 1}', "regiekit score"),
    "gzip": (b"\x1f\x8b\x08\0", "gzip"),
    "broken zip": (b"PK\x03\x04 and no more", "kapot"),
    "UTF-16 without mark": ("a,b\n1,2\n".encode("utf-16-le"), "geen tekst in UTF-8"),
    "no text": (b"a,b\n\x81\x8d,1\n", "geen tekst in UTF-8"),
}


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str) -> None:
    content, said = PLAIN[name]
    with pytest.raises(RegiekitError, match=said) as error:
        open_tabel(save(tmp_path / "export.xlsx", content))
    assert error.value.exit_code == 3


def test_a_zip_that_is_no_spreadsheet(tmp_path: Path) -> None:
    for parts, said in (
        ({"word__document_xml": b"<w/>"}, "Word-document"),
        ({"Index__Document.iwa": b"x"}, "Numbers"),
        ({"xl__workbook.bin": b"x"}, "xlsb"),
        (xlsx_parts(b"<x"), "kapot"),
        (xlsx_parts(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>'), "onveilig"),
    ):
        with pytest.raises(RegiekitError, match=said) as error:
            open_tabel(zip_of(tmp_path / "a.xlsx", **parts))
        assert error.value.exit_code == 3


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zip_of(tmp_path / "a.xlsx", xl__worksheets__sheet1_xml=b" " * (rekenblad.MAX_UNPACKED + 1))
    assert bomb.stat().st_size < 100_000
    with pytest.raises(RegiekitError, match="uitgepakt meer dan 50 MB"):
        open_tabel(bomb)
    many = zip_of(tmp_path / "b.xlsx", **{f"xl__{n}_xml": b"" for n in range(rekenblad.MAX_PARTS + 1)})
    with pytest.raises(RegiekitError, match="2000 delen"):
        open_tabel(many)


def test_a_size_that_lies_is_found(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.xlsx", **xlsx_parts(b"<a>" + b" " * 100_000 + b"</a>"))
    content = path.read_bytes()
    size = (100_007).to_bytes(4, "little")
    assert content.count(size) == 2
    with pytest.raises(RegiekitError, match="kapot"):
        open_tabel(save(path, content.replace(size, (10).to_bytes(4, "little"))))


def test_a_cell_at_the_end_of_the_sheet_does_not_fill_the_memory(tmp_path: Path) -> None:
    for rows in (ods_row("a", times=1_000_000, wide=1000), ods_row("", times=99_999) + ods_row("", "x", wide=99_999)):
        with pytest.raises(RegiekitError, match="cellen"):
            open_tabel(make_ods(tmp_path / "a.ods", rows))


BOMBS = {
    "the far corner": (xlsx_parts(FAR), "cellen"),
    "an ODS beside it": (xlsx_parts(FAR, {"content.xml": b"<a/>"}), "cellen"),
    "a sheet elsewhere": (xlsx_parts(FAR, target="/foo/sheet.xml"), "cellen"),
    "in upper case": ({k.replace("xl/work", "XL/work"): v for k, v in xlsx_parts(FAR).items()}, "cellen"),
    "with zeros": (xlsx_parts(sheet_of(HEAD + '<row r="2"><c r="XFD0001048576"><v>1</v></c></row>')), "kapot"),
    "without a space": (xlsx_parts(sheet_of(HEAD + '<row r="2"><c t="n"r="XFD1048576"><v>1</v></c></row>')), "kapot"),
    "without places": (xlsx_parts(sheet_of(f"<row>{'<c/>' * 16_383}{ONE}</row>" + ROW * 125)), "cellen"),
    "wider than a sheet": (xlsx_parts(sheet_of(f"<row>{'<c/>' * 16_384}{ONE}</row>")), "kapot"),
    "a deep one": (xlsx_parts(b"<a>" * 100_000), "kapot"),
    "a long namespace": (xlsx_parts(f'<x:a xmlns:x="{"n" * 10_000}"/>'.encode()), "kapot"),
    "two cells in one": (xlsx_parts(sheet_of('<row r="1"><c r="A1"/><c r="A1"><v>5</v></c></row>')), "kapot"),
    "two rows in one": (xlsx_parts(sheet_of(HEAD + HEAD)), "kapot"),
    "a text that is not there": (xlsx_parts(sheet_of('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')), "kapot"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_workbook_grows_larger_than_what_is_in_it(tmp_path: Path, name: str) -> None:
    parts, said = BOMBS[name]
    with pytest.raises(RegiekitError, match=said) as error:
        open_tabel(zip_of(tmp_path / "a.xlsx", **parts))
    assert error.value.exit_code == 3


def test_what_a_workbook_says_of_its_size_counts_for_nothing(tmp_path: Path) -> None:
    texts = f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000"><si><t>vraag</t></si></sst>'.encode()
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="A3"><v>4.0</v></c></row>'
    sheet = sheet_of(rows).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    path = zip_of(tmp_path / "a.xlsx", **xlsx_parts(sheet, {"xl/sharedStrings.xml": texts}))
    assert rows_of(path) == [(1, ["vraag"]), (2, [""]), (3, ["4"])]


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_is_packed_in_another_way_is_not_unpacked(tmp_path: Path, packing: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", packing) as file:
        for name, content in xlsx_parts(sheet_of(HEAD)).items():
            file.writestr(name, content)
    with pytest.raises(RegiekitError, match="ongewoon"):
        open_tabel(tmp_path / "a.xlsx")


def test_a_formula_without_an_outcome_is_no_empty_cell(tmp_path: Path) -> None:
    cells = ('<c r="A2"><f>B1</f></c>', '<c r="A2"><f>B1</f><v></v></c>', '<c r="A2" t="str"><f>B1</f></c>')
    for cell in cells:
        path = zip_of(tmp_path / "a.xlsx", **xlsx_parts(sheet_of(f'{HEAD}<row r="2">{cell}</row>')))
        assert rows_of(path)[1] == (2, ["#formule zonder uitkomst"])
    said = 'office:value-type="string" office:string-value=""'
    for attributes, text, cell in (("", "", "#formule zonder uitkomst"), (said, "#DEEL/0!", "#DEEL/0!")):
        row = (
            f'<table:table-row><table:table-cell table:formula="of:=1/0" {attributes}><text:p>{text}</text:p>'
            "</table:table-cell></table:table-row>"
        )
        assert rows_of(make_ods(tmp_path / "a.ods", ods_row("a") + row))[1] == (2, [cell])


@given(st.lists(st.lists(st.one_of(
    st.none(), st.booleans(), st.integers(-10**9, 10**9), st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0)),
), min_size=1, max_size=5), min_size=1, max_size=5))  # fmt: skip
def test_another_reader_reads_the_same(tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]) -> None:
    path = make_xlsx(tmp_path_factory.mktemp("t") / "a.xlsx", {"Blad1": [["kop"], *rows]})
    judge = load_workbook(path).get_sheet_by_name("Blad1").to_python(skip_empty_area=False)
    ours = read_rekenblad(path, None)[1]
    assert len(ours) == len(judge)
    for mine, other in zip(ours, judge, strict=True):
        for cell, value in zip(mine, other, strict=True):
            if isinstance(value, bool):
                assert cell == str(value).upper()
            elif isinstance(value, float):
                assert float(cell) == pytest.approx(value)
            elif isinstance(value, str):
                assert cell == value
            else:
                assert isinstance(value, date)
                assert cell[:10] == value.isoformat()[:10]


def test_too_large_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekenblad, "MAX_BYTES", 100)
    with pytest.raises(RegiekitError, match="deel het op"):
        open_tabel(make_xlsx(tmp_path / "a.xlsx", {"b": [["a"], ["1"]]}))


def test_the_header_is_checked_with_the_column(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as error:
        open_tabel(save(tmp_path / "a.csv", b"\na,,b,a,b,,\n1,2,3,4,5,,\n"))
    assert [(p.regel, p.kolom, p.code) for p in error.value.problems] == [
        (2, 2, "tabel-kop-leeg"), (2, 4, "tabel-kop-dubbel"), (2, 5, "tabel-kop-dubbel"),
    ]  # fmt: skip


def test_a_quote_that_is_not_closed_is_told_with_its_row(tmp_path: Path) -> None:
    path = save(tmp_path / "a.csv", b'a,b\n"1\n2",3\n"4,5\n6,7\n')
    with pytest.raises(ProblemsError) as error:
        rows_of(path)
    assert [(p.regel, p.code) for p in error.value.problems] == [(3, "tabel-aanhalingsteken")]
    long = save(tmp_path / "b.csv", b'a,b\n1,"' + b"x" * 200_000 + b'"\n')
    with pytest.raises(ProblemsError) as error:
        rows_of(long)
    assert [(p.regel, p.code) for p in error.value.problems] == [(2, "tabel-cel-te-groot")]


def test_two_rows_that_a_stray_quote_made_one_are_refused(tmp_path: Path) -> None:
    head, other = "code;open;v1;v2;v3\n", "R-3;ok;3;3;3\n"
    path = save(tmp_path / "a.csv", f'{head}{other}R-1;"ik wil;1;1;1\nR-2;5";5;5;5\n'.encode())
    with pytest.raises(ProblemsError) as error:
        rows_of(path)
    assert [(p.regel, p.kolom, p.code) for p in error.value.problems] == [(3, 2, "tabel-aanhalingsteken")]
    honest = save(tmp_path / "b.csv", f'{head}R-1;"ik wil; dus; en; nu\nmaar; toch";1;1;1\n'.encode())
    assert len(rows_of(honest)) == 2


def test_a_sheet_is_asked_of_a_workbook_only(tmp_path: Path) -> None:
    with pytest.raises(RegiekitError, match="geen bladen"):
        open_tabel(save(tmp_path / "a.csv", b"a\n1\n"), "Blad1")


def test_the_letters_of_columns() -> None:
    assert [letter_of(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@given(st.binary(max_size=300))
def test_no_bytes_give_a_traceback(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = save(tmp_path_factory.mktemp("t") / "a.csv", content)
    try:
        rows_of(path)
    except RegiekitError as error:
        assert str(error)


@given(st.data())
def test_no_damage_to_a_workbook_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows_of(save(tmp_path_factory.mktemp("t") / "a.xlsx", bytes(content)))
    except RegiekitError as error:
        assert str(error)


def _workbook() -> bytes:
    stored, packed = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    book.add_worksheet("Blad1").write_row(0, 0, ["a", "b"])
    book.worksheets()[0].write_row(1, 0, ["x", 4])
    book.close()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(stored, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return stored.getvalue()


WORKBOOK = _workbook()

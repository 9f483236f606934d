"""Tables are read whatever wrote them, or refused with line and reason."""

import zipfile

import pytest
import xlsxwriter

from accounts.importing.reader import Unreadable, open_table

HEAD = "name,email\n"


@pytest.fixture
def table(tmp_path):
    def read(content, name="file.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(
            content if isinstance(content, bytes) else content.encode(encoding)
        )
        return open_table(path)

    return read


def cells(table):
    return [record.cells for record in table]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_any_encoding_is_read(table, encoding):
    read = table("Nom,Ville\nJosé,Besançon\n", encoding=encoding)
    assert read.columns == ["Nom", "Ville"]
    assert cells(read) == [["José", "Besançon"]]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_is_read(table, mark):
    text = f'name{mark}note\nAnn{mark}"a, b; c"\nBob{mark}1.5\n'
    assert cells(table(text)) == [["Ann", "a, b; c"], ["Bob", "1.5"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(table, end):
    text = end.join(["name,note", 'Ann,"two' + end + 'lines"', "", "Bob,"]) + end
    read = list(table(text))
    assert [r.cells[0] for r in read] == ["Ann", "Bob"]
    assert [r.line for r in read] == [2, 5]


def test_lines_before_the_header_are_skipped(table):
    text = 'Notes:\n"Some, words"\n\nFirst Name,Last Name,URL\nMax,Muster,\n'
    read = table(text)
    assert read.columns == ["First Name", "Last Name", "URL"]
    assert cells(read) == [["Max", "Muster", ""]]


def test_short_rows_are_filled_and_long_ones_have_a_fault(table):
    short, padded, long = table("a name,b,c\n1,2\n1,2,3,,\n1,2,3,4\n")
    assert (short.cells, short.fault) == (["1", "2", ""], "")
    assert padded.fault == ""
    assert long.fault == "4 cells, but the header names 3 columns"


def test_blank_rows_are_no_records(table):
    assert len(list(table(HEAD + "\n,\n  , \nAnn,\n"))) == 1


def test_double_and_blank_headers_are_told_apart(table):
    read = table("name,Email,Email,\nAnn,a@a.example,b@b.example,x\n")
    assert read.columns == ["name", "Email", "Email (2)", "Column 4"]
    assert "Several columns" in read.notes[0]


def test_a_file_without_header_is_numbered(table):
    read = table("Ann,ann@mail.example\nBob,bob@mail.example\n")
    assert read.columns == ["Column 1", "Column 2"]
    assert len(cells(read)) == 2


def test_zero_bytes_are_dropped(table):
    assert cells(table("name,note\nA\0nn,x\n")) == [["Ann", "x"]]


def test_a_million_characters_in_a_cell_are_refused_with_the_line(table):
    with pytest.raises(Unreadable, match="Line 3"):
        list(table(HEAD + "Ann,\n" + "x" * 200_000 + ",\n"))


def test_an_open_quote_is_refused_with_its_line(table):
    with pytest.raises(Unreadable, match="Line 3: a quotation mark"):
        list(table(HEAD + 'Ann,a\nBob,"b\nCid,c\n'))


def test_tables_side_by_side_are_refused(table):
    text = "accounts,,,teams,\nname,city,,agent,office\nAnn,Bonn,,Bob,Köln\n"
    with pytest.raises(Unreadable, match="Line 2: column 3 .* one table per file"):
        table(text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"<html><table>", "web page"),
        (b'{"name": "Ann"}', "JSON"),
        (b"BEGIN:VCALENDAR\r\n", "calendar"),
        (bytes(range(1, 32)) * 20, "not a text file"),
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "cannot be opened"),
    ],
)
def test_what_is_no_table_is_refused_in_words(table, content, words):
    with pytest.raises(Unreadable, match=words):
        list(table(content))


def test_too_many_columns_are_refused(table):
    with pytest.raises(Unreadable, match="Line 1: 600 columns"):
        table(",".join(f"c{n}" for n in range(600)) + "\n")


def workbook(path, rows, second=()):
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    for number, content in enumerate((rows, second)):
        sheet = book.add_worksheet(f"Sheet {number}")
        for line, row in enumerate(content):
            sheet.write_row(line, 0, row)
    book.close()


def test_a_spreadsheet_is_read_as_text(tmp_path):
    rows = [["id", "phone", "ok"], [17850.0, "0155 12", True], [], [2.5, None, None]]
    workbook(tmp_path / "book.xlsx", rows, [["other"], ["x"]])
    read = open_table(tmp_path / "book.xlsx")
    assert cells(read) == [["17850", "0155 12", "true"], ["2.5", "", ""]]
    assert [r.line for r in read] == [2, 4]
    assert "Sheet 0" in read.notes[0]


def test_an_empty_spreadsheet_is_refused(tmp_path):
    workbook(tmp_path / "book.xlsx", [])
    with pytest.raises(Unreadable, match="empty"):
        open_table(tmp_path / "book.xlsx")


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 1000
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 3_000_000)
    with pytest.raises(Unreadable, match="too much"):
        open_table(tmp_path / "bomb.xlsx")

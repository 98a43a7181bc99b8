"""CSV in every form that programs write it: the same table, the same bytes, the same findings."""

import codecs
import csv

import pytest
from helpers import FORM, PRODUCT, PRODUCT_HEADINGS, cells, check, convert, one, problems, said, source, table, upload, written

import csvimport

ROWS = [
    PRODUCT_HEADINGS,
    ("S", "Kahvi, äärimmäisen tumma", "K-1", "kpl", "4.50", "13.5"),
    ("S", "Öljy", "", "l", "12.00", "25.5"),
    ("B", "Pöytä", "P-1", "kpl", "99.90", "25.5"),
]
LINES = [
    "S;Kahvi, äärimmäisen tumma;K-1;kpl;;4,50;13,5;;;;;;;",
    "S;Öljy;;l;;12,00;25,5;;;;;;;",
    "B;Pöytä;P-1;kpl;;99,90;25,5;;;;;;;",
]
BROKEN = [*ROWS, ("S", "Teetä", "T-1", "kpl", "-1.00", "25.5")]

FILES = ("partners", "products", "dimensions")
DELIMITERS = [";", ",", "\t", "|"]
ENDS = ["\r\n", "\n", "\r"]
ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16 little": lambda text: text.encode("utf-16-le"),
    "utf-16 big": lambda text: text.encode("utf-16-be"),
    "utf-16 little with mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16 big with mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "cp1252": lambda text: text.encode("cp1252"),
    "iso-8859-1": lambda text: text.encode("iso-8859-1"),
}


def cell_findings(content):
    return said(check("products", content), but=FORM)


@pytest.fixture(scope="module")
def usual():
    return cell_findings(table(BROKEN))


@pytest.mark.no_cover
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ENDS, ids=["CRLF", "LF", "CR"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["plain", "quoted"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_form_of_a_file_changes_neither_bytes_nor_findings(delimiter, quoting, end, encoding, usual):
    encode = ENCODINGS[encoding]
    assert written("products", encode(table(ROWS, delimiter, quoting, end))) == LINES
    assert cell_findings(encode(table(BROKEN, delimiter, quoting, end))) == usual


def test_the_usual_findings_point_at_their_cells(usual):
    assert [f for f in usual if f[1] != "note"] == [("PR-05", "warning", 3, "C"), ("PR-10", "error", 5, "E")]


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_report_names_encoding_and_delimiter(delimiter):
    found = check("products", table(ROWS, delimiter)).to_dict()["input"]
    assert found == {
        "path": "input.csv",
        "sheet": None,
        "encoding": "cp1252",
        "delimiter": delimiter,
        "layout": "table",
        "headings": True,
    }


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_a_sep_line_decides_the_delimiter_and_is_no_row(delimiter):
    content = f"sep={delimiter}\r\n" + table(ROWS, delimiter)
    assert written("products", content) == LINES


def test_a_sep_line_is_not_counted_because_spreadsheets_do_not_show_it(usual):
    assert cell_findings("sep=;\r\n" + table(BROKEN)) == usual


def test_a_sep_line_behind_a_byte_order_mark():
    assert written("products", codecs.BOM_UTF8 + ("sep=,\r\n" + table(ROWS, ",")).encode()) == LINES


@pytest.mark.parametrize("line", ["sep=", "sep=a", 'sep="', "sep=\N{NO-BREAK SPACE}"])
@pytest.mark.parametrize("end", ENDS, ids=["CRLF", "LF", "CR"])
def test_a_sep_line_of_another_sign_is_a_title_above_the_headings(line, end):
    content = line + end + table(ROWS, end=end)
    assert written("products", content) == LINES
    assert one(check("products", content), "T-07").row == 1


def test_title_and_blank_lines_above_the_headings_are_left_out_and_counted():
    content = "Tuoteluettelo 2026\r\n\r\n\r\n" + table(BROKEN)
    report = check("products", content)
    assert problems(report) == [("PR-05", "warning", 6, "C"), ("PR-10", "error", 8, "E")]
    assert one(report, "T-07").severity == "note"
    assert written("products", "Tuoteluettelo 2026\r\n\r\n\r\n" + table(ROWS)) == LINES


def test_blank_lines_alone_above_the_headings():
    assert written("products", "\r\n\r\n" + table(ROWS)) == LINES
    assert written("products", ";;;;;\r\n" + table(ROWS)) == LINES


@pytest.mark.parametrize("blank", ["", ";;;;;", "   ;;;;;"], ids=["nothing", "semicolons", "spaces"])
def test_blank_lines_between_records_are_dropped_with_one_note(blank):
    first, *rest = table(ROWS).splitlines()
    content = "\r\n".join([first, rest[0], blank, blank, *rest[1:], ""])
    assert written("products", content) == LINES
    found = one(check("products", content), "C-14")
    assert (found.severity, found.row) == ("note", 3)


def test_rows_after_blank_lines_keep_their_numbers():
    lines = table(BROKEN).splitlines()
    report = check("products", "\r\n".join([*lines[:2], "", *lines[2:], ""]))
    assert problems(report) == [("PR-05", "warning", 4, "C"), ("PR-10", "error", 6, "E")]


def test_a_missing_line_end_at_the_end_is_no_matter():
    assert written("products", table(ROWS).rstrip()) == LINES


def test_short_lines_are_filled_up():
    assert written("products", "S;Tuote;T-1;kpl;;1,00;25,5\r\nS;Toinen;T-2;kpl;;2,00;25,5;Lisätieto\r\n") == [
        "S;Tuote;T-1;kpl;;1,00;25,5;;;;;;;",
        "S;Toinen;T-2;kpl;;2,00;25,5;Lisätieto;;;;;;",
    ]


def test_empty_spare_cells_are_dropped():
    assert written("products", upload(f"{PRODUCT};", f"{PRODUCT};;;")) == [PRODUCT, PRODUCT]


def test_a_filled_cell_beyond_the_last_field_is_one_error_at_its_cell():
    report = check("products", upload(PRODUCT.replace("KONS-1", "KONS-2"), f"{PRODUCT};yli"))
    found = one(report, "C-12")
    assert (found.severity, found.row, found.column, found.value) == ("error", 2, "O", "yli")
    assert problems(report) == [("C-12", "error", 2, "O")]


def test_a_semicolon_in_the_text_is_told_by_the_cell_that_was_pushed_out():
    line = "S;Konsultointi, tunti;KONS-1;h;0;95,00;25,5;sis. matkat; ei kuluja;EUR;;;3000;;vat_1"
    report = check("products", upload(line))
    assert problems(report) == [("C-12", "error", 1, "O")]


def test_a_row_wider_than_its_headings_is_never_converted_in_silence():
    report = check("products", table(ROWS) + "S;Kahvi;K-9;kpl;1,00;25,5;yli\r\n")
    assert [(i.row, i.column) for i in report.issues if i.severity in ("error", "warning") and i.column == "G"]


@pytest.mark.parametrize("cell", ['5" putki', '"5"" putki"'], ids=["bare", "doubled"])
def test_a_quotation_mark_in_the_text_becomes_a_typographic_one(cell):
    content = f"S;{cell};A-1;kpl;;95,00;25,5;;;;;;;\r\n"
    assert cells("products", content, 1) == ["5” putki"]
    assert one(check("products", content), "C-05").severity == "note"


@pytest.mark.parametrize("column", [0, 2, 5])
def test_the_first_quoted_cell_is_named(column):
    lines = [PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", "4,50", "13,5")]
    lines.append([f'"{cell}"' if place == column else cell for place, cell in enumerate(lines[1])])
    content = "\r\n".join(";".join(line) for line in lines).encode()
    found = [i for i in check("products", content).issues if i.code == "C-04"]
    assert [(i.row, i.column) for i in found] == [(3, "ABCDEF"[column])]


def test_quotation_marks_inside_several_texts():
    content = 'S;5" putki;A-1;kpl;;95,00;25,5;;;;;;;\r\nS;Levy 3" ja 4";A-2;kpl;;95,00;25,5;;;;;;;\r\nS;"Puu";A-3;kpl;;9,00;25,5;;;;;;;\r\n'
    assert cells("products", content, 1) == ["5” putki", "Levy 3” ja 4”", "Puu"]


def test_a_quoted_word_inside_a_text_keeps_its_marks():
    content = 'S;Malli "Eeva" sininen;A-1;kpl;;95,00;25,5;;;;;;;\r\n'
    assert cells("products", content, 1) == ["Malli ”Eeva” sininen"]


def test_a_text_that_begins_with_a_quoted_word_loses_nothing():
    content = 'S;"Eeva" sininen;A-1;kpl;;95,00;25,5;;;;;;;\r\nS;"Aatami" musta;A-2;kpl;;95,00;25,5;;;;;;;\r\n'
    assert cells("products", content, 1) == ["”Eeva” sininen", "”Aatami” musta"]


def test_line_breaks_in_quotes_belong_to_the_cell_and_rows_after_them_keep_their_numbers():
    rows = [(*PRODUCT_HEADINGS, "Additional information"), *[(*row, "rivi 1\nrivi 2\nrivi 3") for row in BROKEN[1:]]]
    report = check("products", table(rows))
    assert problems(report, but={"PR-21"}) == [("PR-05", "warning", 3, "C"), ("PR-10", "error", 5, "E")]
    assert cells("products", table(rows[:-1]), 7) == ["rivi 1 rivi 2 rivi 3"] * 3


@pytest.mark.parametrize("end", ENDS, ids=["CRLF", "LF", "CR"])
def test_line_breaks_in_quotes_with_every_line_end(end):
    rows = [(*PRODUCT_HEADINGS, "Additional information"), *[(*row, f"rivi 1{end}rivi 2") for row in ROWS[1:]]]
    assert cells("products", table(rows, end=end), 7) == ["rivi 1 rivi 2"] * 3


def test_a_semicolon_in_quotes_is_an_error_at_its_cell():
    content = table([(*PRODUCT_HEADINGS, "Additional information"), ("S", "Kahvi", "K-1", "kpl", "4,50", "13,5", "musta; tumma")])
    found = one(check("products", content), "PR-21")
    assert (found.severity, found.row, found.column, found.value) == ("error", 2, "G", "musta; tumma")


@pytest.mark.parametrize("size", [60_000, 200_000])
@pytest.mark.parametrize("inside", ["x" * 60 + "\r\n", 'x "" ; x\n'], ids=["lines", "quotation marks"])
def test_a_quoted_cell_longer_than_any_text_is_refused_with_its_row(size, inside):
    long = inside * (size // len(inside))
    content = table(ROWS, quoting=csv.QUOTE_ALL) + f'"S";"T-9 ""pitkä""";"{long}";"kpl"\r\n' + "S;Tee;T-1;kpl;1,00;25,5\r\n"
    with pytest.raises(csvimport.InputError, match="Row 5 has a cell of"):
        check("products", content)


def test_quotation_marks_of_the_text_that_stand_far_apart_take_no_rows():
    middle = "".join(f"S;Tee {number};T-{number};kpl;1,00;25,5\r\n" for number in range(10_000))
    content = table(ROWS[:1]) + 'S;"Kahvi;K-1;kpl;4,50;13,5\r\n' + middle + 'S;Putki "A";P-1;kpl;1,00;25,5\r\n'
    assert len(middle) > 200_000
    assert check("products", content).counts.rows == 10_002


def test_a_dos_end_mark_behind_the_last_line_is_no_record():
    for encoding in ("cp1252", "utf-16"):
        assert written("products", (table(ROWS) + "\x1a").encode(encoding)) == LINES
    assert cell_findings(table(BROKEN) + "\x1a") == cell_findings(table(BROKEN))
    assert ("C-10", "error", 2, "A") in problems(check("products", upload(PRODUCT) + b"\x1a", as_is=True))


def test_an_end_mark_elsewhere_is_a_cell():
    for content in (table(ROWS) + "\x1a\r\n", table(ROWS) + "\x1a\x1a", table(ROWS).rstrip() + "\x1a"):
        assert [issue for issue in check("products", content).issues if "\x1a" in (issue.value or "")]


def test_na_and_null_are_words_like_any_other():
    content = table([PRODUCT_HEADINGS, ("S", "NA", "NULL", "kpl", "4,50", "13,5"), ("S", "nan", "None", "kpl", "4,50", "13,5")])
    assert [line.split(";")[1:3] for line in written("products", content)] == [["NA", "NULL"], ["nan", "None"]]


def test_leading_zeros_in_a_csv_stay():
    content = table([PRODUCT_HEADINGS, ("S", "Kahvi", "007", "kpl", "4,50", "13,5")])
    assert cells("products", content, 2) == ["007"]


def test_a_windows_1252_character_beyond_latin_1():
    content = table([PRODUCT_HEADINGS, ("S", "Šakki – 5 €", "1", "kpl", "4,50", "13,5")])
    assert cells("products", content, 1) == ["Šakki – 5 €"]


def test_text_that_was_read_in_a_wrong_encoding_once_is_suspected():
    content = table([PRODUCT_HEADINGS, ("S", "PÃ¶ytÃ¤", "1", "kpl", "4,50", "13,5")])
    found = [i for i in check("products", content.encode()).issues if i.code == "C-09" and i.row]
    assert [(i.severity, i.row, i.column, i.suggestion) for i in found] == [("warning", 2, "B", "Pöytä")]


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("PÃ¶ytÃ¤ Š – 5 €", "Pöytä Š – 5 €"),
        ("Ã\x84Ã¤ni", "Ääni"),
        ("Â§ 5 â€“ â€œhaâ€\x9d", "§ 5 – “ha”"),
        ("PÃ¶ytÃ¤, Ã huono", "Pöytä, Ã huono"),
        ("ReunaÃ¤ Ã日", "Reunaä Ã日"),
        ("P”yt„, hyv„", "Pöytä, hyvä"),
        ("MyymŠlŠ", "Myymälä"),
        ("H”yl„", "Höylä"),
        ("P”yt„ 字", None),
        ("loppuâ€", None),
        ("loppuâ€ x", None),
    ],
)
def test_only_the_letters_that_are_garbled_are_read_anew(garbled, meant):
    content = table([PRODUCT_HEADINGS, ("S", garbled, "1", "kpl", "4,50", "13,5")])
    found = [i for i in check("products", content.encode()).issues if "garbled" in i.message]
    assert [(i.code, i.severity, i.column, i.suggestion) for i in found] == [("C-09", "warning", "B", meant)]
    assert ("Is it" in found[0].hint) == (meant is not None)


@pytest.mark.parametrize(
    "text",
    ["Škoda", "Œuvre", "Kahvila ”Malli”", "„Gasthof” Köln", "Malli™", "Tomáš Žižka", "Kahvila ”Tauko”n tilat", "Letku 2”x4”", "Tšekki"],
)
def test_letters_of_other_languages_are_not_garbled(text):
    content = table([PRODUCT_HEADINGS, ("S", text, "1", "kpl", "4,50", "13,5")])
    assert [i for i in check("products", content.encode()).issues if "garbled" in i.message] == []


def test_garbled_letters_that_can_be_read_anew_stand_beside_others_that_cannot():
    rows = [("S", text, str(n), "kpl", "4,50", "13,5") for n, text in enumerate(["PÃ¶ytÃ¤", "loppuâ€"])]
    report = check("products", table([PRODUCT_HEADINGS, *rows]).encode())
    assert [(i.row, i.suggestion) for i in report.issues if "garbled" in i.message] == [(2, "Pöytä"), (3, None)]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b";;;;\r\n;;;;\r\n", b"  \t\r\n"])
def test_a_file_without_any_cell_is_refused(content):
    with pytest.raises(csvimport.InputError, match=r"empty|no filled rows"):
        check("products", content)


@pytest.mark.parametrize("content", [table(ROWS[:1]), table(ROWS[:1]) + ";;;;;\r\n", "Tuotteet\r\n\r\n" + table(ROWS[:1])])
def test_headings_without_rows_are_refused(content):
    with pytest.raises(csvimport.InputError, match=r"input\.csv"):
        check("products", content)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(("encoding", "letter"), [("cp850", "Å"), ("mac_roman", "Å"), ("utf-8", "Á")])
def test_characters_of_neither_utf_8_nor_windows_are_refused_with_their_line(encoding, letter, end):
    content = f"S;Tee{end}S;Pöytä{end}".encode("cp1252") + f"S;{letter}berg{end}S;Tee{end}".encode(encoding)
    with pytest.raises(csvimport.InputError, match=r"^Line 3 of input\.csv .* MS-DOS or Macintosh"):
        check("products", content)


def test_control_characters_that_are_right_utf_8_are_never_written():
    content = table([PRODUCT_HEADINGS, ("S", "T\x94\x94l\x94", "1", "kpl", "4,50", "13,5")]).encode()
    report = check("products", content, settings={"encoding": "utf-8"})
    assert [(i.code, i.severity, i.row, i.column) for i in report.issues if i.row] == [("C-10", "error", 2, "B")]


def test_zero_bytes_are_no_text():
    with pytest.raises(csvimport.InputError, match="not a text file"):
        check("products", b"S;Tuote;" + b"x" * 5000 + b"\0")


def test_utf_16_that_breaks_off_is_refused_with_a_sentence():
    with pytest.raises(csvimport.InputError, match="UTF-16"):
        check("products", codecs.BOM_UTF16_LE + table(ROWS).encode("utf-16-le")[:-1])


def test_a_line_of_thousands_of_cells_is_refused():
    with pytest.raises(csvimport.InputError, match="Row 2"):
        check("products", PRODUCT + "\r\n" + ";" * 5000 + "x\r\n")


def test_standard_notes_of_form_are_notes():
    content = codecs.BOM_UTF8 + table(ROWS, ",", csv.QUOTE_ALL, "\n").encode()
    report = check("products", content)
    assert {i.code: i.severity for i in report.issues if i.code in FORM} == dict.fromkeys(["C-02", "C-04", "C-08", "C-09", "C-11"], "note")


def test_the_procountor_layout_is_found_below_headings_in_file_order():
    schema = csvimport.schema("products")
    headings = ";".join(field.title["fi"] for field in schema.main.fields)
    report = check("products", f"{headings}\r\n{PRODUCT}\r\n")
    assert report.to_dict()["input"]["layout"] == "procountor"
    assert report.to_dict()["input"]["headings"] is True
    assert one(report, "C-06").severity == "note"
    assert written("products", f"{headings}\r\n{PRODUCT}\r\n") == [PRODUCT]


def test_the_headings_option_overrules_what_the_file_looks_like():
    content = "Myyntituote;Tuote\r\nS;Kahvi\r\n"
    assert check("products", content, headings="no").to_dict()["input"]["headings"] is False
    assert check("products", table(ROWS), headings="no").counts.rows == 4
    assert check("products", content, headings="yes").counts.rows == 1


def test_an_unknown_heading_is_one_warning_and_its_column_is_left_out():
    rows = [(*PRODUCT_HEADINGS, "Hyllypaikka"), *[(*row, "A 12") for row in ROWS[1:]]]
    report = check("products", table(rows))
    found = one(report, "T-01")
    assert (found.severity, found.row, found.column, found.value) == ("warning", 1, "G", "Hyllypaikka")
    assert written("products", table(rows)) == LINES


def test_two_headings_for_one_field_are_an_error():
    rows = [(*PRODUCT_HEADINGS, "Hinta"), *[(*row, "1,00") for row in ROWS[1:]]]
    report = check("products", table(rows))
    found = one(report, "T-02")
    assert (found.severity, found.row, found.column) == ("error", 1, "G")


@pytest.mark.parametrize(("asked", "given"), [(a, b) for a in FILES for b in FILES if a != b])
def test_headings_of_another_file_are_one_error(asked, given):
    fields = csvimport.schema(given).main.fields
    report = check(asked, table([[f.title["en"] for f in fields], ["x"] * len(fields)]))
    assert [(i.code, i.severity) for i in report.issues if i.severity == "error"] == [("T-03", "error")]


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize("file", FILES)
def test_headings_are_read_in_three_languages(file, language):
    schema = csvimport.schema(file)
    fields = [f for f in schema.main.fields if f.kind != "unused"]
    shuffled = fields[::-1]
    filled = {"product_type": "S", "vat_percent": "25,5", "unit_price": "1", "partner_type": "C", "business_id_type": "FI"}
    filled |= {
        "product_name": "Nimi",
        "partner_name": "Nimi",
        "dimension_name": "Dimensio",
        "item_name": "Nimike",
        "business_id": "9100001-3",
    }
    rows = [[f.title[language] for f in shuffled], [filled.get(f.key, "") for f in shuffled]]
    result = convert(file, table(rows))
    assert [i.code for i in result.report.issues if i.code.startswith("T-")] == []
    line = result.to_bytes().decode("cp1252").removesuffix("\r\n").split(";")
    assert line == [filled.get(f.key, "") if f.kind != "constant" else "" for f in schema.main.fields]


def test_headings_are_found_whatever_their_case_blanks_and_hyphens():
    odd = [heading.upper().replace(" ", "-") for heading in PRODUCT_HEADINGS]
    assert written("products", table([odd, *ROWS[1:]])) == LINES


def test_keys_are_headings_too():
    keys = ["product_type", "product_name", "product_code", "unit", "unit_price", "vat_percent"]
    assert written("products", table([keys, *ROWS[1:]])) == LINES


def test_a_stream_without_a_name_is_called_the_input():
    stream = source(table(ROWS))
    del stream.name
    assert csvimport.check("products", stream).source.path == "the input"


def test_a_stream_whose_first_heading_begins_like_a_package_is_text():
    stream = source(table([("PKnro", *PRODUCT_HEADINGS), *[("1", *row) for row in ROWS[1:]]]))
    del stream.name
    assert csvimport.convert("products", stream).to_bytes() == upload(*LINES)


@pytest.mark.parametrize("text", ["=SUM(A1:A3)", "=A1", "=-B2"])
def test_a_text_like_a_formula_is_no_formula_of_a_workbook(text):
    """What stands in a CSV cannot be put right by saving a workbook."""
    content = table([PRODUCT_HEADINGS, ("S", text, "K-1", "kpl", "1", "13,5")])
    for lang, sheet in (("en", "workbook"), ("fi", "työkirja"), ("sv", "arbetsbok")):
        (found,) = [i for i in csvimport.check("products", source(content), lang=lang).issues if i.code == "C-47"]
        assert (found.severity, found.row, found.column, found.value) == ("error", 2, "B", text)
        assert text in found.message
        assert sheet not in found.hint.lower()


# --- cells in the wrong columns ----------------------------------------------------------------------------------------

PARTNERS = """Tyyppi;Asiakasnumero;Nimi;Tunnuksen tyyppi;Y-tunnus;Katuosoite;Postinumero;Postitoimipaikka;Maa;Maksuehto;Sähköposti
C;1001;Esimerkki Oy;FI;9100001-3;Katu 1;00100;Helsinki;FI;140;a@example.com
C;1002;Toinen Oy;FI;9100002-1;Katu 2;00100;Helsinki;FI;140;b@example.com
C;1003;Kolmas Oy;FI;9100004-8;Katu 3;00100;Helsinki;FI;140;c@example.com
"""


@pytest.mark.parametrize(
    ("right", "shifted", "cell"),
    [
        ("Katu 2;00100", "Katu 2;B 4;00100", "L3"),  # a semicolon inside a text
        ("Katu 2;00100", "Katu 2 00100", "I3"),  # a semicolon too few
        ("1002;Toinen", "1002 Toinen", "D3"),
    ],
)
def test_a_row_whose_cells_have_moved_is_one_finding(right, shifted, cell):
    assert problems(check("partners", PARTNERS.encode())) == []
    found = problems(check("partners", PARTNERS.replace(right, shifted).encode()))
    assert [(code, severity, f"{column}{row}") for code, severity, row, column in found] == [("C-12", "error", cell)]


def test_a_row_that_ends_early_is_looked_at_like_others():
    """Many programs leave out the delimiters of empty cells at the end."""
    short = PARTNERS.replace(";b@example.com", "")
    assert problems(check("partners", short.encode())) == []
    assert problems(check("partners", short.replace("9100002-1", "9100002-2").encode())) == [("P-07", "error", 3, "E")]


def test_a_cell_is_missing_in_a_record_of_the_transfer_file():
    cells = PRODUCT.split(";")
    moved = ";".join([cells[0], cells[1], *cells[3:]])
    report = check("products", upload(PRODUCT, PRODUCT.replace("KONS-1", "KONS-2"), moved))
    assert [found[:3] for found in problems(report)] == [("C-12", "error", 3)]

"""The rules common to all files: each broken once at its cell and once kept, as Procountor reads and as convert does."""

import io
import unicodedata
from typing import NamedTuple

import openpyxl
import pytest
from helpers import CUSTOMER, FORM, ITEM, PRODUCT, PRODUCT_HEADINGS, changed, check, convert, one, problems, said, source, table, upload

import csvimport

SUPPLIER = changed(CUSTOMER, C="S", AK="", AL="", N="FI9399999900000014")
PERSON = "SSN;010190-900P;P;Esimerkki;Åke;Kotipolku 3 A 5;Turku;20100;FI;;;;Myynti;FI7199999900000022;;tilisiirto;" + ";" * 44
LINES = {"products": PRODUCT, "partners": CUSTOMER, "dimensions": ITEM, "supplier": SUPPLIER, "person": PERSON}


class Broken(NamedTuple):
    """A cell that breaks a rule, and the code and severities (as it is, plain) that follow; None: nothing is said."""

    rule: str
    base: str
    column: str
    cell: str
    code: str
    as_is: str | None
    plain: str | None

    def __str__(self) -> str:
        return f"{self.rule} {self.base} {self.column} {self.cell[:20]}"


E, W, N = "error", "warning", "note"

CASES = [
    Broken("C-05", "products", "B", 'Levy 3" musta', "C-05", W, N),
    Broken("C-05", "dimensions", "D", 'Halli "Iso"', "C-05", W, N),
    Broken("C-10", "products", "H", "yksi\tkaksi", "PR-21", E, N),
    Broken("C-10", "products", "B", "yksi\tkaksi", "C-10", E, N),
    Broken("C-10", "products", "B", "yksi\x07kaksi", "C-10", E, E),
    Broken("C-15", "products", "A", "", "PR-01", E, E),
    Broken("C-15", "products", "B", "", "PR-02", E, E),
    Broken("C-15", "products", "F", "", "PR-10", E, E),
    Broken("C-15", "products", "G", "", "PR-12", E, E),
    Broken("C-15", "dimensions", "A", "", "D-01", E, E),
    Broken("C-15", "dimensions", "B", "", "D-03", E, E),
    Broken("C-15", "partners", "C", "", "P-04", E, E),
    Broken("C-15", "partners", "D", "", "P-05", E, E),
    Broken("C-15", "partners", "B", "", "P-09", E, E),
    Broken("C-16", "products", "B", "x" * 101, "PR-02", E, E),
    Broken("C-16", "products", "C", "x" * 41, "PR-04", E, E),
    Broken("C-16", "products", "M", "x" * 81, "PR-20", E, E),
    Broken("C-16", "dimensions", "A", "x" * 256, "D-01", E, E),
    Broken("C-16", "dimensions", "D", "x" * 256, "D-10", E, E),
    Broken("C-16", "partners", "D", "x" * 81, "P-05", E, E),
    Broken("C-16", "partners", "S", "x" * 81, "P-50", E, E),
    Broken("C-16", "partners", "A", "FINLAND", "P-06", E, E),
    Broken("C-17", "products", "I", "EU", "PR-18", E, E),
    Broken("C-17", "supplier", "BC", "NDEAFI", "P-41", E, E),
    Broken("C-18", "products", "B", " Kahvi", "C-18", W, N),
    Broken("C-18", "products", "B", "Kahvi\u00a0musta", "C-18", W, N),
    Broken("C-18", "partners", "D", "Esimerkki Oy ", "C-18", W, N),
    Broken("C-18", "dimensions", "B", 'Hanke "A"', "C-18", W, W),
    Broken("C-18", "dimensions", "B", "Hanke\tA", "C-18", W, W),
    Broken("C-10", "dimensions", "B", "Hanke\x01A", "C-10", E, E),
    Broken("C-19", "products", "A", "X", "PR-01", E, E),
    Broken("C-19", "products", "A", "s", "C-19", W, N),
    Broken("C-19", "partners", "C", "c", "C-19", W, N),
    Broken("C-19", "partners", "Z", "4", "P-26", E, E),
    Broken("C-19", "partners", "X", "9", "P-25", E, E),
    Broken("C-19", "partners", "X", "5", "P-25", W, W),
    Broken("C-20", "products", "F", "viisi", "PR-10", E, E),
    Broken("C-20", "products", "E", "1,2,3", "PR-09", E, E),
    Broken("C-21", "products", "F", "1 234,50", "C-21", E, N),
    Broken("C-21", "products", "F", "1.234,50", "C-21", E, N),
    Broken("C-21", "products", "F", "5 €", "C-21", E, N),
    Broken("C-21", "products", "G", "25,5 %", "C-21", E, N),
    Broken("C-21", "products", "F", "1,5E3", "C-21", E, E),
    Broken("C-23", "products", "G", "25,555", "PR-12", E, E),
    Broken("C-23", "products", "F", "1,23456", "C-23", W, W),
    Broken("C-24", "products", "E", "101", "PR-09", E, E),
    Broken("C-24", "products", "F", "-1", "PR-10", E, E),
    Broken("C-24", "partners", "W", "100,01", "P-24", E, E),
    Broken("C-26", "partners", "BE", "3,791E+09", "C-26", E, E),
    Broken("C-26", "partners", "BA", "1,23E+15", "C-26", E, E),
    Broken("C-28", "partners", "B", "9100001-4", "P-07", E, E),
    Broken("C-28", "partners", "BE", "003791000014", "P-43", W, W),
    Broken("C-30", "person", "B", "010190-900K", "P-08", E, E),
    Broken("C-30", "person", "B", "310290-900P", "P-08", E, E),
    Broken("C-30", "person", "B", "010190-900P", "C-30", W, W),
    Broken("C-31", "supplier", "N", "FI9399999900000015", "P-15", E, E),
    Broken("C-31", "supplier", "N", "123456-784", "P-15", E, E),
    Broken("C-31", "supplier", "N", "FI93 9999 9900 0000 14", "P-15", E, N),
    Broken("C-32", "supplier", "BC", "NDEAFIHHX", "P-41", E, E),
    Broken("C-32", "supplier", "BC", "1DEAFIHH", "P-41", E, E),
    Broken("C-32", "supplier", "BC", "ndea fihh", "C-32", E, N),
    Broken("C-34", "partners", "BE", "1234", "P-43", E, E),
    Broken("C-34", "partners", "BD", "operaattori", "P-43", E, E),
    Broken("C-35", "products", "G", "26", "PR-12", E, E),
    Broken("C-37", "products", "N", "vat1", "PR-14", E, E),
    Broken("C-37", "products", "N", "VAT_1", "C-19", W, N),
    Broken("C-39", "products", "L", "300", "PR-19", E, E),
    Broken("C-39", "partners", "AL", "30000", "P-34", E, E),
    Broken("C-40", "partners", "P", "tilisirto", "P-19", E, E),
    Broken("C-40", "partners", "V", "kotiin", "P-22", E, E),
    Broken("C-41", "products", "D", "pullo", "PR-08", W, W),
    Broken("C-42", "products", "I", "EUX", "PR-18", E, E),
    Broken("C-43", "partners", "I", "ZZ", "P-23", E, E),
    Broken("C-44", "partners", "R", "maija@", "P-21", E, E),
    Broken("C-45", "partners", "AV", r"Mallikatu 1\00100\Helsinki\FI", "P-37", E, E),
    Broken("C-46", "partners", "AY", "x", "P-38", E, E),
    Broken("C-46", "partners", "AZ", "x", "P-38", E, E),
    Broken("C-47", "products", "B", "#REF!", "C-47", E, E),
    Broken("C-47", "products", "B", "#PUUTTUU", "C-47", E, E),
    Broken("C-47", "products", "B", "=SUMMA(A1:A2)", "C-47", E, E),
]


def check_line(base, line, **options):
    file = base if base in ("products", "partners", "dimensions") else "partners"
    return check(file, upload(line), **options)


@pytest.mark.no_cover
@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("as_is", [True, False], ids=["as is", "plain"])
def test_a_broken_rule_is_told_once_at_its_cell(case, as_is):
    severity = case.as_is if as_is else case.plain
    report = check_line(case.base, changed(LINES[case.base], **{case.column: case.cell}), as_is=as_is)
    here = [(i.code, i.severity) for i in report.issues if i.column == case.column]
    assert (case.code, severity) in here
    heavier = {E: (E,), W: (E, W), N: (E, W)}[severity]
    assert [found for found in here if found[1] in heavier] == ([(case.code, severity)] if severity != N else [])
    assert [f for f in problems(report, but={"C-30", "PR-13"}) if f[3] != case.column and f[1] == "error"] == []


@pytest.mark.parametrize("case", [case for case in CASES if case.plain == N], ids=str)
def test_what_is_a_note_is_put_right_by_convert(case):
    file = case.base if case.base in ("products", "partners", "dimensions") else "partners"
    result = convert(file, upload(changed(LINES[case.base], **{case.column: case.cell})))
    again = check(file, result.to_bytes(), as_is=True)
    assert [f for f in problems(again) if f[3] == case.column] == []


@pytest.mark.parametrize("base", LINES)
@pytest.mark.parametrize("as_is", [True, False], ids=["as is", "plain"])
def test_right_lines_break_no_rule(base, as_is):
    assert problems(check_line(base, LINES[base], as_is=as_is), but={"C-30"}) == []


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("base", "column", "cell"),
    [
        ("products", "B", "Levy a=b"),
        ("products", "B", "Hylly, korkeus =(2 m)"),
        ("products", "B", "x" * 80),
        ("products", "C", "x" * 40),
        ("products", "M", "x" * 80),
        ("products", "E", "0"),
        ("products", "E", "100"),
        ("products", "E", "100,00"),
        ("products", "F", "1,2345"),
        ("products", "F", "1,23450"),
        ("products", "G", "25,500"),
        ("products", "N", "vat_1"),
        ("products", "L", ""),
        ("products", "I", ""),
        ("products", "H", "x" * 5000),
        ("products", "B", "Hinta 5 € – “halpa” ‰ Šakki"),
        ("dimensions", "B", "x" * 255),
        ("dimensions", "B", "Myymälä  A"),
        ("dimensions", "D", "x" * 255),
        ("partners", "D", "x" * 80),
        ("partners", "W", "0"),
        ("partners", "W", "100"),
        ("partners", "W", "8,5"),
        ("partners", "AA", "I"),
        ("partners", "O", "000"),
        ("partners", "BE", "003791000013001"),
        ("partners", "P", "suoraveloitus"),
        ("partners", "V", "postitus"),
        ("partners", "R", "a" * 69 + "@example.fi"),
        ("supplier", "N", "SE4550000000058398257466"),
        ("supplier", "N", "123456-00000785"),
        ("supplier", "BC", "NDEAFIHHXXX"),
    ],
)
@pytest.mark.parametrize("as_is", [True, False], ids=["as is", "plain"])
def test_values_at_the_edge_of_a_rule_keep_it(base, column, cell, as_is):
    assert problems(check_line(base, changed(LINES[base], **{column: cell}), as_is=as_is)) == []


# --- rules about the whole file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["products.txt", "products.tsv", "products"])
def test_c_01_procountor_takes_csv_only(name):
    assert [i.severity for i in csvimport.check("products", source(upload(PRODUCT), name), as_is=True).issues if i.code == "C-01"] == [E]
    assert [i for i in csvimport.check("products", source(upload(PRODUCT), name)).issues if i.code == "C-01"] == []


@pytest.mark.parametrize("name", ["products.csv", "PRODUCTS.CSV", "a.b.csv"])
def test_c_01_any_base_name_will_do(name):
    assert problems(csvimport.check("products", source(upload(PRODUCT), name), as_is=True)) == []


def test_c_03_a_semicolon_in_a_cell_is_never_replaced():
    content = table([["Dimension", "Item", "Description"], ["Kustannuspaikka", "A; B", "x; y"]])
    report = check("dimensions", content)
    assert problems(report) == [("C-03", E, 2, "B"), ("C-03", E, 2, "C")]


def test_c_07_an_empty_first_cell_of_a_partner():
    line = changed(CUSTOMER, A="", B="", BA="1001")
    typed = changed(CUSTOMER, BA="1002")
    assert problems(check("partners", upload(line, typed), as_is=True))[0][:2] == ("P-03", E)
    result = convert("partners", upload(line, typed))
    assert [i.severity for i in result.report.issues if i.code == "P-03"] == [N]
    assert result.to_bytes() == upload(typed, line)


def test_c_09_characters_outside_the_encoding():
    content = table(
        [["Dimension", "Item"], ["Kustannuspaikka", "日本"], ["Kustannuspaikka", "Łódź"], ["Kustannuspaikka", "ääkköset"]]
    ).encode()
    report = check("dimensions", content)
    assert problems(report) == [("C-09", E, 2, "B"), ("C-09", E, 3, "B")]
    assert "日" in next(i for i in report.issues if i.row == 2).message
    assert convert("dimensions", content, settings={"encoding": "utf-8"}).to_bytes().decode().splitlines()[1] == "Kustannuspaikka;Łódź;;;"


@pytest.mark.parametrize(
    ("encoding", "written"),
    [("utf-8", "Pöytä, filmi - – ”Łódź”"), ("cp1252", "Pöytä, filmi - – ”Lodz”"), ("iso-8859-1", "Pöytä, filmi - - 'Lodz'")],
)
def test_marks_and_ligatures_are_replaced_only_as_far_as_the_encoding_asks(encoding, written):
    name = "Łódź" if encoding == "utf-8" else "Lodz"
    content = table([["Dimension", "Item"], ["Kustannuspaikka", f"Po\u0308yta\u0308, \ufb01lmi \u2212 – ”{name}”"]]).encode()
    result = convert("dimensions", content, settings={"encoding": encoding})
    assert result.to_bytes().decode(encoding) == f"Kustannuspaikka;{written};;;\r\n"
    assert said(result.report, of=(N,), but=FORM - {"C-09"}).count(("C-09", N, 2, "B")) == 1


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("a\u0308iti", "äiti"),
        ("ﬁrma", "firma"),
        ("A‐B", "A-B"),
        ("−5", "-5"),
        ("a\u2009b", "a b"),
        ("a\u202fb", "a b"),
        ("a\u200bb", "ab"),
        ("5″", "5”"),
        ("A\u030akesson", "Åkesson"),
    ],
)
def test_c_09_equal_characters_take_their_place_with_a_note(given, written):
    content = table([["Dimension", "Item", "Description"], ["Kustannuspaikka", "A", given]]).encode()
    result = convert("dimensions", content)
    assert problems(result.report) == []
    assert [i.severity for i in result.report.issues if i.row == 2] == [N]
    assert result.to_bytes().decode("cp1252") == f"Kustannuspaikka;A;;{written};\r\n"


def test_c_09_plain_characters_where_the_encoding_has_less():
    content = table([["Dimension", "Item", "Description"], ["Kustannuspaikka", "A", "”x” – ‘y’ …"]]).encode()
    result = convert("dimensions", content, settings={"encoding": "iso-8859-1"})
    text = result.to_bytes().decode("iso-8859-1")
    assert text.startswith("Kustannuspaikka;A;;")
    assert " - 'y' ..." in text


def book(rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return source(stream.getvalue(), "input.xlsx")


def test_c_10_line_breaks():
    rows = [
        [*PRODUCT_HEADINGS, "Additional information"],
        ["S", "Kahvi", "K-1", "kpl", 1, 0, "yksi\nkaksi\n\nkolme"],
        ["S", "Kahvi\nmusta", "K-2", "kpl", 1, 0, ""],
        ["S", "Tee\n", "K-3", "kpl", 1, 0, ""],
    ]
    report = csvimport.check("products", book(rows))
    assert said(report) == [("PR-21", N, 2, "G"), ("C-10", E, 3, "B"), ("C-10", N, 4, "B")]


def test_c_10_line_breaks_in_an_address_are_an_error():
    rows = [["ID type", "Business ID", "Type", "Name", "Customer number", "Billing address"]]
    rows.append(["FI", "9100001-3", "C", "Esimerkki Oy", "1", "Esimerkki Oy\\Mallikatu 1\n\\00100\\Helsinki\\FI"])
    found = [i for i in csvimport.check("partners", book(rows)).issues if i.column == "F" and i.severity == E]
    assert len(found) == 1


def test_c_13_a_short_record_is_a_note_as_it_is():
    assert [i.severity for i in check("products", upload("S;Kahvi;K-1;kpl;;4,50;25,5"), as_is=True).issues if i.code == "C-13"] == [N]
    assert [i for i in check("products", upload("S;Kahvi;K-1;kpl;;4,50;25,5")).issues if i.code == "C-13"] == []


def test_c_15_a_mandatory_field_without_a_column_is_one_finding():
    report = check("dimensions", table([["Dimension", "Description"], *[["Kustannuspaikka", str(n)] for n in range(5)]]))
    assert problems(report) == [("D-03", E, None, None)]


def test_c_22_is_silent_as_it_is():
    assert problems(check("products", upload(changed(PRODUCT, F="1.234")), as_is=True)) == []


@pytest.mark.parametrize(("number", "severity"), [("EE100931558", None), ("EE100931559", W), ("SE556000475001", W)])
def test_c_29_vat_numbers(number, severity):
    line = changed(CUSTOMER, A=number[:2], B=number, AW="", BE="", AX="", BD="", Z="2")
    found = [(f[0], f[1]) for f in problems(check("partners", upload(line))) if f[3] == "B"]
    assert found == ([("C-29", severity)] if severity else [])


@pytest.mark.parametrize(("as_is", "severity"), [(True, E), (False, N)])
@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [("SSN", "010190-900p", "C-30"), ("SSN", "010190 -900P", "C-30"), ("FI", "9100001 -3", "C-28"), ("EE", "ee100931558", "C-29")],
)
def test_small_letters_and_blanks_of_identifiers_are_an_error_as_procountor_reads(kind, number, code, as_is, severity):
    report = check("partners", upload(changed(PERSON if kind == "SSN" else CUSTOMER, A=kind, B=number)), as_is=as_is)
    assert [(i.code, i.severity) for i in report.issues if i.column == "B" and i.severity in (E, severity)] == [(code, severity)]


def test_a_register_whose_umlauts_are_written_in_two_parts_is_the_same(tmp_path):
    (tmp_path / "items.csv").write_text(unicodedata.normalize("NFD", "Dimension;Item\nKäyttö;Pöytä\n"), encoding="utf-8")
    line = "5000;Selite;1,00;Käyttö;Pöytä;;"
    for encoding in ("cp1252", "utf-8"):
        options = {"settings": {"registers": {"dimensions": str(tmp_path / "items.csv")}, "encoding": encoding}}
        for form in ("NFC", "NFD"):
            content = unicodedata.normalize(form, f"{line}\r\n{line.replace('1,00', '-1,00')}\r\n").encode()
            assert problems(check("memo-vouchers", content, **options)) == []


def test_c_39_accounts_against_the_chart(tmp_path):
    chart = tmp_path / "chart.csv"
    chart.write_text("Account;Name\n3000;Sales\n4000;Purchases\n")
    options = {"settings": {"registers": {"accounts": str(chart)}}}
    assert problems(check("products", upload(PRODUCT), **options)) == []
    report = check("products", upload(changed(PRODUCT, L="3010")), **options)
    assert problems(report) == [("PR-19", E, 1, "L")]
    assert one(report, "PR-19").suggestion is None


def test_c_42_currencies_of_the_settings():
    options = {"settings": {"registers": {"currencies": ["EUR", "SEK"]}}}
    assert problems(check("products", upload(PRODUCT), **options)) == []
    assert problems(check("products", upload(changed(PRODUCT, I="USD")), **options)) == [("PR-18", E, 1, "I")]


def test_c_48_identity_codes_are_masked():
    report = check("partners", upload(changed(PERSON, B="010190-900K")))
    found = one(report, "P-08")
    assert found.value == "010190-****"
    assert "900" not in found.message + found.hint


def test_every_rule_of_the_reference_is_in_the_catalogue():
    rules = {rule.id for rule in csvimport.schema("products").all_rules}
    assert {f"C-{number:02d}" for number in range(1, 49)} <= rules


def test_one_cause_has_one_message():
    rows = [PRODUCT_HEADINGS, *[["S", f"Kahvi {n}", f"K-{n}", "kpl", "1,00", "0"] for n in range(20)]]
    assert said(check("products", table(rows)), but=FORM) == []
    broken = [PRODUCT_HEADINGS, *[["S", f"Kahvi {n}", f"K-{n}", "kpl", "-1,00" if n == 7 else "1,00", "0"] for n in range(20)]]
    assert said(check("products", table(broken)), but=FORM) == [("PR-10", E, 9, "E")]

"""Suggestions are applied by code when a user asks for it, at the cells that are named, and nowhere else."""

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from helpers import CUSTOMER, PRODUCT, PRODUCT_HEADINGS, changed, check, convert, problems, source, table, upload
from test_cli import folder, listed, put, refused, run
from test_reading_workbooks import ods, saved, xls, xlsx
from test_samples import MISTAKES, SAMPLES

import csvimport
from csvimport.kinds.identifiers import business_id_check_digit

pytestmark = pytest.mark.no_cover

__all__ = ["folder"]  # every test runs in a folder of its own

APPLIED = "is replaced by the suggestion"


def touched(before, after):
    """The cells in which a suggestion was written, with what stood there and what is written."""
    shown = {(i.sheet, f"{i.column}{i.row}"): i.value for i in before.issues if i.suggestion}
    written = re.compile(rf"“(?s:.*)” {APPLIED}: (.*)\.")
    return {place: (shown[place], written.fullmatch(issue.message)[1]) for place, issue in told(after).items()}


def told(report):
    """The cells that a report says it has touched, and what it says."""
    return {(i.sheet, f"{i.column}{i.row}"): i for i in report.issues if APPLIED in i.message}


def suggested(report, codes):
    """What a report suggests for each cell."""
    return {(i.sheet, f"{i.column}{i.row}"): i.suggestion for i in report.issues if i.code in codes and i.suggestion and i.field}


def codes_of(report):
    return tuple(sorted({issue.code for issue in report.issues if issue.suggestion and issue.field}))


# --- exactly what is named -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_exactly_the_cells_that_are_told_are_changed_as_suggested(file, name):
    before = csvimport.check(file, SAMPLES / name)
    codes = codes_of(before)
    after = csvimport.check(file, SAMPLES / name, apply_suggestions=codes)
    changes, notes = touched(before, after), told(after)
    assert set(changes) == set(notes)
    assert {place: text for place, (_, text) in changes.items()} == suggested(before, codes)
    for place, (old, new) in changes.items():
        assert notes[place].severity == "note"
        assert notes[place].value == old
        assert old in notes[place].message
        assert notes[place].message.endswith(f"{APPLIED}: {new}.")
        assert notes[place].suggestion is None
    if codes:
        gone = set(problems(before)) - set(problems(after))
        assert {place for _, place in changes} <= {f"{column}{row}" for _, _, row, column in gone}


@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_nothing_is_applied_without_being_asked(file, name):
    before = csvimport.check(file, SAMPLES / name)
    after = csvimport.check(file, SAMPLES / name, apply_suggestions=())
    assert touched(before, after) == {}
    assert told(before) == told(after) == {}
    assert before.to_dict() == after.to_dict()


def test_only_the_codes_that_are_named_are_applied():
    before = csvimport.check("partners", SAMPLES / "asiakkaat-virheita.xlsx")
    after = csvimport.check("partners", SAMPLES / "asiakkaat-virheita.xlsx", apply_suggestions=("P-19", "P-17"))
    assert touched(before, after) == {("Asiakkaat", "N4"): ("tilisirto", "tilisiirto"), ("Asiakkaat", "M3"): ("14", "140")}
    assert {issue.code for issue in told(after).values()} == {"P-19", "P-17"}
    assert ("P-07", "error", 2, "D") in problems(after)


def test_a_code_is_applied_at_all_its_cells():
    rows = [
        PRODUCT_HEADINGS,
        *(("S", "Kahvi", f"K-{number}", "kpl", "1", vat) for number, vat in enumerate(("0,255", "25,5", "0,135", "0,1"))),
    ]
    before = check("products", table(rows))
    after = check("products", table(rows), apply_suggestions=("PR-12",))
    assert touched(before, after) == {(None, "F2"): ("0,255", "25,5"), (None, "F4"): ("0,135", "13,5"), (None, "F5"): ("0,1", "10")}
    assert problems(after) == []


def test_the_counts_tell_the_notes():
    rows = [PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", "1", "0,255")]
    before, after = check("products", table(rows)), check("products", table(rows), apply_suggestions=("PR-12",))
    assert (before.counts.errors, after.counts.errors) == (1, 0)
    assert after.counts.notes == sum(issue.severity == "note" for issue in after.issues)


def test_a_code_that_suggests_nothing_changes_nothing_and_says_so():
    before = csvimport.check("partners", SAMPLES / "asiakkaat-virheita.xlsx")
    assert any(issue.code == "P-05" for issue in before.issues)
    after = csvimport.check("partners", SAMPLES / "asiakkaat-virheita.xlsx", apply_suggestions=("P-05", "C-47", "P-26"), quiet_notes=True)
    assert touched(before, after) == told(after) == {}
    new = [issue for issue in after.issues if issue.severity == "note"]
    assert [(issue.code, issue.row, issue.column) for issue in new] == [("P-05", None, None), ("C-47", None, None), ("P-26", None, None)]
    assert all(f"{issue.code} suggests nothing that could be written" in issue.message for issue in new)
    assert [issue for issue in after.issues if issue not in new] == [issue for issue in before.issues if issue.severity != "note"]


def test_the_command_line_says_that_a_code_suggests_nothing():
    result = run("check", "partners", SAMPLES / "asiakkaat-virheita.xlsx", "--apply-suggestions", "P-05", "--lang", "fi")
    assert "Koodilla P-05 ei ole ehdotusta" in " ".join(result.stdout.split())


@pytest.mark.parametrize(("given", "meant"), [("p-07", "P-07"), ("P07", "P-07")])
def test_a_misspelt_code_is_refused_with_the_nearest_one(given, meant):
    refused("check", "partners", SAMPLES / "asiakkaat.xlsx", "--apply-suggestions", given, says=(given, f"Did you mean {meant}?"))


def test_later_findings_speak_of_the_value_that_was_written():
    """An EDI code that lacks its zeros, of another company than the business ID."""
    field = csvimport.schema("partners").main["edi_code"]
    bare = f"379100002{business_id_check_digit('9100002')}"
    line = changed(CUSTOMER, **{field.column: bare})
    (later,) = (
        i for i in check("partners", upload(line), apply_suggestions=("P-43",)).issues if i.code == "P-59" and i.column == field.column
    )
    assert f" 00{bare} " in later.message
    assert f" {bare} " not in later.message


def test_a_code_without_findings_changes_nothing():
    content = upload(PRODUCT)
    assert convert("products", content, apply_suggestions=("PR-12", "PR-16")).to_bytes() == content


def test_headings_are_not_renamed():
    rows = [(*PRODUCT_HEADINGS, "Alenus-%"), ("S", "Kahvi", "K-1", "kpl", "1", "25,5", "5")]
    before = check("products", table(rows))
    assert any(issue.code == "T-01" and issue.suggestion for issue in before.issues)
    after = check("products", table(rows), apply_suggestions=("T-01",))
    assert touched(before, after) == told(after) == {}


@pytest.mark.parametrize("code", ["P-999", "I-14", "tilisiirto", "p-19", ""])
def test_an_unknown_code_is_a_usage_error(code):
    with pytest.raises(csvimport.UsageError):
        csvimport.check("partners", SAMPLES / "asiakkaat-virheita.xlsx", apply_suggestions=(code,))
    with pytest.raises(csvimport.UsageError):
        csvimport.convert("partners", SAMPLES / "asiakkaat.xlsx", apply_suggestions=("P-19", code))


def test_suggestions_and_another_form_do_not_go_together():
    with pytest.raises(csvimport.UsageError, match="together"):
        csvimport.check("memo-vouchers", SAMPLES / "muistiotositteet.xlsx", as_="journal-receipts", apply_suggestions=("MV-14",))


# --- every kind of input -------------------------------------------------------------------------------------------

FAULTY = [PRODUCT_HEADINGS, ("S", "Kahvi, äärimmäinen", "K-1", "kpl", 4.5, 0.255), ("B", "Tee", "K-2", "kpl", 3, "25,5")]
RIGHT = [PRODUCT_HEADINGS, ("S", "Kahvi, äärimmäinen", "K-1", "kpl", 4.5, 25.5), ("B", "Tee", "K-2", "kpl", 3, "25,5")]


def as_csv(rows):
    return source(table([[str(value).replace(".", ",") for value in row] for row in rows]))


def as_frame(rows):
    return pd.DataFrame(rows[1:], columns=rows[0], index=["first", "second"])


@pytest.mark.parametrize("made", [as_csv, xlsx, xls, ods, as_frame])
def test_the_upload_is_that_of_a_corrected_input(made):
    assert not csvimport.check("products", made(FAULTY)).ok
    result = csvimport.convert("products", made(FAULTY), apply_suggestions=("PR-12", "C-21"))
    assert result.to_bytes() == csvimport.convert("products", made(RIGHT)).to_bytes()
    (issue,) = told(result.report).values()
    assert (issue.code, issue.field, issue.column) == ("PR-12", "vat_percent", "F")
    assert issue.index == ("first" if made is as_frame else None)
    assert result.report.to_dict()["input"] == csvimport.check("products", made(RIGHT)).to_dict()["input"]


def test_the_input_itself_is_not_touched():
    put("products.csv", table([[str(value) for value in row] for row in FAULTY]))
    before = Path("products.csv").read_bytes()
    run("convert", "products", "products.csv", "-o", "out.csv", "--apply-suggestions", "PR-12")
    assert Path("products.csv").read_bytes() == before
    frame = as_frame(FAULTY)
    kept = frame.copy(deep=True)
    csvimport.convert("products", frame, apply_suggestions=("PR-12",))
    pd.testing.assert_frame_equal(frame, kept)


def test_upload_ready_files_take_suggestions_too():
    content = upload(changed(CUSTOMER, P="tilisirto", O="14"), "GROUP;Kanta-asiakkaat;;J")
    right = upload(changed(CUSTOMER, P="tilisiirto", O="140"), "GROUP;Kanta-asiakkaat;;J")
    before, after = check("partners", content), check("partners", content, apply_suggestions=("P-19", "P-17"))
    assert touched(before, after) == {(None, "P1"): ("tilisirto", "tilisiirto"), (None, "O1"): ("14", "140")}
    assert {code for code, *_ in problems(after)} == {code for code, *_ in problems(check("partners", right))}


def test_rows_keep_their_addresses_after_blank_rows_and_line_breaks():
    rows = [("Hinnasto", *[""] * 5), [""] * 6, PRODUCT_HEADINGS, ("S", "Tee\nvihreä", "K-0", "kpl", "1", "25,5"), [""] * 6]
    content = table([*rows, ("S", "Kahvi", "K-1", "kpl", "1", "0,255")])
    before, after = check("products", content), check("products", content, apply_suggestions=("PR-12",))
    assert touched(before, after) == {(None, "F6"): ("0,255", "25,5")}
    assert set(told(after)) == {(None, "F6")}


def test_a_package_takes_suggestions_and_keeps_its_attachments():
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        content = (SAMPLES / "invoices.csv").read_bytes()
        archive.writestr("invoices.csv", content.replace(b"tilisiirto", b"tilisirto", 1))
        archive.writestr("kuitti-0117.pdf", b"%PDF-1.7")
    before = csvimport.check("invoices", source(package.getvalue(), "invoices.zip"))
    after = csvimport.check("invoices", source(package.getvalue(), "invoices.zip"), apply_suggestions=("I-14",))
    (change,) = touched(before, after).values()
    assert change == ("tilisirto", "tilisiirto")
    attachments = [[i for i in report.issues if i.code == "I-42"] for report in (before, after)]
    assert attachments[0] == attachments[1]


def test_suggestions_at_two_sheets():
    workbook = openpyxl.load_workbook(SAMPLES / "laskut-kaksi-taulukkoa.xlsx")
    workbook["Laskut"]["F2"], workbook["Rivit"]["H4"] = "9100001-4", 0.255
    before = csvimport.check("invoices", saved(workbook))
    after = csvimport.check("invoices", saved(workbook), apply_suggestions=("I-13", "I-65"))
    assert touched(before, after) == {("Laskut", "F2"): ("9100001-4", "9100001-3"), ("Rivit", "H4"): ("0.255", "25,5")}
    assert set(told(after)) == {("Laskut", "F2"), ("Rivit", "H4")}
    assert (
        csvimport.convert("invoices", saved(workbook), apply_suggestions=("I-13", "I-65")).to_bytes()
        == csvimport.convert("invoices", SAMPLES / "laskut-kaksi-taulukkoa.xlsx").to_bytes()
    )


# --- fields that a table puts together from several cells ----------------------------------------------------------


def test_the_field_of_debit_and_credit_columns_takes_the_signed_sum():
    rows = [
        ("Tosite", "Tili", "Selite", "Debet", "Kredit"),
        *[("1", "5000", "Palkka", "1234,00", ""), ("1", "2965", "Palkka", "", "1188,00"), ("1", "2966", "Palkka", "", "55,00")],
    ]
    before, after = (check("memo-vouchers", table(rows), apply_suggestions=codes) for codes in ((), ("MV-07",)))
    assert [(i.code, i.column, i.row) for i in before.issues if i.severity == "error"] == [("MV-07", "D", 2)]
    assert problems(after) == []
    assert cells_written("memo-vouchers", rows, ("MV-07",), 2) == ["1243,00", "-1188,00", "-55,00"]


@pytest.mark.parametrize("sum_", ["1.250", "1,250", "€ 1.250", "1.250-", "-1,250"])
def test_a_sum_that_can_be_read_as_two_keeps_its_side(sum_):
    """The suggestion is what the cell would hold, and it counts for credit there; the voucher balances."""
    sides = [("Tosite", "Tili", "Selite", "Debet", "Kredit"), ("1", "5000", "Palkka", sum_, ""), ("1", "2965", "Palkka", "", sum_)]
    letters = [("Tosite", "Tili", "Selite", "Summa", "D/K"), ("1", "5000", "Palkka", "1.250", "D"), ("1", "2965", "Palkka", "1.250", "K")]
    for rows, said in ((sides, "-1250" if "-" in sum_ else "1250"), (letters, "1250")):
        before, after = (check("memo-vouchers", table(rows), apply_suggestions=codes) for codes in ((), ("MV-03",)))
        found = [i for i in before.issues if i.severity == "error"]
        assert [(i.code, i.suggestion) for i in found] == [("MV-03", said)] * 2
        assert all(f"as {said} or as {said[:-3]},250" in i.message for i in found)
        assert problems(after) == []
        assert cells_written("memo-vouchers", rows, ("MV-03",), 2) == [said, said.lstrip("-") if "-" in said else f"-{said}"]


def cells_written(file, rows, codes, column):
    """One column of what comes out."""
    content = convert(file, table(rows), apply_suggestions=codes).to_bytes().decode("cp1252")
    return [line.split(";")[column] for line in content.splitlines()]


ADDRESS = r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\Suomi"


def test_an_address_is_changed_whole_in_parts_and_in_one_cell():
    headings = ("Nimi", "Tyyppi", *(f"Laskutusosoite: {part}" for part in ("nimi", "katu", "postinumero", "postitoimipaikka", "maa")))
    parts = table([headings, ("Esimerkki Oy", "C", "Esimerkki Oy", "Mallikatu 1", "00100", "Helsinki", "UK")])
    before, after = (check("partners", parts, apply_suggestions=codes) for codes in ((), ("P-37",)))
    assert codes_of(before) == ("P-37",)
    assert [place for _, place in told(after)] == ["G2"]
    assert "P-37" not in {code for code, *_ in problems(after)}
    whole = upload(changed(CUSTOMER, AV=ADDRESS))
    before, after = (check("partners", whole, apply_suggestions=codes) for codes in ((), ("P-37",)))
    assert touched(before, after) == {(None, "AV1"): (ADDRESS, ADDRESS.replace("Suomi", "FI"))}


INVOICE = ("Lasku", "Laskutyyppi", "Laskutusosoite", "Laskun pvm", "Eräpäivä", "Maksutapa", "Kuvaus", "Määrä", "Hinta", "ALV-%")
LINE = ("1", "M", ADDRESS.replace("Suomi", "FI"), "1.3.2026", "15.3.2026", "tilisirto", "Kahvi", "1", "10,00", "25,5")


def test_what_stands_on_every_line_of_an_invoice_is_changed_once_for_all():
    content = table([INVOICE, LINE, (*LINE[:6], "Tee", *LINE[7:]), ("2", *LINE[1:5], "tilisiirto", *LINE[6:])])
    before, after = check("invoices", content), check("invoices", content, apply_suggestions=("I-14",))
    assert ("I-14", "error", 2, "F") in problems(before)
    assert set(problems(after)) < set(problems(before))
    assert touched(before, after) == {(None, "F2"): ("tilisirto", "tilisiirto")}


def test_of_a_cell_with_several_shares_only_the_wrong_one_is_changed():
    put("dimensions.csv", "Kustannuspaikka;Myymälä A;A;;\r\nKustannuspaikka;Myymälä B;A;;\r\n")
    options = {"settings": {"registers": {"dimensions": "dimensions.csv"}}}
    line = (*LINE[:5], "tilisiirto", *LINE[6:], "Esimerkki Oy", "9100001-3", "Myymälä A 60 %; Myymäla B 40 %")
    content = table([(*INVOICE, "Nimi", "Y-tunnus", "Dimensio: Kustannuspaikka"), line])
    before = check("invoices", content, **options)
    assert [issue.suggestion for issue in before.issues if issue.code == "I-73"] == ["Myymälä B"]
    lines = convert("invoices", content, apply_suggestions=("I-73",), **options).to_bytes().decode("cp1252").splitlines()
    assert lines[2:] == [";DIMENSION;R;Kustannuspaikka;Myymälä A;60", ";DIMENSION;R;Kustannuspaikka;Myymälä B;40"]


def test_cells_of_several_columns_are_changed_each_in_its_own():
    put(
        "dimensions.csv", "".join(f"{dimension};{item};A;;\r\n" for dimension, item in (("Paikka", "Myymälä A"), ("Projekti", "P-2026-01")))
    )
    options = {"settings": {"registers": {"dimensions": "dimensions.csv"}}}
    line = (*LINE[:5], "tilisiirto", *LINE[6:])
    rows = [(*INVOICE, "Dimensio: Paikka", "Dimensio: Projekti"), (*line, "Myymäla A", "P-2026-01"), (*line, "Myymälä A", "P-2026-O1")]
    before, after = (check("invoices", table(rows), apply_suggestions=codes, **options) for codes in ((), ("I-73",)))
    assert touched(before, after) == {(None, "K2"): ("Myymäla A", "Myymälä A"), (None, "L3"): ("P-2026-O1", "P-2026-01")}
    assert "I-73" not in {code for code, *_ in problems(after)}


# --- mappings ------------------------------------------------------------------------------------------------------

PARTNER = {"Nimi": "Name of business partner", "Laji": "Business partner type", "Tunnuslaji": "Business ID type"}


def with_mapping(file, given, codes, **mapping):
    """The cells that are changed and those that are told, with a mapping; the upload, if there is one."""
    before, after = (check(file, table(given), mapping=mapping, apply_suggestions=wanted) for wanted in ((), codes))
    assert {issue.code for issue in before.issues if issue.suggestion} >= set(codes)
    changes = {place: new for (_, place), (_, new) in touched(before, after).items()}
    assert set(changes) == {place for _, place in told(after)}
    content = convert(file, table(given), mapping=mapping, apply_suggestions=codes).to_bytes().decode("cp1252") if after.ok else None
    return changes, content


PRICES = [("Vero", "Laji", "Nimi", "Netto"), ("0,255", "S", "Kahvi", "1"), ("25,5", "S", "Tee", "1")]
PRICED = {"Vero": "VAT-%", "Laji": "Product type", "Nimi": "Product name", "Netto": "Unit price"}


def test_with_a_mapping_the_cells_of_the_input_are_changed():
    changes, content = with_mapping("products", PRICES, ("PR-12",), columns=PRICED)
    assert changes == {"A2": "25,5"}
    assert content.splitlines()[0] == "S;Kahvi;;;;1;25,5;;;;;;;"


def test_with_a_mapping_that_filters_rows_the_right_rows_are_changed():
    rows = [
        (*PRICES[0], "Tila"),
        ("0,255", "S", "Vanha", "1", "pois"),
        ("0,135", "S", "Kahvi", "1", ""),
        ("0,255", "S", "Uusi", "1", "pois"),
    ]
    changes, content = with_mapping(
        "products", rows, ("PR-12",), columns={**PRICED, "Tila": ""}, rows=[{"column": "Tila", "drop": ["pois"]}]
    )
    assert changes == {"A3": "13,5"}
    assert content == "S;Kahvi;;;;1;13,5;;;;;;;\r\n"


def test_with_another_decimal_mark_the_number_is_that_of_the_suggestion():
    rows = [PRICES[0], ("0.255", "S", "Kahvi", "1.5")]
    content = with_mapping("products", rows, ("PR-12",), columns=PRICED, decimal_marks={"VAT-%": ".", "Unit price": "."})[1]
    assert content == "S;Kahvi;;;;1,5;25,5;;;;;;;\r\n"


def test_with_turned_signs_the_number_is_that_of_the_suggestion_or_none():
    rows = [PRICES[0], ("25,5", "S", "Kahvi", "-1.234")]
    content = with_mapping("products", rows, ("C-22",), columns=PRICED, flip_sign=["Unit price"])[1]
    assert content == "S;Kahvi;;;;1234;25,5;;;;;;;\r\n"
    report = check("products", table(rows), mapping={"columns": PRICED, "flip_sign": ["Unit price"]}, apply_suggestions=("C-22",))
    assert "PR-10" not in {code for code, *_ in problems(report)}


def test_values_that_a_mapping_translates_are_changed():
    rows = [("Nimi", "Laji", "Tunnuslaji", "Tapa"), ("Esimerkki Oy", "C", "FI", "B")]
    columns = {**PARTNER, "Tapa": "Payment method"}
    changes = with_mapping("partners", rows, ("P-19",), columns=columns, values={"Payment method": {"B": "tilisirto"}})[0]
    assert changes == {"D2": "tilisiirto"}


def test_a_field_that_a_mapping_joins_is_changed_whole():
    rows = [("Nimi", "Laji", "Tunnuslaji", "Y-tunnus", "Alku", "Loppu"), ("Esimerkki Oy", "C", "FI", "9100001-3", "tili", "sirto")]
    joined = [{"field": "Payment method", "columns": ["Alku", "Loppu"], "between": ""}]
    changes, content = with_mapping("partners", rows, ("P-19",), columns=PARTNER, join=joined)
    assert changes == {"E2": "tilisiirto"}
    assert content.split(";")[15] == "tilisiirto"


def test_a_column_that_a_mapping_splits_loses_nothing():
    rows = [("Nimi", "Laji", "Tunnuslaji", "Tiedot"), ("Esimerkki Oy", "C", "Y-tunnus", "9100001-4/Maija Malli")]
    divided = [{"column": "Tiedot", "fields": ["Business ID", "Contact person"], "at": "/"}]
    changes, content = with_mapping("partners", rows, ("P-07",), columns=PARTNER, split=divided)
    assert changes == {"D2": "9100001-3"}
    assert (content.split(";")[1], content.split(";")[18]) == ("9100001-3", "Maija Malli")


def test_a_constant_has_no_cell_to_change():
    rows = [("Nimi", "Laji"), ("Esimerkki Oy", "C")]
    columns = {"Nimi": PARTNER["Nimi"], "Laji": PARTNER["Laji"]}
    assert with_mapping("partners", rows, ("P-19",), columns=columns, constants={"Payment method": "tilisirto"})[0] == {}


# --- on the command line -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codes", ["PR-12,C-22", "PR-12, C-22", " C-22 ,PR-12,"])
def test_codes_are_named_with_commas(codes):
    put("products.csv", table([PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", "1.234", "0,255")]))
    assert run("check", "products", "products.csv").exit_code == 1
    result = run("convert", "products", "products.csv", "-o", "out.csv", "--apply-suggestions", codes)
    assert result.exit_code == 0
    assert Path("out.csv").read_bytes() == b"S;Kahvi;K-1;kpl;;1234;25,5;;;;;;;\r\n"
    printed = " ".join(result.stdout.split())
    for place, old, new in (("E2", "1.234", "1234"), ("F2", "0,255", "25,5")):
        assert place in printed
        assert f"“{old}” {APPLIED}: {new}." in printed


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_what_was_applied_is_said_in_the_language(lang):
    put("products.csv", table([PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", "1", "0,255")]))
    issues = [check("products", Path("products.csv").read_bytes(), apply_suggestions=("PR-12",), lang=code).issues for code in ("en", lang)]
    english, other = ([i.message for i in found if i.code == "PR-12"] for found in issues)
    assert english != other
    assert "0,255" in other[0]
    assert "25,5" in other[0]


def test_the_json_names_the_cells():
    put("products.csv", table([PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", "1", "0,255")]))
    document = json.loads(run("check", "products", "products.csv", "--apply-suggestions", "PR-12", "--format", "json").stdout)
    (issue,) = [issue for issue in document["issues"] if issue["code"] == "PR-12"]
    assert (issue["severity"], issue["row"], issue["column"], issue["value"]) == ("note", 2, "F", "0,255")


def test_an_unknown_code_ends_with_status_2_and_writes_nothing():
    put("products.csv", upload(PRODUCT))
    refused("check", "products", "products.csv", "--apply-suggestions", "PR-99", says="PR-99")
    refused("convert", "products", "products.csv", "-o", "out.csv", "--apply-suggestions", "PR-12,P-19", says="P-19")
    assert listed() == ["products.csv"]


def test_standard_input_is_read_once():
    content = table([PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", "1", "0,255")]).encode()
    assert run("convert", "products", "-", "-o", "out.csv", "--apply-suggestions", "PR-12", stdin=content).exit_code == 0
    assert Path("out.csv").read_bytes() == b"S;Kahvi;K-1;kpl;;1;25,5;;;;;;;\r\n"

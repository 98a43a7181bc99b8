"""Personal identity codes are masked however they are written, and ordinary numbers are not."""

import json
from pathlib import Path

import openpyxl
import pytest
from helpers import source, table
from hypothesis import given
from hypothesis import strategies as st
from test_kinds import identity_codes

import csvimport
from csvimport.masking import mask_identity_codes
from csvimport.report.files import write_report
from csvimport.report.terminal import render

MASKED = {
    "131052-9129": "131052-****",
    "131052\u20119129": "131052-****",  # the hyphen of Word
    "131052\u20139129": "131052-****",
    "131052\u20149129": "131052-****",
    "131052\u22129129": "131052-****",
    "131052 9129": "131052-****",
    "131052\u00a0-\u00a09129": "131052-****",
    "131052\n-9129": "131052-****",
    "131052--9129": "131052-****",
    "131052_9129": "131052-****",
    "131052.9129": "131052-****",
    "131052:9129": "131052-****",
    "131052,9129": "131052-****",
    "131052/9129": "131052-****",
    "131052-912 9": "131052-****",
    "131052-9129abc": "131052-****abc",
    "hetu131052-9129": "hetu131052-****",
    "hetu:131052_9129": "hetu:131052-****",
    "Virtanen_131052-9129_palkat.xlsx": "Virtanen_131052-****_palkat.xlsx",
    "131052-9129,010190-9123": "131052-****,010190-****",
    "13.10.52-9129": "131052-****",
    "13.10.1952-9129": "131052-****",
    "13101952-9129": "131052-****",
    "131O52-9129": "131O52-****",
    "l31052-9129": "l31052-****",
    "131052-9I29": "131052-****",
    "010101A905W": "010101-****",
    "010101a905w": "010101-****",
    "010101 A 905 W": "010101-****",
    "010101905W": "010101-****",
    "0101019O5W": "010101-****",
    "850101-1234": "850101-****",  # of a Swede
}  # fmt: skip

ORDINARY = (
    "556016-0680",  # a Swedish organisation number: there is no month 60
    "1234567-8", "FI12345678", "003712345678", "040 123 4567", "+358 40 123 4567", "0401234567",
    "FI21 1234 5600 0007 85", "FI2112345600000785", "MT84MALT011000012345MTLCAST001S", "RF18539007547034", "12345 67891",
    "31.12.2024 12:30", "31.12.2024 1230", "31.12.2024 klo 12.30", "2024-12-12T12:24:00", "01.01.2024-31.12.2024",
    "2024-0001", "20240131-0001", "Lasku 121224, 1500 kpl", "Lasku 121224: 150 kpl", "121224 olla", "121224 Ollila",
    "120 450,00", "120450,50", "121224 1500,00", "121224 1 500,00 EUR", "121224 a 100 kpl", "121224100kpl",
)  # fmt: skip

IN_THEIR_FIELD = {
    "240777 9344": "240777-****",
    "31.12.1999-9513": "311299-****",
    "1310529129": "131052-****",
    "131052-91299": "131052-****",
    "131052-912": "131052-****",
    "131052-9 129": "131052-****",
    "133152-9129": "133152-****",
    "13105-9129": "13105-****",
    "Virtanen": "Virtanen",
    "1234": "1234",
    "100123": "100123",
    "1234567-8": "1234567-8",
    "FI12345678": "FI12345678",
    "SE556016068001": "SE556016068001",
}


@pytest.mark.parametrize("text", MASKED)
def test_what_is_meant_as_an_identity_code_is_masked(text):
    assert mask_identity_codes(text) == mask_identity_codes(text, personal=True) == MASKED[text]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_are_shown(text):
    assert mask_identity_codes(text) == text


@pytest.mark.parametrize("text", IN_THEIR_FIELD)
def test_in_a_field_of_identity_codes_more_digits_than_those_of_a_date_are_masked(text):
    assert mask_identity_codes(text, personal=True) == IN_THEIR_FIELD[text]


BETWEEN = st.text(st.sampled_from("-+_ \u00a0\u2010\u2011\u2012\u2013\u2014\u2212"), min_size=1, max_size=2)
AROUND = st.text(st.sampled_from("abOIlxÄö (”_-;."), max_size=6)


@given(identity_codes(), BETWEEN, AROUND, AROUND)
def test_a_code_with_any_dash_or_blank_is_masked_between_any_words(code, between, before, after):
    text = f"{before}{code[:6]}{between}{code[7:]} {after}"
    assert f"{code[:6]}-****" in mask_identity_codes(text)
    assert f"{between}{code[7:]}" not in mask_identity_codes(text)


@given(st.integers(0, 10**7 - 1), st.integers(0, 9))
def test_no_business_id_is_masked(number, last):
    text = f"{number:07d}-{last}"
    assert mask_identity_codes(text) == mask_identity_codes(text, personal=True) == text


@given(st.datetimes(), st.sampled_from(["%d.%m.%Y %H:%M", "%d.%m.%Y %H%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y klo %H.%M", "%d.%m.%y"]))
def test_no_moment_is_masked(moment, form):
    text = moment.strftime(form)
    assert mask_identity_codes(text) == text


@given(st.decimals(-(10**9), 10**9, places=2))
def test_no_sum_is_masked(amount):
    for text in (f"{amount}", f"{amount}".replace(".", ","), f"{amount:,}", f"{amount:,}".replace(",", " ").replace(".", ",")):
        assert mask_identity_codes(text) == text


# --- where they are shown -------------------------------------------------------------------------------------------

CODE = "131052-9129"
PAYROLL = [("Henkilötunnus", "Palkkalaji", "Määrä"), ("131052\u20119129", "2100", "x"), ("240777 9344", "2100", "1")]


def test_a_code_with_the_hyphen_of_word_is_masked_in_every_form():
    report = csvimport.check("payroll", source(table(PAYROLL).encode(), "palkat.csv"))
    for text in (render(report), report.to_json()):
        assert "9129" not in text
        assert "9344" not in text
        assert "131052-****" in text


def test_names_of_files_and_sheets_are_masked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = f"Virtanen_{CODE}"
    for row in PAYROLL:
        book.active.append(row)
    book.save(f"Virtanen_{CODE}_palkat.xlsx")
    report = csvimport.check("payroll", f"Virtanen_{CODE}_palkat.xlsx")
    document = json.loads(report.to_json())
    assert document["input"]["path"] == "Virtanen_131052-****_palkat.xlsx"
    assert document["input"]["sheet"] == "Virtanen_131052-****"
    assert CODE not in render(report)
    assert set(report.to_frame()["sheet"].dropna()) == {"Virtanen_131052-****"}
    for form in (".json", ".csv", ".sarif", ".html"):
        write_report(report, f"report{form}")
        assert CODE not in Path(f"report{form}").read_text(encoding="utf-8-sig"), form


def test_a_name_with_an_identity_code_is_masked_in_the_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    rows = [("Product type", "Product name", "Unit price", "VAT-%"), ("S", "Kahvi", "4,50", "25,5")]
    result = csvimport.convert("products", source(table(rows), f"{CODE}.csv"), f"out_{CODE}.csv", manifest=True)
    assert result.outputs[0] == f"out_{CODE}.csv"
    for end in ("json", "md"):
        assert CODE not in Path(f"out_{CODE}.csv.manifest.{end}").read_text(encoding="utf-8")
    assert CODE not in render(result.report)


def test_samples_in_a_drafted_mapping_are_masked():
    text = csvimport.draft_mapping("payroll", source(table(PAYROLL).encode(), "palkat.csv"))
    assert "131052-****" in text
    assert "240777-****" in text
    assert "9129" not in text
    assert "9344" not in text


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_the_right_check_character_is_told_with_personal_data_only(lang):
    """Beside a masked code it would be a part of what is masked."""
    line = "E;010190-900K;1004;;1;;;;;;;;;;;;;;;;\r\n"
    masked, whole = (csvimport.check("payroll", source(line), lang=lang, show_personal_data=shown) for shown in (False, True))
    (one,), (other,) = ([issue for issue in report.issues if issue.code == "PAY-04"] for report in (masked, whole))
    assert not {"P", "P."} & set(f"{one.message} {one.hint}".split())
    assert {"P", "P."} & set(other.hint.split())

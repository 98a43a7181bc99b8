"""The report as a page: complete without its script, safe with any text, small, and looked at in a browser."""

import base64
import hashlib
import re
import shutil
import struct
import subprocess
import zlib
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from helpers import PRODUCT, changed, check, source, table, upload

import csvimport
from csvimport.findings import Finding
from csvimport.messages import phrase
from csvimport.report import as_html
from csvimport.report.changes import is_change
from csvimport.report.markup import joined, tag, visible
from csvimport.report.preview import figure_text
from csvimport.schema import load
from csvimport.severity import Severity

SAMPLES = Path(__file__).parent.parent / "samples"
STYLE = (Path(csvimport.__file__).parent / "report" / "page.css").read_text(encoding="utf-8")
FAULTY = {
    "asiakkaat-virheita.xlsx": "partners",
    "dimensiot-virheita.xlsx": "dimensions",
    "laskut-virheita.xlsx": "invoices",
    "palkkatiedot-virheita.xlsx": "salary-info",
    "tunnit-virheita.xlsx": "payroll",
    "tuotteet-virheita.csv": "products",
}
VOID = {"meta", "input"}
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = (
    "<script>alert(1)</script>",
    '"onload="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "</style><b>",
    "&lt;b&gt;",
    "${title}",
    "{value}",
)
IDENTITY_CODES = ("010190-999P", "131052-308T")


class Page(HTMLParser):
    """A page taken apart; tags must be closed in the order in which they were opened."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.words, self.elements, self._open = [], [], [], []
        self.feed(content.decode("utf-8"))
        self.close()
        assert self._open == []

    def handle_starttag(self, name, attributes):
        assert len(dict(attributes)) == len(attributes), attributes
        self.tags.append((name, dict(attributes)))
        if name not in VOID:
            self._open.append(name)

    def handle_endtag(self, name):
        assert self._open.pop() == name

    def handle_data(self, text):
        if not {"style", "script"} & set(self._open):
            self.words.append(text)
        elif text.strip():
            self.elements.append((self._open[-1], text))

    @property
    def text(self):
        return plain("".join(self.words))

    def named(self, name):
        return [attributes for tag_name, attributes in self.tags if tag_name == name]


def render(report):
    return b"".join(as_html.render(report))


def plain(text):
    return " ".join(text.split())


@cache
def sample(name, lang="fi", **options):
    return csvimport.check(FAULTY[name], SAMPLES / name, lang=lang, **options)


def products(*rows, lang="en", **options):
    """The report on a table of products."""
    return check(
        "products", table([("Product type", "Product name", "Product code", "Unit", "Unit price", "VAT-%"), *rows]), lang=lang, **options
    )


def faulty(count, lang="fi"):
    """A report of so many findings at one field."""
    finding = Finding(
        "PR-10",
        "number_form",
        Severity.ERROR,
        "product",
        "unit_price",
        at=np.arange(count),
        rows=np.arange(2, count + 2),
        columns=np.full(count, 4),
        values=np.array([f"{number} euroa" for number in range(count)], object),
    )
    return replace(products(("S", "Name", "A-1", "h", "x", "25,5"), lang=lang), findings=(finding,))


# --- what the page holds ------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("name", FAULTY)
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_every_finding_is_on_the_page_with_its_code_message_and_hint(name, lang):
    report = sample(name, lang)
    page = Page(render(report))
    assert page.named("html") == [{"lang": lang}]
    for finding in report.findings:
        first = next(report.expand(finding))
        written = first.message if not is_change(finding) else first.message.partition(" → ")[0]
        assert plain(written) in page.text
        assert first.code in page.text
        if not is_change(finding):
            assert plain(first.hint) in page.text
        assert report.title_of(finding) in page.text
    shown = page.named("article")
    wanted = dict.fromkeys((finding.severity, finding.code, finding.problem) for finding in report.findings if not is_change(finding))
    assert [(group["data-severity"], group["data-code"]) for group in shown] == [(str(severity), code) for severity, code, _ in wanted]


@pytest.mark.parametrize("name", FAULTY)
def test_every_cell_of_a_group_is_listed_with_its_value(name):
    report = sample(name)
    page = Page(render(report))
    found = [finding for finding in report.findings if not is_change(finding)]
    for finding in found:
        together = {report.title_of(other) for other in found if (other.code, other.problem) == (finding.code, finding.problem)}
        field = report.title_of(finding) if len(together) > 1 else ""
        for issue in report.expand(finding) if len(finding) > 1 else ():
            words = (f"{issue.column}{issue.row}", field, issue.value or "tyhjä")
            assert plain("".join(words)) in page.text.replace(" ", "") or plain(f"{words[0]} {words[2]}") in page.text


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_verdict_counts_figures_and_facts(lang):
    report = sample("laskut-virheita.xlsx", lang)
    page = Page(render(report))
    assert page.text.startswith(plain(phrase("html_title", lang, path="laskut-virheita.xlsx")))
    assert phrase("html_verdict_errors", lang) in page.text
    for name, count in (("errors", 15), ("warnings", 8), ("notes", 30), ("invalid", 13)):
        assert phrase(f"html_{name}", lang) + str(count) in page.text
    for figure in report.totals:
        assert figure_text(figure, lang) in page.text
    assert "samples/laskut-virheita.xlsx" in page.text
    assert "Laskut" in page.text


def test_the_verdict_is_of_the_worst_severity():
    right, warned, wrong = (
        products(("S", "Name", code, "h", price, "25,5"), lang="fi") for code, price in (("A-1", "1"), ("", "1"), ("A-1", "x"))
    )
    for report, verdict in ((right, "right"), (warned, "warnings"), (wrong, "errors")):
        page = Page(render(report))
        assert {"class": f"verdict {verdict}"} in page.named("div")
        assert phrase(f"html_verdict_{verdict}", "fi") in page.text
        assert sum(phrase(f"html_verdict_{other}", "fi") in page.text for other in ("right", "warnings", "errors")) == 1


def test_a_report_without_findings():
    page = Page(render(replace(products(("S", "Name", "A-1", "h", "1", "25,5"), lang="fi"), findings=(), totals=())))
    assert "Aineisto on valmis siirrettäväksi" in page.text
    assert "Korjattavaa ei ole." in page.text
    assert not page.named("article")
    assert not page.named("button")
    assert not page.named("details")


def test_rows_are_shown_with_their_headings_and_the_cell_marked():
    content = render(sample("laskut-virheita.xlsx")).decode()
    group = next(part for part in content.split("<article") if 'data-code="I-31"' in part)
    assert re.findall(r"<mark>.*?</mark>", group) == ['<mark><bdi class="value">Faksi</bdi></mark>']
    assert re.findall(r'scope="col"[^>]*>(\w+)<', group) == ["A", "J", "K", "L", "M", "N"]
    assert "Laskukanava" in group.partition('class="headings"')[2]
    assert 'scope="row">11</th>' in group


def test_narrow_screens_show_the_cell_behind_its_row_number_and_paper_what_is_beside_it():
    content = render(sample("laskut-virheita.xlsx")).decode()
    group = next(part for part in content.split("<article") if 'data-code="I-31"' in part)
    letters = re.search(r'class="letters">(.*?)</tr>', group)[1]
    kinds = re.findall(r'<th(?: scope="col")?(?: class="(\w+)")?>([A-Z]+|…)<', letters)
    assert kinds == [("before", "A"), ("before", "…"), ("far", "J"), ("before", "K"), ("cell", "L"), ("", "M"), ("far", "N")]
    assert 'class="meant cell"' in group


def test_values_and_row_numbers_of_an_excerpt_do_not_break():
    assert ".excerpt th, .excerpt td { overflow-wrap: normal; white-space: nowrap; }" in STYLE
    assert "overflow-wrap: anywhere" not in STYLE.partition("@media print")[2]


def test_an_empty_cell_says_so_and_a_heading_can_be_the_cell_meant():
    content = render(sample("asiakkaat-virheita.xlsx")).decode()
    empty = next(part for part in content.split("<article") if 'data-code="P-10"' in part)
    assert '<mark><span class="empty">tyhjä</span></mark>' in empty
    heading = next(part for part in content.split("<article") if 'data-code="T-01"' in part)
    assert '<mark><bdi class="value">Luottoraja</bdi></mark>' in heading
    assert "<tbody" not in heading


def test_an_excerpt_of_a_file_without_headings_has_only_letters():
    report = check("products", upload(PRODUCT, changed(PRODUCT, C="KONS-2", F="x")), lang="fi")
    group = next(part for part in render(report).decode().split("<article") if 'data-code="PR-10"' in part)
    assert 'class="headings"' not in group
    assert '<mark><bdi class="value">x</bdi></mark>' in group


def test_an_excerpt_of_a_data_frame_has_its_column_names():
    frame = pd.DataFrame(
        {"Product type": ["S"], "Product name": ["Name"], "Unit price": ["x"], "VAT-%": ["25,5"], "Unit": ["h"]}, index=["first"]
    )
    content = render(csvimport.check("products", frame)).decode()
    assert re.search(r'class="headings"><th scope="row"></th>.*?Unit price', content)
    assert "<mark>" in content


def test_an_excerpt_of_a_mapped_file_has_the_files_own_headings():
    rows = [("Raportti 2026", "", "", ""), ("Tuote X", "Laji Y", "Hinta Z", "Vero V"), ("Nimi", "S", "abc", "25,5")]
    columns = {"Tuote X": "product_name", "Laji Y": "product_type", "Hinta Z": "unit_price", "Vero V": "vat_percent"}
    content = render(check("products", table(rows), mapping={"columns": columns})).decode()
    group = next(part for part in content.split("<article") if 'data-code="PR-10"' in part)
    assert re.search(r'class="headings"><th scope="row">2</th>.*?Tuote X.*?Hinta Z', group)
    assert '<mark><bdi class="value">abc</bdi></mark>' in group


def test_a_group_of_another_sheet_names_it(tmp_path):
    book = openpyxl.load_workbook(SAMPLES / "laskut-kaksi-taulukkoa.xlsx")
    sheet = book["Rivit"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("Määrä") + 1).value = "yksi"
    book.save(tmp_path / "laskut.xlsx")
    content = render(csvimport.check("invoices", tmp_path / "laskut.xlsx", lang="fi")).decode()
    group = next(part for part in content.split("<article") if 'data-code="I-61"' in part)
    assert 'class="place">Rivit!D2<' in group
    assert '<mark><bdi class="value">yksi</bdi></mark>' in group


def test_changed_notations_are_listed_before_and_after_with_their_cells():
    page = Page(render(sample("asiakkaat-virheita.xlsx")))
    assert "Y-tunnusFIC2–C6, C8–C11, C13" in page.text
    assert "100 00100G8".replace(" ", "") in page.text
    assert [d for d in page.named("details") if "id" in d] == [{"id": "changes", "class": "changes"}]


def test_applied_suggestions_stand_apart_before_the_changed_notations_and_open():
    """They change what is said: 2015838-3 becomes 2015838-2."""
    rows = [
        ("Tunnustyyppi", "Y-tunnus", "Liikekumppanin nimi", "Maksuehto", "Maakoodi"),
        ("FI", "2015838-3", "Esimerkki Oy", "14", "Suomi"),
    ]
    report = check("partners", table(rows), lang="fi", apply_suggestions=["P-07", "P-17"])
    content = render(report).decode()
    applied, changes = (content.index(f'id="{kind}"') for kind in ("applied", "changes"))
    assert applied < changes
    for before, after in (("2015838-3", "2015838-2"), ("14", "140")):
        cells = f'<td><bdi class="value">{before}</bdi></td><td><bdi class="value">{after}</bdi></td>'
        assert cells in content[applied:changes]
        assert cells not in content[changes:]
    page = Page(content.encode())
    assert next(d for d in page.named("details") if "id" in d)["open"] is None
    assert phrase("html_applied_intro", "fi") in page.text


def test_quiet_notes_are_counted_only():
    rows = [
        ("Tunnustyyppi", "Y-tunnus", "Liikekumppanin nimi", "Maksuehto", "Maakoodi"),
        ("FI", "2015838-3", "Esimerkki Oy", "140", "Suomi"),
    ]
    report = check("partners", table(rows), lang="fi", apply_suggestions=["P-07"], quiet_notes=True)
    page = Page(render(report))
    assert "note" not in {group["data-severity"] for group in page.named("article")}
    assert [d["id"] for d in page.named("details") if "id" in d] == ["applied"]
    assert phrase("html_notes", "fi") + str(report.counts.notes) in page.text


def test_one_problem_at_several_fields_is_one_group_with_all_its_cells():
    months = [f"{month}/2026" for month in range(1, 13)]
    rows = [("Tilinumero", *months), ("3000", *["0,5"] * 12), ("4000", *["100"] * 12), ("5000", *["0,7"] * 12)]
    page = Page(render(check("budgets", table(rows), lang="fi")))
    assert [(group["data-code"], group["data-severity"]) for group in page.named("article")].count(("B-08", "error")) == 1
    assert "24 solua" in page.text
    for column in "BCDEFGHIJKLM":
        assert f"{column}2" in page.text
        assert f"{column}4" in page.text


def test_headings_without_a_field_are_one_group_that_lists_them():
    rows = [("Tuotetyyppi", "Tuotenimi", "Tuotekoodi", "Hinta", "ALV-%", "Oma 1", "Oma 2"), ("S", "Kahvi", "K-1", "1", "25,5", "a", "b")]
    page = Page(render(check("products", table(rows), lang="fi")))
    assert [group["data-code"] for group in page.named("article")].count("T-01") == 1
    assert "F1 Oma 1" in page.text
    assert "G1 Oma 2" in page.text


def test_blanks_at_the_ends_of_values_can_be_seen():
    assert visible(" a\tb ") == (
        '<bdi class="value"><span class="unseen"> </span>a<span class="unseen">\t</span>b<span class="unseen"> </span></bdi>'
    )
    assert visible("two words") == '<bdi class="value">two words</bdi>'


# --- personal data ------------------------------------------------------------------------------------------------


def test_identity_codes_are_masked_in_values_messages_and_rows_around():
    rows = [("Henkilötunnus", "Palkkalaji", "Tunnit", "Kommentti"), (IDENTITY_CODES[0], "x", "7,5", f"sijainen {IDENTITY_CODES[1]}")]
    rows.append(("131052-30", "1004", "y", ""))
    masked, shown = (check("payroll", table(rows), lang="fi", show_personal_data=show) for show in (False, True))
    content = render(masked).decode()
    for code in (*IDENTITY_CODES, "131052-30"):
        assert code not in content
        assert code in render(shown).decode()
    assert "010190-****" in content
    assert "131052-****" in content
    assert phrase("html_masked", "fi") in content
    assert phrase("html_unmasked", "fi") in render(shown).decode()


def test_the_columns_of_identity_codes_are_known_without_headings_and_by_what_they_hold():
    comments = [
        ("Tuotetyyppi", "Tuotenimi", "Hinta", "Sarake"),
        ("myynti", "Nimi", "x", "131052-30"),
        ("myynti", "Nimi", "1", IDENTITY_CODES[1]),
    ]
    content = render(check("products", table(comments), lang="fi")).decode()
    assert "131052-****" in content
    assert "131052-30" not in content
    line = (SAMPLES / "payroll.csv").read_bytes().decode("cp1252").splitlines()[0].split(";")
    kinds = [field.kind for field in load("payroll").main.fields]
    line[kinds.index("employee_id")] = "131052-30"
    content = render(check("payroll", f"{';'.join(line)}\r\n", lang="fi")).decode()
    assert "131052-30" not in content


def test_file_names_are_masked():
    code = IDENTITY_CODES[1]
    report = csvimport.check("products", source(upload(PRODUCT), f"palkka {code}.csv"))
    assert code not in render(report).decode()


# --- safety -------------------------------------------------------------------------------------------------------


def test_text_is_never_markup():
    kinds = {name for name, _ in Page(render(products(("S", "plain", "plain", "h", "plain", "plain")))).tags}
    for value in HOSTILE:
        report = products((value, value, value, value, value, value), ("S", "Name", f"{value} ", "h", f" {value}", value))
        report = replace(report, source=replace(report.source, path=f"{value}.csv"), outputs=(value,))
        content = render(report)
        page = Page(content)
        assert {name for name, _ in page.tags} <= kinds | {"details", "summary", "b"}
        assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on") or key == "src"]
        assert [name for name, _ in page.elements] == ["style", "script"]
        assert plain(value) in page.text


def test_halves_of_surrogate_pairs_and_control_characters_are_replaced():
    report = faulty(3)
    finding = replace(report.findings[0], values=np.array(["a\ud800b", "c\x00\x1bd", "e\rf"], object), details={"written": "\udfff"})
    page = Page(render(replace(report, findings=(finding, replace(finding, severity=Severity.NOTE)))))
    assert "a\N{REPLACEMENT CHARACTER}b" in page.text
    assert "c\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}d" in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", "".join(page.words))


def test_markup_escapes_content_and_attributes():
    assert (
        tag("p", "<b>", tag("i", "&"), class_='"x"', hidden=True, lang=None) == '<p class="&quot;x&quot;" hidden>&lt;b&gt;<i>&amp;</i></p>'
    )
    assert joined("a", "<") == "a&lt;"


def test_nothing_is_loaded_and_only_the_pages_own_style_and_script_are_allowed():
    for name in FAULTY:
        page = Page(render(sample(name)))
        policy = next(meta["content"] for meta in page.named("meta") if meta.get("http-equiv") == "Content-Security-Policy")
        hashes = {kind: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for kind, text in page.elements}
        assert policy.split("; ") == [
            "default-src 'none'",
            f"style-src 'sha256-{hashes['style']}'",
            f"script-src 'sha256-{hashes['script']}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
        for _, attributes in page.tags:
            assert not {"src", "style", "srcset", "action", "data"} & set(attributes)
            assert attributes.get("href", "#").startswith("#")
        assert all("url(" not in text and "@import" not in text and "http" not in text for _, text in page.elements)


# --- size ---------------------------------------------------------------------------------------------------------


def test_a_report_of_100_000_findings_is_small_and_says_what_it_leaves_out():
    content = render(faulty(100_000))
    page = Page(content)
    assert len(content) < 200_000
    assert "100\N{NO-BREAK SPACE}000 solua" in "".join(page.words)
    assert phrase("html_rest_cells", "fi", count="99\N{NO-BREAK SPACE}800") in "".join(page.words)
    assert phrase("html_search_cut", "fi") in page.text
    assert "E201 199 euroa" in page.text
    assert "E202 200 euroa" not in page.text


@pytest.mark.no_cover
def test_a_page_of_many_groups_stays_below_2_mb():
    one = faulty(200).findings[0]
    long = replace(one, values=np.array([f"{number} {'sana ' * 60}" for number in range(200)], object))
    report = replace(faulty(1), findings=tuple(replace(long, code=f"PR-{at}") for at in range(500)))
    content = render(report)
    assert len(content) < 2_000_000
    assert phrase("html_rest_groups", "fi", count=300) in Page(content).text
    singles = replace(faulty(1), findings=(faulty(1).findings[0],) * 100_000)
    assert len(render(singles)) < 2_000_000


# --- people -------------------------------------------------------------------------------------------------------


def colours():
    """The colours of the page by name, light ones and dark ones."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks]


def contrast(one, other):
    """The contrast of two colours as WCAG 2 defines it."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_enough_in_light_dark_and_print():
    light, dark, paper = colours()
    for found in (light, dark, light | paper):
        for back in ("page", "sheet", "head"):
            assert contrast(found["text"], found[back]) >= 7
            assert contrast(found["quiet"], found[back]) >= 4.5
            assert contrast(found["focus"], found[back]) >= 3
        for kind in ("error", "warning", "note", "right"):
            for back in ("sheet", f"{kind}-soft"):
                assert contrast(found[kind], found[back]) >= 4.5
            assert contrast(found["text"], found[f"{kind}-soft"]) >= 7
            assert contrast(found["quiet"], found[f"{kind}-soft"]) >= 4.5
        assert contrast(found["strong-line"], found["sheet"]) >= 3


def test_the_page_can_be_used_by_keyboard_and_read_without_its_script():
    page = Page(render(sample("laskut-virheita.xlsx")))
    assert page.named("a") == [{"class": "skip", "href": "#findings"}]
    controls = next(attributes for name, attributes in page.tags if attributes.get("id") == "controls")
    assert "hidden" in controls
    assert sum("hidden" in attributes for _, attributes in page.tags) == 1
    assert all(button["type"] == "button" for button in page.named("button"))
    assert {name for name, attributes in page.tags if "tabindex" in attributes} == {"section"}
    assert len(page.named("summary")) == len(page.named("details"))
    identifiers = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(identifiers)) == len(identifiers)


# --- in a browser -------------------------------------------------------------------------------------------------


def browse(folder, page, *arguments):
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
    command += ["--force-device-scale-factor=1", f"--user-data-dir={folder / 'profile'}"]
    return subprocess.run([*command, *arguments, page], capture_output=True, timeout=120, check=True).stdout.decode()


def colours_of(picture):
    """The width and the height of a PNG, and how many different bytes its filtered lines hold."""
    content = picture.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    data, at = b"", 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            data += content[at + 8 : at + 8 + length]
        at += length + 12
    return *struct.unpack(">II", content[16:24]), len(set(zlib.decompress(data)))


@pytest.mark.skipif(BROWSER is None, reason="no Chromium")
@pytest.mark.parametrize("lang", ["en", "fi"])
def test_a_picture_of_the_page_is_not_blank(lang, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(render(sample("laskut-virheita.xlsx", lang)))
    browse(tmp_path, path.as_uri(), "--window-size=1200,1600", f"--screenshot={tmp_path / 'page.png'}")
    width, height, different = colours_of(tmp_path / "page.png")
    assert (width, height) == (1200, 1600)
    assert different > 100


@pytest.mark.skipif(BROWSER is None, reason="no Chromium")
@pytest.mark.parametrize(
    ("preset", "shown"),
    [
        ("search=faksi", ["I-31"]),
        ("severity=warning&sort=code", ["C-36", "I-13", "I-21", "I-32", "I-62", "I-63", "I-66", "T-01"]),
        ("search=TILISIRTO&sort=code", ["I-13", "I-14"]),
        ("search=tilisirto&severity=error,note&sort=row", ["I-14"]),
        ("search=nothing+like+this", []),
    ],
)
def test_the_script_filters_and_sorts(preset, shown, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(render(sample("laskut-virheita.xlsx")))
    page = Page(browse(tmp_path, f"{path.as_uri()}#{preset}", "--dump-dom").encode())
    found = [group["data-code"] for group in page.named("article") if "hidden" not in group]
    assert found == shown
    assert f"Ryhmiä näkyvissä: {len(found)} / 25" in page.text
    assert "hidden" not in next(attributes for _, attributes in page.tags if attributes.get("id") == "controls")


@pytest.mark.skipif(BROWSER is None, reason="no Chromium")
def test_hostile_text_does_not_run(tmp_path):
    path = tmp_path / "page.html"
    run = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
    path.write_bytes(render(products((run, run, run, run, run, run), ("S", "Name", f"{run} ", "h", run, run))))
    dumped = browse(tmp_path, path.as_uri(), "--dump-dom")
    assert "<title>Report on input.csv</title>" in dumped

"""explain and describe: every rule explained in every language, with examples that hold, and the pages made of them."""

import io
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from helpers import check, upload

import csvimport
from csvimport.cli import docs, facts
from csvimport.cli.describe import describe_file, explain_code
from csvimport.errors import UsageError
from csvimport.kinds import KINDS
from csvimport.messages import EXPLANATIONS, TERMS, Catalogue, explanation, phrase
from csvimport.report.report import Report
from csvimport.schema import folder, load, names
from csvimport.schema_parts import Rule
from csvimport.settings import LANGUAGES
from csvimport.severity import Severity

SAMPLES = Path(__file__).parent.parent / "samples"
TRANSLATIONS = [lang for lang in LANGUAGES if lang != "en"]
REMAKE = "The pages beside the schemas are made anew by: python -m csvimport.cli.docs"

EFFECTS = {
    "row_refused",
    "file_refused",
    "misread",
    "emptied",
    "replaced",
    "ignored",
    "rounded",
    "accepted",
    "varies",
    "difference_posted",
    "unknown",
    "nothing",
}
RULES = {code: rule for code, (rule, _) in facts.schemas_by_rule().items()}
WRITTEN = {
    code: entry
    for path in EXPLANATIONS.glob("*.toml")
    if path.stem != TERMS
    for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
}

MESSAGES = Catalogue.of("en").problems
FAULTY = {
    "asiakkaat-virheita.xlsx": "partners",
    "tuotteet-virheita.csv": "products",
    "dimensiot-virheita.xlsx": "dimensions",
    "laskut-virheita.xlsx": "invoices",
    "budjetti-virheita.xlsx": "budgets",
    "muistiotositteet-virheita.xlsx": "memo-vouchers",
    "tunnit-virheita.xlsx": "payroll",
    "palkkatiedot-virheita.xlsx": "salary-info",
}

# --- every rule in every language ----------------------------------------------------------------------------------


def test_every_rule_is_explained_and_nothing_else():
    assert set(WRITTEN) == set(RULES)


@pytest.mark.parametrize("code", WRITTEN)
def test_an_explanation_is_whole(code):
    entry = WRITTEN[code]
    assert set(entry) == {*TRANSLATIONS, "wrong", "right", "procountor"}
    told = [entry[lang] for lang in TRANSLATIONS]
    assert all(text.endswith(".") and len(text) <= 320 for text in told)
    assert len({RULES[code].text, *told}) == len(LANGUAGES)
    assert entry["procountor"] in EFFECTS


@pytest.mark.parametrize("code", WRITTEN)
def test_wrong_and_right_differ_and_only_a_reminder_has_neither(code):
    entry = WRITTEN[code]
    assert (entry["wrong"] != entry["right"]) if entry["wrong"] else not entry["right"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_explanation_is_in_the_language_asked_for(lang):
    for code, rule in RULES.items():
        assert explanation(rule, lang).meaning == (rule.text if lang == "en" else WRITTEN[code][lang])


def test_examples_name_no_real_person_and_no_real_company():
    for code, rule in RULES.items():
        for told in (explanation(rule, lang) for lang in LANGUAGES):
            text = f"{told.wrong} {told.right}"
            assert all(number >= "900" for number in re.findall(r"\b\d{6}[-+A-FU-Y](\d{3})[0-9A-Y]\b", text)), code
            assert all(number.startswith(("90", "91")) for number in re.findall(r"\b(\d{7})-\d\b", text)), code


# --- examples hold -------------------------------------------------------------------------------------------------

PARTNER = (
    "FI;9100001-3;C;Esimerkki Oy;;Mallikatu 1;Helsinki;00100;FI;;;;;;140;tilisiirto;EUR;laskut@example.com;;;;;8,00;2;;3;"
    + ";" * 21
    + r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI;;003791000013;;;1001;;;003723327487;003791000013;;;"
)
OTHER_PARTNER = r"FI;9000001-1;S;Toimittaja Oy" + ";" * 44 + r"Toimittaja Oy\Mallikatu 2\00100\Helsinki\FI;;;;;9001;;;;;;;"
BASES = {
    "partners": PARTNER,
    "products": "S;Konsultointi, tunti;KONS-1;h;0;95,00;25,5;;EUR;;;3000;;vat_1",
    "dimensions": "Kustannuspaikka;Myymälä A;A;Helsingin myymälä;",
    "memo-vouchers": "5000;Palkkajaksotus 1/2026;3000,00;;;;",
    **{
        name: (SAMPLES / f"{name}.csv").read_text(encoding="cp1252").splitlines()[0]
        for name in ("invoices", "payroll", "salary-info", "budgets")
    },
}
# Rules whose examples are not found by themselves: they need a register or a setting, a package, another kind of record around them,
# or the example is only hinted at.
NEED_MORE = {
    "P-52", "P-53", "PR-17", "PR-21", "D-02", "D-04", "D-09", "I-25", "I-39", "I-42",
    "I-47", "I-50", "I-55", "I-57", "I-66", "I-69", "I-70", "PAY-05", "PAY-07", "PAY-08",
    "PAY-10", "PAY-13", "PAY-21", "PAY-28", "SI-19", "B-12", "B-19", "MV-06", "MV-08", "MV-09",
    "MV-12", "MV-21",
}  # fmt: skip


def lines(file: str, rule: Rule, example: str) -> Iterator[str]:
    """The records of an example: as they stand, or right ones with other values in the fields that it names."""
    schema = load(file)
    for part in example.split(" / "):
        named = dict(cell.split("=", 1) for cell in re.split(r"; (?=[a-z_0-9]+=)", part)) if re.match(r"[a-z_0-9]+=", part) else {}
        if not named and ";" in part:
            yield part
            continue
        found = facts.places(rule, schema)
        attached = [place for place in found if rule.id in place.field.codes.values()] or list(found)
        if not named and attached[0].record is not schema.leading:
            raise KeyError(part)
        changes = named or {attached[0].field.key: part}
        cells = BASES[file].split(";")
        cells += [""] * (schema.leading.width - len(cells))
        for key, value in changes.items():
            cells[schema.leading[key].no - 1] = value
        yield ";".join(cells)


def simple(file: str, rule: Rule) -> bool:
    """Whether the example of a rule is a value, or values, of the file's leading record."""
    told = explanation(rule, "en")
    if not told.wrong or rule.id in NEED_MORE:
        return False
    try:
        return all(list(lines(file, rule, text)) for text in (told.wrong, told.right))
    except (KeyError, IndexError):
        return False


def checked(file: str, rule: Rule, example: str) -> Report:
    """The report on a file that holds the example, below a right record where the rule is not about the file's beginning."""
    records = list(lines(file, rule, example))
    if file == "partners" and rule.id not in ("P-02", "P-03"):
        records = [OTHER_PARTNER, *([PARTNER] if records[0].startswith("GROUP") else []), *records]
    return check(file, upload(*records))


SIMPLE = [(name, rule) for name in names() for rule in load(name).rules if simple(name, rule)]


def test_enough_examples_are_tried():
    assert len(SIMPLE) >= 150
    assert {name for name, _ in SIMPLE} == set(names())


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "rule"), SIMPLE, ids=[rule.id for _, rule in SIMPLE])
def test_the_wrong_example_is_found_and_the_right_one_is_not(file, rule):
    told = explanation(rule, "en")
    assert rule.id in {issue.code for issue in checked(file, rule, told.wrong).issues}
    assert rule.id not in {issue.code for issue in checked(file, rule, told.right).issues if issue.severity != "note"}


@pytest.mark.parametrize(
    ("code", "file", "key"),
    [
        ("C-15", "products", "product_name"), ("C-18", "products", "product_name"), ("C-19", "invoices", "vat_included"),
        ("C-23", "invoices", "invoice_total"), ("C-29", "partners", "business_id"), ("C-30", "payroll", "employee_id"),
        ("C-40", "invoices", "payment_method"), ("C-47", "products", "additional_information"),
    ],
)  # fmt: skip
def test_the_wrong_example_of_a_common_rule_is_found(code, file, key):
    told = explanation(RULES[code], "en")
    found = []
    for example in (told.wrong, told.right):
        cells = BASES[file].split(";")
        if code == "C-29":
            cells[0] = "EE"
        cells[load(file).leading[key].no - 1] = example.partition("=")[2] if "=" in example else example
        related = {code, *facts.related(RULES[code])}
        found.append({issue.code for issue in check(file, upload(";".join(cells))).issues if issue.field == key} & related)
    assert found[0] - found[1]


# --- explain -------------------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_is_explained_with_all_there_is_to_say(lang):
    for code, rule in RULES.items():
        told, text = explanation(rule, lang), explain_code(code, lang)
        assert told.meaning in text
        assert facts.effect(rule, told.effect, lang) in text
        assert facts.severity(rule, lang) in text
        assert phrase(f"evidence_{rule.evidence}", lang) in text
        assert (phrase("explain_wrong", lang) + ":" in text) == bool(told.wrong)
        assert ("https://" in text) == (rule.evidence not in ("contract", "csvimport")), code
        assert not set("{}") & set(text), code


AS_IS = {"code_case", "quotation_mark"}  # warnings under --as-is only
SILENT = {"C-07", "C-48"}  # about the first cell, of which the files' own rules speak, and a promise


def test_every_code_tells_what_csvimport_says_and_every_message_has_a_code():
    listed = {code: set(facts.told(rule, files)) & set(MESSAGES) for code, (rule, files) in facts.schemas_by_rule().items()}
    assert {code for code, problems in listed.items() if not problems} == SILENT
    assert set(MESSAGES) - set().union(*listed.values()) == {
        "as_it_stands",
        "masked_as_it_stands",
        "nothing_suggested",
        "suggestion_applied",
    }  # with the code of the finding


@pytest.mark.parametrize("name", sorted(FAULTY))
def test_what_a_report_says_is_explained_with_its_severity(name):
    report = csvimport.check(FAULTY[name], SAMPLES / name)
    for finding in report.findings:
        rule, files = facts.schemas_by_rule()[finding.code]
        assert finding.problem in facts.told(rule, files), finding
        assert finding.severity == Severity.NOTE or finding.severity in facts.severities(rule), finding


def warned() -> set[str]:
    """The problems that the code weighs as warnings whatever the rule's severity."""
    text = "".join(path.read_text(encoding="utf-8") for path in Path(csvimport.__file__).parent.rglob("*.py"))
    return set(re.findall(r'(?:Fault|Remark)\("(\w+)",[^)\n]*Severity\.WARNING', text)) - AS_IS


def test_a_rule_that_warns_of_some_problems_says_so():
    problems = warned()
    assert len(problems) > 20
    for code, (rule, files) in facts.schemas_by_rule().items():
        assert Severity.WARNING in facts.severities(rule) or not problems & set(facts.told(rule, files)), code


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("B-20", "huomautus; joissakin tapauksissa varoitus"),
        ("B-09", "virhe (check --as-is), muuten huomautus; joissakin tapauksissa varoitus"),
        ("MV-13", "virhe; joissakin tapauksissa varoitus"),
        ("C-30", "virhe; joissakin tapauksissa varoitus"),
        ("MV-07", "Erotus kirjataan tilille 8450."),
        ("T-08", "Lasku: 1001; Laskun päivä: 02.03.2026"),
        ("P-07", "tarkistusnumero"),
        ("P-04", "Pakollinen tieto puuttuu"),
    ],
)
def test_what_was_left_out_of_explanations(code, says):
    assert says in explain_code(code, "fi")


@pytest.mark.parametrize(("lang", "heading"), [("en", "Payment term"), ("fi", "Maksuehto"), ("sv", "Betalningsvillkor")])
def test_examples_of_headings_are_in_the_language(lang, heading):
    assert heading in explain_code("T-01", lang)


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", ("Wrong:", "14", "140", "red in the preview", "payment_term", "column O", "14 days net")),
        ("fi", ("Väärin:", "Maksuehdossa on tasan kolme numeroa", "esikatselussa punaisena", "Maksuehto", "sarake O", "14 pv netto")),
        ("sv", ("Fel:", "Betalningsvillkoret har exakt tre siffror", "röd i förhandsgranskningen", "Betalningsvillkor", "kolumn O")),
    ],
)
def test_a_payment_term_explained(lang, says):
    text = explain_code("P-17", lang)
    for words in (*says, "https://support.procountor.fi/hc/en-us/articles/360000256437"):
        assert words in text


def test_what_may_be_accepted_says_how():
    assert "--accept P-19" in explain_code("P-19", "fi")
    assert "--accept" not in explain_code("P-17", "fi")


def test_a_common_rule_names_the_rules_that_sharpen_it_and_is_named_by_them():
    assert "P-15" in explain_code("C-31", "en")
    assert "C-31" in explain_code("P-15", "en")


@pytest.mark.parametrize(("example", "shown"), [(" Myymälä A ", "␣Myymälä A␣"), ("a\nb", "a⏎b"), ("\ufeffFI", "[BOM]FI"), ("", "(tyhjä)")])
def test_what_cannot_be_seen_is_shown(example, shown):
    assert facts.example(example, "fi") == shown


@pytest.mark.parametrize(("code", "meant"), [("P17", "P-17"), ("c 31", "C-31"), ("PRO-11", "PR-11"), ("PAJ-29", "PAY-29")])
def test_an_unknown_code_suggests_the_nearest(code, meant):
    with pytest.raises(UsageError, match=f"There is no code {code}. Did you mean {meant}?"):
        explain_code(code, "en")


@pytest.mark.parametrize(
    ("lang", "says"), [("fi", "Koodia P17 ei ole. Tarkoititko: P-17?"), ("sv", "Koden P17 finns inte. Menade du: P-17?")]
)
def test_an_unknown_code_in_other_languages(lang, says):
    with pytest.raises(UsageError) as caught:
        explain_code("P17", lang)
    assert caught.value.text(lang) == says


# --- describe ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("file", names())
def test_a_description_tells_everything_about_every_field(file, form, lang):
    text = describe_file(file, form, lang).replace("\\", "")
    schema = load(file)
    for record in schema.records:
        assert facts.record_title(record, lang) in text
        for field in record.fields:
            told = facts.of_field(field, facts.numbered_sources(schema), lang).values()
            for words in (field.key, *field.title.values(), *told):
                assert words.replace("\\", "") in text, (field.key, words)
    for source in (source for record in schema.records for f in record.fields for source in f.source if source.startswith("http")):
        assert source in text
    assert all(rule.id in text for rule in schema.rules)


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "payment term: days and percentage, exactly 3 characters"),
        ("fi", "maksuehto: päivät ja prosentti, tasan 3 merkkiä"),
        ("sv", "betalningsvillkor: dagar och procent, exakt 3 tecken"),
    ],
)
def test_what_a_field_holds_is_said_in_the_language(lang, says):
    assert facts.content(load("partners").record("partner")["payment_term"], lang) == says


def test_values_defaults_and_conditions_in_finnish():
    partner = load("partners").record("partner")
    assert facts.values(partner["partner_type"], "fi") == "C = asiakas; S = toimittaja; P = henkilö"
    assert facts.values(partner["penal_interest"], "fi") == "0–100"
    assert facts.values(partner["payment_method"], "fi").startswith("tilisiirto, suoraveloitus")
    assert facts.on_invalid(partner["payment_method"], "fi") == "tilalle tulee tilisiirto ilmoituksetta"
    assert facts.content(partner["bic"], "fi").endswith("pakollinen, jos maksutapa on ulkomaanmaksu")
    assert facts.values(load("products").main["vat_percent"], "fi").endswith("24; 25,5")


def words_of_schemas() -> Iterator[str]:
    """What the schemas say in English words: menus, choices, meanings, defaults, conditions, replacements."""
    for schema in map(load, names()):
        yield from (schema.upload.menu, *schema.upload.asks)
        for f in (f for record in schema.records for f in record.fields):
            yield from (*f.values.values(), f.default, f.on_invalid.partition(":")[2])
            yield f.required.removeprefix("if: ") if isinstance(f.required, str) else ""


def test_the_words_of_the_schemas_are_translated():
    terms = tomllib.loads((EXPLANATIONS / f"{TERMS}.toml").read_text(encoding="utf-8"))
    said = {words for words in words_of_schemas() if re.search(r"[a-z]{3}", words)} - {"vat_12", "Budget"}
    assert said <= set(terms)
    assert all(set(entry) == set(TRANSLATIONS) and all(entry.values()) for entry in terms.values())


def test_every_kind_has_a_name_in_every_language():
    assert all(phrase(f"kind_{kind}", lang) for kind in KINDS for lang in LANGUAGES)


BLOCKER = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("pandas", "numpy", "pandera", "pyarrow", "openpyxl", "stdnum"):
            raise ImportError(name)
sys.meta_path.insert(0, Blocker())
from csvimport.cli import main
main()
"""


@pytest.mark.parametrize("arguments", [("describe", "partners", "--format", "json"), ("describe", "partners"), ("explain", "P-17")])
def test_describing_and_explaining_need_no_pandas(arguments):
    done = subprocess.run([sys.executable, "-c", BLOCKER, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert b"payment_term" in done.stdout


# --- the pages -----------------------------------------------------------------------------------------------------


@cache
def pages() -> dict[str, str]:
    return docs.pages()


@pytest.mark.parametrize("page", [*(f"{name}.md" for name in names()), "codes.md"])
def test_the_pages_are_what_the_program_prints(page):
    assert (folder() / page).read_text(encoding="utf-8") == pages()[page], REMAKE


def test_no_page_is_left_over():
    assert {path.name for path in folder().glob("*.md")} == set(pages()), REMAKE


def test_every_link_between_the_pages_has_its_end():
    anchors = set(re.findall(r'<a id="([^"]+)">', pages()["codes.md"]))
    assert len(anchors) == len(RULES)
    for text in pages().values():
        assert set(re.findall(r"\(codes\.md#([^)]+)\)", text)) <= anchors


def test_the_cells_of_every_table_are_as_many_as_its_headings():
    for page, text in pages().items():
        widths: list[int] = []
        for line in io.StringIO(text):
            width = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not width or not widths or width == widths[-1], (page, line)
            widths = [*widths, width] if width else []

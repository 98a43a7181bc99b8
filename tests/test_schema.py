"""Schema files: whole and consistent, and a mistake in one is told with file and key."""

import importlib
import re
import shutil
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import csvimport
from csvimport.errors import CsvImportError, SchemaError
from csvimport.kinds import KINDS
from csvimport.kinds.codes import word_list
from csvimport.kinds.text import NUMBER_KINDS
from csvimport.repairs import REPAIRS
from csvimport.rules.subject import CHECKS
from csvimport.schema import common_codes, folder, load, names
from csvimport.settings import LANGUAGES
from csvimport.shapes import column_letter
from csvimport.units import contradicts

# The package offers the function under the name of the module.
schemas = importlib.import_module("csvimport.schema")
MESSAGES = Path(csvimport.__file__).parent / "messages" / "en.toml"


@pytest.fixture
def edited(tmp_path, monkeypatch):
    """A function that edits a copy of the schema files and loads one of them."""
    copy = tmp_path / "schemas"
    shutil.copytree(folder(), copy)
    monkeypatch.setattr(schemas, "folder", lambda: copy)
    caches = [value for value in vars(schemas).values() if hasattr(value, "cache_clear")]
    for cached in caches:
        cached.cache_clear()

    def edit(file, old, new):
        path = copy / f"{file}.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load(file if file != "common" else "products")

    yield edit
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("max_length = 100", "max_lenght = 100", ("product_name", "max_lenght", "max_length")),
        ('kind = "currency"', 'kynd = "currency"', ("currency", "kynd", "kind")),
        ('key = "unit"', 'name = "unit"', ("name",)),
        ('measure = "price"', 'measure = "prize"', ("unit_price", "prize", "price")),
        ("no = 4", "no = 5", ("product", "numbers")),
        ('key = "unit"', 'key = "product_code"', ("product_code", "twice")),
        ('id = "PR-05"', 'ident = "PR-05"', ("ident",)),
        ('fields = ["product_code"] }', 'fields = ["product_cod"] }', ("PR-05", "product_cod")),
        ('codes = { C-16 = "PR-04" }', 'codes = { C-16 = "PR-99" }', ("PR-99",)),
        ('menu = "Management', 'manu = "Management', ("manu", "menu")),
        ('file = "products"', 'fiel = "products"', ("fiel", "file")),
        ('file = "products"', 'file = "products', ()),
        ('evidence = "documented"\n', "\n", ("evidence",)),
    ],
)
def test_a_mistake_names_the_file_and_the_key(edited, old, new, says):
    with pytest.raises(SchemaError) as caught:
        edited("products", old, new)
    for words in ("products.toml", *says):
        assert words in str(caught.value)


def test_a_severity_that_means_nothing_is_a_schema_error_too(edited):
    with pytest.raises(SchemaError, match=r"products\.toml.*PR-01.*eror"):
        edited(
            "products",
            'id = "PR-01"\ntext = "The product type is S (sales) or B (purchase)."\nseverity = "error"',
            'id = "PR-01"\ntext = "."\nseverity = "eror"',
        )


def test_a_mistake_in_the_common_rules_names_that_file(edited):
    with pytest.raises(SchemaError, match=r"common\.toml.*problms"):
        edited("common", "problems = [", "problms = [")


def test_a_schema_error_is_one_of_csvimports_errors():
    assert issubclass(SchemaError, CsvImportError)


FILES = ("partners", "products", "dimensions")
FIELDS = [(file, record, field) for file in FILES for record in load(file).records for field in record.fields]


def test_the_files_are_there():
    assert set(FILES) <= set(names())


@pytest.mark.parametrize(
    ("file", "record", "width", "last"),
    [("partners", "partner", 60, "BH"), ("partners", "group", 4, "D"), ("products", "product", 14, "N"), ("dimensions", "item", 5, "E")],
)
def test_records_have_the_width_of_the_reference(file, record, width, last):
    found = load(file).record(record)
    assert found.width == width
    assert found.fields[-1].column == last


def test_every_field_has_a_heading_in_every_language_a_kind_evidence_and_a_source():
    for file, record, field in FIELDS:
        where = f"{file}.{record.name}.{field.key}"
        assert set(field.title) == set(LANGUAGES), where
        assert all(title.strip() for title in field.title.values()), where
        assert field.kind in KINDS, where
        assert field.reader in KINDS, where
        assert field.evidence in ("documented", "observed", "api", "inferred", "unknown"), where
        assert field.source, where


def test_every_number_tells_what_it_measures_and_no_text_does():
    for file in names():
        for record in load(file).records:
            for field in record.fields:
                assert bool(field.measure) == (field.kind in NUMBER_KINDS), field


def test_no_heading_of_a_field_has_a_unit_of_something_else():
    for file in names():
        for record in load(file).records:
            for field in record.fields:
                assert not any(contradicts(title, field) for title in (*field.title.values(), *field.aliases)), field


def test_word_lists_checks_and_repairs_are_there():
    for file, record, field in FIELDS:
        assert not field.word_list or word_list(field.word_list).words, (file, record.name, field.key)
    for file in FILES:
        for rule in load(file).all_rules:
            assert {check.use for check in rule.checks} <= set(CHECKS), rule.id
            assert {check.use for check in rule.repairs} <= set(REPAIRS), rule.id


def test_headings_of_a_record_are_told_apart():
    def plain(heading):
        return re.sub(r"[\W_]", "", heading.casefold())

    for file in FILES:
        for record in load(file).records:
            owner = {}
            for field in record.fields:
                if field.kind == "constant":
                    continue
                for heading in {plain(name) for name in (field.key, *field.title.values(), *field.aliases, *field.negated_aliases)}:
                    assert owner.setdefault(heading, field.key) == field.key, (file, record.name, heading)


def test_limits_make_sense():
    for file, record, field in FIELDS:
        where = f"{file}.{record.name}.{field.key}"
        if field.max_length and field.min_length:
            assert field.min_length <= field.max_length, where
        if field.max_length and field.values:
            assert all(len(code) <= field.max_length for code in field.values), where
        if field.screen_length and field.max_length:
            assert field.screen_length <= field.max_length, where


def test_rules_have_ids_of_the_reference_once_each():
    for file, prefix, count in (("partners", "P", 59), ("products", "PR", 24), ("dimensions", "D", 18)):
        assert [rule.id for rule in load(file).rules] == [f"{prefix}-{number:02d}" for number in range(1, count + 1)]
        assert len({rule.id for rule in load(file).all_rules}) == len(load(file).all_rules)


def test_rules_have_text_severities_and_evidence():
    for file in FILES:
        for rule in load(file).all_rules:
            assert rule.text.endswith("."), rule.id
            assert rule.severity in ("error", "warning", "note")
            assert rule.as_is in ("error", "warning", "note")
            assert rule.evidence
            assert rule.effect in ("", "changed", "refused"), rule.id


def test_every_problem_has_a_message_and_a_hint():
    messages = tomllib.loads(MESSAGES.read_text(encoding="utf-8"))
    for problem in common_codes():
        assert messages[problem]["message"], problem
        assert messages[problem]["hint"], problem
    for problem, entry in messages.items():
        for text in entry.values():
            assert all(name is None or re.fullmatch(r"[a-z_]+", name) for _, name, _, _ in Formatter().parse(text)), problem


def test_every_check_with_a_message_of_its_own_has_it():
    messages = tomllib.loads(MESSAGES.read_text(encoding="utf-8"))
    for file in FILES:
        for rule in load(file).all_rules:
            for check in (*rule.checks, *rule.repairs):
                assert not check.problem or check.problem in messages, (rule.id, check.problem)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (59, "BH"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters(index, letters):
    assert column_letter(index) == letters


def test_names_with_hyphens_and_underscores_are_the_same():
    for name in names():
        assert load(name.replace("-", "_")) is load(name)

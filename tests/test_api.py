"""The Python functions: paths, files and frames in; reports, bytes and errors out."""

import errno
import gc
import inspect
import io
import json
import tempfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors
import pytest
from helpers import CUSTOMER, ITEM, PRODUCT, PRODUCT_HEADINGS, changed, problems, source, table, upload

import csvimport
from csvimport.records import Data

SAMPLES = Path(__file__).parents[1] / "samples"
WRONG = upload(PRODUCT, changed(PRODUCT, C="K-2", F="-1"))


def products(**columns):
    frame = pd.DataFrame(
        {
            "Product type": ["S", "S", "B"],
            "Product name": ["Kahvi", "Öljy", "Pöytä"],
            "Product code": ["K-1", "Ö-1", "P-1"],
            "Unit price": [4.5, 12.0, 99.99],
            "VAT-%": [25.5, 0.0, 25.5],
        },
        index=["first", "second", "third"],
    )
    return frame.assign(**columns)


LINES = ["S;Kahvi;K-1;;;4,5;25,5;;;;;;;", "S;Öljy;Ö-1;;;12;0;;;;;;;", "B;Pöytä;P-1;;;99,99;25,5;;;;;;;"]


# --- inputs --------------------------------------------------------------------------------------------------------


def test_a_path_as_text_as_a_path_and_as_an_open_file_are_the_same(tmp_path):
    path = tmp_path / "products.csv"
    path.write_bytes(WRONG)
    with path.open("rb") as stream:
        reports = [csvimport.check("products", given) for given in (str(path), path, stream, io.BytesIO(WRONG))]
    assert [problems(report) for report in reports] == [[("PR-10", "error", 2, "F")]] * 4
    assert reports[0].to_dict()["input"]["path"] == str(path)


def test_a_frame_is_converted():
    result = csvimport.convert("products", products())
    assert result.to_bytes().decode("cp1252").splitlines() == LINES
    assert result.outputs == ()


def test_issues_of_a_frame_carry_row_column_and_index_label():
    report = csvimport.check("products", products(**{"Unit price": [4.5, -1.0, 99.99]}))
    (found,) = [issue for issue in report.issues if issue.severity == "error"]
    assert (found.code, found.row, found.column, found.index) == ("PR-10", 2, "D", "second")
    (in_json,) = [issue for issue in json.loads(report.to_json())["issues"] if issue["severity"] == "error"]
    assert (in_json["row"], in_json["column"], in_json["index"]) == (2, "D", "second")


def test_the_frame_of_issues_joins_with_the_frame_of_data():
    frame = products(**{"Unit price": [4.5, -1.0, 99.99]})
    issues = csvimport.check("products", frame).to_frame()
    wrong = issues[issues["severity"] == "error"]
    assert list(frame.loc[wrong["index"], "Product name"]) == ["Öljy"]


def test_only_issues_of_frames_have_an_index_in_json():
    document = json.loads(csvimport.check("products", source(WRONG)).to_json())
    assert all("index" not in issue for issue in document["issues"])


@pytest.mark.parametrize(
    "index", [[10, 20, 30], pd.date_range("2026-01-01", periods=3), pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)])]
)
def test_any_index_can_be_told(index):
    report = csvimport.check("products", products(**{"Unit price": [4.5, -1.0, 99.99]}).set_axis(index))
    (found,) = [issue for issue in report.issues if issue.severity == "error"]
    assert found.index == index[1]
    json.loads(report.to_json())


def test_repeated_index_labels_and_columns_are_no_trouble():
    frame = products().set_axis([7, 7, 7])
    assert csvimport.check("products", frame).ok
    twice = pd.concat([products(), products()[["Unit price"]]], axis=1)
    report = csvimport.check("products", twice)
    assert ("T-02", "error") in [(i.code, i.severity) for i in report.issues]


@pytest.mark.parametrize(
    "names",
    [
        pd.Series(["Kahvi", None, "Pöytä"], index=["first", "second", "third"], dtype="str"),
        np.array(["Kahvi", np.nan, "Pöytä"], object),
        np.array(["Kahvi", None, "Pöytä"], object),
        pd.Series(["Kahvi", pd.NA, "Pöytä"], index=["first", "second", "third"], dtype="string"),
        pd.Series(["Kahvi", None, "Pöytä"], index=["first", "second", "third"], dtype="category"),
    ],
    ids=["str", "nan", "None", "NA", "category"],
)
def test_missing_values_of_every_kind_are_empty_cells(names):
    report = csvimport.check("products", products(**{"Product name": names}))
    assert [f for f in problems(report) if f[0] == "PR-02"] == [("PR-02", "error", 2, "B")]


@pytest.mark.parametrize("dtype", ["float64", "float32", "Int64", "object", "int64", "int8", "string"])
def test_numbers_of_every_dtype(dtype):
    prices = pd.Series([4, 12, 99], index=["first", "second", "third"]).astype(dtype)
    lines = csvimport.convert("products", products(**{"Unit price": prices})).to_bytes().decode("cp1252").splitlines()
    assert [line.split(";")[5] for line in lines] == ["4", "12", "99"]


@pytest.mark.parametrize(
    "dtype", ["float16", "float32", "float64", "Float32", "Float64", "halffloat[pyarrow]", "float[pyarrow]", "double[pyarrow]", "category"]
)
def test_decimals_of_every_dtype_are_the_digits_that_are_seen(dtype):
    index = ["first", "second", "third"]
    short = "float32" if dtype == "category" else "float64"
    prices, discounts = (pd.Series(numbers, index, short).astype(dtype) for numbers in ([0.1, 12.35, -0.0], [12.35, None, 0.1]))
    frame = products(**{"Unit price": prices, "Discount %": discounts})
    lines = csvimport.convert("products", frame).to_bytes().decode("cp1252").splitlines()
    assert [line.split(";")[4:6] for line in lines] == [["12,35", "0,1"], ["", "12,35"], ["0,1", "0"]]


def test_short_decimals_keep_their_digits():
    prices = pd.Series([1.1, 0.1, 2.25], index=["first", "second", "third"], dtype="float32")
    lines = csvimport.convert("products", products(**{"Unit price": prices})).to_bytes().decode("cp1252").splitlines()
    assert [line.split(";")[5] for line in lines] == ["1,1", "0,1", "2,25"]


@pytest.mark.parametrize("dtype", ["int64", "uint64", "Int64", "object"])
def test_long_integers_are_exact_and_no_rounded_numbers_of_a_spreadsheet(dtype):
    codes = pd.Series([12345678901234567, 9876543210987654, 1], index=["first", "second", "third"]).astype(dtype)
    lines = csvimport.convert("products", products(**{"Product code": codes})).to_bytes().decode("cp1252").splitlines()
    assert [line.split(";")[2] for line in lines] == ["12345678901234567", "9876543210987654", "1"]


def test_decimals_keep_their_digits():
    prices = [Decimal("4.50"), Decimal("12"), Decimal("0.1")]
    lines = csvimport.convert("products", products(**{"Unit price": prices})).to_bytes().decode("cp1252").splitlines()
    assert [line.split(";")[5] for line in lines] == ["4,50", "12", "0,1"]


def test_a_frame_without_names_is_in_the_files_own_layout():
    report = csvimport.check("dimensions", pd.DataFrame([["Kustannuspaikka", "A", "A", "", ""], ["Kustannuspaikka", "B", "P", "", ""]]))
    assert report.ok
    assert (report.layout, report.headings) == ("procountor", False)


def test_a_frame_is_not_changed():
    frame = products(**{"Unit price": ["1 234,50", "2", "3"]})
    before = frame.copy(deep=True)
    csvimport.convert("products", frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(), products().iloc[:0], pd.DataFrame({"Product type": [None, None]})], ids=["no columns", "no rows", "no values"]
)
def test_an_empty_frame_is_an_input_error(frame):
    with pytest.raises(csvimport.InputError):
        csvimport.check("products", frame)


def closed():
    stream = io.BytesIO(WRONG)
    stream.close()
    return stream


class Failing(io.RawIOBase):
    def read(self, size=-1):
        raise OSError(errno.EIO, "")


@pytest.mark.parametrize(
    ("given", "kind", "says"),
    [
        (b"S;Kahvi", csvimport.UsageError, "bytes cannot be read; give a path"),
        (5, csvimport.UsageError, "int cannot be read"),
        (None, csvimport.UsageError, "NoneType cannot be read"),
        (io.StringIO("S;Kahvi"), csvimport.UsageError, "opened as text"),
        (closed(), csvimport.InputError, "the input cannot be read: I/O operation on closed file"),
        (Failing(), csvimport.InputError, "the input cannot be read"),
        ("a\0b.csv", csvimport.UsageError, r"No file can have the name 'a\\x00b\.csv'"),
        ("\ud800.csv", csvimport.UsageError, "No file can have the name"),
    ],
)
def test_what_is_no_input_is_told(given, kind, says):
    with pytest.raises(kind, match=says):
        csvimport.check("products", given)


@pytest.mark.parametrize("name", [5, ["products.csv"], "a\0b"])
@pytest.mark.parametrize("option", ["target", "report", "settings", "mapping", "attachments"])
def test_what_is_no_path_is_told(option, name):
    file = "invoices" if option == "attachments" else "products"
    with pytest.raises(csvimport.UsageError, match=r"A path is needed|No file can have the name"):
        csvimport.convert(file, io.BytesIO(WRONG), **{"target": "packed.zip" if option == "attachments" else None, option: name})
    assert not Path("packed.zip").exists()


def test_a_stream_is_named_by_a_name_only(tmp_path):
    with (tmp_path / "products.txt").open("w+b") as stream:
        stream.write(WRONG)
        stream.seek(0)
        assert csvimport.check("products", stream).source.path == str(tmp_path / "products.txt")
    with tempfile.TemporaryFile() as stream:
        stream.write(WRONG)
        stream.seek(0)
        assert csvimport.check("products", stream).source.path == "the input"


def test_a_frame_has_no_sheets_and_is_not_checked_as_it_is():
    with pytest.raises(csvimport.UsageError, match="A DataFrame has no sheets"):
        csvimport.check("products", products(), sheet="Tuotteet")
    with pytest.raises(csvimport.UsageError, match="A DataFrame is no CSV"):
        csvimport.check("products", products(), as_is=True)


@pytest.mark.parametrize("codes", ["P-19", ["P-19"], ("P-19",)])
def test_codes_are_accepted_one_or_several(codes):
    report = csvimport.check("partners", source(upload(changed(CUSTOMER, P="tilisirto"))), accept=codes)
    assert [issue.severity for issue in report.issues if issue.code == "P-19"] == ["warning"]


def test_the_records_of_a_run_are_forgotten_with_it():
    def records():
        return [thing for thing in gc.get_objects() if isinstance(thing, Data) and thing.schema.file == "invoices"]

    gc.collect()
    before = len(records())
    csvimport.check("invoices", str(SAMPLES / "invoices.csv"))
    gc.collect()
    assert len(records()) == before


@pytest.mark.parametrize("name", ["products", "Products", " products "])
def test_names_of_transfer_files(name):
    assert csvimport.check(name, source(upload(PRODUCT))).to_dict()["file"] == "products"


# --- options -------------------------------------------------------------------------------------------------------


def test_settings_as_a_mapping_and_as_a_path(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('units = ["kpl"]')
    for settings in ({"units": ["kpl"]}, path, str(path)):
        assert [f[0] for f in problems(csvimport.check("products", source(upload(PRODUCT)), settings=settings))] == ["PR-08"]


def test_a_register_may_be_named_as_a_path(tmp_path):
    (tmp_path / "products.csv").write_bytes(upload(PRODUCT))
    report = csvimport.check("products", source(upload(PRODUCT)), settings={"registers": {"products": tmp_path / "products.csv"}})
    assert report.ok


def test_codes_may_be_given_as_on_the_command_line():
    odd = source(upload(changed(CUSTOMER, P="muu", I="XX")))
    report = csvimport.check("partners", odd, accept="P-19, P-23")
    assert {i.code for i in report.issues if i.severity == "error"} & {"P-19", "P-23"} == set()


def test_the_functions_read_no_settings_that_are_not_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("csvimport.toml").write_text('units = ["kpl"]')
    assert csvimport.check("products", source(upload(PRODUCT))).ok


def test_the_functions_print_nothing(capfd):
    report = csvimport.check("products", source(WRONG))
    assert not report.ok
    csvimport.convert("products", source(upload(PRODUCT))).to_bytes()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "settings",
    [
        {"langage": "fi"},
        {"encoding": "ebcdic"},
        {"units": "kpl"},
        {"registers": {"account": "x"}},
        {"registers": 5},
        {"vat_percentages": ["24 %"]},
        {"vat_percentages": ["general"]},
    ],
)
def test_wrong_settings_are_a_usage_error(settings):
    with pytest.raises(csvimport.UsageError):
        csvimport.check("products", source(upload(PRODUCT)), settings=settings)


def test_a_register_that_is_missing_is_an_input_error():
    with pytest.raises(csvimport.InputError, match="accounts"):
        csvimport.check("products", source(upload(PRODUCT)), settings={"registers": {"accounts": "missing.csv"}})


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"headings": "perhaps"}, csvimport.UsageError),
        ({"lang": "de"}, csvimport.UsageError),
        ({"accept": ("X-1",)}, csvimport.UsageError),
        ({"accept": 3}, csvimport.UsageError),
        ({"apply_suggestions": [None]}, csvimport.UsageError),
    ],
)
def test_wrong_options_are_a_usage_error(options, kind):
    with pytest.raises(kind):
        csvimport.check("products", source(upload(PRODUCT)), **options)


@pytest.mark.parametrize("value", [b"x", ["a"], {"a": 1}, ("a",), {"a"}, bytearray(b"x")])
def test_a_cell_that_is_no_value_is_an_input_error(value):
    frame = products().astype(object)
    frame.iat[0, 1] = value
    with pytest.raises(csvimport.InputError, match=type(value).__name__):
        csvimport.check("products", frame)


def test_an_unknown_transfer_file_is_a_usage_error():
    with pytest.raises(csvimport.UsageError, match="Did you mean products"):
        csvimport.check("product", source(upload(PRODUCT)))
    with pytest.raises(csvimport.UsageError):
        csvimport.schema("nonsense")


def test_every_error_is_a_csvimport_error():
    for kind in (csvimport.InputError, csvimport.UsageError, csvimport.OutputError):
        assert issubclass(kind, csvimport.CsvImportError)


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(csvimport.InputError, match=r"missing\.csv"):
        csvimport.check("products", tmp_path / "missing.csv")


@pytest.mark.parametrize("name", ["sheet", "headings", "settings", "lang", "strict"])
def test_the_keywords_bear_the_names_of_the_options(name):
    for function in (csvimport.check, csvimport.convert):
        assert inspect.signature(function).parameters[name].kind is inspect.Parameter.KEYWORD_ONLY


def test_the_keywords_of_one_function_only():
    assert "as_is" in inspect.signature(csvimport.check).parameters
    assert "force" in inspect.signature(csvimport.convert).parameters


def test_strict_counts_warnings_as_errors():
    content = upload(changed(PRODUCT, C=""))
    assert csvimport.check("products", source(content)).ok
    assert not csvimport.check("products", source(content), strict=True).ok


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_messages_in_every_language(lang):
    (found,) = [i for i in csvimport.check("products", source(WRONG), lang=lang).issues if i.severity == "error"]
    assert found.message
    assert found.hint
    assert "{" not in found.message + found.hint


# --- reports -------------------------------------------------------------------------------------------------------


def test_ok_and_the_counts_agree_with_the_issues():
    report = csvimport.check("products", source(WRONG))
    assert not report.ok
    assert report.counts.errors == sum(issue.severity == "error" for issue in report.issues) == 1
    assert report.counts.rows == 2
    assert report.counts.records == {"product": 2}
    assert report.counts.invalid_records == 1


def test_issues_come_from_the_top_of_the_input_to_its_end():
    lines = [changed(PRODUCT, C=f"K-{n}", F="-1", L="3") for n in range(12)]
    places = [(i.row or 0, i.column or "") for i in csvimport.check("products", source(upload(*lines))).issues]
    assert places == sorted(places)


def test_to_frame_has_a_row_for_each_issue():
    report = csvimport.check("products", source(WRONG))
    frame = report.to_frame()
    assert len(frame) == len(report.issues)
    columns = ["code", "severity", "record", "field", "sheet", "row", "column", "value", "message", "hint", "suggestion"]
    assert list(frame.columns)[: len(columns)] == columns
    assert list(frame["code"]) == [issue.code for issue in report.issues]


def test_to_frame_of_a_report_without_issues_has_its_columns():
    frame = csvimport.check("products", source(upload(PRODUCT))).to_frame()
    assert {"code", "severity", "row", "column", "message"} <= set(frame.columns)


def test_to_json_is_one_document():
    report = csvimport.check("products", source(WRONG))
    document = json.loads(report.to_json())
    assert document["ok"] is False
    assert len(document["issues"]) == len(report.issues)


def test_identity_codes_are_masked_unless_asked_for():
    line = "SSN;010190-900K;P;Esimerkki;Åke;Kotipolku 3 A 5;Turku;20100;FI" + ";" * 51
    report = csvimport.check("partners", source(upload(line)))
    assert "900K" not in report.to_json()
    assert "900K" not in report.to_frame().to_csv()
    assert "900K" not in repr(report.issues)
    assert "010190-****" in report.to_json()
    assert "010190-900K" in csvimport.check("partners", source(upload(line)), show_personal_data=True).to_json()


# --- conversions ---------------------------------------------------------------------------------------------------


def test_a_target_is_written_and_named(tmp_path):
    target = tmp_path / "out.csv"
    result = csvimport.convert("products", products(), target)
    assert target.read_bytes() == result.to_bytes()
    assert result.outputs == result.report.outputs == (str(target),)


def test_errors_write_nothing_and_raise_nothing(tmp_path):
    target = tmp_path / "out.csv"
    result = csvimport.convert("products", source(WRONG), target)
    assert not result.report.ok
    assert result.outputs == ()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(csvimport.UsageError, match="error"):
        result.to_bytes()


def test_an_old_target_is_replaced_only_with_force(tmp_path):
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with pytest.raises(csvimport.OutputError, match=r"out\.csv"):
        csvimport.convert("products", products(), target)
    assert target.read_bytes() == b"old"
    csvimport.convert("products", products(), target, force=True)
    assert target.read_bytes() != b"old"


def test_the_input_is_never_the_target(tmp_path):
    path = tmp_path / "products.csv"
    path.write_bytes(upload(PRODUCT))
    with pytest.raises(csvimport.OutputError, match="input"):
        csvimport.convert("products", path, path, force=True)
    with path.open("rb") as stream, pytest.raises(csvimport.OutputError):
        csvimport.convert("products", stream, path, force=True)
    assert path.read_bytes() == upload(PRODUCT)


def test_a_target_in_no_folder_is_an_output_error(tmp_path):
    with pytest.raises(csvimport.OutputError, match="nowhere"):
        csvimport.convert("products", products(), tmp_path / "nowhere" / "out.csv")


# --- pandera -------------------------------------------------------------------------------------------------------


def as_frames(file, content):
    """The lines of an upload-ready file as frames, one for each record, columns by field key."""
    schema = csvimport.schema(file)
    lines = [line.split(";") for line in content.decode("cp1252").splitlines()]
    frames = {}
    for record in schema.records:
        own = [line for line in lines if (line[0] == "GROUP") == (record.name == "group")]
        if own:
            frames[record.name] = pd.DataFrame([line[: record.width] for line in own], columns=list(record.keys), dtype="str")
    return frames


@pytest.mark.parametrize(
    ("file", "lines", "records"),
    [
        ("partners", [CUSTOMER, "GROUP;Kanta-asiakkaat;;X"], {"partner", "group"}),
        ("products", [PRODUCT], {"product"}),
        ("dimensions", [ITEM], {"item"}),
    ],
)
def test_pandera_validates_upload_ready_frames(file, lines, records):
    schemas = csvimport.schema(file).to_pandera()
    assert set(schemas) == records
    content = csvimport.convert(file, source(upload(*lines))).to_bytes()
    for record, frame in as_frames(file, content).items():
        schemas[record].validate(frame, lazy=True)


def test_pandera_finds_what_is_wrong():
    frame = as_frames("products", upload(changed(PRODUCT, F="-1", A="X")))["product"]
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        csvimport.schema("products").to_pandera()["product"].validate(frame, lazy=True)
    cases = caught.value.failure_cases
    assert set(cases["column"]) == {"product_type", "unit_price"}


def test_schemas_tell_fields_records_rules_and_sources():
    schema = csvimport.schema("partners")
    assert [record.name for record in schema.records] == ["partner", "group"]
    assert schema.main.fields[0].column == "A"
    assert schema.main.fields[59].column == "BH"
    assert schema.main["bank_account"].kind == "iban_or_bban"
    assert "P-19" in {rule.id for rule in schema.rules}
    assert schema.source


def test_headings_of_a_table_in_csv_and_in_a_frame_are_the_same():
    rows = [["S", "Kahvi", "K-1", "kpl", "-1", "0"]]
    by_csv = csvimport.check("products", source(table([PRODUCT_HEADINGS, *rows])))
    by_frame = csvimport.check("products", pd.DataFrame(rows, columns=list(PRODUCT_HEADINGS)))
    assert [(f[0], f[1], f[2] - 1, f[3]) for f in problems(by_csv)] == problems(by_frame)

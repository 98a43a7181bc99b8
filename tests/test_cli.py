"""The command line: exit statuses, sentences instead of tracebacks, files that appear whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from helpers import CUSTOMER, ITEM, PRODUCT, PRODUCT_HEADINGS, changed, table, upload

import csvimport
from csvimport.cli import cli

pytestmark = pytest.mark.no_cover

RIGHT = upload(PRODUCT)
WRONG = upload(changed(PRODUCT, F="-1"))
WARNED = upload(changed(PRODUCT, C=""))
SUSPECT = changed(CUSTOMER, P="tilisirto")  # a payment method that Procountor would silently replace


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Every test runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name, content=RIGHT):
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode("cp1252"))
    return name


def listed():
    return sorted(path.name for path in Path().iterdir())


def run(*arguments, stdin=None):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def refused(*arguments, says=(), **options):
    """The sentence on standard error of a call that ends with status 2 and prints nothing else."""
    result = run(*arguments, **options)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    for words in [says] if isinstance(says, str) else says:
        assert words in result.stderr, result.stderr
    return result.stderr


def process(*arguments, stdin=None, **options):
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-m", "csvimport", *arguments], input=stdin, capture_output=True, env=environment, **options)


# --- exit statuses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "status"), [(RIGHT, 0), (WARNED, 0), (WRONG, 1)], ids=["right", "warned", "wrong"])
def test_check_ends_with_0_without_errors_and_1_with_errors(content, status):
    put("products.csv", content)
    assert run("check", "products", "products.csv").exit_code == status
    assert run("check", "products", "products.csv", "--format", "json").exit_code == status


@pytest.mark.parametrize(
    ("arguments", "content", "status"),
    [(("check",), RIGHT, 0), (("check",), WRONG, 1), (("check", "--nonsense"), RIGHT, 2), (("check", "--as-is"), RIGHT, 0)],
    ids=["right", "wrong", "unknown option", "as is"],
)
def test_a_real_process_ends_with_the_same_statuses(arguments, content, status):
    put("products.csv", content)
    command, *options = arguments
    done = process(command, "products", "products.csv", *options)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


def test_a_real_process_converts():
    put("products.csv", table([PRODUCT_HEADINGS, ("S", "Öljy", "Ö-1", "l", "12,00", "25,5")]))
    done = process("convert", "products", "products.csv", "-o", "out.csv")
    assert done.returncode == 0, done.stderr
    assert Path("out.csv").read_bytes() == "S;Öljy;Ö-1;l;;12,00;25,5;;;;;;;\r\n".encode("cp1252")


def test_a_real_process_prints_utf_8_and_one_sentence_for_what_it_cannot_use():
    done = process("check", "products", "pöytä.csv")
    assert done.returncode == 2
    assert done.stdout == b""
    assert "pöytä.csv" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_no_traceback():
    put("products.csv", upload(*[changed(PRODUCT, C=str(n), F="-1") for n in range(2000)]))
    command = [sys.executable, "-m", "csvimport", "check", "products", "products.csv", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


def test_help_starts_without_the_heavy_libraries():
    code = "\n".join(
        [
            "import sys",
            "from csvimport.cli import cli",
            "try: cli(['--help'], prog_name='csvimport')",
            "except SystemExit: pass",
            "print([name for name in ('pandas', 'numpy', 'pyarrow', 'openpyxl', 'pandera', 'python_calamine') if name in sys.modules])",
        ]
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_importing_the_package_starts_without_the_heavy_libraries():
    code = "import sys, csvimport; print([n for n in ('pandas', 'pyarrow', 'openpyxl') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


# --- calls and inputs that cannot be used --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"), [("product", "products"), ("partner", "partners"), ("dimension", "dimensions"), ("porducts", "products")]
)
def test_an_unknown_transfer_file_gets_the_nearest_name(given, meant):
    put("products.csv")
    refused("check", given, "products.csv", says=(given, f"Did you mean {meant}?"))
    refused("describe", given, says=(given, f"Did you mean {meant}?"))


def test_an_unknown_transfer_file_without_a_near_name_gets_the_list():
    put("products.csv")
    refused("check", "xyzzy", "products.csv", says=("xyzzy", "partners", "products", "dimensions"))


def test_no_such_file():
    refused("check", "products", "missing.csv", says="There is no file missing.csv")


def test_a_folder_is_no_input():
    Path("folder").mkdir()
    refused("check", "products", "folder", says=("folder", "name the file"))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("empty.xlsx", b"", "empty"),
        ("blank.csv", b"\r\n\r\n", "empty"),
        ("headings.csv", table([PRODUCT_HEADINGS]), "headings"),
        ("page.xls", b"<html><body><table><tr><td>S</td></tr></table></body></html>", "web page"),
        ("page.csv", b"<!DOCTYPE html><html></html>", "web page"),
        ("really.xlsx", table([PRODUCT_HEADINGS]), "rename it to .csv"),
        ("invoice.csv", b"%PDF-1.7", "PDF"),
        ("binary.csv", b"abc\0def;\0", "zero bytes"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("broken.xlsx", b"PK\x03\x04" + bytes(40), "damaged"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_status_2(name, content, says):
    put(name, content)
    sentence = refused("check", "products", name, says=(name, says))
    assert len(sentence.strip().splitlines()) == 1
    refused("convert", "products", name, "-o", "out.csv", says=name)
    assert not Path("out.csv").exists()


def workbook(name):
    book = openpyxl.Workbook()
    for row in [PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", 4.5, 25.5)]:
        book.active.append(row)
    book.save("book.xlsx")
    return str(Path("book.xlsx").rename(name))


def test_a_workbook_named_csv():
    refused("check", "products", workbook("products.csv"), says=("products.csv", "is a workbook"))


def test_a_workbook_is_nothing_that_procountor_reads_as_it_is():
    refused("check", "products", workbook("products.xlsx"), "--as-is", says="products.xlsx")


def test_an_unknown_sheet():
    refused("check", "products", workbook("products.xlsx"), "--sheet", "Toinen", says=("Toinen", "Sheet"))


@pytest.mark.parametrize("arguments", [("check",), ("check", "products"), ("convert", "products", "x.csv"), ("nonsense",), ("explain",)])
def test_a_call_that_lacks_something(arguments):
    assert run(*arguments).exit_code == 2


def test_unreadable_options():
    put("products.csv")
    assert run("check", "products", "products.csv", "--format", "xml").exit_code == 2
    assert run("check", "products", "products.csv", "--headings", "perhaps").exit_code == 2
    assert run("check", "products", "products.csv", "--lang", "de").exit_code == 2


# --- settings ------------------------------------------------------------------------------------------------------


def test_settings_of_the_working_folder_are_read():
    put("csvimport.toml", 'units = ["pullo"]')
    put("products.csv")
    assert run("check", "products", "products.csv").exit_code == 1
    Path("csvimport.toml").unlink()
    assert run("check", "products", "products.csv").exit_code == 0


def test_named_settings_take_the_place_of_those_of_the_folder():
    put("csvimport.toml", 'units = ["pullo"]')
    put("other.toml", 'units = ["h"]')
    put("products.csv")
    assert run("check", "products", "products.csv", "--settings", "other.toml").exit_code == 0


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('langage = "fi"', ("csvimport.toml", "langage", "language")),
        ('encodng = "utf-8"', ("encodng", "encoding")),
        ('[register]\naccounts = "x.csv"', ("register", "registers")),
        ('[registers]\nacounts = "x.csv"', ("acounts", "accounts")),
        ('language = "de"', ("de", "fi")),
        ('encoding = "latin-9"', ("latin-9", "cp1252")),
        ("units = 5", ("units", "list")),
        ("language = [", ("csvimport.toml", "TOML")),
        ('accept = ["P-99"]', ("P-99",)),
        ("words = 3", ("words",)),
        ('[words]\ntilisiirto = "tilisiirto"', ("tilisiirto", "[words]", "bank transfer")),
        ('[words]\nbanktransfer = "girering"', ("banktransfer", "Did you mean bank transfer?")),
        ('default_country = "Suomi"', ("default_country", "Suomi", "FI")),
        ('default_country = "fi"', ("default_country", "fi")),
        ('[registers]\ncurrencies = ["eur"]', ("currencies", "eur", "EUR")),
    ],
)
def test_a_mistake_in_the_settings_is_a_sentence(toml, says):
    put("csvimport.toml", toml)
    put("products.csv")
    refused("check", "products", "products.csv", says=says)


def test_settings_that_are_not_there():
    put("products.csv")
    refused("check", "products", "products.csv", "--settings", "missing.toml", says="missing.toml")


def test_a_register_that_is_not_there():
    put("csvimport.toml", '[registers]\naccounts = "chart.csv"')
    put("products.csv")
    refused("check", "products", "products.csv", says=("accounts", "chart.csv"))


def test_registers_lie_beside_their_settings():
    Path("sub").mkdir()
    put("sub/settings.toml", '[registers]\naccounts = "chart.csv"')
    put("sub/chart.csv", "Tili;Nimi\r\n3000;Myynti\r\n")
    put("products.csv")
    assert run("check", "products", "products.csv", "--settings", "sub/settings.toml").exit_code == 0
    put("sub/chart.csv", "Tili;Nimi\r\n4000;Ostot\r\n")
    assert run("check", "products", "products.csv", "--settings", "sub/settings.toml").exit_code == 1


# --- JSON ----------------------------------------------------------------------------------------------------------


def test_the_json_document_has_the_promised_keys():
    put("products.csv", WRONG)
    result = run("check", "products", "products.csv", "--format", "json")
    document = json.loads(result.stdout)
    assert list(document) == ["csvimport", "file", "ok", "input", "counts", "totals", "issues", "outputs"]
    assert list(document["input"]) == ["path", "sheet", "encoding", "delimiter", "layout", "headings"]
    assert list(document["counts"]) == ["rows", "records", "errors", "warnings", "notes", "invalid_records"]
    assert all(list(total) == ["name", "currency", "value"] for total in document["totals"])
    keys = ["code", "severity", "record", "field", "sheet", "row", "column", "value", "message", "hint", "suggestion"]
    assert document["issues"]
    assert all(list(issue) == keys for issue in document["issues"])


def test_the_json_document_says_what_was_found():
    put("products.csv", upload(PRODUCT, changed(PRODUCT, C="K-2", F="-1", G="25.5"), changed(PRODUCT, A="B", C="", N="")))
    document = json.loads(run("check", "products", "products.csv", "--format", "json").stdout)
    assert document["csvimport"] == csvimport.__version__
    assert (document["file"], document["ok"], document["outputs"]) == ("products", False, [])
    assert document["input"]["path"] == "products.csv"
    assert document["counts"]["rows"] == 3
    assert document["counts"]["records"] == {"product": 3}
    assert document["counts"]["invalid_records"] == 1
    for severity in ("error", "warning", "note"):
        assert document["counts"][f"{severity}s"] == sum(issue["severity"] == severity for issue in document["issues"])
    (error,) = [issue for issue in document["issues"] if issue["severity"] == "error"]
    assert (error["code"], error["record"], error["field"]) == ("PR-10", "product", "unit_price")
    assert (error["row"], error["column"], error["value"]) == (2, "F", "-1")
    assert error["message"]
    assert error["hint"]
    assert {(total["name"], total["value"]) for total in document["totals"]} == {("sales products", "2"), ("purchase products", "1")}


def test_the_json_of_a_conversion_names_the_outputs():
    put("products.csv")
    result = run("convert", "products", "products.csv", "-o", "out.csv", "--format", "json")
    assert json.loads(result.stdout)["outputs"] == ["out.csv"]
    assert result.stderr == ""


def test_a_real_process_prints_nothing_but_the_document():
    put("products.csv", WRONG)
    done = process("check", "products", "products.csv", "--format", "json")
    assert json.loads(done.stdout.decode())["ok"] is False
    assert done.stderr == b""


def test_a_finding_about_the_whole_file_has_no_row_and_no_column():
    put("products.csv", table([["Product type", "Product name", "VAT-%"], ["S", "Kahvi", "25,5"], ["S", "Tee", "25,5"]]))
    document = json.loads(run("check", "products", "products.csv", "--format", "json").stdout)
    errors = [issue for issue in document["issues"] if issue["severity"] == "error"]
    assert [(e["code"], e["field"], e["row"], e["column"]) for e in errors] == [("PR-10", "unit_price", None, None)]


# --- text ----------------------------------------------------------------------------------------------------------


MANY = upload(changed(PRODUCT, B="x" * 101, D="pullo", G="26"))


@pytest.mark.parametrize("content", [RIGHT, WRONG, WARNED, MANY], ids=["right", "wrong", "warned", "several"])
def test_lines_for_the_terminal_are_at_most_80_columns_wide(content):
    put("p.csv", content)
    result = run("check", "products", "p.csv")
    assert [line for line in result.stdout.splitlines() if len(line) > 80 and " " in line[2:80].strip()] == []


def test_long_lists_of_examples_wrap_too():
    put(
        "partners.csv",
        upload(SUSPECT, changed(SUSPECT, B="9100002-1", BA="1002"), changed(CUSTOMER, B="9100004-8", BA="1003", I="XX", O="14")),
    )
    result = run("check", "partners", "partners.csv")
    assert [line for line in result.stdout.splitlines() if len(line) > 80] == []


def test_text_tells_the_place_the_cause_and_the_remedy():
    put("products.csv", WRONG)
    text = run("check", "products", "products.csv").stdout
    assert "PR-10" in text
    assert "F1" in text
    assert "-1" in text
    assert "Errors: 1" in text


def test_the_same_error_in_many_rows_is_told_once():
    put("products.csv", upload(*[changed(PRODUCT, C=str(n), F="-1") for n in range(100)]))
    text = run("check", "products", "products.csv").stdout
    assert text.count("PR-10") == 1
    assert "97 more" in text


def test_a_clean_file_says_so_and_a_conversion_names_its_output():
    put("products.csv")
    assert "No errors" in run("check", "products", "products.csv").stdout
    assert "out.csv" in run("convert", "products", "products.csv", "-o", "out.csv").stdout


def test_text_is_without_colour_codes_when_it_is_no_terminal():
    put("products.csv", WRONG)
    assert b"\x1b[" not in process("check", "products", "products.csv").stdout


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_every_language_can_be_asked_for(lang):
    put("products.csv", WRONG)
    assert run("check", "products", "products.csv", "--lang", lang).exit_code == 1


# --- outputs -------------------------------------------------------------------------------------------------------


def test_convert_writes_the_upload_ready_file():
    put("products.csv")
    assert run("convert", "products", "products.csv", "-o", "out.csv").exit_code == 0
    assert Path("out.csv").read_bytes() == RIGHT


def test_convert_writes_nothing_when_there_is_an_error():
    put("products.csv", WRONG)
    assert run("convert", "products", "products.csv", "-o", "out.csv").exit_code == 1
    assert listed() == ["products.csv"]


def test_an_error_leaves_an_old_output_untouched():
    put("products.csv", WRONG)
    put("out.csv", b"old")
    assert run("convert", "products", "products.csv", "-o", "out.csv", "--force").exit_code == 1
    assert Path("out.csv").read_bytes() == b"old"


def test_an_output_that_exists_is_replaced_only_with_force():
    put("products.csv")
    put("out.csv", b"old")
    refused("convert", "products", "products.csv", "-o", "out.csv", says=("out.csv", "--force"))
    assert Path("out.csv").read_bytes() == b"old"
    assert run("convert", "products", "products.csv", "-o", "out.csv", "--force").exit_code == 0
    assert Path("out.csv").read_bytes() == RIGHT


@pytest.mark.parametrize("target", ["products.csv", "./products.csv", "link.csv"])
def test_the_input_is_never_replaced(target):
    put("products.csv")
    Path("link.csv").symlink_to("products.csv")
    refused("convert", "products", "products.csv", "-o", target, "--force", says="input")
    assert Path("products.csv").read_bytes() == RIGHT


def test_an_output_that_is_a_link_is_written_where_it_leads():
    put("products.csv")
    Path("there").mkdir()
    Path("link.csv").symlink_to("there/out.csv")
    assert run("convert", "products", "products.csv", "-o", "link.csv").exit_code == 0
    assert Path("link.csv").is_symlink()
    assert Path("there/out.csv").read_bytes() == RIGHT
    assert [path.name for path in Path("there").iterdir()] == ["out.csv"]


def test_a_folder_that_is_a_link_is_written_where_it_leads():
    put("sheet.csv", b"Tili;Selite;Summa\r\n1910;a;5,00\r\n3000;b;-5,00\r\n")
    Path("there").mkdir()
    Path("link").symlink_to("there")
    for force in ((), ("--force",)):
        assert run("convert", "memo-vouchers", "sheet.csv", "-o", "link", *force).exit_code == 0
        assert Path("link").is_symlink()
        assert "upload-list.csv" in {path.name for path in Path("there").iterdir()}


@pytest.mark.parametrize("name", ["out.txt", "out", "out.xlsx"])
def test_an_output_whose_name_procountor_refuses_is_a_warning(name):
    put("products.csv")
    done = run("convert", "products", "products.csv", "-o", name, "--lang", "en")
    assert done.exit_code == 0
    assert f"The name “{name}” does not end in .csv; Procountor refuses the file." in " ".join(done.output.split())
    assert run("convert", "products", "products.csv", "-o", "OUT.CSV", "--strict").exit_code == 0


def test_a_folder_that_is_missing_is_named():
    put("products.csv")
    refused("convert", "products", "products.csv", "-o", "nowhere/out.csv", says="nowhere")


def test_an_output_that_is_a_folder_is_refused():
    put("products.csv")
    Path("folder").mkdir()
    refused("convert", "products", "products.csv", "-o", "folder", "--force", says="folder")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_sentence():
    put("products.csv")
    Path("closed").mkdir(mode=0o500)
    refused("convert", "products", "products.csv", "-o", "closed/out.csv", says="out.csv")


def test_no_temporary_file_stays_behind():
    put("products.csv")
    run("convert", "products", "products.csv", "-o", "out.csv")
    assert listed() == ["out.csv", "products.csv"]


# --- --accept and --strict -----------------------------------------------------------------------------------------


def issues(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)["issues"]


def test_strict_counts_warnings_as_errors():
    put("products.csv", WARNED)
    assert run("check", "products", "products.csv").exit_code == 0
    assert run("check", "products", "products.csv", "--strict").exit_code == 1
    assert run("convert", "products", "products.csv", "-o", "out.csv", "--strict").exit_code == 1
    assert not Path("out.csv").exists()


def test_strict_leaves_notes_alone():
    put("products.csv")
    assert run("check", "products", "products.csv", "--strict").exit_code == 0


def test_accept_makes_a_silent_change_of_procountor_a_warning():
    put("partners.csv", upload(SUSPECT))
    assert run("check", "partners", "partners.csv").exit_code == 1
    assert run("check", "partners", "partners.csv", "--accept", "P-19").exit_code == 0
    assert [i["severity"] for i in issues("check", "partners", "partners.csv", "--accept", "P-19") if i["code"] == "P-19"] == ["warning"]


def test_accept_works_in_the_settings_and_for_several_codes():
    put("partners.csv", upload(changed(SUSPECT, I="XX")))
    assert run("check", "partners", "partners.csv", "--accept", "P-19").exit_code == 1
    assert run("check", "partners", "partners.csv", "--accept", "P-19, P-23").exit_code == 0
    put("csvimport.toml", 'accept = ["P-19", "P-23"]')
    assert run("check", "partners", "partners.csv").exit_code == 0


def test_codes_of_other_files_may_be_accepted_in_the_settings_of_a_folder():
    put("csvimport.toml", 'accept = ["P-19", "I-29"]')
    put("products.csv")
    assert run("check", "products", "products.csv").exit_code == 0
    refused("check", "products", "products.csv", "--accept", "P-19", says="P-19")
    put("sheet.csv", b"Tili;Selite;Summa\r\n1910;a;5,00\r\n3000;b;-5,00\r\n")
    put("csvimport.toml", 'accept = ["P-19", "MV-10"]')
    assert run("check", "memo-vouchers", "sheet.csv", "--as", "journal-receipts").exit_code == 0


def test_strict_does_not_take_back_what_was_accepted():
    line = changed(SUSPECT, AA="", AX="003791000013")
    put("partners.csv", upload(line))
    found = issues("check", "partners", "partners.csv", "--accept", "P-19", "--strict")
    assert [i["severity"] for i in found if i["code"] == "P-19"] == ["warning"]


@pytest.mark.parametrize("code", ["P-04", "P-07", "C-15"])
def test_what_procountor_refuses_cannot_be_accepted(code):
    put("partners.csv", upload(CUSTOMER))
    refused("check", "partners", "partners.csv", "--accept", code, says=(code, "cannot be accepted"))


def test_an_unknown_code_to_accept_is_refused():
    put("partners.csv", upload(CUSTOMER))
    refused("check", "partners", "partners.csv", "--accept", "P-190", says="P-190")


# --- standard input ------------------------------------------------------------------------------------------------


def test_a_minus_is_standard_input():
    assert run("check", "products", "-", stdin=RIGHT).exit_code == 0
    assert run("check", "products", "-", stdin=WRONG).exit_code == 1
    done = process("convert", "products", "-", "-o", "out.csv", stdin=RIGHT)
    assert done.returncode == 0
    assert Path("out.csv").read_bytes() == RIGHT


def test_empty_standard_input():
    refused("check", "products", "-", stdin=b"", says="empty")


# --- files, describe, explain --------------------------------------------------------------------------------------


def test_files_lists_every_transfer_file_and_where_it_is_uploaded():
    lines = run("files").stdout.splitlines()
    found = {line.split()[0]: line for line in lines}
    assert {"partners", "products", "dimensions"} <= set(found)
    assert "Management > Import data" in found["products"]
    assert "Management > Accounting info > Dimensions" in found["dimensions"]


@pytest.mark.parametrize("file", ["partners", "products", "dimensions"])
def test_describe_json_has_the_promised_keys(file):
    document = json.loads(run("describe", file, "--format", "json").stdout)
    assert list(document) == ["file", "title", "upload", "records", "rules"]
    assert set(document["title"]) == {"en", "fi", "sv"}
    for record in document["records"]:
        assert list(record) == ["record", "fields"]
        assert [field["no"] for field in record["fields"]] == list(range(1, len(record["fields"]) + 1))
        for field in record["fields"]:
            assert list(field) == [
                "no", "column", "key", "title", "kind", "max_length", "required", "values", "default", "on_invalid", "evidence", "source",
            ]  # fmt: skip
            assert set(field["title"]) == {"en", "fi", "sv"}
    assert all(list(rule) == ["id", "text", "severity", "evidence"] for rule in document["rules"])


def test_describe_json_has_the_widths_of_the_files():
    widths = {}
    for file in ("partners", "products", "dimensions"):
        document = json.loads(run("describe", file, "--format", "json").stdout)
        widths |= {record["record"]: len(record["fields"]) for record in document["records"]}
        assert document["records"][0]["fields"][0]["column"] == "A"
    assert widths == {"partner": 60, "group": 4, "product": 14, "item": 5}


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_describe_for_people(form, lang):
    text = run("describe", "products", "--format", form, "--lang", lang).stdout
    titles = {"en": "Product unit price", "fi": "Yksikköhinta", "sv": "Enhetspris"}
    assert titles[lang] in text
    assert "unit_price" in text


@pytest.mark.parametrize("code", ["C-31", "c-31", "P-19", "PR-13", "D-05", "T-04"])
def test_explain(code):
    text = run("explain", code).stdout
    assert code.upper() in text
    assert "Severity" in text


def test_every_code_can_be_explained():
    for file in ("partners", "products", "dimensions"):
        for rule in json.loads(run("describe", file, "--format", "json").stdout)["rules"]:
            assert rule["text"] in run("explain", rule["id"]).stdout


def test_an_unknown_code_is_a_sentence():
    refused("explain", "P-999", says="P-999")


def test_the_version():
    assert csvimport.__version__ in run("--version").stdout


@pytest.mark.parametrize("command", ["files", "describe", "check", "convert", "explain"])
def test_every_command_has_help(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


@pytest.mark.parametrize("option", ["--sheet", "--headings", "--settings", "--format", "--lang", "--strict", "--accept", "--max-size"])
def test_check_and_convert_have_the_promised_options(option):
    assert option in run("check", "--help").stdout
    assert option in run("convert", "--help").stdout


# --- personal data -------------------------------------------------------------------------------------------------

CODE = "010190-900P"
PERSON = f"SSN;{CODE};P;Esimerkki;Åke;Kotipolku 3 A 5;Turku;20100;FI;;;;Myynti;FI7199999900000022;;tilisiirto;" + ";" * 44


PLANTED = {
    "right": PERSON,
    "wrong check character": changed(PERSON, B="010190-900K"),
    "impossible date": changed(PERSON, B="310290-900P"),
    "under FI": changed(PERSON, A="FI"),
    "of a customer": changed(PERSON, C="C"),
    "small letter": changed(PERSON, B="010190-900p"),
    "blanks": changed(PERSON, B="010190 - 900P"),
    "without its sign": changed(PERSON, B="010190900P"),
    "in the name": changed(PERSON, D=f"Esimerkki {CODE}"),
    "behind a semicolon": changed(PERSON, D=f"Esimerkki;{CODE}"),
    "as the customer number": changed(PERSON, BA=CODE),
    "in the e-mail": changed(PERSON, R=f"{CODE}@"),
    "as the account": changed(PERSON, N=CODE),
    "in other fields": changed(PERSON, O=CODE, P=CODE, Q=CODE, V=CODE, W=CODE, X=CODE, Z=CODE),
}


@pytest.mark.parametrize("case", PLANTED)
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("as_is", [(), ("--as-is",)])
def test_an_identity_code_appears_in_no_output(case, form, as_is):
    put("partners.csv", upload(PLANTED[case], PLANTED[case]))
    output = run("check", "partners", "partners.csv", "--format", form, *as_is).output.upper()
    assert "900P" not in output
    assert "900K" not in output


def test_an_identity_code_is_shown_on_request():
    put("partners.csv", upload(changed(PERSON, B="010190-900K")))
    assert "010190-****" in run("check", "partners", "partners.csv").output
    assert "010190-900K" in run("check", "partners", "partners.csv", "--show-personal-data").output


def test_an_identity_code_under_a_heading_that_matches_no_field_is_masked():
    put("partners.csv", table([["Name", "Type", CODE], ["Esimerkki Oy", "C", "x"]]))
    assert "900P" not in run("check", "partners", "partners.csv").output


def test_an_identity_code_among_the_items_of_a_dimension_is_masked():
    put("dimensions.csv", upload(ITEM, changed(ITEM, B=f"{CODE} Åke", C="")))
    assert "900P" not in run("check", "dimensions", "dimensions.csv").output


# --- interruptions ---------------------------------------------------------------------------------------------------

INTERRUPTED = """
import os, signal, sys
from csvimport.cli import main

def interrupt(*arguments):
    os.kill(os.getpid(), signal.{signal})

{where} = interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background processes ignore
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which those of nohup do
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
@pytest.mark.parametrize("where", ["os.fsync", "openpyxl.worksheet._writer.WorksheetWriter.close"])
@pytest.mark.parametrize(("sent", "status"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_an_interrupted_run_leaves_nothing_behind(folder, where, sent, status):
    put("products.csv", WRONG)
    (folder / "tmp").mkdir()
    program = f"import {where.rpartition('.')[0].removesuffix('.WorksheetWriter')}\n" + INTERRUPTED.format(signal=sent, where=where)
    arguments = [sys.executable, "-c", program, "check", "products", "products.csv", "--report", "report.xlsx"]
    ended = subprocess.run(arguments, capture_output=True, env={**os.environ, "TMPDIR": str(folder / "tmp")})
    assert ended.returncode == status, ended.stderr
    assert b"Traceback" not in ended.stderr
    assert listed() == ["products.csv", "tmp"]
    assert list((folder / "tmp").iterdir()) == []

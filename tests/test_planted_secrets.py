"""No identity code, bank account or salary reaches what csvimport says, whatever place of the input it stands in, unless it is asked for.

Secrets are planted in right and faulty inputs, every command and every form of report is run on them, and all that comes out is
searched. The upload file and the cells of the user's own workbook hold them, of course; all else must not.
"""

import html
import io
import json
import re
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from helpers import changed, source, table, upload
from test_rules_invoices import EXPENSE

import csvimport
from csvimport.cli import cli
from csvimport.masking import masked
from csvimport.report.preview import preview_lines

pytestmark = pytest.mark.no_cover

CODE, IBAN, SALARY = "131052-9129", "FI71 9999 9900 0000 22", "4287,36"
COMPACT = IBAN.replace(" ", "")
SECRETS = {"identity code": r"9\W?1\W?2\W?9", "bank account": r"9999\W?99\W?00\W?0", "salary": r"4\W?287\b|428736|17\W77"}
NAME = f"Virtanen_{CODE}_{COMPACT}"
NOTE = f"Virtanen {CODE}, tili {IBAN}"
WRITTEN = (
    "131052-9129",
    " 131052 - 9129",
    "131052\u20139129",
    "131052 9129",
    "13.10.1952-9129",
    "131O52-9129",
    "1310529129",
    "131052-91299",
)
ACCOUNTS = (
    IBAN,
    COMPACT,
    f" {IBAN} ",
    COMPACT.lower(),
    f"{COMPACT}1",
    COMPACT[:-1],
    "FI71-9999-9900-0000-23",
    "999999-000022",
    "99999900000022",
)
AMOUNTS = (SALARY, "4 287,36", "4.287,36", "4287.36", "4287,365", "4287,36 €", "42873,6x", "-4287,36", "4287,36,0", "9994287,36999", "4287")

EMPLOYEES = (
    "Henkilötunnus", "Peruspalkka", "Peruspalkan tyyppi", "Tuntimäärä", "Palkkakanava", "Verokortin päivämäärä", "Verokorttityyppi",
    "Perusprosentti", "Lisäprosentti", "Vuosituloraja", "Käytetty tuloraja", "Eläkevakuutus", "TyEL-sopimus", "Huomautukset",
    "Ei automaattista verokorttia",
)  # fmt: skip
EMPLOYEE = (CODE, SALARY, "A", "150", "3", "01.01.2026", "1", "18,50", "42,00", "42873,60", "4287,36", "T", "46-0123456T", NOTE, "N")
HOURS = ("Henkilötunnus", "Palkkalaji", "Palkkalajin selite", "Määrä", "Yksikköhinta", "Kommentti")
PARTNERS = ("Tyyppi", "Tunnuslaji", "Y-tunnus", "Nimi", "Katuosoite", "Postinumero", "Postitoimipaikka", "Maa", "Tilinumero", "Lisätiedot")
PERSON = ("P", "SSN", CODE, f"Virtanen {CODE}", "Mallikatu 1", "00100", "Helsinki", "FI", COMPACT, f"{CODE} {IBAN}")

Rows = list[tuple[str, ...]]


def with_cells(headings: tuple[str, ...], row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    """A row with other cells, by their headings without blanks and hyphens."""
    plain = [re.sub(r"\W", "", heading) for heading in headings]
    assert set(cells) <= set(plain)
    return tuple(cells.get(name, value) for name, value in zip(plain, row, strict=True))


def employees(*, right: bool) -> Rows:
    def row(**cells: str) -> tuple[str, ...]:
        return with_cells(EMPLOYEES, EMPLOYEE, **cells)

    if right:
        return [EMPLOYEES, EMPLOYEE, row(Henkilötunnus=CODE.lower(), Peruspalkka="4 287,36")]
    return [
        EMPLOYEES,
        *(row(Henkilötunnus=code) for code in WRITTEN),
        *(row(Peruspalkka=amount, Vuosituloraja=amount, Käytettytuloraja=amount) for amount in AMOUNTS),
        row(Peruspalkka="0", Vuosituloraja="4286,00"),
        *(row(**{re.sub(r"\W", "", heading): secret}) for heading in EMPLOYEES[2:] for secret in (CODE, IBAN, SALARY)),
        row(Huomautukset=f"{NOTE}, palkka {SALARY} {'x' * 80}"),
    ]


def hours(*, right: bool) -> Rows:
    rows = [HOURS, (CODE, "1004", "Tuntipalkka", "1", SALARY, NOTE), (CODE, "1004", "Tuntipalkka", "2", SALARY, NOTE)]
    if right:
        return rows
    rows += [(code, "1004", "", "1", "", "") for code in WRITTEN]
    rows += [(CODE, "1004", "", "1", amount, "") for amount in AMOUNTS]
    rows += [(CODE, secret, secret, secret, "", f"{secret} {'x' * 260}") for secret in (CODE, IBAN, SALARY)]
    return rows


def partners(*, right: bool) -> Rows:
    def row(**cells: str) -> tuple[str, ...]:
        return with_cells(PARTNERS, PERSON, **cells)

    if right:
        return [PARTNERS, PERSON]
    return [
        PARTNERS,
        *(row(Ytunnus=code) for code in WRITTEN),
        *(row(Tilinumero=account) for account in ACCOUNTS),
        *(row(**{re.sub(r"\W", "", heading): secret}) for heading in PARTNERS for secret in (CODE, IBAN)),
        row(Nimi=f"{NOTE} {'x' * 90}"),
    ]


def expenses(*, right: bool) -> list[str]:
    """Travel invoices and expense claims of persons, in the layout of the file."""
    claim = changed(EXPENSE, D=COMPACT, E=CODE, G=f"Virtanen {CODE}", AO="")
    lines = [claim, changed(";Majoitus;;1;kpl;120,00;0;10;" + ";" * 12, I=f"{CODE} {IBAN}")]
    if right:
        return lines
    lines += [changed(claim, E=code) for code in WRITTEN] + [changed(claim, D=account) for account in ACCOUNTS]
    return lines + [changed(claim, **{cell: secret}) for cell in ("A", "B", "F", "M", "O", "Z") for secret in (CODE, IBAN)]


def as_csv(rows: Rows) -> bytes:
    return table(rows).encode("utf-8")


def as_workbook(rows: Rows, *, pay: bool) -> bytes:
    """The rows as a workbook, amounts as numbers; secrets stand in the sheet's name and in columns of no field and their headings, too."""
    book = openpyxl.Workbook()
    book.active.title = f"Virtanen {CODE}"
    for at, row in enumerate(rows):
        cells = [float(cell.replace(",", ".")) if re.fullmatch(r"4\d{3},\d\d", cell) else cell for cell in row]
        if pay:
            cells[1:1] = ["Perustuntipalkka" if at == 0 else 17.77, "Liksa" if at == 0 else "17,77/h"]
        book.active.append([*cells, NOTE, *(["Entinen palkka" if at == 0 else 4287.36, f"Palkka {SALARY}"] if pay else [])])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


INPUTS: dict[tuple[str, str], Callable[[bool], bytes]] = {
    ("salary-info", ".csv"): lambda right: as_csv(employees(right=right)),
    ("salary-info", ".xlsx"): lambda right: as_workbook(employees(right=right), pay=True),
    ("payroll", ".csv"): lambda right: as_csv(hours(right=right)),
    ("payroll", ".xlsx"): lambda right: as_workbook(hours(right=right), pay=True),
    ("partners", ".csv"): lambda right: as_csv(partners(right=right)),
    ("partners", ".xlsx"): lambda right: as_workbook(partners(right=right), pay=False),
    ("invoices", ".csv"): lambda right: upload(*expenses(right=right)),
}
EVERY_INPUT = pytest.mark.parametrize(("file", "suffix"), INPUTS)
FORMS = (".json", ".csv", ".sarif", ".html", ".xlsx")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def said_in(path: Path) -> str:
    """What a file says; of a report's workbook the list and the comments, because the other cells are the user's own."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        front, *others = openpyxl.load_workbook(io.BytesIO(content))
        cells = [str(cell.value) for row in front for cell in row if cell.value is not None]
        return "\n".join([*cells, *(cell.comment.text for page in others for row in page for cell in row if cell.comment)])
    text = content.decode("utf-8-sig")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"<(?:style|script).*?</(?:style|script)>|<[^>]*>", "", text, flags=re.DOTALL))
    return re.sub(r"\b[0-9a-f]{64}\b", "", text)  # checksums


def run(*arguments: object) -> Iterator[tuple[str, str]]:
    """What a command prints."""
    given = [str(argument) for argument in arguments]
    result = CliRunner().invoke(cli, given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    yield f"{' '.join(given[:2])} stdout", result.stdout
    yield f"{' '.join(given[:2])} stderr", result.stderr


def reports(file: str, name: str, *options: str) -> Iterator[tuple[str, str]]:
    """What is printed and written by checking an input in every form of report."""
    for lang in ("en", "fi", "sv"):
        yield from run("check", file, name, "--lang", lang, *options)
    yield from run("check", file, name, "--format", "json", "--strict", *options)
    for form in FORMS:
        yield from run("check", file, name, "--report", f"report{form}", "--lang", "fi", *options)
        yield f"report{form}", said_in(Path(f"report{form}"))


def outputs(file: str, suffix: str, *, right: bool) -> Iterator[tuple[str, str]]:
    """Everything that comes out of every command for an input, the upload file left out."""
    name = f"{NAME}{suffix}"
    Path(name).write_bytes(INPUTS[file, suffix](right))
    yield from reports(file, name)
    if suffix == ".csv":
        yield from run("check", file, name, "--as-is")
    yield from run("check", file, f"missing_{name}")
    yield from run("check", file, name, "--sheet", f"Palkat {CODE}")
    yield from run("check", file, name, "--mapping", f"missing_{NAME}.toml")
    yield from run("check", file, name, "--settings", f"missing_{NAME}.toml")
    yield from run("check", f"partners {CODE}", name)
    yield from run("check", file, name, "--accept", CODE)
    yield from run("check", file, name, "--report", f"report_{NAME}.doc")
    yield from run("convert", file, name, "-o", f"missing_{NAME}/out.csv")
    yield from run("convert", file, name, "-o", name)
    codes = ",".join({issue.code for issue in csvimport.check(file, name).issues if issue.suggestion})
    if codes:
        yield from run("check", file, name, "--apply-suggestions", codes, "--report", "applied.html")
        yield "applied.html", said_in(Path("applied.html"))
    yield from run("convert", file, name, "-o", f"out_{NAME}.csv", "--manifest", "--format", "json")
    for written in sorted(Path().glob("out_*.manifest.*")):
        yield written.suffix, said_in(written)
    if file != "invoices":
        yield from run("map", file, name, "-o", f"draft_{NAME}.toml")
        yield "draft", Path(f"draft_{NAME}.toml").read_text(encoding="utf-8")


def leaks(said: Iterator[tuple[str, str]], wanted: str = "|".join(SECRETS.values())) -> tuple[int, list[str]]:
    """How many outputs were looked into, and the lines of them that hold a secret."""
    count, found = 0, []
    for where, text in said:
        count += 1
        found += [f"{where}: {line.strip()}" for line in text.splitlines() if re.search(wanted, line)]
    return count, found


@EVERY_INPUT
@pytest.mark.parametrize("right", [True, False], ids=["right", "faulty"])
def test_no_secret_comes_out(file: str, suffix: str, right: bool) -> None:
    count, found = leaks(outputs(file, suffix, right=right))
    assert found == []
    assert count > 40
    assert right == Path(f"out_{NAME}.csv").exists()


@EVERY_INPUT
def test_secrets_are_shown_on_request(file: str, suffix: str) -> None:
    """So that a search that finds nothing has looked for what is there."""
    Path(f"{NAME}{suffix}").write_bytes(INPUTS[file, suffix](False))
    said = {where: text for where, text in reports(file, f"{NAME}{suffix}", "--show-personal-data") if not where.endswith("stderr")}
    held = [secret for secret in SECRETS if "salary" not in secret or csvimport.schema(file).holds_pay]
    assert len(said) == 1 + len(FORMS)
    assert [(where, secret) for where, text in said.items() for secret in held if not re.search(SECRETS[secret], text)] == []


# --- what is not an input ------------------------------------------------------------------------------------------

VOUCHERS = [
    ("Tosite", "Pvm", "Tositteen nimi", "Selite", "Tili", "Debet", "Kredit"),
    ("1", "31.1.2026", NOTE, NOTE, "7230", "300,00", ""),
    ("1", "31.1.2026", NOTE, NOTE, "1950", "", "300,00"),
    (CODE, "28.2.2026", f"Palkka {CODE}", NOTE, "7230", "300,00", ""),
    (CODE, "28.2.2026", f"Palkka {CODE}", NOTE, "1950", "", "300,00"),
]


def test_names_of_vouchers_are_masked_in_the_upload_list_and_in_file_names() -> None:
    Path("tositteet.csv").write_bytes(as_csv(VOUCHERS))
    said = [*run("convert", "memo-vouchers", "tositteet.csv", "-o", "out", "--manifest")]
    names = [path.name for path in sorted(Path("out").iterdir())]
    assert [name for name in names if name.startswith("upload-list")] == ["upload-list.csv", "upload-list.md"]
    assert len(names) == 4
    said += [(name, said_in(Path("out", name))) for name in names if name.startswith("upload-list")] + [("names", "\n".join(names))]
    said += [(path.name, said_in(path)) for path in Path().glob("out.manifest.*")]
    assert leaks(iter(said)) == (7, [])
    assert "131052-****" in Path("out", "upload-list.md").read_text(encoding="utf-8")


def test_names_of_vouchers_are_shown_on_request() -> None:
    files = csvimport.convert("memo-vouchers", source(as_csv(VOUCHERS)), show_personal_data=True).to_files()
    assert CODE in files["upload-list.md"].decode()
    assert any(CODE in name for name in files)


BROKEN_MAPPINGS = {
    "a heading and constants": f'[columns]\n"Palkka {CODE}" = "base_salary"\n[constants]\ncomments = "{NOTE}"\nbase_salary_type = "{SALARY}"\n',
    "an unknown field": f'[columns]\n"{NOTE}" = "{CODE}"\n',
    "an unknown key": f'"{CODE}" = "{IBAN}"\n',
    "a sheet": f'sheet = "{NOTE}"\n',
    "values": f'[values.salary_channel]\n"{CODE}" = "{IBAN}"\n',
    "rows": f'[[rows]]\ncolumn = "{NOTE}"\nkeep = ["{CODE}"]\n',
    "no TOML": f"[columns]\n{CODE} = {IBAN}\n",
}
BROKEN_SETTINGS = {
    "an unknown key": f'"{CODE}" = 1\n',
    "a wrong value": f'language = "{CODE}"\ndecimal_mark = "{IBAN}"\n',
    "a register that is missing": f'[registers]\npartners = "{NAME}.csv"\n',
    "a rule that is unknown": f'accept = ["{CODE}"]\n',
    "no TOML": f"language = {CODE}\n",
}


@pytest.mark.parametrize("text", BROKEN_MAPPINGS.values(), ids=BROKEN_MAPPINGS)
def test_what_a_mapping_holds_does_not_come_out(text: str) -> None:
    Path(f"{NAME}.toml").write_text(text, encoding="utf-8")
    Path("palkat.xlsx").write_bytes(as_workbook(employees(right=False), pay=True))
    assert (
        leaks(
            reports("salary-info", "palkat.xlsx", "--mapping", f"{NAME}.toml")
            if "comments" in text
            else run("check", "salary-info", "palkat.xlsx", "--mapping", f"{NAME}.toml")
        )[1]
        == []
    )


@pytest.mark.parametrize("text", BROKEN_SETTINGS.values(), ids=BROKEN_SETTINGS)
def test_what_settings_hold_does_not_come_out(text: str) -> None:
    Path(f"{NAME}.toml").write_text(text, encoding="utf-8")
    Path("tunnit.csv").write_bytes(as_csv(hours(right=True)))
    said = [*run("check", "payroll", "tunnit.csv", "--settings", f"{NAME}.toml")]
    assert said[1][1] != ""
    assert leaks(iter(said)) == (2, [])


def test_registers_do_not_come_out() -> None:
    """The account that an import would empty, and persons whose codes are nearly those of the file."""
    Path("rekisteri.csv").write_bytes(as_csv([PARTNERS, with_cells(PARTNERS, PERSON, Nimi="Virtanen")]))
    Path("palkat.csv").write_bytes(as_csv(partners(right=False)))
    Path("s.toml").write_text('[registers]\npartners = "rekisteri.csv"\n', encoding="utf-8")
    assert leaks(reports("partners", "palkat.csv", "--settings", "s.toml"))[1] == []


CALLS: dict[str, Callable[[], object]] = {
    "no file": lambda: csvimport.check("partners", f"{NAME}.csv"),
    "an empty file": lambda: csvimport.check("partners", source(b"", f"{NAME}.csv")),
    "no text": lambda: csvimport.check("partners", source(b"\0\1" + NOTE.encode(), f"{NAME}.csv")),
    "text that breaks off": lambda: csvimport.check("partners", source(b"\xff\xfe" + NOTE.encode("utf-16-le") + b"1", f"{NAME}.csv")),
    "a sheet": lambda: csvimport.check("salary-info", source(as_workbook(employees(right=True), pay=True), "p.xlsx"), sheet=NOTE),
    "a damaged workbook": lambda: csvimport.check("partners", source(as_workbook(partners(right=True), pay=False)[:900], f"{NAME}.xlsx")),
    "a transfer file": lambda: csvimport.check(NOTE, source(b"x")),
    "a code": lambda: csvimport.check("partners", source(as_csv(partners(right=True))), accept=(CODE,)),
    "a mapping": lambda: csvimport.check("partners", source(as_csv(partners(right=True))), mapping={"columns": {NOTE: CODE}}),
    "settings": lambda: csvimport.check("partners", source(as_csv(partners(right=True))), settings={CODE: IBAN}),
    "errors": lambda: csvimport.convert("salary-info", source(as_csv(employees(right=False)))).to_bytes(),
    "an output": lambda: csvimport.convert("partners", source(as_csv(partners(right=True))), f"{NAME}/{NAME}.csv"),
    "a report": lambda: csvimport.check("partners", source(as_csv(partners(right=True))), report=f"{NAME}.doc"),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_exceptions_hold_no_secret(call: Callable[[], object]) -> None:
    with pytest.raises(csvimport.CsvImportError) as raised:
        call()
    said = [("str", str(raised.value)), ("repr", repr(raised.value)), *((lang, raised.value.text(lang)) for lang in ("fi", "sv"))]
    assert leaks(iter(said)) == (4, [])
    assert leaks(iter([("traceback", "".join(traceback.format_exception_only(raised.value)))]))[1] == []


def test_frames_and_their_labels_hold_no_secret(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    rows = employees(right=False)
    frame = pd.DataFrame(rows[1:], columns=list(rows[0]), index=[f"{CODE} {at}" for at in range(len(rows) - 1)])
    report = csvimport.check("salary-info", frame)
    said = [("json", report.to_json()), ("frame", report.to_frame().to_csv()), ("issues", "\n".join(map(str, report.issues)))]
    said += [("totals", json.dumps(report.totals_as_dicts())), ("log", caplog.text), ("printed", "".join(capfd.readouterr()))]
    assert leaks(iter(said)) == (6, [])
    assert report.counts.errors > 20


def test_sums_of_pay_are_those_of_several_persons() -> None:
    """What one or two people earn together tells each of them what the other earns."""
    persons = [("5501", "4287,36"), ("5502", "1000,00"), ("5503", "2000,00")]
    rows = [HOURS, *((number, "1004", "", "1", amount, "") for number, amount in persons)]
    few, several = (csvimport.check("payroll", source(as_csv(rows[:end]))) for end in (3, 4))
    assert [figure.value for figure in few.figures if figure.currency] == []
    assert [preview_lines(report)[-1].startswith("Sums of the pay of fewer than three") for report in (few, several)] == [True, False]
    assert [figure.value for figure in several.figures if figure.currency] == ["7287.36"]
    asked = csvimport.check("payroll", source(as_csv(rows[:3])), show_personal_data=True)
    assert [figure.value for figure in asked.figures if figure.currency] == ["5287.36"]


# --- what a masked text still tells --------------------------------------------------------------------------------

SHOWN = {
    ("FI71 9999 9900 0000 22", ""): "FI71****22",
    ("tili FI7199999900000022.", ""): "tili FI71****22.",
    ("Virtanen_FI7199999900000022_palkat", ""): "Virtanen_FI71****22_palkat",
    ("fi71 9999 9900 0000 23", ""): "fi71****23",
    ("DE89 3704 0044 0532 0130 00", ""): "DE89****00",
    ("SE4550000000058398257466 Oy", ""): "SE45****66 Oy",
    ("999999-000022", "account"): "****22",
    ("Tilinumero puuttuu", "account"): "Tilinumero puuttuu",
    ("FI12345678", ""): "FI12345678",
    ("RF18539007547034", ""): "RF18539007547034",
    ("FI12345678 2026", ""): "FI12345678 2026",
    ("4 287,3x", "salary"): "* ***,*x",
    ("-17,50", "salary"): "-**,**",
}
IN_PAY = {
    ("palkka 4287,36 kuussa", ""): "palkka ****,** kuussa",
    ("4.287,36", ""): "*.***,**",
    ("850 €", ""): "*** €",
    ("4287.36", "code"): "****.**",
    ("5", "code"): "5",
    ("2026", ""): "2026",
    ("41234", "number"): "*****",
    ("-3 500,5", "number"): "-* ***,*",
    ("999,5", "number"): "999,5",
    ("7,3333", "number"): "7,3333",
    ("31.12.2026", ""): "31.12.2026",
    ("1004 Tuntipalkka", ""): "1004 Tuntipalkka",
    ("150,00", ""): "150,00",
    ("25,5 %", ""): "25,5 %",
    ("17.77", "of_no_field"): "**.**",
    ("17,77 €/h", "of_no_field"): "**,** €/h",
    ("~ 1 850", "of_no_field"): "~ * ***",
    ("Viikko 12", "of_no_field"): "Viikko 12",
}


@pytest.mark.parametrize(("given", "shown"), [*SHOWN.items(), *IN_PAY.items()])
def test_a_masked_text_still_tells_its_form(given: tuple[str, str], shown: str) -> None:
    assert masked(*given, pay=given in IN_PAY) == shown

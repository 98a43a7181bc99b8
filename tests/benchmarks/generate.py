"""Realistic inputs of any size; the same size always gives the same bytes."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl

from csvimport.kinds.bank import reference_check_digit, to_iban
from csvimport.kinds.identifiers import business_id_check_digit

FIRST_BUSINESS_ID = 1_000_000
SHEET_FIELDS = (0, 1, 2, 3, 5, 6, 7, 8, 9, 13, 14, 15, 16, 17, 18, 22, 23, 24, 25, 52)
SHEET_HEADINGS = (
    "Tunnustyyppi", "Y-tunnus", "Liikekumppanityyppi", "Nimi", "Katuosoite", "Postitoimipaikka", "Postinumero", "Maakoodi", "Puhelin",
    "IBAN", "Maksuehto", "Maksutapa", "Valuutta", "Sähköposti", "Yhteyshenkilö", "Viivästyskorko", "Kieli", "Kotisivu",
    "Laskutuskanava", "Asiakasnumero",
)  # fmt: skip
INVOICE_HEADINGS = (
    "Laskunumero;Laskun tyyppi;Laskupäivä;Eräpäivä;Viitenumero;Asiakas;Asiakasnumero;Katuosoite;Postinumero;Postitoimipaikka;Maa;"
    "Laskutuskanava;Hinnat sis. ALV;Kuvaus;Tuotekoodi;Määrä;Yksikkö;Hinta;ALV-%;Tili;Kirjanpito riveittäin"
)
ROWS_OF_AN_INVOICE = 5


def partners(count: int) -> Iterator[list[str]]:
    """Suppliers with distinct right identifiers, 20 of 60 fields filled."""
    number = FIRST_BUSINESS_ID
    for place in range(count):
        while (digit := business_id_check_digit(str(number))) is None:
            number += 1
        record = [""] * 60
        values = (
            "FI", f"{number}-{digit}", "S", f"Yritys {place} Oy", f"Katu {place % 977}", "Helsinki", f"{place % 99_999:05d}", "FI",
            f"+358 40 {place:07d}", to_iban(f"9{place:013d}"), "140", "tilisiirto", "EUR", f"m{place}@example.com", "Maija Malli", "8,00",
            "2", f"https://example.com/{place}", "6", str(place),
        )  # fmt: skip
        for field, value in zip(SHEET_FIELDS, values, strict=True):
            record[field] = value
        yield record
        number += 1


def partners_csv(path: Path, count: int) -> None:
    """The partners in Procountor layout."""
    with path.open("w", encoding="cp1252", newline="") as handle:
        handle.writelines(f"{';'.join(record)}\r\n" for record in partners(count))


def partners_workbook(path: Path, count: int) -> None:
    """The same partners as a table of twenty columns with Finnish headings."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Toimittajat")
    sheet.append(SHEET_HEADINGS)
    for record in partners(count):
        row: list[object] = [record[field] for field in SHEET_FIELDS]
        row[15], row[19] = 8.5, int(record[52])
        sheet.append(row)
    book.save(path)


def invoice_lines(path: Path, count: int) -> None:
    """A table of invoice lines, five to an invoice, the invoice's own columns on its first line only."""
    with path.open("w", encoding="cp1252", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(INVOICE_HEADINGS.split(";"))
        for place in range(count // ROWS_OF_AN_INVOICE):
            key = str(100_000 + place)
            day = f"{place % 28 + 1:02d}"
            reference = key + reference_check_digit(key)
            header = [
                key, "M", f"{day}.01.2026", f"{day}.02.2026", reference, f"Asiakas {place} Oy", str(place), f"Katu {place % 500}",
                "00100", "Helsinki", "FI", "6", "f",
            ]  # fmt: skip
            for line in range(ROWS_OF_AN_INVOICE):
                price = f"{(place * 7 + line * 13) % 1000 + 1},{line}0"
                row = [f"Tuote {line}", f"T{line}", str(line + 1), "kpl", price, "25,5", "3000", "t"]
                writer.writerow((header if line == 0 else [key] + [""] * 12) + row)


ENTRIES_OF_A_VOUCHER = 50


def journal(path: Path, rows: int) -> None:
    """A journal: vouchers of fifty entries, debit and credit in columns of their own, a dimension on every other entry."""
    with path.open("w", encoding="cp1252", newline="") as handle:
        handle.write("Tosite;Pvm;Tositteen nimi;Tili;Selite;Debet;Kredit;Dimensio: Kustannuspaikka\r\n")
        for row in range(rows):
            voucher, place = divmod(row, ENTRIES_OF_A_VOUCHER)
            amount = f"{(row // 2) % 9000 + 100},{(row // 2) % 100:02d}"
            sides = f"{amount};" if place % 2 == 0 else f";{amount}"
            item = f"Myymälä {row % 40}" if place % 2 == 0 else ""
            handle.write(
                f"{voucher + 1};{voucher % 28 + 1}.{voucher % 12 + 1}.2026;Muistio {voucher + 1};{4000 + row % 800};Vienti {row};{sides};{item}\r\n"
            )


def hours(path: Path, rows: int) -> None:
    """Hours from a time-tracking program: five salary types of each employee, as hours and minutes, with a cost centre and a period."""
    with path.open("w", encoding="cp1252", newline="") as handle:
        handle.write("Henkilönumero;Palkkalaji;Tunnit;Dimensio: Kustannuspaikka;Alkupäivä;Loppupäivä;Kommentti\r\n")
        for row in range(rows):
            employee, place = divmod(row, 5)
            handle.write(f"{employee + 1000};{1004 + place};{row % 160}:{row % 4 * 15:02d};Myymälä {row % 40};01.01.2026;31.01.2026;\r\n")


def partners_with_defects(every: int) -> Callable[[Path, int], None]:
    """A maker of the partners in Procountor layout in which every so many rows has a wrong check digit."""

    def make(path: Path, count: int) -> None:
        with path.open("w", encoding="cp1252", newline="") as handle:
            for place, record in enumerate(partners(count)):
                if place % every == 0:
                    record[1] = f"{record[1][:-1]}{(int(record[1][-1]) + 1) % 10}"
                handle.write(f"{';'.join(record)}\r\n")

    return make

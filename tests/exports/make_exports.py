"""Makes the exports of this folder: invented data in the forms of other programs. ``python make_exports.py FOLDER``"""

import csv
import sys
from pathlib import Path

from openpyxl import Workbook

# A webshop's orders: English, prices with VAT, American dates and numbers, cancelled orders among them.
ORDERS = [
    ["Order export", "My Coffee Shop", "01/01/2026 - 02/15/2026"],
    [],
    [
        "Order #", "Customer No", "Invoice Date", "Order Status", "Customer Name", "Address Line 1", "Postcode", "City", "Country Code",
        "E-mail", "Product", "SKU", "Qty", "Unit Price (EUR)", "VAT Rate %", "Shipped by",
    ],
    [
        "10231", "5001", "01/31/2026", "completed", "Maija Malli", "Mallikatu 1", "00100", "Helsinki", "FI", "maija@example.com",
        "Coffee beans, dark roast 500 g", "CB-500", "2", "12.50", "13.5%", "Parcel Ltd",
    ],
    [
        "10231", "5001", "01/31/2026", "completed", "Maija Malli", "Mallikatu 1", "00100", "Helsinki", "FI", "maija@example.com",
        "Shipping", "", "1", "5.90", "25.5%", "Parcel Ltd",
    ],
    [
        "10232", "5002", "02/03/2026", "cancelled", "Kalle Keksitty", "Kuvitelmantie 7 B 12", "20100", "Turku", "FI", "kalle@example.com",
        'Espresso machine "Pro"', "EM-1", "1", "1,250.00", "25.5%", "",
    ],
    [
        "10233", "5003", "02/12/2026", "completed", "Åsa Exempel", "Exempelgatan 3", "65100", "Vaasa", "FI", "asa@example.com",
        'Espresso machine "Pro"', "EM-1", "1", "1,250.00", "25.5%", "Parcel Ltd",
    ],
    [
        "10233", "5003", "02/12/2026", "completed", "Åsa Exempel", "Exempelgatan 3", "65100", "Vaasa", "FI", "asa@example.com",
        "Coffee beans, light roast 1 kg", "CB-1000", "3", "21.00", "13.5%", "Parcel Ltd",
    ],
    ["Total", "", "", "", "", "", "", "", "", "", "", "", "8", "", "", ""],
]  # fmt: skip

# An accounting program's customers: Finnish, headings in two rows below a title, postal code and town in one column.
CUSTOMERS = [
    ["Asiakasluettelo"],
    ["Mallikirjanpito Oy", None, None, None, "Tulostettu 31.1.2026"],
    [],
    ["Asiakas", None, None, "Osoite", None, None, "Laskutus", None, None, None, None],
    [
        "Nro", "Nimi", "Y-tunnus", "Katuosoite", "Postinumero ja -toimipaikka", "Maa", "Maksuehto", "Laskutustapa", "Sähköposti",
        "Verkkolaskuosoite", "Välittäjä",
    ],
    [
        1001, "Esimerkki Oy", "9100001-3", "Mallikatu 1", "00100 Helsinki", "Suomi", "14 pv netto", "Verkkolasku",
        "ostolaskut@esimerkki.example", "003791000013", "003723327487",
    ],
    [
        1002, "Kuvitelma & Pojat Ky", "9100002-1", "Keksitie 12 A", "20100 Turku", "Suomi", "14 pv netto", "Sähköposti",
        "toimisto@kuvitelma.example", None, None,
    ],
    [
        1003, "Exempel Ab", "9100004-8", "Modellgatan 3", "65100 Vaasa", "Suomi", "30 pv netto", "Verkkolasku", "faktura@exempel.example",
        "003791000048", "003723327487",
    ],
    [
        1004, "Mallikunta", "9100005-6", "Kunnantie 1", "98100 Kemijärvi", "Suomi", "heti", "Verkkolasku", "kirjaamo@mallikunta.example",
        "003791000056", "003723327487",
    ],
    ["Yhteensä", 4],
]  # fmt: skip
GROUPS = ("A4:C4", "D4:F4", "G4:K4")

# A time tracker's hours: English, three decimals, activities in words, a blank row between two persons.
HOURS = [
    ["Time report"],
    ["Period", "01/26/2026 - 02/08/2026"],
    [],
    ["Person", "Employee number", "Day", "Activity", "Customer", "Hours (h)", "Billable", "Comment"],
    ["Maija Malli", "1001", "01/26/2026", "Regular work", "Esimerkki Oy", "7.500", "yes", ""],
    ["Maija Malli", "1001", "01/27/2026", "Regular work", "Esimerkki Oy", "7.250", "yes", "Meeting, planning"],
    ["Maija Malli", "1001", "01/27/2026", "Overtime 50 %", "Esimerkki Oy", "1.500", "no", ""],
    ["", "", "", "", "", "", "", ""],
    ["Kalle Keksitty", "1002", "01/26/2026", "Regular work", "Exempel Ab", "8.000", "yes", ""],
    ["Kalle Keksitty", "1002", "01/31/2026", "Sick leave", "", "7.500", "no", ""],
    ["Åsa Exempel", "1003", "02/02/2026", "Regular work", "Exempel Ab", "0.500", "yes", ""],
    ["Total", "", "", "", "", "32.250", "", ""],
]

# A bank card program's receipts: Finnish, purchases as negative sums, short dates.
RECEIPTS = [
    ["Kortti", "**** 4242"],
    ["Aikaväli", "1.1.26–31.1.26"],
    [],
    ["Kuitti nro", "Pvm", "Toimittaja", "Hinta (EUR)", "ALV-%", "Tili", "Selite", "Kortinhaltija", "Kuittikuva"],
    ["K-0117", "5.1.26", "Kahvila Malli", "-12,40", "13,5", "7960", "Palaveritarjoilu", "Maija Malli", "k-0117.jpg"],
    ["K-0118", "14.1.26", "Rautakauppa Keksitty Oy", "-1 249,90", "25,5", "7670", "Porakone", "Kalle Keksitty", "k-0118.jpg"],
    ["K-0119", "28.1.26", "Rautakauppa Keksitty Oy", "24,90", "25,5", "7670", "Palautus: terä", "Kalle Keksitty", "k-0119.jpg"],
    ["K-0120", "31.1.26", "Parkkipaikka", "-8,00", "25,5", "7870", "Pysäköinti", "Maija Malli", "k-0120.jpg"],
    ["Yhteensä", "", "", "-1 245,40", "", "", "", "", ""],
]

# A Swedish list of suppliers: postal codes as numbers, blocked suppliers among them.
SUPPLIERS = [
    ["Leverantörsregister 2026"],
    [],
    [
        "Levnr", "Företag *", "FO-nummer", "Gatuadress", "Postnr", "Postort", "Landskod", "IBAN", "BIC", "Betalningsvillkor", "Valuta",
        "E-post", "Status",
    ],
    [
        "L-10", "Exempel Virke Ab", "9100012-8", "Skogsvägen 1", 22100, "Mariehamn", "FI", "FI2112345600000785", "NDEAFIHH",
        "30 dagar netto", "EUR", "faktura@virke.example", "aktiv",
    ],
    [
        "L-11", "Påhittade Kontorsvaror Ab", "9100013-6", "Hamngatan 5", 65100, "Vasa", "FI", "FI5542345670000081", "OKOYFIHH",
        "14 dagar netto", "EUR", "ekonomi@kontor.example", "aktiv",
    ],
    [
        "L-12", "Gamla Modell Ab", "9100014-4", "Torget 2", 2600, "Esbo", "FI", "FI4950009420028730", "OKOYFIHH", "14 dagar netto", "EUR",
        None, "spärrad",
    ],
    ["L-13", "Mallfirman Kb", "9100015-2", "Åvägen 9", 100, "Helsingfors", "FI", None, None, "genast", "EUR", "kb@mall.example", "aktiv"],
    ["Totalt", 4],
]  # fmt: skip


def delimited(path, rows, delimiter, encoding, end, quoting):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)


def workbook(path, title, rows, merged=()):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)


def make(folder):
    delimited(folder / "webshop-orders.csv", ORDERS, ",", "utf-8-sig", "\n", csv.QUOTE_ALL)
    workbook(folder / "asiakasluettelo.xlsx", "Asiakasluettelo", CUSTOMERS, GROUPS)
    delimited(folder / "time-report.csv", HOURS, ";", "utf-8", "\n", csv.QUOTE_MINIMAL)
    delimited(folder / "korttikuitit.csv", RECEIPTS, ";", "cp1252", "\r\n", csv.QUOTE_ALL)
    workbook(folder / "leverantorer.xlsx", "Leverantörer", SUPPLIERS)


if __name__ == "__main__":
    make(Path(sys.argv[1]))

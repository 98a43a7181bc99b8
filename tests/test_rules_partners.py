"""The rules of the business partner file: each broken once, and each kept."""

from pathlib import Path

import pandas as pd
import pytest
from conftest import Case, change, findings, notes, problems, serious, upload

import csvimport
from csvimport.messages import Catalogue

# Invented companies and people; their numbers have right check digits but belong to nobody.
CUSTOMER = (
    "FI;9100001-3;C;Esimerkki Oy;;Mallikatu 1;Helsinki;00100;FI;+358 40 000 0000;;;;;140;tilisiirto;EUR;"
    "ostolaskut@example.com;Maija Malli;;;;8,00;2;;3;;;;;;;;;;;1700;3000;;;;;;;;;;"
    r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI;;003791000013;;;1001;;;003723327487;003791000013;;;"
)
GROUP = "GROUP;Kanta-asiakkaat;;X"
OTHER_GROUP = "GROUP;Etelä-Suomi;;"
SUPPLIER = (
    "FI;9100002-1;S;Tukku & Pojat Oy;;Varastotie 7 B;Tampere;33100;FI;;;;;FI9399999900000014;302;tilisiirto;EUR;"
    "myynti@example.com;;;;;;2;;6;;;;;;;;4000;;;;;;;;;;;;;;;;;;;T-200;;;;;;7;2"
)
PERSON = (
    "SSN;010190-900P;P;Esimerkki;Åke;Kotipolku 3 A 5;Turku;20100;FI;;;;Myynti;FI7199999900000022;;tilisiirto;;"
    "ake.esimerkki@example.com;;Turku;;;;3;;1;;;;;;;;;;;;;;;;;;;;;;;;;;;5503;;;;;;;"
)
PRIVATE_CUSTOMER = change(CUSTOMER, A="SSN", B="010190-900P", D="Åke Esimerkki", Z="2", AX="", BD="", BE="")

ADDRESS = r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI"
LONG_ADDRESS = "\\".join(("N" * 80, "T" * 80, "K" * 80, "00100", "H" * 40, "FI"))
DIMENSIONS = ("Kustannuspaikka;Myymälä A;A;;", "Kustannuspaikka;Myymälä B;A;;", "Projekti;P-2026-01;A;;")
ACCOUNTS = ("1700;Myyntisaamiset", "3000;Myynti", "4000;Ostot", "2880;Ostovelat", "8450;Selvittelytili")
DEFAULT_ACCOUNTS = (
    ("purchase_debit_account", "AH"),
    ("purchase_credit_account", "AI"),
    ("purchase_balancing_account", "AJ"),
    ("sales_debit_account", "AK"),
    ("sales_credit_account", "AL"),
    ("expense_claim_debit_account", "AM"),
    ("expense_claim_credit_account", "AN"),
    ("expense_claim_balancing_account", "AO"),
    ("travel_invoice_debit_account", "AP"),
    ("travel_invoice_credit_account", "AQ"),
    ("travel_invoice_balancing_account", "AR"),
    ("journal_credit_account", "AS"),
    ("journal_debit_account", "AT"),
    ("journal_balancing_account", "AU"),
)
DEFAULT_ITEMS = tuple((f"default_item_{number}", letters) for number, letters in enumerate(("AB", "AC", "AD", "AE", "AF", "AG"), 1))


def customer(**cells: str) -> list[str]:
    return [change(CUSTOMER, **cells)]


def supplier(**cells: str) -> list[str]:
    return [change(SUPPLIER, **cells)]


def person(**cells: str) -> list[str]:
    return [change(PERSON, **cells)]


BROKEN = [
    # which record a line is
    *(Case("P-01", [CUSTOMER, f"{word};Kanta-asiakkaat;;"], "error", "record_mark", "A2") for word in ("group", "Group", "RYHMÄ")),
    Case("P-02", [GROUP, SUPPLIER], "error", "record_mark", "A1"),
    Case("P-03", supplier(A="", B=""), "error", "business_id_type", "A1"),
    Case("P-03", [change(SUPPLIER, A=""), CUSTOMER], "error", "business_id_type", "A1", as_is=True),
    # who it is
    *(Case("P-04", customer(C=text), "error", "partner_type", "C1") for text in ("", "X", "A", "CS")),
    *(Case("P-05", customer(D=text), "error", "partner_name", "D1") for text in ("", "N" * 81)),
    Case("P-06", customer(A="YTUNN", B="9100001-3"), "error", "business_id_type", "A1"),
    Case("P-06", customer(A="XX"), "warning", "business_id_type", "A1"),
    *(
        Case("P-07", supplier(B=text), "error", "business_id", "B1")
        for text in ("9100002-2", "9100003-1", "910002-1", "tulossa", "010190-900P")
    ),
    *(
        Case("P-08", person(B=text), "error", "business_id", "B1")
        for text in ("010190-900K", "310290-900P", "010190900P", "9100002-1", "31.02.1990")
    ),
    Case("P-08", [change(PRIVATE_CUSTOMER, B="010190-900K")], "error", "business_id", "B1"),
    Case("P-08", [change(PRIVATE_CUSTOMER, B="01.01.1990")], "error", "business_id", "B1"),
    Case("P-08", person(A="HETU", B="010190-900K"), "error", "business_id", "B1"),
    *(
        Case("P-08", person(B=text), "warning", "business_id", "B1")
        for text in ("01.01.1990", "1.1.1990", "311290", "010190", "290200", "29.02.1992")
    ),
    *(
        Case("P-08", person(B=text), "error", "business_id", "B1")
        for text in (
            "290201",
            "290205",
            "29.02.1900",
            "29.02.2100",
            "320190",
            "011390",
            "000190",
            "001.1.1990",
            "1.001.1990",
            ".1.1990",
            "1..1990",
        )
    ),
    Case("P-09", supplier(B=""), "error", "business_id", "B1"),
    Case("P-09", person(B=""), "error", "business_id", "B1"),
    Case("P-10", [SUPPLIER, change(CUSTOMER, A="")], "warning", "business_id_type", "A2"),
    Case("P-10", [SUPPLIER, change(PERSON, A="")], "warning", "business_id_type", "A2"),
    *(
        Case("P-10", [SUPPLIER, change(CUSTOMER, A="", B=text)], "warning", "business_id", "B2")
        for text in ("9100001-4", "123456-7", "123456789", "ei tiedossa")
    ),
    Case("P-11", customer(A="ASSN", B="", BA=""), "warning", "business_id", "B1"),
    Case("P-11", supplier(A="ASSN", B="", N="", BA=""), "warning", "business_id", "B1"),
    Case(
        "P-11",
        supplier(A="ASSN", B="", N="", BA=""),
        "warning",
        "business_id",
        "B1",
        registers={"partners": [change(SUPPLIER, A="ASSN", B="", BA=number) for number in ("T-201", "T-202")]},
    ),
    *(
        Case("P-12", lines(**{letter: "Turku"}), "error", field, f"{letter}1")
        for lines in (customer, supplier)
        for field, letter in (("first_name", "E"), ("department", "M"), ("home_municipality", "T"), ("tax_municipality", "U"))
    ),
    Case("P-13", person(BB="c/o Malli"), "error", "address_specifier", "BB1"),
    Case("P-14", person(E=""), "warning", "first_name", "E1"),
    # how it is paid
    *(
        Case("P-15", supplier(N=text), "error", "bank_account", "N1")
        for text in ("FI9399999900000015", "FI93999999000000", "123456-786", "12345", "RF5220260011")
    ),
    Case("P-15", supplier(N="123456-785"), "warning", "bank_account", "N1"),
    Case("P-16", customer(N="FI9399999900000014"), "warning", "bank_account", "N1"),
    *(Case("P-17", customer(O=text), "error", "payment_term", "O1") for text in ("14", "7", "1400", "14 pv", "30 päivää netto")),
    Case("P-18", customer(O="147"), "warning", "payment_term", "O1"),
    *(Case("P-19", supplier(P=text), "error", "payment_method", "P1") for text in ("tilisirto", "käteinen", "other")),
    Case("P-19", supplier(), "error", "payment_method", "P1", settings={"language": "sv"}),
    *(Case("P-20", customer(Q=text), "error", "currency", "Q1") for text in ("EURO", "EU", "XXQ")),
    Case("P-20", customer(Q="USD"), "error", "currency", "Q1", settings={"registers": {"currencies": ["EUR", "SEK"]}}),
    *(
        Case("P-21", supplier(R=text), "error", "email", "R1")
        for text in ("myynti(at)example.com", "a@example.com, b@example.com", "Malli <a@example.com>", f"{'a' * 70}@example.com")
    ),
    Case("P-21", supplier(Z="1", R=""), "error", "email", "R1"),
    Case("P-22", customer(V="lentorahti"), "error", "delivery_method", "V1"),
    *(Case("P-23", customer(I=text), "error", "country_code", "I1") for text in ("XX", "UK", "FIN")),
    Case("P-23", customer(I="XK"), "warning", "country_code", "I1"),
    *(Case("P-24", customer(W=text), "error", "penal_interest", "W1") for text in ("100,01", "-1", "8,5,1", "korko")),
    Case("P-25", customer(X="7"), "error", "invoice_language", "X1"),
    *(Case("P-25", customer(X=text), "warning", "invoice_language", "X1") for text in "56"),
    # how its invoices travel
    *(Case("P-26", supplier(Z=text), "error", "invoice_channel", "Z1") for text in "4579"),
    *(
        Case("P-27", supplier(Z=channel, **{letter: ""}), "warning", field, f"{letter}1")
        for channel in ("2", "")
        for field, letter in (("street_address", "F"), ("city", "G"), ("postal_code", "H"))
    ),
    Case("P-28", customer(AX="", BD="", BE=""), "error", "invoice_channel", "Z1"),
    Case("P-28", customer(AX="", BE=""), "error", "e_invoice_address", "AX1"),
    Case("P-29", customer(BD=""), "warning", "operator_id", "BD1"),
    Case("P-29", customer(BE=""), "warning", "edi_code", "BE1"),
    Case("P-29", customer(AX=""), "warning", "e_invoice_address", "AX1"),
    *(Case("P-30", customer(Z=channel), "warning", "invoice_channel", "Z1") for channel in ("1", "2", "6", "")),
    *(Case("P-31", customer(AA=text), "error", "passivity_code", "AA1") for text in "PX"),
    # dimensions and accounts
    *(Case("P-32", customer(**{letters: "Myymälä"}), "note") for _, letters in DEFAULT_ITEMS),
    Case("P-32", customer(AB="Myymälä C"), "error", "default_item_1", "AB1", registers={"dimensions": DIMENSIONS}),
    Case("P-32", customer(AB="myymälä A"), "error", "default_item_1", "AB1", registers={"dimensions": DIMENSIONS}),
    Case("P-32", customer(AC="Myymälä A"), "error", "default_item_2", "AC1", registers={"dimensions": DIMENSIONS}),
    *(
        Case("P-32", customer(**{letters: "Myymälä A"}), "error", field, f"{letters}1", registers={"dimensions": DIMENSIONS})
        for field, letters in DEFAULT_ITEMS[2:]
    ),
    *(Case("P-33", customer(**{letters: "Myymälä"}), "note") for _, letters in DEFAULT_ITEMS),
    *(Case("P-34", customer(**{letters: "170"}), "error", field, f"{letters}1") for field, letters in DEFAULT_ACCOUNTS),
    Case("P-34", customer(AK="17000"), "error", "sales_debit_account", "AK1"),
    *(
        Case("P-34", customer(**{letters: "1701"}), "error", field, f"{letters}1", registers={"accounts": ACCOUNTS})
        for field, letters in DEFAULT_ACCOUNTS
    ),
    *(Case("P-35", person(**{letters: "4000"}), "warning", field, f"{letters}1") for field, letters in DEFAULT_ACCOUNTS),
    Case("P-36", [change(SUPPLIER, AS="7800", AT="2880"), change(CUSTOMER, AS="7800", AT="2880")], "note"),
    # addresses
    *(
        Case("P-37", customer(**{letters: text}), "error", field, f"{letters}1")
        for field, letters in (("billing_address", "AV"), ("delivery_address", "AW"))
        for text in (
            r"Esimerkki Oy\Mallikatu 1\00100 Helsinki\FI",
            r"Esimerkki Oy\a\b\Mallikatu 1\00100\Helsinki\FI",
            r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\Suomi",
            r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\XX",
            LONG_ADDRESS,
        )
    ),
    *(
        Case("P-37", customer(**{letters: text}), "warning", field, f"{letters}1")
        for field, letters in (("billing_address", "AV"), ("delivery_address", "AW"))
        for text in (
            r"Esimerkki Oy\Mallikatu 1\Helsinki\00100\FI",
            r"Esimerkki Oy\\00100\Helsinki\FI",
            rf"Esimerkki Oy\{'K' * 81}\00100\Helsinki\FI",
            rf"Esimerkki Oy\Mallikatu 1\00100\{'H' * 41}\FI",
        )
    ),
    Case("P-37", customer(Z="2", AX="", BD="", BE="", AV="Mallikatu 1, Helsinki"), "error", "billing_address", "AV1"),
    Case("P-38", customer(AY="003791000013"), "error", "finvoice_address_1", "AY1"),
    Case("P-38", customer(AZ="003791000013"), "error", "finvoice_address_2", "AZ1"),
    Case("P-39", [SUPPLIER, change(SUPPLIER, B="9100004-8", N="")], "error", "customer_number", "BA2"),
    Case("P-39", supplier(B="9100004-8", N="FI2112345600000785"), "error", "customer_number", "BA1", registers={"partners": [SUPPLIER]}),
    # payments abroad
    Case("P-40", supplier(P="ulkomaanmaksu"), "error", "bic", "BC1"),
    *(Case("P-41", supplier(BC=text), "error", "bic", "BC1") for text in ("DABAFIHH1", "DABAFI", "DAB1FIHH", "DABAXXHH", "DABAFIHHXXXX")),
    *(
        Case("P-42", supplier(P="ulkomaanmaksu", BC="DABAFIHH", **{letter: ""}), "warning", field, f"{letter}1")
        for field, letter in (("street_address", "F"), ("city", "G"), ("postal_code", "H"))
    ),
    # e-invoice codes
    *(
        Case("P-43", customer(BE=text), "error", "edi_code", "BE1")
        for text in ("00379100001", "003791000013123456", "OVT 0037", "0037-91000013")
    ),
    *(Case("P-43", customer(BD=text), "error", "operator_id", "BD1") for text in ("Apix", "DABAFIH", "00372332748")),
    Case("P-43", customer(BE="003791000014"), "warning", "edi_code", "BE1"),
    *(Case("P-43", customer(AX=text), "warning", "e_invoice_address", "AX1") for text in ("003791000014", "003791000021123456")),
    Case("P-43", customer(AX="FI9399999900000015"), "warning", "e_invoice_address", "AX1"),
    Case("P-43", customer(AX="E" * 36), "warning", "e_invoice_address", "AX1"),
    # money
    Case("P-44", customer(BF="1234"), "note", "factoring_agreement_number"),
    *(Case("P-45", supplier(BG=text), "error", "cash_discount_days", "BG1") for text in ("1000", "-1", "7,5", "viikko")),
    *(Case("P-45", supplier(BH=text), "error", "cash_discount_percent", "BH1") for text in ("100,01", "-1", "kaksi")),
    Case("P-45", supplier(BH="100"), "warning", "cash_discount_percent", "BH1"),
    Case("P-45", supplier(BG=""), "warning", "cash_discount_days", "BG1"),
    Case("P-45", supplier(BH=""), "warning", "cash_discount_percent", "BH1"),
    # groups
    Case("P-46", [CUSTOMER, "GROUP;;;"], "warning", "group_name", "B2"),
    Case("P-46", [CUSTOMER, "GROUP;;Alue;"], "error", "main_group_name", "C2"),
    Case("P-46", [CUSTOMER, "GROUP;;;X"], "error", "report_group", "D2"),
    Case("P-47", [CUSTOMER, "GROUP;Kanta-asiakkaat;;K"], "error", "report_group", "D2"),
    Case("P-47", [CUSTOMER, GROUP, "GROUP;Etelä-Suomi;;X"], "error", "report_group", "D3"),
    Case("P-48", [CUSTOMER, "GROUP;Espoo;Alue;", "GROUP;Vantaa;Alue;"], "warning", "main_group_name", "C3"),
    Case("P-49", [CUSTOMER, GROUP, "GROUP;Kanta-asiakkaat;;"], "warning", "group_name", "B3"),
    # lengths
    *(
        Case("P-50", lines(**{letters: "x" * length}), severity, field, f"{letters}1")
        for lines, field, letters, length, severity in (
            (customer, "street_address", "F", 256, "error"),
            (customer, "street_address", "F", 81, "warning"),
            (customer, "city", "G", 81, "error"),
            (customer, "city", "G", 41, "warning"),
            (customer, "telephone", "J", 41, "warning"),
            (customer, "mobile_phone", "K", 41, "warning"),
            (customer, "fax", "L", 41, "warning"),
            (customer, "contact_person", "S", 81, "error"),
            (customer, "homepage", "Y", 256, "error"),
            (customer, "homepage", "Y", 101, "warning"),
            (customer, "default_item_1", "AB", 256, "error"),
            (customer, "customer_number", "BA", 41, "error"),
            (customer, "address_specifier", "BB", 81, "error"),
            (person, "first_name", "E", 81, "error"),
            (person, "department", "M", 81, "error"),
            (person, "home_municipality", "T", 41, "error"),
            (person, "tax_municipality", "U", 41, "error"),
        )
    ),
    Case("P-50", customer(I="SE", H="1" * 21), "error", "postal_code", "H1"),
    Case("P-50", supplier(A="DE", B="1" * 41), "error", "business_id", "B1"),
    Case("P-50", [CUSTOMER, f"GROUP;{'x' * 81};;"], "warning", "group_name", "B2"),
    Case("P-50", [CUSTOMER, f"GROUP;Espoo;{'x' * 81};"], "warning", "main_group_name", "C2"),
    # matching
    Case("P-51", [CUSTOMER, change(CUSTOMER, BA="")], "warning", "business_id", "B2"),
    Case("P-51", [change(CUSTOMER, BA=""), CUSTOMER], "warning", "business_id", "B2"),
    Case(
        "P-51",
        [change(SUPPLIER, A="ASSN", B="", BA=""), change(SUPPLIER, A="ASSN", B="", BA="T-201")],
        "warning",
        "bank_account",
        "N2",
    ),
    Case("P-51", [SUPPLIER, change(SUPPLIER, A="ASSN", B="", BA="")], "warning", "bank_account", "N2"),
    Case("P-52", customer(BA="1002"), "warning", "customer_number", "BA1", registers={"partners": [CUSTOMER]}),
    Case("P-52", [SUPPLIER, change(CUSTOMER, BA="1002")], "warning", "customer_number", "BA2", registers={"partners": [CUSTOMER]}),
    Case("P-52", customer(BA="1002", S=""), "warning", "customer_number", "BA1", registers={"partners": [CUSTOMER]}),
    Case(
        "P-53",
        customer(BA=""),
        "warning",
        "business_id",
        "B1",
        registers={"partners": [change(CUSTOMER, BA=""), change(CUSTOMER, BA="")]},
    ),
    Case("P-54", customer(), "note"),
    Case("P-54", supplier(R=""), "warning", "email", "R1", registers={"partners": [CUSTOMER, SUPPLIER]}),
    Case("P-54", supplier(R=""), "warning", "email", "R1", registers={"partners": [change(SUPPLIER, BA="")]}),
    Case(
        "P-54", supplier(A="ASSN", B="", R="a@example.com", D="Tukku"), "warning", "business_id", "B1", registers={"partners": [SUPPLIER]}
    ),
    *(Case("P-55", customer(H=text), "warning", "postal_code", "H1") for text in ("0100", "100", "FI-00100", "HELSINKI")),
    Case("P-55", customer(H="0100", I=""), "warning", "postal_code", "H1"),
    # to know before the upload
    Case("P-56", [PRIVATE_CUSTOMER], "note"),
    Case("P-57", customer(), "note"),
    Case("P-57", supplier(AH=""), "note"),
    Case("P-58", [CUSTOMER, SUPPLIER], "note", "partner_type"),
    Case("P-59", customer(BE="003791000021"), "warning", "edi_code", "BE1"),
    Case("P-59", customer(BE="00379100002112345"), "warning", "edi_code", "BE1"),
    *(
        Case("P-59", customer(AX=text), "warning", "e_invoice_address", "AX1")
        for text in ("003791000021", "FI91000021", "91000021", "9100002-1")
    ),
    Case("P-59", customer(A="ASSN", B="FI91000021", BE="003791000013", AX="TE003791"), "warning", "edi_code", "BE1"),
]

RIGHT = [
    Case("P-01", [CUSTOMER, GROUP, OTHER_GROUP, SUPPLIER]),
    Case("P-02", [CUSTOMER, GROUP, SUPPLIER, OTHER_GROUP]),
    Case("P-03", [CUSTOMER, change(SUPPLIER, A="", B="")]),
    *(Case("P-04", lines()) for lines in (customer, supplier, person)),
    Case("P-05", customer(D="N" * 80)),
    *(Case("P-06", customer(A=text)) for text in ("FI", "ASSN", "YHD", "DE", "SE")),
    Case("P-06", person(A="HETU")),
    Case("P-07", supplier(B="9100004-8")),
    *(Case("P-07", customer(A="ASSN", B=text)) for text in ("123.456", "EE100931559")),
    *(Case("P-08", person(B=text)) for text in ("010190-900P", "050501A904N", "060688X905L")),
    Case("P-08", [PRIVATE_CUSTOMER]),
    Case("P-09", customer(A="ASSN", B="")),
    *(
        Case("P-10", [SUPPLIER, change(CUSTOMER, A="", B=text)])
        for text in ("123.456", "asiakas 12", "12345", "123456", "1234567890", "1234567-89", "A1234567-8")
    ),
    Case("P-11", customer(A="ASSN", B="")),
    Case("P-11", supplier(A="ASSN", B="", BA="")),
    Case("P-12", person(E="Åke", M="Myynti", T="Turku", U="Turku")),
    Case("P-13", customer(BB="c/o Malli")),
    Case("P-14", customer(E="")),
    *(
        Case("P-15", supplier(N=text))
        for text in ("FI2112345600000785", "FI5542345670000081", "DE89370400440532013000", "123456-00000785", "")
    ),
    Case("P-16", supplier()),
    Case("P-16", person()),
    *(Case("P-17", customer(O=text)) for text in ("140", "000", "014", "302", "")),
    Case("P-18", customer(O="145")),
    *(
        Case("P-19", supplier(P=text))
        for text in ("tilisiirto", "suoraveloitus", "suoramaksu", "clearing", "luottokorttiveloitus", "bank transfer", "Tilisiirto", "")
    ),
    Case("P-19", supplier(), settings={"language": "sv", "words": {"bank transfer": "girering"}}),
    Case("P-19", supplier(P="muu"), settings={"words": {"other": "muu"}}),
    *(Case("P-20", customer(Q=text)) for text in ("EUR", "SEK", "JPY", "")),
    Case("P-20", customer(Q="SEK"), settings={"registers": {"currencies": ["EUR", "SEK"]}}),
    *(Case("P-21", supplier(R=text)) for text in ("a.b-c+d@posti.example.com", f"{'a' * 60}@example.com", "")),
    Case("P-21", supplier(Z="1")),
    *(
        Case("P-22", customer(V=text))
        for text in ("postitus", "verkossa", "rahtikuljetus", "kuriiripalvelu", "vr cargo", "linja-auto", "noudettava", "pick-up")
    ),
    *(Case("P-23", customer(I=text)) for text in ("SE", "AX", "GR", "")),
    *(Case("P-24", customer(W=text)) for text in ("0", "8,5", "100", "")),
    *(Case("P-25", customer(X=text)) for text in ("1", "2", "3", "4", "")),
    Case("P-26", supplier(Z="1")),
    Case("P-26", supplier(Z="2")),
    Case("P-26", customer(Z="3")),
    Case("P-26", supplier(Z="6")),
    Case("P-27", supplier(Z="2")),
    Case("P-27", supplier(Z="2", F="", G="", H="", AV=ADDRESS)),
    Case("P-27", person(Z="", F="", G="", H="")),
    Case("P-28", customer()),
    Case("P-29", supplier(Z="6", BD="")),
    Case("P-30", supplier(Z="2")),
    *(Case("P-31", customer(AA=text)) for text in ("I", "")),
    Case("P-32", customer(AB="Myymälä B", AC="P-2026-01"), registers={"dimensions": DIMENSIONS}),
    Case(
        "P-32",
        customer(AB="P-2026-01", AC="Myymälä A"),
        settings={"dimension_order": ["Projekti", "Kustannuspaikka"]},
        registers={"dimensions": DIMENSIONS},
    ),
    Case("P-33", customer()),
    Case("P-34", customer(), registers={"accounts": ACCOUNTS}),
    Case("P-35", person()),
    Case("P-36", customer(AS="8450")),
    *(
        Case("P-37", customer(AV=text, AW=text))
        for text in (ADDRESS, r"Esimerkki Oy\Ostolaskut\PL 10\00101\Helsinki\FI", r"Exempel AB\Gatan 1\111 22\Stockholm\SE", "")
    ),
    Case("P-38", customer(AY="", AZ="")),
    Case("P-39", [SUPPLIER, change(CUSTOMER, BA="T-200")]),
    Case("P-39", supplier(), registers={"partners": [SUPPLIER, change(CUSTOMER, BA="T-200")]}),
    Case("P-39", supplier(), registers={"partners": [CUSTOMER, change(SUPPLIER, A="ASSN", B="", N="")]}),
    Case("P-39", supplier(BA=""), registers={"partners": [CUSTOMER, change(SUPPLIER, B="9100004-8", N="", BA="")]}),
    Case("P-39", supplier(B="9100004-8", N="", BA="T-201"), registers={"partners": [SUPPLIER]}),
    Case("P-40", supplier(P="ulkomaanmaksu", BC="DABAFIHH")),
    Case("P-41", supplier(BC="DABAFIHHXXX")),
    Case("P-42", supplier(P="ulkomaanmaksu", BC="DABAFIHH")),
    *(Case("P-43", customer(BE=text)) for text in ("003791000013", "00379100001300001", "007300000000")),
    *(Case("P-43", customer(BD=text)) for text in ("DABAFIHH", "003721291126")),
    *(Case("P-43", customer(AX=text)) for text in ("FI9399999900000014", "TE00379100", "E" * 35)),
    Case("P-44", customer()),
    *(Case("P-45", supplier(BG=days, BH=percent)) for days, percent in (("0", "0"), ("999", "99,99"), ("", ""))),
    Case("P-46", [CUSTOMER, "GROUP;Espoo;;"]),
    Case("P-47", [CUSTOMER, GROUP, OTHER_GROUP, SUPPLIER, GROUP]),
    Case("P-48", [CUSTOMER, "GROUP;Espoo;Alue;", "GROUP;Vantaa;;", "GROUP;Kuopio;;", SUPPLIER, "GROUP;Espoo;Alue;"]),
    Case("P-49", [CUSTOMER, GROUP, SUPPLIER, GROUP]),
    Case("P-50", customer(F="x" * 80, G="x" * 40, J="x" * 40, K="x" * 40, L="x" * 40, S="x" * 80, Y="x" * 100, BA="x" * 40, BB="x" * 80)),
    Case("P-50", [CUSTOMER, f"GROUP;{'x' * 80};{'y' * 80};"]),
    Case("P-51", [CUSTOMER, change(CUSTOMER, BA="1002")]),
    Case("P-51", [SUPPLIER, change(SUPPLIER, BA="T-201")]),
    Case("P-51", [SUPPLIER, change(CUSTOMER, B="9100002-1", AX="", BE="", Z="2", BD="")]),
    Case("P-52", customer(), registers={"partners": [CUSTOMER]}),
    Case("P-52", customer(BA="1002"), registers={"partners": [SUPPLIER, change(CUSTOMER, BA="")]}),
    Case("P-52", customer(A="ASSN", B="", BA="1002"), registers={"partners": [change(CUSTOMER, A="ASSN", B="")]}),
    Case("P-53", customer(), registers={"partners": [CUSTOMER, change(CUSTOMER, BA="1002")]}),
    Case("P-53", supplier(BA="", N=""), registers={"partners": [CUSTOMER, change(CUSTOMER, BA="1002")]}),
    Case("P-53", supplier(BA="", N=""), registers={"partners": [change(SUPPLIER, N="", BA=""), change(SUPPLIER, C="C", N="", BA="")]}),
    Case("P-54", supplier(), registers={"partners": [CUSTOMER, SUPPLIER]}),
    Case("P-54", supplier(R=""), registers={"partners": [change(SUPPLIER, C="C", BA="1")]}),
    *(Case("P-55", customer(H=text)) for text in ("00100", "")),
    Case("P-55", customer(H="111 22", I="SE")),
    Case("P-56", customer()),
    Case("P-58", [CUSTOMER, change(CUSTOMER, B="9100004-8", BA="1004", AX="", BE="", BD="", Z="2")]),
    Case("P-59", customer()),
    Case("P-59", customer(BE="007300000000")),
]

ALWAYS_SAID = {"P-57"}  # one of two reminders stands above every upload


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity != "note"], ids=str)
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is_blamed(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("partners", tmp_path)) == [case.found]


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity == "note"], ids=str)
def test_what_is_worth_knowing_is_said_once(case: Case, tmp_path: Path) -> None:
    report = case.check("partners", tmp_path)
    assert serious(report) == []
    assert notes(report).count(case.found) == 1


@pytest.mark.no_cover
@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_kept_rule_is_not_mentioned(case: Case, tmp_path: Path) -> None:
    report = case.check("partners", tmp_path)
    assert serious(report) == []
    assert case.rule not in {found[0] for found in findings(report)}


def test_a_file_of_groups_alone_is_not_reminded_of_what_an_update_replaces() -> None:
    assert findings(csvimport.check("partners", upload(GROUP))) == [("P-02", "error", "record_mark", "A1")]


def test_every_rule_of_the_file_is_broken_and_kept_here() -> None:
    rules = {rule.id for rule in csvimport.schema("partners").rules}
    assert rules == {f"P-{number:02d}" for number in range(1, 60)}
    assert rules - {case.rule for case in BROKEN} == set()
    assert rules - {case.rule for case in RIGHT} - ALWAYS_SAID == set()


def test_every_problem_has_words() -> None:
    assert problems(csvimport.schema("partners")) - Catalogue.of("en").problems.keys() == set()


@pytest.mark.parametrize(
    ("lines", "warnings"),
    [
        ([CUSTOMER, GROUP, OTHER_GROUP], []),
        ([SUPPLIER], []),
        ([PERSON], [("C-30", "warning", "business_id", "B1")]),
        ([CUSTOMER, GROUP, OTHER_GROUP, SUPPLIER, PERSON], [("C-30", "warning", "business_id", "B5")]),
    ],
)
def test_right_records_come_out_byte_for_byte(lines: list[str], warnings: list[tuple[str, ...]]) -> None:
    result = csvimport.convert("partners", upload(*lines))
    assert [found for found in findings(result.report) if found[1] != "note"] == warnings
    assert result.to_bytes() == upload(*lines).getvalue()


def test_an_identity_code_is_masked() -> None:
    report = csvimport.check("partners", upload(*person(B="010190-900K")))
    assert "900K" not in report.to_json()
    assert "010190-****" in report.to_json()


def test_two_causes_give_two_findings() -> None:
    assert serious(csvimport.check("partners", upload(*supplier(O="30", P="tilisirto")))) == [
        ("P-17", "error", "payment_term", "O1"),
        ("P-19", "error", "payment_method", "P1"),
    ]


def test_a_group_above_all_partners_and_a_person_given_as_a_customer() -> None:
    lines = [GROUP, *person(A="", C="C")]
    assert serious(csvimport.check("partners", upload(*lines))) == [
        ("P-02", "error", "record_mark", "A1"),
        ("P-10", "warning", "business_id_type", "A2"),
        ("P-12", "error", "first_name", "E2"),
        ("P-12", "error", "department", "M2"),
        ("P-16", "warning", "bank_account", "N2"),
        ("P-12", "error", "home_municipality", "T2"),
    ]


@pytest.mark.parametrize(
    ("line", "column", "suggestion", "says"),
    [
        (change(CUSTOMER, A=""), "A", "FI", "has the form of a business ID"),
        (change(PERSON, A=""), "A", "SSN", "has the form of a business ID"),
        (change(CUSTOMER, A="", B="9100001-4"), "B", None, "neither a right business ID nor an identity code"),
        (change(PERSON, B="9100002-1"), "B", None, "is a business ID, but a personal identity code is asked for"),
    ],
)
def test_what_is_wrong_with_a_number_and_its_type_is_said(line: str, column: str, suggestion: str | None, says: str) -> None:
    report = csvimport.check("partners", upload(SUPPLIER, line))
    (issue,) = [issue for issue in report.issues if issue.column == column and issue.code in ("P-08", "P-10")]
    assert (issue.row, issue.suggestion) == (2, suggestion)
    assert says in issue.message


def test_each_wrong_number_is_told_by_what_is_wrong_with_it() -> None:
    lines = [change(PERSON, B=text, BA=str(row)) for row, text in enumerate(("010190-900K", "9100002-1", "31.12.1990", "010190-900K"))]
    told = {issue.row: issue.message for issue in csvimport.check("partners", upload(*lines)).issues if issue.code == "P-08"}
    assert all("check character" in told[row] for row in (1, 4))
    assert "is a business ID" in told[2] and told[3] not in (told[1], told[2])


def test_identifiers_without_a_column_for_their_type_are_one_finding_for_the_file() -> None:
    rows = [table(), table(Customer_number="1002", Business_ID="9100002-1"), table(Customer_number="1003", Business_ID="010190-900P")]
    frame = pd.concat(rows).drop(columns="Type of ID")  # the first cell of the file is repaired
    report = csvimport.check("partners", frame)
    assert serious(report) == [("P-10", "warning", "business_id_type", None)]
    assert [issue.message for issue in report.issues if issue.code == "P-10"] == [
        "The table has no column for the type of the identifiers, so Procountor does not check them. Business IDs and identity codes: 2."
    ]


@pytest.mark.parametrize(("lines", "word"), [(customer(), "Switch on"), (supplier(AH=""), "Switch off")])
def test_the_reminder_of_default_accounts_says_which_way(lines: list[str], word: str) -> None:
    hints = [issue.hint for issue in csvimport.check("partners", upload(*lines)).issues if issue.code == "P-57"]
    assert len(hints) == 1 and hints[0].startswith(word)


# --- accepting and being strict ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", [{"accept": ("P-19",)}, {"settings": {"accept": ["P-19"]}}], ids=["argument", "settings"])
def test_an_accepted_change_is_a_warning_and_the_word_is_written_as_it_stands(accept: dict[str, object]) -> None:
    result = csvimport.convert("partners", upload(*supplier(P="tilisirto")), **accept)  # type: ignore[arg-type]
    assert serious(result.report) == [("P-19", "warning", "payment_method", "P1")]
    assert result.to_bytes() == upload(*supplier(P="tilisirto")).getvalue()


def test_an_accepted_change_stays_a_warning_when_strict() -> None:
    report = csvimport.check("partners", upload(*supplier(P="tilisirto")), accept=("P-19",), strict=True)
    assert report.ok


@pytest.mark.parametrize("code", ["P-07", "P-17", "C-09", "P-99"])
def test_what_procountor_refuses_cannot_be_accepted(code: str) -> None:
    with pytest.raises(csvimport.UsageError, match=code):
        csvimport.check("partners", upload(SUPPLIER), accept=(code,))


def test_strict_makes_warnings_errors() -> None:
    lines = customer(O="147")
    assert csvimport.check("partners", upload(*lines)).ok
    report = csvimport.check("partners", upload(*lines), strict=True)
    assert serious(report) == [("P-18", "error", "payment_term", "O1")]
    with pytest.raises(csvimport.UsageError):
        csvimport.convert("partners", upload(*lines), strict=True).to_bytes()


# --- repairs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [CUSTOMER, SUPPLIER, PERSON])
def test_an_empty_first_cell_gets_the_type_that_the_number_shows(line: str) -> None:
    result = csvimport.convert("partners", upload(change(line, A="")))
    assert serious(result.report) == []
    assert ("P-03", "note", "business_id_type", "A1") in notes(result.report)
    assert result.to_bytes() == upload(line).getvalue()


def test_a_partner_with_a_type_goes_first_and_takes_its_groups_along() -> None:
    nameless = change(SUPPLIER, A="", B="")
    lines = [nameless, "GROUP;Toimittajat;;", CUSTOMER, GROUP, OTHER_GROUP, PERSON]
    result = csvimport.convert("partners", upload(*lines))
    assert serious(result.report) == []
    assert ("P-03", "note", "business_id_type", "A3") in notes(result.report)
    assert result.to_bytes() == upload(CUSTOMER, GROUP, OTHER_GROUP, nameless, "GROUP;Toimittajat;;", PERSON).getvalue()


@pytest.mark.parametrize("business_id", ["91000013", " 9100001-3", "9100001 - 3", "9100001–3"])
def test_a_business_id_gets_its_hyphen(business_id: str) -> None:
    result = csvimport.convert("partners", upload(*customer(B=business_id)))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(CUSTOMER).getvalue()


def test_a_missing_hyphen_is_an_error_for_procountor() -> None:
    found = serious(csvimport.check("partners", upload(*customer(B="91000013")), as_is=True))
    assert [(severity, field, cell) for _, severity, field, cell in found] == [("error", "business_id", "B1")]


def test_notation_is_brought_into_form_with_notes() -> None:
    written = customer(
        C="c", I="fi", N="", O="140", P="Tilisiirto", Q="eur", W="8.00", AX="0037 9100 0013", BD="0037 2332 7487", BE="0037 9100 0013"
    )
    result = csvimport.convert("partners", upload(*written))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(CUSTOMER).getvalue()
    assert {cell for _, _, _, cell in notes(result.report)} >= {"C1", "I1", "P1", "Q1", "W1", "AX1", "BD1", "BE1"}


def test_a_bank_account_loses_its_blanks() -> None:
    result = csvimport.convert("partners", upload(*supplier(N="fi93 9999 9900 0000 14")))
    assert ("C-31", "note", "bank_account", "N1") in notes(result.report) or ("P-15", "note", "bank_account", "N1") in notes(result.report)
    assert result.to_bytes() == upload(SUPPLIER).getvalue()


# --- tables -----------------------------------------------------------------------------------------------------------

KEYS = csvimport.schema("partners").main.keys
LETTERS = tuple(field.column for field in csvimport.schema("partners").main.fields)
TITLES = {lang: tuple(field.title[lang] for field in csvimport.schema("partners").main.fields) for lang in ("en", "fi", "sv")}


def table(**columns: object) -> pd.DataFrame:
    """One customer as a table of a few columns, others added or changed by key; an underscore stands for a blank."""
    cells = {"Type of ID": "FI", "Business ID": "9100001-3", "Partner type": "C", "Name": "Esimerkki Oy", "Customer number": "1001"}
    cells |= {"Invoice channel": "6"} | {heading.replace("_", " "): cell for heading, cell in columns.items()}
    return pd.DataFrame({heading: [cell] for heading, cell in cells.items()})


def cells_of(result: object) -> dict[str, str]:
    """The filled cells of the first line that a conversion wrote, by column letter."""
    line = result.to_bytes().decode("cp1252").split("\r\n")[0]  # type: ignore[attr-defined]
    return {letters: text for letters, text in zip(LETTERS, line.split(";"), strict=True) if text}


@pytest.mark.parametrize("headings", [KEYS, *TITLES.values(), LETTERS], ids=["keys", "en", "fi", "sv", "letters"])
@pytest.mark.parametrize("line", [CUSTOMER, SUPPLIER, PERSON], ids=["customer", "supplier", "person"])
def test_columns_are_found_by_their_headings_in_any_order(line: str, headings: tuple[str, ...]) -> None:
    cells = dict(zip(headings, line.split(";"), strict=True))
    used = [heading for heading, letters in zip(headings, LETTERS, strict=True) if letters not in ("AY", "AZ")]
    frame = pd.DataFrame([cells])[used[::-1]]
    result = csvimport.convert("partners", frame)
    assert serious(result.report) == []
    assert result.to_bytes() == upload(line).getvalue()


def test_an_empty_column_of_a_field_out_of_use_is_no_matter() -> None:
    assert serious(csvimport.check("partners", table(Finvoice_address_1=""))) == []


def test_a_filled_column_of_a_field_out_of_use_is_an_error() -> None:
    frame = table(**{"Finvoice-osoite 1": "003791000013"})
    assert serious(csvimport.check("partners", frame)) == [("P-38", "error", "finvoice_address_1", "G1")]


@pytest.mark.parametrize(
    "headings",
    [
        ("Type of ID", "Business ID", "Partner type", "Name", "Term of payment"),
        ("Tunnuksen tyyppi", "Y-tunnus", "Kumppanityyppi", "Nimi", "Maksuehto"),
        ("ID-typ", "FO-nummer", "Partnertyp", "Namn", "Betalningsvillkor"),
        ("business_id_type", "business_id", "partner_type", "partner_name", "payment_term"),
        ("A", "B", "C", "D", "O"),
        ("TYPE OF ID", "business-id", "partner type:", " name ", "Payment terms"),
    ],
)
def test_rows_of_a_csv_with_headings_count_from_the_heading(headings: tuple[str, ...]) -> None:
    text = f"{';'.join(headings)}\r\nFI;9100001-3;C;Esimerkki Oy;14\r\nFI;9100002-2;S;Tukku;302\r\n"
    report = csvimport.check("partners", upload(*text.splitlines()))
    assert [found for found in findings(report) if found[1] == "error"] == [
        ("P-17", "error", "payment_term", "E2"),
        ("P-07", "error", "business_id", "B3"),
    ]


def test_a_whole_heading_row_above_records_is_dropped() -> None:
    result = csvimport.convert("partners", upload(";".join(TITLES["fi"]), CUSTOMER, GROUP))
    assert ("C-06", "note", None, "A1") in notes(result.report)
    assert result.to_bytes() == upload(CUSTOMER, GROUP).getvalue()


def test_rows_of_a_frame_count_from_one_and_keep_their_label() -> None:
    frame = pd.concat([table(), table(Customer_number="1002", Business_ID="9100002-2")]).set_axis(["north", "south"])
    issue = next(issue for issue in csvimport.check("partners", frame).issues if issue.severity == "error")
    assert (issue.code, issue.row, issue.column, issue.index) == ("P-07", 2, "B", "south")


def test_an_unknown_heading_is_a_warning_and_its_column_left_out() -> None:
    result = csvimport.convert("partners", table(Shoe_size="42"))
    assert serious(result.report) == [("T-01", "warning", None, "G")]
    assert "42" not in cells_of(result).values()


def test_a_heading_nearly_right_is_named() -> None:
    issue = next(issue for issue in csvimport.check("partners", table(Payment_metod="tilisiirto")).issues if issue.severity == "warning")
    assert (issue.code, issue.column, issue.suggestion) == ("T-01", "G", "payment_method")


def test_two_headings_of_one_field_are_an_error() -> None:
    assert serious(csvimport.check("partners", table(Nimi="Toinen Oy"))) == [("T-02", "error", "partner_name", "G")]


def test_a_mandatory_field_without_a_column_is_one_finding_for_the_file() -> None:
    frame = pd.concat([table(), table(Customer_number="1002", Business_ID="9100002-1")]).drop(columns="Partner type")
    found = serious(csvimport.check("partners", frame))
    assert found == [("P-04", "error", "partner_type", None)]


def test_numbers_of_a_table_keep_what_they_mean() -> None:
    frame = table(Postal_code=100, Country="Suomi", Penal_interest_rate=8.5, Business_ID=91000013, Customer_number=1001, Sales_account=3000)
    result = csvimport.convert("partners", frame)
    assert serious(result.report) == []
    assert ("C-27", "note", "postal_code", "G1") in notes(result.report)
    assert ("C-28", "note", "business_id", "B1") in notes(result.report)
    written = cells_of(result)
    assert {letters: written[letters] for letters in ("B", "H", "I", "W", "AL", "BA")} == {
        "B": "9100001-3",
        "H": "00100",
        "I": "FI",
        "W": "8,5",
        "AL": "3000",
        "BA": "1001",
    }


def test_a_short_postal_code_without_a_country_is_completed_with_a_warning() -> None:
    result = csvimport.convert("partners", table(Postal_code=100))
    assert serious(result.report) == [("C-27", "warning", "postal_code", "G1")]
    assert cells_of(result)["H"] == "00100"


def test_a_short_postal_code_of_another_country_stays() -> None:
    result = csvimport.convert("partners", table(Postal_code=100, Country="Iceland"))
    assert serious(result.report) == []
    assert cells_of(result)["H"] == "100"


def test_a_payment_term_that_lost_its_zero_is_not_guessed() -> None:
    assert serious(csvimport.check("partners", table(Term_of_payment=70))) == [("P-17", "error", "payment_term", "G1")]


@pytest.mark.parametrize(
    ("heading", "word", "letters", "written"),
    [
        ("Partner type", "asiakas", "C", "C"),
        ("Partner type", "kund", "C", "C"),
        ("Language", "Finnish", "X", "2"),
        ("Kieli", "ruotsi", "X", "3"),
        ("Passivity code", "inactive", "AA", "I"),
        ("Active", "no", "AA", "I"),
        ("Active", "kyllä", "AA", ""),
        ("Passive", "yes", "AA", "I"),
        ("Country", "Ruotsi", "I", "SE"),
        ("Country", "Germany", "I", "DE"),
        ("Currency", "€", "Q", "EUR"),
        ("Payment method", "Bank transfer", "P", "tilisiirto"),
        ("Payment method", "girering", "P", "tilisiirto"),
        ("Delivery method", "pick-up", "V", "noudettava"),
        ("Term of payment", "14 pv netto", "O", "140"),
        ("Term of payment", "30 days 2 %", "O", "302"),
        ("Sales account", "3000 Myynti", "AL", "3000"),
        ("Invoice channel", "ei lähetystä", "Z", "6"),
    ],
)
def test_words_of_tables_become_codes_with_a_note(heading: str, word: str, letters: str, written: str) -> None:
    frame = table(**{heading: word})
    result = csvimport.convert("partners", frame)
    assert serious(result.report) == []
    assert cells_of(result).get(letters, "") == written
    column = LETTERS[list(frame.columns).index(heading)]
    assert f"{column}1" in {cell for _, _, _, cell in notes(result.report)}


@pytest.mark.parametrize(
    ("channel", "cells"),
    [
        ("e-invoice", {"E-invoice address": "003791000013", "Operator": "003723327487", "EDI code": "003791000013"}),
        ("einvoice", {"E-invoice address": "003791000013", "Operator": "003723327487", "EDI code": "003791000013"}),
        ("verkkolasku", {"E-invoice address": "003791000013", "Operator": "003723327487", "EDI code": "003791000013"}),
    ],
)
def test_an_e_invoice_channel_in_words(channel: str, cells: dict[str, str]) -> None:
    result = csvimport.convert("partners", table(**cells, **{"Invoice channel": channel}))
    assert serious(result.report) == []
    assert cells_of(result)["Z"] == "3"


# --- groups and addresses of tables -----------------------------------------------------------------------------------


def lines_of(result: object) -> list[str]:
    """The lines that a conversion wrote, below the first."""
    return result.to_bytes().decode("cp1252").split("\r\n")[1:-1]  # type: ignore[attr-defined]


def test_numbered_columns_become_group_records() -> None:
    frame = table(
        Group_1="Kanta-asiakkaat", Main_group_1="Asiakkuus", Report_group_1="x", Group_2="", Group_3="Etelä-Suomi", Main_group_3="Alue"
    )
    result = csvimport.convert("partners", frame)
    assert serious(result.report) == []
    assert lines_of(result) == ["GROUP;Kanta-asiakkaat;Asiakkuus;X", "GROUP;Etelä-Suomi;Alue;"]


@pytest.mark.parametrize("name", ["E", "N", "0", "No", "Ei", "False"])
def test_a_group_may_be_named_as_a_no(name: str) -> None:
    result = csvimport.convert("partners", table(Group_1=name, Report_group_1="no", Group_2="", Report_group_2="no"))
    assert lines_of(result) == [f"GROUP;{name};;"]


@pytest.mark.parametrize("heading", ["Groups", "groups", "Ryhmät", "Grupper"])
def test_one_column_of_several_groups(heading: str) -> None:
    frame = pd.concat([table(**{heading: "Kanta-asiakkaat | Etelä-Suomi|"}), table(Customer_number="1002", Business_ID="9100002-1")])
    result = csvimport.convert("partners", frame.fillna(""))
    assert serious(result.report) == []
    assert lines_of(result)[:2] == ["GROUP;Kanta-asiakkaat;;", "GROUP;Etelä-Suomi;;"]
    assert lines_of(result)[2].startswith("FI;9100002-1;C;")


def test_a_group_is_blamed_at_its_own_column() -> None:
    frame = table(Group_1="Espoo", Main_group_1="Alue", Group_2="Vantaa", Main_group_2="Alue")
    assert serious(csvimport.check("partners", frame)) == [("P-48", "warning", "main_group_name", "J1")]


def test_a_main_group_beside_a_list_of_groups_is_told_at_its_cell() -> None:
    frame = table(Groups="Kanta | VIP", Main_group="Alue")
    assert serious(csvimport.check("partners", frame)) == [("P-46", "error", "main_group_name", "H1")]


def test_a_main_group_without_a_group_is_told() -> None:
    assert serious(csvimport.check("partners", table(Group_1="", Main_group_1="Alue"))) == [("P-46", "error", "main_group_name", "H1")]


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (
            {"Billing street": "PL 10", "Billing postal code": "00101", "Billing city": "Helsinki", "Billing country": "FI"},
            r"Esimerkki Oy\PL 10\00101\Helsinki\FI",
        ),
        (
            {
                "Billing name": "Ostolaskut Oy",
                "Billing specifier": "Maija Malli",
                "Billing street": "PL 10",
                "Billing postal code": 101,
                "Billing city": "Helsinki",
                "Billing country": "Suomi",
            },
            r"Ostolaskut Oy\Maija Malli\PL 10\00101\Helsinki\FI",
        ),
    ],
)
def test_address_columns_are_joined_with_a_note(parts: dict[str, object], joined: str) -> None:
    result = csvimport.convert("partners", table(**parts))
    assert serious(result.report) == []
    assert cells_of(result)["AV"] == joined
    assert any(field == "billing_address" for _, _, field, _ in notes(result.report))


def test_a_joined_address_without_a_country_is_a_warning() -> None:
    frame = table(Delivery_street="Varastotie 7", Delivery_postal_code="33100", Delivery_city="Tampere")
    assert serious(csvimport.check("partners", frame)) == [("P-37", "warning", "delivery_address", "G1")]


def test_a_short_postal_code_of_a_joined_address_without_a_country_is_completed_with_a_warning() -> None:
    result = csvimport.convert("partners", table(Delivery_street="Mallikatu 1", Delivery_postal_code=100, Delivery_city="Helsinki"))
    assert serious(result.report) == [("C-27", "warning", "delivery_address", "G1"), ("P-37", "warning", "delivery_address", "G1")]
    assert cells_of(result)["AW"] == "Esimerkki Oy\\Mallikatu 1\\00100\\Helsinki\\"


def test_a_joined_address_takes_the_country_of_the_settings() -> None:
    frame = table(Delivery_street="Varastotie 7", Delivery_postal_code="33100", Delivery_city="Tampere")
    result = csvimport.convert("partners", frame, settings={"default_country": "FI"})
    assert serious(result.report) == []
    assert cells_of(result)["AW"] == r"Esimerkki Oy\Varastotie 7\33100\Tampere\FI"


def test_an_address_given_whole_and_in_parts_is_said() -> None:
    frame = table(Billing_address=ADDRESS, Billing_street="PL 10", Billing_city="Helsinki")
    assert ("billing_address", "G1") in {found[2:] for found in findings(csvimport.check("partners", frame))}


# --- registers --------------------------------------------------------------------------------------------------------


def test_registers_may_be_workbooks(tmp_path: Path) -> None:
    pd.DataFrame({"Tili": [1700, 3000], "Nimi": ["Myyntisaamiset", "Myynti"]}).to_excel(tmp_path / "chart.xlsx", index=False)
    partners = pd.DataFrame([CUSTOMER.split(";")], columns=TITLES["fi"])
    partners.to_excel(tmp_path / "partners.xlsx", index=False)
    registers = {"accounts": str(tmp_path / "chart.xlsx"), "partners": str(tmp_path / "partners.xlsx")}
    report = csvimport.check("partners", upload(*customer(AK="1701", BA="1002")), settings={"registers": registers})
    assert serious(report) == [
        ("P-34", "error", "sales_debit_account", "AK1"),
        ("P-52", "warning", "customer_number", "BA1"),
    ]


@pytest.mark.parametrize(
    ("case", "suggestion", "says"),
    [
        (Case("P-32", customer(AC="P2026-1"), registers={"dimensions": DIMENSIONS}), "P-2026-01", "the dimension Projekti"),
        (Case("P-32", customer(AC="P-2026-02"), registers={"dimensions": DIMENSIONS}), None, "the dimension Projekti"),
        (Case("P-32", customer(AD="P-2026-01"), registers={"dimensions": DIMENSIONS}), None, "the dimension –"),
        (Case("P-39", supplier(B="9100004-8", N=""), registers={"partners": [CUSTOMER, SUPPLIER]}), None, "(9100002-1)"),
        (
            Case("P-52", customer(BA="1001"), registers={"partners": [change(CUSTOMER, BA=f"100{number}") for number in "642354"]}),
            None,
            "(1002, 1003, 1004, 1005, 1006)",
        ),
        (Case("P-54", supplier(R=""), registers={"partners": [CUSTOMER, SUPPLIER]}), None, "“myynti@example.com”"),
    ],
    ids=str,
)
def test_what_the_register_has_is_named(case: Case, suggestion: str | None, says: str, tmp_path: Path) -> None:
    (issue,) = [issue for issue in case.check("partners", tmp_path).issues if issue.code == case.rule]
    assert issue.suggestion == suggestion
    assert says in issue.message


TOO = change(SUPPLIER, B="9100004-8", N="FI7199999900000022", BA="T-201", R="toinen@example.com")


@pytest.mark.parametrize(
    ("line", "register", "old"),
    [
        (change(SUPPLIER, BA="", R=""), [SUPPLIER, TOO], ["T-200", "myynti@example.com"]),
        (change(SUPPLIER, N="FI7199999900000022", BA="", R=""), [SUPPLIER, TOO], ["T-200", "myynti@example.com"]),
        (change(SUPPLIER, A="ASSN", B="", N="FI7199999900000022", BA="", R=""), [SUPPLIER, TOO], ["T-201", "toinen@example.com"]),
        (change(SUPPLIER, BA="T-202", R=""), [SUPPLIER, TOO], []),
        (change(SUPPLIER, C="C", A="ASSN", B="", BA="", R=""), [change(SUPPLIER, C="C", A="ASSN", B="", BA="")], []),
    ],
)
def test_a_partner_is_matched_by_its_first_key_and_not_when_its_number_differs(
    line: str, register: list[str], old: list[str], tmp_path: Path
) -> None:
    report = Case("P-54", [line], registers={"partners": register}).check("partners", tmp_path)
    told = " ".join(issue.message for issue in report.issues if issue.code == "P-54" and issue.field in ("customer_number", "email"))
    assert [value for value in ("T-200", "T-201", "myynti@example.com", "toinen@example.com") if value in told] == old


def test_another_account_is_not_suggested(tmp_path: Path) -> None:
    case = Case("P-34", customer(AK="1701"), registers={"accounts": ACCOUNTS})
    issue = next(issue for issue in case.check("partners", tmp_path).issues if issue.code == "P-34")
    assert issue.suggestion is None


@pytest.mark.parametrize("text", ["170", "17001", "myynti"])
def test_what_has_not_four_digits_is_no_account_and_none_is_suggested(text: str, tmp_path: Path) -> None:
    case = Case("P-34", customer(AK=text), registers={"accounts": ACCOUNTS})
    issue = next(issue for issue in case.check("partners", tmp_path).issues if issue.code == "P-34")
    assert (issue.severity, issue.suggestion) == ("error", None)
    assert "four digits" in issue.message


def test_a_register_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(csvimport.InputError, match="accounts"):
        csvimport.check("partners", upload(CUSTOMER), settings={"registers": {"accounts": str(tmp_path / "none.xlsx")}})


def test_a_register_without_any_account_is_told(tmp_path: Path) -> None:
    with pytest.raises(csvimport.InputError, match="accounts"):
        Case("P-34", customer(), registers={"accounts": ["Maija;Malli", "Åke;Esimerkki"]}).check("partners", tmp_path)


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ([CUSTOMER, CUSTOMER], ["B2"]),
        ([change(CUSTOMER, BA=""), CUSTOMER, CUSTOMER], ["B2", "B3"]),
        ([change(SUPPLIER, A="ASSN", B="", N="")] * 2, []),
    ],
)
def test_rows_that_match_one_partner_are_told_once_each(lines: list[str], rows: list[str]) -> None:
    found = serious(csvimport.check("partners", upload(*lines)))
    assert [cell for code, *_, cell in found if code == "P-51"] == rows
    assert [cell for code, *_, cell in found if code != "P-51"] == [f"BA{len(lines)}"]


def test_the_bank_account_of_a_customer_does_not_tell_partners_apart(tmp_path: Path) -> None:
    twins = [change(SUPPLIER, C="C", N="", BA=""), change(SUPPLIER, C="C", N="", BA="", D="Tukku Oy")]
    report = Case("P-53", supplier(C="C", BA=""), registers={"partners": twins}).check("partners", tmp_path)
    assert serious(report) == [("P-53", "warning", "business_id", "B1"), ("P-16", "warning", "bank_account", "N1")]

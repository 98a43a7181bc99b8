"""Makes the samples of this folder anew: python samples/make_samples.py

Companies, people and numbers are invented. Their check digits are right, but no authority issues such numbers: business IDs
from 9000000 on, personal identity codes with individual numbers 900-999, IBANs of a bank group that does not exist.
"""

import datetime as dt
import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FIXED_TIME = (2026, 1, 1, 0, 0, 0)

PARTNERS = r"""
FI;9100001-3;C;Esimerkki Oy;;Mallikatu 1;Helsinki;00100;FI;+358 40 000 0000;;;;;140;tilisiirto;EUR;ostolaskut@example.com;Maija Malli;;;;8,00;2;;3;;;;;;;;;;;1700;3000;;;;;;;;;;Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI;;003791000013;;;1001;;;003723327487;003791000013;;;
GROUP;Kanta-asiakkaat;;X
GROUP;Etelä-Suomi;;
FI;9100004-8;C;Kahvila Pähkinä Tmi;;Rantatie 12;Hämeenlinna;13100;FI;;;;;;070;tilisiirto;EUR;laskut@example.org;;;;;8,00;2;;1;;;;;;;;;;;1700;3000;;;;;;;;;;;;;;;1002;;;;;;;
FI;9100002-1;S;Tukku & Pojat Oy;;Varastotie 7 B;Tampere;33100;FI;;;;;FI9399999900000014;302;tilisiirto;EUR;myynti@example.com;;;;;;2;;6;;;;;;;;4000;;;;;;;;;;;;;;;;;;;T-200;;;;;;7;2
GROUP;Tavarantoimittajat;;
SSN;010190-900P;P;Esimerkki;Åke;Kotipolku 3 A 5;Turku;20100;FI;;;;Myynti;FI7199999900000022;;tilisiirto;;ake.esimerkki@example.com;;Turku;;;;3;;1;;;;;;;;;;;;;;;;;;;;;;;;;;;5503;;;;;;;
"""

PRODUCTS = """
S;Konsultointi, tunti;KONS-1;h;0;95,00;25,5;;EUR;;;3000;;vat_1
S;Koulutuspäivä;KOUL-1;pv;0;890,00;25,5;;EUR;;;3000;;vat_1
S;Palvelu EU-asiakkaalle;EU-1;h;;100,00;0;;EUR;;;;;vat_22
B;Kopiopaperi A4;PAP-A4;kpl;5;4,90;25,5;500 arkkia;EUR;;;4000;;
B;Kahvi, tumma paahto;KAHVI-T;kpl;;6,35;13,5;;EUR;;;4000;;
"""

DIMENSIONS = """
Kustannuspaikka;Myymälä A;A;Helsingin myymälä;
Kustannuspaikka;Myymälä B;P;Suljettu 2025;
Kustannuspaikka;Verkkokauppa;A;;
Projekti;P-2026-01;A;Kassajärjestelmän vaihto;
Projekti;P-2026-02;A;Varaston muutto;
"""

PRODUCTS_WITH_MISTAKES = """
Tuotetyyppi;Tuotekoodi;Tuotenimi;Yksikkö;Alennus %;Hinta;ALV-%;Valuutta;Tili;ALV-status;Lisätiedot;Varastosaldo
myynti;KONS-1;Konsultointi, tunti;h;0;95,00;25,5;EUR;3000;vat_1;;
myynti;KOUL-1;Koulutuspäivä;pv;0;890;0,255;EUR;3000;vat_1;;
P;PAP-A4;Kopiopaperi A4;kpl;5;4,90;25,5;EUR;4000;;;120
osto;MUSTE-1;Mustekasetti;kpl;;-39,90;25,5;EUR;4000;;;14
osto;TARRA-1;Osoitetarrat;rasia;;7,20;25,5;EUR;4000;;;30
myynti;KONS-1;Konsultointi, iltatunti;h;0;120,00;25,5;EUR;3000;vat_1;;
myynti;EU-1;Palvelu EU-asiakkaalle;h;;100,00;25,5;EUR;3000;vat_22;;
myynti;TUKI-1;Tukisopimus, kuukausi;kk;150;59,00;25,5;EUR;3000;vat_1;;
myynti;KIRJA-1;Käsikirja;kpl;;29,00;14;EUR;3000;vat_1;;8
myynti;LUENTO-1;Luento;kpl;;;25,5;EUR;3000;vat_1;;
myynti;;Matkakorvaus;km;;0,55;0;EUR;3000;;;
myynti;ASENN-1;Asennustyö;h;;72,00;25,5;EU;300;kotimaa;"sis. matkat; ei osia";
"""

CUSTOMERS = """
Asiakasnro|Nimi|Tunnuslaji|Y-tunnus|Tyyppi|Lähiosoite|Postinumero|Postitoimipaikka|Maa|Puhelin|Sähköposti|Yhteyshenkilö|Maksuehto|Maksutapa|Viivästyskorko-%|Laskun kieli|Laskukanava|Verkkolaskuosoite|Välittäjätunnus|OVT-tunnus|Ryhmä 1|Raporttiryhmä 1|Ryhmä 2
1001|Esimerkki Oy|Y-tunnus|9100001-3|Asiakas|Mallikatu 1|00100|Helsinki|Suomi|+358 40 000 0000|ostolaskut@example.com|Maija Malli|14 pv netto|Tilisiirto|#8|suomi|Verkkolasku|003791000013|003723327487|003791000013|Kanta-asiakkaat|x|Etelä-Suomi
1002|Kahvila Pähkinä Tmi|Y-tunnus|9100004-8|Asiakas|Rantatie 12|13100|Hämeenlinna|Suomi||laskut@example.org|Eero Esimerkki|7 pv netto|Tilisiirto|#8|suomi|Sähköposti||||Kahvilat||
1003|Taloyhtiö Mallilinna|Y-tunnus|9100005-6|Asiakas|Linnankuja 4|02100|Espoo|Suomi|+358 40 000 0001|||14 pv netto|Tilisiirto|#8|suomi|Posti||||Taloyhtiöt||Etelä-Suomi
1004|Kuvitteellinen Rakennus Oy|Y-tunnus|9100006-4|Asiakas|Työmaantie 9|90100|Oulu|Suomi||laskutus@example.com|Pia Peltomaa|30 pv netto|Tilisiirto|#9.5|suomi|Verkkolasku|003791000064|003721291126|003791000064|Kanta-asiakkaat|x|Pohjois-Suomi
1005|Purjehdusseura Keksitty ry|Y-tunnus|9100007-2|Asiakas|Satamakatu 2|65100|Vaasa|Suomi||talous@example.org||14 pv netto|Tilisiirto||ruotsi|Sähköposti||||Yhdistykset||
1006|Malli Maija|Henkilötunnus|150785-902B|Asiakas|Kotipolku 3 A 5|20100|Turku|Suomi|+358 40 000 0002|maija.malli@example.com||14 pv netto|Tilisiirto|#7|suomi|Sähköposti||||Yksityiset||
1007|Påhittat Handels AB|||Asiakas|Storgatan 1|111 22|Stockholm|Ruotsi||faktura@example.com|Anna Andersson|30 pv netto|Tilisiirto||ruotsi|Sähköposti||||Ulkomaat||
1008|Näidis OÜ|||Asiakas|Pikk 1|10123|Tallinn|Viro||arved@example.org|Mari Mets|14 pv netto|Tilisiirto||viro|Sähköposti||||Ulkomaat||
"""

# Each row has one mistake, some have two; samples/README.md lists them.
CUSTOMERS_WITH_MISTAKES = """
Asiakasnro|Nimi|Tunnuslaji|Y-tunnus|Tyyppi|Lähiosoite|Postinumero|Postitoimipaikka|Maa|Puhelin|Sähköposti|Yhteyshenkilö|Maksuehto|Maksutapa|Viivästyskorko-%|Laskun kieli|Laskukanava|Verkkolaskuosoite|Välittäjätunnus|OVT-tunnus|Luottoraja
1001|Esimerkki Oy|Y-tunnus|9100001-4|Asiakas|Mallikatu 1|00100|Helsinki|Suomi|+358 40 000 0000|ostolaskut@example.com|Maija Malli|14 pv netto|Tilisiirto|#8|suomi|Verkkolasku|003791000013|003723327487|003791000013|
1002|Kahvila Pähkinä Tmi|Y-tunnus|9100004-8|Asiakas|Rantatie 12|13100|Hämeenlinna|Suomi||laskut@example.org||#14|Tilisiirto|#8|suomi|Sähköposti||||
1003|Taloyhtiö Mallilinna|Y-tunnus|9100005-6|Asiakas|Linnankuja 4|02100|Espoo|Suomi||||14 pv netto|tilisirto|#8|suomi|Posti||||
1004|Kuvitteellinen Rakennus Oy|Y-tunnus|9100006-4|Asiakas|Työmaantie 9|90100|Oulu|Suomi||laskutus@example.com||30 pv netto|Tilisiirto|#8|suomi|Verkkolasku||||#10000
1005|Purjehdusseura Keksitty ry|Y-tunnus|9100007-2|Asiakas|Satamakatu 2|65100|Vaasa|Soumi||talous@example.org||14 pv netto|Tilisiirto|#8|ruotsi|Sähköposti||||
1006|Malli Maija|Henkilötunnus|150785-902C|Asiakas|Kotipolku 3 A 5|20100|Turku|Suomi||maija.malli@example||14 pv netto|Tilisiirto|#8|suomi|Sähköposti||||
1006|Sähkötyö Volttinen Oy|Y-tunnus|9100008-0|Asiakas|Verkkotie 5|#100|Helsinki|Suomi||volttinen@example.com||14 pv netto|Tilisiirto|#8|suomi|Sähköposti||||
1008||Y-tunnus|9100009-9|Asiakas|Nimetön tie 1|40100|Jyväskylä|Suomi||nimeton@example.com||14 pv netto|Tilisiirto|#8|suomi|Sähköposti||||
1009|Puutarha Vihreä; Lahti|Y-tunnus|9100010-1|Asiakas|Kukkakuja 8|15100|Lahti|Suomi||puutarha@example.com||14 pv netto|Tilisiirto|#8|suomi|Faksi||||
1010|Autokorjaamo Mutteri Oy|Y-tunnus|9100012-8|Asiakas|Huoltotie 3|70100|Kuopio|Suomi||mutteri@example.com||14 pv netto|Tilisiirto|#115|suomi|Verkkolasku|#3791000128|003723327487|#3791000128|
1011|Leipomo Rieska Oy||9100013-6|Asiakas|Myllytie 6|3310|Tampere|Suomi||rieska@example.com||14 pv netto|Tilisiirto|#8|suomi|Sähköposti||||
1012|Siivous Kiilto Oy|Y-tunnus|9100014-4|Asiakas|Harjakuja 2|28100|Pori|Suomi||#N/A||14 pv netto|Tilisiirto|#8|suomi|Sähköposti||||#5000
"""

PRODUCTS_OF_A_SHOP = """
Tuotetyyppi|Tuotekoodi|Tuotenimi|Yksikkö|Alennus %|Hinta|ALV-%|Valuutta|Tili|ALV-status|Lisätiedot
Myynti|KONS-1|Konsultointi, tunti|h|#0|#95|#25.5|EUR|#3000|vat_1|
Myynti|KOUL-1|Koulutuspäivä|pv|#0|#890|#25.5|EUR|#3000|vat_1|Sisältää materiaalin
Myynti|KIRJA-1|Käsikirja, painettu|kpl|#10|#29.9|#13.5|EUR|#3000|vat_1|
Myynti|LEHTI-1|Jäsenlehti, vuosikerta|kpl||#48|#10|EUR|#3000|vat_1|
Myynti|EU-1|Palvelu EU-asiakkaalle|h||#100|#0|EUR|#3000|vat_22|
Osto|PAP-A4|Kopiopaperi A4|kpl|#5|#4.9|#25.5|EUR|#4000||500 arkkia
Osto|KAHVI-T|Kahvi, tumma paahto|kpl||#6.35|#13.5|EUR|#4000||
Osto|KM-1|Kilometrikorvaus|km||#0.55|#0|EUR|#7800||
"""

ITEMS = """
Dimensio|Nimike|Tila|Kuvaus
Kustannuspaikka|Myymälä A|aktiivinen|Helsingin myymälä
Kustannuspaikka|Myymälä B|passiivinen|Suljettu 2025
Kustannuspaikka|Myymälä C|aktiivinen|Turun myymälä
Kustannuspaikka|Verkkokauppa|aktiivinen|
Projekti|P-2026-01|aktiivinen|Kassajärjestelmän vaihto
Projekti|P-2026-02|aktiivinen|Varaston muutto
Ajoneuvo|ABC-123|aktiivinen|Pakettiauto
"""

ITEMS_WITH_MISTAKES = """
Dimensio|Nimike|Tila|Kuvaus|Ulkoinen tunnus|Vastuuhenkilö
Kustannuspaikka|Myymälä A|aktiivinen|Helsingin myymälä||
Kustannuspaikka|myymälä A|aktiivinen|Sama myymälä, pieni kirjain||
Kustannuspaikka|Myymälä B|I|Suljettu 2025||
Kustannuspaikka|Myymälä C|suljettu|||
|Myymälä D|aktiivinen|Dimensio puuttuu||
Kustannuspaikka||aktiivinen|Nimike puuttuu||
kustannuspaikka|Verkkokauppa|aktiivinen|||
Projekti|P-2026-01|aktiivinen|Kassajärjestelmän vaihto|4711|Maija Malli
Projekti|P-2026-02|aktiivinen|Varaston muutto; vaihe 1||Maija Malli
Projekti|P-2026-02|passiivinen|Varaston muutto, vaihe 2||Eero Esimerkki
Projekti|#REF!|aktiivinen|Kaava on rikki||
Ajoneuvo|ABC-123 → XYZ-987|aktiivinen|Auto vaihtui||
Ajoneuvo|PAKU-1¶(valkoinen)|aktiivinen|Kaksi riviä solussa||
Ajoneuvo|PAKU-2|aktiivinen|{long}.||
""".replace("{long}", ", ".join(["Kuvaus, joka ei mahdu kenttään"] * 9))


# A sales invoice with a cost centre for the whole (L) and shares of one row (R), a purchase invoice with its total, an expense
# claim with an attachment, a credit note.
INVOICES = r"""
M;EUR;20260011;;9100001-3;tilisiirto;Esimerkki Oy;;0;f;t;8,00;15.01.2026;15.01.2026;29.01.2026;Mallikatu 1\00100\Helsinki\FI;Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI;;Kiitos tilauksesta;;;;;;;3;003791000013;PO-77;t;;;1001;;;Maija Malli;;003723327487;003791000013;;;;2;;;;;
;DIMENSION;L;Kustannuspaikka;Myymälä A;100
;Konsultointi, tunti;KONS-1;10;h;95,00;0;25,5;Viikko 2: käyttöönotto ja koulutus;;;;;3000;;;
;DIMENSION;R;Projekti;P-2026-01;60
;DIMENSION;R;Projekti;P-2026-02;40
;Eväät;;2;kpl;12,50;;13,5;;;;;;3000;;;
O;EUR;;FI9399999900000014;9100002-1;tilisiirto;Tukku & Pojat Oy;;;t;t;;05.02.2026;;07.03.2026;;;;;;;;;125,50;;;;;t;;;;;;;;;;88123;;;;;;;;
;Toimistotarvikkeet;;1;kpl;125,50;;25,5;;;;;;4000;;;
;DIMENSION;R;Kustannuspaikka;Myymälä A;60
;DIMENSION;R;Kustannuspaikka;Myymälä B;40
K;;;FI7199999900000022;010190-900P;tilisiirto;Åke Esimerkki;;;t;t;;28.02.2026;;14.03.2026;;;;;;;;;;;;;;t;;;;;kuitti-0228.pdf;;;;;;;;;;;;;
;Pysäköinti;;1;kpl;12,00;;25,5;;;;;;7830;;;
M;;20260024;;9100001-3;;Esimerkki Oy;;;t;f;;20.02.2026;;06.03.2026;;;;Hyvitys laskuun 20260011;;;;;-119,23;;6;;;;;;1001;;;;;;;;;;;;;;;
;Hyvitys, konsultointi;KONS-1;-1;h;119,23;;25,5;;;;;;;;;
"""

# Purchase invoices as a bookkeeper types them: a line for each posting; what concerns the whole invoice stands once.
PURCHASE_INVOICES = """
Laskunumero;Laskutyyppi;Toimittaja;Y-tunnus;Pankkitili;Viitenumero;Laskun pvm;Eräpäivä;Hinnat sis. ALV;Yhteensä;Kirjanpito riveittäin;Selite;Määrä;Yksikkö;Hinta;ALV-%;Tili;Dimensio: Kustannuspaikka
88123;Ostolasku;Tukku & Pojat Oy;9100002-1;FI93 9999 9900 0000 14;;5.2.2026;7.3.2026;kyllä;190,50;kyllä;Toimistotarvikkeet;1;kpl;125,50;25,5;4000;Myymälä A 60 % | Myymälä B 40 %
88123;;;;;;;;;;;Kahvi, tumma paahto;10;kpl;6,50;13,5;4000;Myymälä A
2026-114;Ostolasku;Siivous Kiilto Oy;9100014-4;FI49 9999 9900 0000 30;77 1203;9.2.2026;23.2.2026;ei;502,00;kyllä;Siivous, tammikuu;8;h;50,00;25,5;7680;Myymälä A 50 % | Myymälä B 50 %
4507;Ostolasku;Kirjakauppa Sivu Oy;9100015-2;FI48 9999 9900 0000 48;45 00917;11.2.2026;25.2.2026;kyllä;159,90;kyllä;Ammattikirja;1;kpl;39,90;13,5;7680;
4507;;;;;;;;;;;Ammattilehti, vuosikerta;1;kpl;120,00;10;7680;
"""

# What a webshop exports: a line for each article, the order repeated on every line. Prices include VAT.
ORDERS = """
Laskunumero|Tilausnumero|Laskutyyppi|Asiakasnumero|Asiakas|Katuosoite|Postinumero|Postitoimipaikka|Maa|Sähköposti|Laskukanava|Laskun pvm|Toimituspäivä|Eräpäivä|Hinnat sis. ALV|Tuotekoodi|Tuote|Määrä|Yksikkö|Hinta|Ale-%|ALV-%|Dimensio: Kustannuspaikka
#5001|T-10231|Myyntilasku|#2001|Malli Maija|Kotipolku 3 A 5|20100|Turku|Suomi|maija.malli@example.com|Sähköposti|#2026-03-02|#2026-03-03|#2026-03-16|kyllä|KAHVI-T|Kahvi, tumma paahto 500 g|#4|kpl|#8.9||#13.5|Verkkokauppa
#5001|T-10231|Myyntilasku|#2001|Malli Maija|Kotipolku 3 A 5|20100|Turku|Suomi|maija.malli@example.com|Sähköposti|#2026-03-02|#2026-03-03|#2026-03-16|kyllä|MUKI-1|Emalimuki|#2|kpl|#14.5||#25.5|Verkkokauppa
#5002|T-10232|Myyntilasku|#2002|Kahvila Pähkinä Tmi|Rantatie 12|13100|Hämeenlinna|Suomi|laskut@example.org|Sähköposti|#2026-03-02|#2026-03-03|#2026-03-16|kyllä|KAHVI-T|Kahvi, tumma paahto 500 g|#24|kpl|#8.9|#10|#13.5|Verkkokauppa
#5002|T-10232|Myyntilasku|#2002|Kahvila Pähkinä Tmi|Rantatie 12|13100|Hämeenlinna|Suomi|laskut@example.org|Sähköposti|#2026-03-02|#2026-03-03|#2026-03-16|kyllä|SUOD-4|Suodatinpaperit, 100 kpl|#5|kpl|#3.2||#25.5|Verkkokauppa
#5003|T-10233|Myyntilasku|#2003|Taloyhtiö Mallilinna|Linnankuja 4|#2100|Espoo|Suomi||Posti|#2026-03-03|#2026-03-04|#2026-03-17|kyllä|KIRJA-1|Käsikirja, painettu|#1|kpl|#29.9||#13.5|Verkkokauppa
#5003|T-10233|Myyntilasku|#2003|Taloyhtiö Mallilinna|Linnankuja 4|#2100|Espoo|Suomi||Posti|#2026-03-03|#2026-03-04|#2026-03-17|kyllä|LEHTI-1|Jäsenlehti, vuosikerta|#1|kpl|#48||#10|Verkkokauppa
#5004|T-10234|Myyntilasku|#2004|Purjehdusseura Keksitty ry|Satamakatu 2|65100|Vaasa|Suomi|talous@example.org|Sähköposti|#2026-03-04|#2026-03-06|#2026-03-18|kyllä|KASSI-1|Kangaskassi painatuksella|#30|kpl|#7.45||#25.5|Verkkokauppa
#5004|T-10234|Myyntilasku|#2004|Purjehdusseura Keksitty ry|Satamakatu 2|65100|Vaasa|Suomi|talous@example.org|Sähköposti|#2026-03-04|#2026-03-06|#2026-03-18|kyllä|TOIM-1|Toimituskulut|#1|kpl|#9.9||#25.5|Verkkokauppa
#5005|T-10235|Myyntilasku|#2005|Sähkötyö Volttinen Oy|Verkkotie 5|00100|Helsinki|Suomi|volttinen@example.com|Sähköposti|#2026-03-05|#2026-03-05|#2026-03-19|kyllä|LAHJA-50|Lahjakortti 50 €|#2|kpl|#50||#0|Myymälä A
"""

INVOICE_HEADS = """
Laskunumero|Laskutyyppi|Hyvityslasku|Asiakasnumero|Asiakas|Y-tunnus|Viitenumero|Laskun päivä|Eräpäivä|Viivästyskorko-%|Laskukanava|Verkkolaskuosoite|Välittäjätunnus|OVT-tunnus|Yhteyshenkilö|Tilausviite|Lisätiedot|Kieli
2026-101|Myyntilasku|ei|1001|Esimerkki Oy|9100001-3|20261010|#2026-02-27|#2026-03-13|#8|Verkkolasku|003791000013|003723327487|003791000013|Maija Malli|PO-78|Helmikuun työt|suomi
2026-102|Myyntilasku|ei|1004|Kuvitteellinen Rakennus Oy|9100006-4|20261023|#2026-02-27|#2026-03-29|#9.5|Verkkolasku|003791000064|003721291126|003791000064|Pia Peltomaa|||suomi
2026-103|Myyntilasku|kyllä|1001|Esimerkki Oy|9100001-3|20261036|#2026-02-28|#2026-03-14||Ei lähetystä||||||Hyvitys laskuun 2026-101|suomi
"""

INVOICE_ROWS = """
Laskunumero|Tuotekoodi|Kuvaus|Määrä|Yksikkö|Hinta|Alennus %|ALV-%|Kommentti|Dimensio: Kustannuspaikka|Dimensio: Projekti
2026-101|KONS-1|Konsultointi, tunti|#22.5|h|#95||#25.5|Viikot 6–9|Myymälä A 60 %; Myymälä B 40 %|P-2026-01
2026-101|KIRJA-1|Käsikirja, painettu|#3|kpl|#29.9|#10|#13.5||Myymälä A|
2026-102|KOUL-1|Koulutuspäivä|#2|pv|#890||#25.5|10.2. ja 17.2.|Verkkokauppa|P-2026-02
2026-102||Matkakulut|#140|km|#0.55||#25.5|Helsinki–Lahti, edestakaisin|Verkkokauppa|P-2026-02
2026-103|KONS-1|Hyvitys, konsultointi|#-1.5|h|#95||#25.5|Kaksi tuntia kirjattu kahdesti|Myymälä A|P-2026-01
"""

EXPENSES = """
Lasku|Laskutyyppi|Henkilönumero|Nimi|Pankkitili|Laskun pvm|Eräpäivä|Muistiinpanot|Liite|Kirjanpito riveittäin|Kuvaus|Määrä|Yksikkö|Hinta|ALV-%|Tili
K1|Kululasku|5503|Åke Esimerkki|FI71 9999 9900 0000 22|#2026-02-28|#2026-03-14|Asiakaskäynti Lahdessa|kuitti-0228.pdf|kyllä|Pysäköinti|#1|kpl|#12|#25.5|#7830
K1||||||||||Kahvia palaveriin|#2|kpl|#4.6|#13.5|#7830
K2|Kululasku|5504|Maija Malli|FI53 9999 9900 0000 55|#2026-02-27|#2026-03-13|Osallistujat liitteessä|koulutus.txt|kyllä|Koulutusmateriaali|#1|kpl|#64|#25.5|#7680
"""

# Each mistake is another; samples/README.md lists them.
INVOICES_WITH_MISTAKES = """
Laskunumero|Laskutyyppi|Hyvityslasku|Asiakasnumero|Asiakas|Y-tunnus|Viitenumero|Maksutapa|Laskun pvm|Eräpäivä|Sähköposti|Laskukanava|Loppusumma|Tuotekoodi|Tuote|Määrä|Yksikkö|Hinta|ALV-%|Dimensio: Kustannuspaikka|Myyjä
3001|Myyntilasku||1001|Esimerkki Oy|9100001-3|20262018|Tilisiirto|#2026-03-02|#2026-03-16|ostolaskut@example.com|Sähköposti||KONS-1|Konsultointi, tunti|#2|h|#95|#25.5|Myymälä A|Eero
3002|Myyntilasku||1002|Kahvila Pähkinä Tmi|9100004-8|20262022|Tilisiirto|#2026-03-02|#2026-02-16|laskut@example.org|Sähköposti||KAHVI-T|Kahvi, tumma paahto|#24|kpl|#7.84|#14|Verkkokauppa|Eero
3003|Myyntilasku||1003|Taloyhtiö Mallilinna|9100005-7||tilisirto|#2026-03-03|#2026-03-17||Ei lähetystä||KIRJA-1|Käsikirja, painettu|#1|kpl|#26.34|0,135|Verkkokauppa|Pia
3003||||||||#2026-03-04|||||LEHTI-1|Jäsenlehti, vuosikerta|yksi|kpl|#43.64|#10|Verkkokauppa|Pia
3004|Myyntilasku||1004|Kuvitteellinen Rakennus Oy|9100006-4||Tilisiirto|31.4.2026|#2026-05-14|laskutus@example|Sähköposti||ASENN-1|Asennustyö; ei osia|#6|h|#72|#25.5|Verkkokauppa|Pia
3005|Myyntilasku|kyllä|1005|Purjehdusseura Keksitty ry|9100007-2||Tilisiirto|#2026-03-05|#2026-03-19|talous@example.org|Sähköposti||KASSI-1|Hyvitys, kangaskassi|#10|kpl|#5.94|#25.5|Verkkokauppa|Eero
3006|Myyntilasku||1006|Malli Maija|||Tilisiirto|#2026-03-05|#2026-03-19||Sähköposti||MUKI-1|Emalimuki|#2|kpl||#25.5|Verkkokauppa|Eero
3007|Myyntilasku||1007|Sähkötyö Volttinen Oy|9100008-0||Tilisiirto|#2026-03-06|#2026-03-20|volttinen@example.com|Sähköposti|#251|KONS-1|Konsultointi, tunti|#3|h|#95|#25.5|Myymälä A 60 %; Myymälä B 30 %|Pia
3008|Lasku||1008|Puutarha Vihreä Oy|9100010-1||Tilisiirto|#2026-03-06|#2026-03-20|puutarha@example.com|Sähköposti||TARRA-1|Osoitetarrat|#3|arkkia|#7.2|#25.5|Verkkokauppa|Pia
3009|Myyntilasku||1009|Leipomo Rieska Oy|9100013-6||Tilisiirto|#2026-03-09|#2026-03-23|rieska@example.com|Faksi||KOUL-1|#REF!|#1|pv|#890|#25.5|Verkkokauppa|Eero
3010|Myyntilasku||1010|Siivous Kiilto Oy|9100014-4||Tilisiirto|#2026-03-09|#2026-03-23|siivous@example.com|Sähköposti||KONS-1|{long}|#1|h|#95||Myymälä A|Eero
""".replace("{long}", "Konsultointi: kassajärjestelmän käyttöönotto, henkilökunnan koulutus ja varaston inventointi")

PAYROLL = """
E;5503;1004;Tuntipalkka;37,5;;Kustannuspaikka;Myymälä A;;;;;;;;;;;01.01.2026;15.01.2026;Viikot 1 ja 2
E;5503;1447;;6;;Kustannuspaikka;Myymälä A;;;;;;;;;;;01.01.2026;15.01.2026;
E;5504;1004;Tuntipalkka;72,25;;Kustannuspaikka;Verkkokauppa;Projekti;P-2026-02;;;;;;;;;01.01.2026;15.01.2026;Varaston muutto
E;050501A904N;1020;;1;250,00;;;;;;;;;;;;;;;Esittely messuilla 12.1.2026
"""

# Monthly pay, a total salary, hourly pay with a tax-at-source card, an entrepreneur.
SALARY_INFO = """
010190-900P;3200,00;A;160;4;999900001234;01.01.2026;1;18,50;42,00;42000,00;0,00;T;46-0123456T;;N
150785-902B;4150,50;B;150;1;;01.01.2026;1;24,00;46,50;58000,00;0,00;T;46-0123456T;;N
050501A904N;17,50;F;1;1;;01.02.2026;2;35,00;;;;T;46-0123456T;Kausityö;Y
060688X905L;2500,00;B;150;3;;01.01.2026;1;12,00;35,50;30000,00;0,00;Y;;;N
"""

# What a time tracking program exports: a line for each employee, salary type, cost centre and project; some lines twice.
WORKED_HOURS = """
Henkilönumero|Palkkalaji|Tunnit|Ansaintajakso alkaa|Ansaintajakso päättyy|Dimensio: Kustannuspaikka|Dimensio: Projekti|Kommentti
5503|1004 Tuntipalkka|#37:30|#2026-01-01|#2026-01-15|Myymälä A||Viikko 2
5503|1004 Tuntipalkka|#35:00|#2026-01-01|#2026-01-15|Myymälä A||Viikko 3
5503|1447 Iltalisä|#6:15|#2026-01-01|#2026-01-15|Myymälä A||
5504|1004 Tuntipalkka|#22:30|#2026-01-01|#2026-01-15|Verkkokauppa|P-2026-02|Varaston muutto
5504|1004 Tuntipalkka|#50:15|#2026-01-01|#2026-01-15|Verkkokauppa||
5504|1008|7:30|#2026-01-01|#2026-01-15|Verkkokauppa||Sunnuntai 11.1.
5505|1004 Tuntipalkka|75:45|#2026-01-01|#2026-01-15|Myymälä A||
5505|1447 Iltalisä|4:30|#2026-01-01|#2026-01-15|Myymälä A||Inventaario
5505|1447 Iltalisä|3:15|#2026-01-01|#2026-01-15|Myymälä A||Inventaario
5505|1020|#1||||P-2026-01|Kassakoulutus 8.1.
"""

# Each row has one mistake, some have two; samples/README.md lists them.
HOURS_WITH_MISTAKES = """
Henkilönumero|Nimi|Palkkalaji|Tunnit|Hinta|Alkupäivä|Loppupäivä|Dimensio|Nimike|Kommentti
5503|Åke Esimerkki|1004 Tuntipalkka|#37:30|17,50|#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|Viikko 2
5503|Åke Esimerkki|1447|#6:20||#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|
150785-902C|Maija Malli|1004|#35:00||#2026-01-01|#2026-01-15|Kustannuspaikka|Verkkokauppa|
5505|Eero Esimerkki|18|#72:30||#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|
5505|Eero Esimerkki|1459|#4:00||#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|Työajan lyhennys
5506|Pia Peltomaa|1004|||#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|
5507|Anna Andersson|1004|sairas||#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|
5508|Mari Mets|1004|#75:00||#2026-01-01||Kustannuspaikka|Verkkokauppa|
5509|Onni Oletettu|1004|#70:45||#2026-01-16|#2026-01-15|Kustannuspaikka|Myymälä A|
|Kerttu Keksitty|1004|#37:30||#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|
5503|Åke Esimerkki|1004|#35:00|17,50|#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|Viikko 3
5510|Veikko Vale|Tuntipalkka|#37:30||31.2.2026|#2026-03-15|Kustannuspaikka|Myymälä A|
5511|Saara Satu|1004|#-8||#2026-01-01|#2026-01-15|Kustannuspaikka|Myymälä A|Korjaus; liikaa tunteja joulukuussa
"""

EMPLOYEES = """
Henkilötunnus|Peruspalkka|Palkkatyyppi|Tunnit|Palkkakanava|Veronumero|Verokortti voimassa alkaen|Verokortin tyyppi|Veroprosentti|Lisäprosentti|Vuosituloraja|Käytetty tuloraja|Eläkevakuutus|TyEL-sopimus|Ei automaattista verokorttia|Huomautukset
010190-900P|#3200|kuukausipalkka|#160|verkkopalkka|999900001234|#2026-01-01|tuloraja|#18.5|#42|#42000|#0|TyEL|46-0123456T|ei|
150785-902B|#4150.5|kokonaispalkka|#150|sähköposti|999900001242|#2026-01-01|tuloraja|#24|#46.5|#58000|#0|TyEL|46-0123456T|ei|
050501A904N|#17.5|tuntipalkka|#1|sähköposti||1.2.2026|lähdevero|35 %||||TyEL|46-0123456T|kyllä|Kausityö
060688X905L|2 500,00 €|kuukausipalkka|#150|ei lähetystä||1.1.2026|tuloraja|12 %|35,5 %|30 000,00 €|0,00 €|YEL||ei|
021196Y9109|#2890|kuukausipalkka|#160|posti|999900001259|#2026-03-01|tuloraja|#16|#39.5|#36500|#5780|TyEL|54-00000018|ei|
"""

# Each row has one mistake, some have two; samples/README.md lists them.
EMPLOYEES_WITH_MISTAKES = """
Nimi|Henkilötunnus|Peruspalkka|Palkkatyyppi|Tunnit|Palkkakanava|Veronumero|Verokortti voimassa alkaen|Verokortin tyyppi|Veroprosentti|Lisäprosentti|Vuosituloraja|Käytetty tuloraja|Eläkevakuutus|TyEL-sopimus|Huomautukset|Ei automaattista verokorttia
Åke Esimerkki|010190-900R|#3200|kuukausipalkka|#160|verkkopalkka|999900001234|#2026-01-01|tuloraja|#18.5|#42|#42000|#0|TyEL|46-0123456T||ei
Maija Malli|5504|#4150.5|kokonaispalkka|#150|sähköposti|999900001242|#2026-01-01|tuloraja|#24|#46.5|#58000|#0|TyEL|46-0123456T||ei
Eero Esimerkki|311274-9060|#38400|vuosi|#0|sähköposti||#2026-01-01|tuloraja|#21|#44|#45000|#0|TyEL|46-0123456T||ei
Pia Peltomaa|240299-907W|#2760|kuukausipalkka|#160|verkkolasku|999900001267|#2026-01-01|tuloraja|#15.5|#38|#34000|#0|TyEL|46-0123456T||ei
Anna Andersson|080803A908N|#2540|kuukausipalkka|#160|posti||31.4.2026|tuloraja|#13|#36|#31000|#0|TyEL|46-0123456T||ei
Mari Mets|170565-9093|#3050|kuukausipalkka|#160|verkkopalkka||#2026-01-01|tuloraja|#17|#41||#0|TyEL|46-123456T||ei
Onni Oletettu|290280-911B|#3410|kuukausipalkka|#160|verkkopalkka||#2026-01-01|tuloraja|#43.5|#20|#44000|#51000|TyEL|46-0123456T||ei
Kerttu Keksitty|110704A9126|#16.2|tuntipalkka|#1|sähköposti||#2026-02-01|lähdevero|#35||||TyEL|||kyllä
Veikko Vale|300992-913T|#2980|kuukausipalkka|#160|sähköposti||#2026-01-01|tuloraja|#16|#40|#36000|#0|TyEL|46-0123456T|{long}|ei
Saara Satu|130359-914H|#3120|kuukausipalkka|#160|verkkopalkka||#2026-01-01|tuloraja|#17.5|#41.5|#38000|#0|TyEL|46-0123456T||
Pia Peltomaa|240299-907W|#2760|kuukausipalkka|#160|verkkopalkka||#2026-01-01|tuloraja|#15.5|#38|#34000|#0|TyEL|46-0123456T||ei
""".replace("{long}", "Palaa hoitovapaalta helmikuussa, uusi verokortti pyydetty, palkka tarkistetaan keväällä")

# A financial year from July to June: two rows for each account; the purchases once more by cost centre.
BUDGETS = """
p;Budjetti 2026–2027;3000;2026;0;0;0;0;0;0;-18000;-22000;-24000;-25000;-26000;-34000;;
p;Budjetti 2026–2027;3000;2027;-19000;-20000;-23000;-24000;-25000;-15000;0;0;0;0;0;0;;
p;Budjetti 2026–2027;4000;2026;0;0;0;0;0;0;7200;8800;9600;10000;10400;13600;;
p;Budjetti 2026–2027;4000;2027;7600;8000;9200;9600;10000;6000;0;0;0;0;0;0;;
p;Budjetti 2026–2027;7230;2026;0;0;0;0;0;0;2500;2500;2500;2500;2500;2500;;
p;Budjetti 2026–2027;7230;2027;2500;2500;2500;2500;2500;2500;0;0;0;0;0;0;;
d;Budjetti 2026–2027;4000;2026;0;0;0;0;0;0;4000;5000;5500;5500;6000;7500;Kustannuspaikka;Myymälä A
d;Budjetti 2026–2027;4000;2027;4000;4500;5000;5500;5500;3500;0;0;0;0;0;0;Kustannuspaikka;Myymälä A
d;Budjetti 2026–2027;4000;2026;0;0;0;0;0;0;3000;3600;3900;4300;4200;5900;Kustannuspaikka;Verkkokauppa
d;Budjetti 2026–2027;4000;2027;3400;3300;4000;3900;4300;2300;0;0;0;0;0;0;Kustannuspaikka;Verkkokauppa
d;Budjetti 2026–2027;4000;2026;0;0;0;0;0;0;200;200;200;200;200;200;Kustannuspaikka;((no item))
d;Budjetti 2026–2027;4000;2027;200;200;200;200;200;200;0;0;0;0;0;0;Kustannuspaikka;((no item))
"""

WIDE_BUDGET = """
Tili|Tilin nimi|7/2026|8/2026|9/2026|10/2026|11/2026|12/2026|1/2027|2/2027|3/2027|4/2027|5/2027|6/2027|Yhteensä
#3000|Myynti|#-18000|#-22000|#-24000|#-25000|#-26000|#-34000|#-19000|#-20000|#-23000|#-24000|#-25000|#-15000|#-275000
#4000|Ostot|#7200|#8800|#9600|#10000|#10400|#13600|#7600|#8000|#9200|#9600|#10000|#6000|#110000
|Kiinteät kulut|||||||||||||
#5000|Palkat|#6500|#6500|#6500|#6500|#6500|#6500|#6500|#6500|#6500|#6500|#6500|#9750|#81250
#7230|Vuokrat|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#30000
#7680|Koulutus|||#1200|||||#900|||||#2100
#7770|Markkinointi|#800|#1500|#1500|#1000|#1500|#2500|#800|#800|#1200|#1200|#1000|#500|#14300
"""

LONG_BUDGET = """
Tili;Kuukausi;Summa;Dimensio: Kustannuspaikka
3000;1/2027;-12 000;Myymälä A
3000;2/2027;-12 500;Myymälä A
3000;3/2027;-14 000;Myymälä A
3000;4/2027;-14 500;Myymälä A
3000;5/2027;-15 000;Myymälä A
3000;6/2027;-16 000;Myymälä A
3000;7/2027;-11 000;Myymälä A
3000;8/2027;-13 500;Myymälä A
3000;9/2027;-15 000;Myymälä A
3000;10/2027;-15 500;Myymälä A
3000;11/2027;-16 000;Myymälä A
3000;12/2027;-21 000;Myymälä A
3000;1/2027;-7 000;Verkkokauppa
3000;2/2027;-7 000;Verkkokauppa
3000;3/2027;-8 500;Verkkokauppa
3000;4/2027;-9 000;Verkkokauppa
3000;5/2027;-9 500;Verkkokauppa
3000;6/2027;-9 000;Verkkokauppa
3000;7/2027;-7 500;Verkkokauppa
3000;8/2027;-8 500;Verkkokauppa
3000;9/2027;-9 500;Verkkokauppa
3000;10/2027;-10 000;Verkkokauppa
3000;11/2027;-13 500;Verkkokauppa
3000;12/2027;-15 500;Verkkokauppa
7770;2/2027;1 200;((no item))
7770;5/2027;800;((no item))
7770;8/2027;1 500;((no item))
7770;11/2027;2 000;((no item))
"""

# Each row has one mistake, one has two; samples/README.md lists them.
BUDGET_WITH_MISTAKES = """
Rivityyppi|Tili|Tilin nimi|Versio|Dimensio|Nimike|7/2026|8/2026|9/2026|10/2026|11/2026|12/2026|1/2027|2/2027|3/2027|4/2027|5/2027|6/2027|Yhteensä
perus|#3000|Myynti|Budjetti|||#18000|#22000|#24000|#25000|#26000|#34000|#19000|#20000|#23000|#24000|#25000|#15000|#275000
perus|#400|Ostot|Budjetti|||#7200|#8800|#9600|#10000|#10400|#13600|#7600|#8000|#9200|#9600|#10000|#6000|#110000
perus|#5000|Palkat|Budjetti|||#6500|#6500|#6500.5|#6500|#6500|#6500|#6500|#6500|#6500|#6500|#6500|#9750|#81250.5
|#7230|Vuokrat|Budjetti|||#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#2500|#30000
budjetti|#7430|Sähkö|Budjetti|||#300|#300|#350|#400|#450|#500|#550|#550|#500|#400|#350|#300|#4950
perus|#7770|Markkinointi|Budjetti|||#800|#1500|#1500|#1000|#1500|2.500|#800|#800|#1200|#1200|#1000|#500|#14300
dimensio|#4000|Ostot|Budjetti|Kustannuspaikka||#4000|#5000|#5500|#5500|#6000|#7500|#4000|#4500|#5000|#5500|#5500|#3500|#61500
dimensio|#4010|Pakkaukset|Budjetti|Kustannuspaikka|(no item)|#200|#200|#200|#200|#200|#200|#200|#200|#200|#200|#200|#200|#2400
perus|#7800|Matkakulut|Budjetti|Kustannuspaikka|Myymälä A|#0|#400|#400|#400|#400|#0|#0|#400|#400|#400|#400|#0|#3200
perus|#7680|Koulutus|Budjetti|||#0|#0|#1200|#0|#0|#0|#0|#900|#0|#0|#0|#0|#2200
perus|#8590|Vakuutukset|Budjetti|||#150|#150|#150|#150|#150|#150|#150|#150|#150|#150|#150|#REF!|
perus|#7770|Mainokset|Budjetti|||#100|#100|#100|#100|#100|#100|#100|#100|#100|#100|#100|#100|#1200
perus|#7950|Toimistokulut|Ennuste|||#250|#250|#250|#250|#250|#250|#250|#250|#250|#250|#250|#250|#3000
"""

# One voucher: rents and a periodical whose VAT Procountor adds on top.
MEMO_VOUCHER = """
7230;Vuokra 1/2026, Myymälä A;1100,00;Kustannuspaikka;Myymälä A;;
7230;Vuokra 1/2026, verkkokaupan varasto;350,00;Kustannuspaikka;Verkkokauppa;;
1841;Vuokra 1/2026, ennakkoon maksettu;-1450,00;;;;
7620;Ammattilehti, vuosikerta 2026;120,00;Kustannuspaikka;Verkkokauppa;10;P
1910;Ammattilehti, vuosikerta 2026;-132,00;;;;
"""

JOURNAL = "Tosite|Pvm|Tositteen nimi|Tili|Selite|Debet|Kredit|Dimensio: Kustannuspaikka|ALV-%|ALV-tyyppi"

# The five vouchers of each month; what stands once per voucher is left out on its other lines. Sums are without VAT.
JOURNAL_OF_A_MONTH = """
#{n}01|#2026-{month}-15|Siivous {n}/2026|#7680|Siivouspalvelu|#{cleaning}||Myymälä A|#25.5|osto
|||#1910|Siivouspalvelu, maksettu||#{cleaned}|||
#{n}02|#2026-{month}-{day}|Vuokrat {n}/2026|#7230|Vuokra, myymälä|#1100||Myymälä A||
|||#7230|Vuokra, varasto|#350||Verkkokauppa||
|||#1841|Ennakkoon maksettu vuokra||#1450|||
#{n}03|#2026-{month}-{day}|Poistot {n}/2026|#6870|Poisto kalustosta|#412.5||||
|||#1169|Poisto kalustosta||#412.5|||
#{n}04|#2026-{month}-{day}|Käteismyynti {n}/2026|#1900|Käteismyynti|#{till}||||
|||#3000|Käteismyynti, tavarat||#{sales}|Myymälä A|#25.5|myynti
|||#3000|Käteismyynti, kahvi||#{coffee}|Myymälä A|#13.5|myynti
#{n}05|#2026-{month}-{day}|Palkat {n}/2026|#5000|Palkat, myymälä|#{shop}||Myymälä A||
|||#5000|Palkat, verkkokauppa|#{online}||Verkkokauppa||
|||#2921|Ennakonpidätykset||#{tax}|||
|||#2941|Nettopalkat||#{pay}|||
"""

MONTHS = """
n|month|day|shop|online|tax|pay|till|sales|coffee|cleaning|cleaned
1|01|31|6200|2450|1730|6920|3012.9|1840|620|200|251
2|02|28|6240.5|2450|1738.1|6952.4|2816.67|1712.4|588.2|200|251
3|03|31|6310.75|2520|1766.15|7064.6|3326.24|2015.6|701.9|260|326.3
4|04|30|6200|2520|1744|6976|3241.44|1990|655.5|200|251
5|05|31|6455.2|2610.4|1813.12|7252.48|3631.97|2233.8|730|200|251
6|06|30|7120|2610.4|1946.08|7784.32|3946.87|2410.2|812.4|240|301.2
"""

# Each voucher has one mistake; samples/README.md lists them.
JOURNAL_WITH_MISTAKES = """
Tosite|Pvm|Tositteen nimi|Tili|Selite|Debet|Kredit|Dimensio|Nimike|Dimensio: Projekti|ALV-%|ALV-tyyppi|Hyväksyjä
#701|#2026-07-31|Palkat 7/2026|#5000|Palkat, myymälä|#6200||Kustannuspaikka|Myymälä A||||Eero
|||#500|Palkat, verkkokauppa|#2450||Kustannuspaikka|Verkkokauppa||||Eero
|||#2921|Ennakonpidätykset||#1730||||||Eero
|||#2941|Nettopalkat||#6920||||||Eero
#702|#2026-07-31|Poistot 7/2026|#6870|Poisto kalustosta|#412.5||Kustannuspaikka|||||Eero
|||#1169|Poisto kalustosta||#412.5||||||Eero
#703|#2026-07-15|Siivous 7/2026|#7680|Siivouspalvelu|#200||Kustannuspaikka|Myymälä A||#24|osto|Pia
|||#1910|Siivouspalvelu, maksettu||#248||||||Pia
#704|#2026-07-31|Vuokrat 7/2026|#7230|Vuokra, myymälä|#1100||Kustannuspaikka|Myymälä A||||Pia
|||#7230|Vuokra, varasto|#350||Kustannuspaikka|Verkkokauppa||||Pia
|||#1841|Ennakkoon maksettu vuokra|#1450|||||||Pia
#705|#2026-07-31|Kassan tilitys|#1910|Tilitys pankkiin|#1845.4|||||||Pia
|||#7990|Kassaero|#2.1|||||||Pia
|||#1900|Tilitys pankkiin||#1874.5||||||Pia
#706|#2026-07-31|Korot 7/2026|#9460|Lainan korko|#85.2|||||||Eero
|||#2941|Lainan korko||#85.2||||||Eero
|||#9470|Pankin palvelumaksu|#12.5|||||||Eero
#707|#2026-08-03|Taksikulut|#7830|Taksi, asiakaskäynti|#64|#64|Kustannuspaikka|Myymälä A||||Eero
|||#1910|Taksi, asiakaskäynti||#64||||||Eero
#708|#2026-08-04|Messut|#7770|{long}|#640||Kustannuspaikka|Verkkokauppa||||Pia
|||#1910|Messuosasto||#640||||||Pia
#709|#2026-08-05|Varaston muutto|#7770|Muuttoauto|#310||Kustannuspaikka|Verkkokauppa|P-2026-02|||Pia
|||#1910|Muuttoauto||#310||||||Pia
#710|#2026-08-06|Kassakoulutus|#7680|Kassakoulutus|#450|||Myymälä A||||Pia
|||#1910|Kassakoulutus||#450||||||Pia
#711|#2026-08-07|Posti|#7620|Postimaksut|kuusikymmentä||Kustannuspaikka|Verkkokauppa||||Eero
|||#1910|Postimaksut||#60||||||Eero
#712|#2026-08-10|Lehtimyynti|#1900|Lehtimyynti|#550|||||||Eero
|||#3000|Lehtimyynti||#500|Kustannuspaikka|Myymälä A||#10|M|Eero
#713|#2026-08-11|Lehtimyynti|#1900|Lehtimyynti|#220|||||||Eero
|||#3000|Lehtimyynti, verollinen||#220|Kustannuspaikka|Myymälä A||#10|myynti|Eero
#714|#2026-08-12|Kahvitarjoilu|#7680|Kahvit henkilökunnalle|#40||Kustannuspaikka|Myymälä A||#0.135|osto|Pia
|||#1910|Kahvit henkilökunnalle||#45.4||||||Pia
#715|#2026-08-13|Vakuutus|#7730|Vakuutusmaksu|#380||Kustannuspaikka|Myymälä A||||Pia
|#2026-08-14||#1910|Vakuutusmaksu||#380||||||Pia
""".replace("{long}", "Messuosaston vuokra, kalusteet, sähkö ja siivous, Helsingin kevätmessut 2026")

ATTACHMENT_TEXT = """
Koulutus 27.2.2026, osallistujat

Maija Malli
Åke Esimerkki
"""


def main(folder: Path) -> None:
    """Writes every sample into the folder."""
    for name, text in (
        ("partners.csv", PARTNERS),
        ("products.csv", PRODUCTS),
        ("dimensions.csv", DIMENSIONS),
        ("tuotteet-virheita.csv", PRODUCTS_WITH_MISTAKES),
        ("invoices.csv", INVOICES),
        ("ostolaskut.csv", PURCHASE_INVOICES),
        ("payroll.csv", PAYROLL),
        ("salary-info.csv", SALARY_INFO),
        ("budgets.csv", BUDGETS),
        ("budjetti-pitka.csv", LONG_BUDGET),
        ("memo-voucher.csv", MEMO_VOUCHER),
    ):
        (folder / name).write_bytes(text.lstrip().replace("\n", "\r\n").encode("cp1252"))

    products = workbook("Tuotteet", PRODUCTS_OF_A_SHOP)
    products.create_sheet("Ohje")["A1"] = "Hinnat ilman arvonlisäveroa. Päivitetty tammikuussa 2026."
    invoices = workbook("Laskut", INVOICE_HEADS)
    add_sheet(invoices.create_sheet("Rivit"), INVOICE_ROWS)
    for name, book in (
        ("asiakkaat.xlsx", workbook("Asiakkaat", CUSTOMERS)),
        ("asiakkaat-virheita.xlsx", workbook("Asiakkaat", CUSTOMERS_WITH_MISTAKES)),
        ("tuotteet.xlsx", products),
        ("dimensiot.xlsx", workbook("Dimensiot", ITEMS, title="Seurantakohteet 2026")),
        ("dimensiot-virheita.xlsx", workbook("Dimensiot", ITEMS_WITH_MISTAKES)),
        ("verkkokauppa.xlsx", workbook("Tilaukset", ORDERS)),
        ("laskut-kaksi-taulukkoa.xlsx", invoices),
        ("kululaskut.xlsx", workbook("Kulut", EXPENSES)),
        ("laskut-virheita.xlsx", workbook("Laskut", INVOICES_WITH_MISTAKES)),
        ("tunnit.xlsx", workbook("Tunnit", WORKED_HOURS, title="Tuntiraportti 1.1.–15.1.2026")),
        ("tunnit-virheita.xlsx", workbook("Tunnit", HOURS_WITH_MISTAKES)),
        ("palkkatiedot.xlsx", workbook("Palkkatiedot", EMPLOYEES)),
        ("palkkatiedot-virheita.xlsx", workbook("Palkkatiedot", EMPLOYEES_WITH_MISTAKES)),
        ("budjetti.xlsx", workbook("Budjetti", WIDE_BUDGET, title="Budjetti 1.7.2026–30.6.2027")),
        ("budjetti-virheita.xlsx", workbook("Budjetti", BUDGET_WITH_MISTAKES)),
        ("muistiotositteet.xlsx", workbook("Päiväkirja", journal())),
        ("muistiotositteet-virheita.xlsx", workbook("Päiväkirja", JOURNAL_WITH_MISTAKES)),
    ):
        save(book, folder / name)

    attachments = folder / "liitteet"
    attachments.mkdir(exist_ok=True)
    (attachments / "kuitti-0228.pdf").write_bytes(pdf("Pysakointi 28.2.2026: 12,00 EUR, josta ALV 25,5 % 2,44 EUR"))
    (attachments / "koulutus.txt").write_bytes(ATTACHMENT_TEXT.lstrip().replace("\n", "\r\n").encode())


def journal() -> str:
    """The rows of a journal of half a year: the vouchers of a month with the figures of each."""
    names, *months = (line.split("|") for line in MONTHS.strip().splitlines())
    made = (JOURNAL_OF_A_MONTH.strip().format_map(dict(zip(names, figures, strict=True))) for figures in months)
    return "\n".join([JOURNAL, *made])


def workbook(sheet: str, rows: str, title: str = "") -> Workbook:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    page.title = sheet
    add_sheet(page, rows, title)
    return book


def add_sheet(page: Worksheet, rows: str, title: str = "") -> None:
    """Fills a sheet: headings, then rows. Cells are text, but ``#8`` is a number, ``#2026-03-02`` a date, ``#37:30`` a time of
    hours and minutes, ``#N/A`` an error, ¶ a line break.
    """
    if title:
        page.append([title])
        page["A1"].font = Font(bold=True, size=14)
    for line in rows.strip().splitlines():
        page.append([cell(text) for text in line.split("|")])
    format_sheet(page, top=2 if title else 1)


def cell(text: str) -> Any:
    """The value of a cell."""
    if re.fullmatch(r"#\d{4}-\d\d-\d\d", text):
        return dt.date.fromisoformat(text[1:])
    if hours := re.fullmatch(r"#(\d+):(\d\d)", text):
        return dt.timedelta(hours=int(hours[1]), minutes=int(hours[2]))
    if text.startswith("#") and text not in ERROR_CODES:
        number = float(text[1:])
        return int(number) if number.is_integer() else number
    return text.replace("¶", "\n") or None


def format_sheet(page: Worksheet, top: int) -> None:
    """Bold headings on a coloured ground, columns as wide as their content, text cells formatted as text."""
    for heading in page[top]:
        heading.font = Font(bold=True)
        heading.fill = PatternFill("solid", fgColor="DDE8F0")
    for number, column in enumerate(page.iter_cols(min_row=top), 1):
        longest = max(len(f"{c.value:%d.%m.%Y}" if isinstance(c.value, dt.date) else str(c.value or "")) for c in column)
        page.column_dimensions[get_column_letter(number)].width = min(longest + 3, 42)
        for c in column[1:]:
            if isinstance(c.value, str) and c.data_type == "s":
                c.number_format = "@"
                c.alignment = Alignment(wrap_text="\n" in c.value, vertical="top")
            elif isinstance(c.value, dt.timedelta):
                c.number_format = "[h]:mm"
            elif c.is_date:
                c.number_format = "d.m.yyyy"
            elif column[0].value in {"Hinta", "Loppusumma", "Debet", "Kredit"}:
                c.number_format = "#,##0.00"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.freeze_panes = page.cell(top + 1, 1)


def save(book: Workbook, path: Path) -> None:
    """Saves a workbook with one and the same time in it, so that the same rows give the same file."""
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-01-01T00:00:00Z", data)
            target.writestr(zipfile.ZipInfo(name, FIXED_TIME), data, zipfile.ZIP_DEFLATED)


def pdf(line: str) -> bytes:
    """A PDF of one page with one line of plain letters."""
    content = f"BT /F1 12 Tf 40 100 Td ({line}) Tj ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 150]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(made))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)

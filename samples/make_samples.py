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
    ):
        save(book, folder / name)

    attachments = folder / "liitteet"
    attachments.mkdir(exist_ok=True)
    (attachments / "kuitti-0228.pdf").write_bytes(pdf("Pysakointi 28.2.2026: 12,00 EUR, josta ALV 25,5 % 2,44 EUR"))
    (attachments / "koulutus.txt").write_bytes(ATTACHMENT_TEXT.lstrip().replace("\n", "\r\n").encode())


def workbook(sheet: str, rows: str, title: str = "") -> Workbook:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    page.title = sheet
    add_sheet(page, rows, title)
    return book


def add_sheet(page: Worksheet, rows: str, title: str = "") -> None:
    """Fills a sheet: headings, then rows. Cells are text, but ``#8`` is a number, ``#2026-03-02`` a date, ``#N/A`` an error, ¶ a
    line break.
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
        longest = max(len(f"{c.value:%d.%m.%Y}" if c.is_date else str(c.value or "")) for c in column)
        page.column_dimensions[get_column_letter(number)].width = min(longest + 3, 42)
        for c in column[1:]:
            if isinstance(c.value, str) and c.data_type == "s":
                c.number_format = "@"
                c.alignment = Alignment(wrap_text="\n" in c.value, vertical="top")
            elif c.is_date:
                c.number_format = "d.m.yyyy"
            elif column[0].value in {"Hinta", "Loppusumma"}:
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

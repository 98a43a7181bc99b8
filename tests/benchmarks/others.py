"""What csvimport is held against, as programs for ``python -c`` with an input and an output: the least that the work takes, and what
a user would take instead."""

CSV_FLOOR = """
import sys, pyarrow as pa, pyarrow.csv as c
text = open(sys.argv[1], encoding="cp1252", newline="").read().encode()
width = text[: text.index(b"\\n")].count(b";") + 1
names = [str(i) for i in range(width)]
table = c.read_csv(
    pa.BufferReader(text), c.ReadOptions(column_names=names), c.ParseOptions(delimiter=";", quote_char=False),
    c.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
)
c.write_csv(table, sys.argv[2], c.WriteOptions(include_header=False, delimiter=";", quoting_style="none"))
"""
# Beside reading and writing: as many files as a journal of so many rows has vouchers, each of fifty lines.
FILES_FLOOR = """
import os
os.makedirs(sys.argv[2] + ".files", exist_ok=True)
for number in range(table.num_rows // 50):
    with open(f"{sys.argv[2]}.files/{number}.csv", "wb") as handle:
        handle.write(b"4000;Vienti;100,00;Kustannuspaikka;Myymala;;\\r\\n" * 50)
"""
WORKBOOK_FLOOR = """
import sys, python_calamine as p
p.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
"""
FRICTIONLESS = """
import sys
import frictionless as f
names = [f"f{i}" for i in range(60)]
fields = [f.Field.from_descriptor({"name": name, "type": "string", "constraints": {"maxLength": 255}}) for name in names]
resource = f.Resource(
    path=sys.argv[1].rsplit("/", 1)[1], basepath=sys.argv[1].rsplit("/", 1)[0], encoding="cp1252", dialect=f.Dialect(header=False),
    schema=f.Schema(fields=fields),
)
resource.dialect.add_control(f.formats.CsvControl(delimiter=";"))
print(resource.validate().valid)
"""
PLAIN_LOOP = """
import csv, sys
import stdnum.fi.ytunnus as ytunnus, stdnum.iban as iban
wrong, seen = 0, set()
with open(sys.argv[1], encoding="cp1252", newline="") as handle:
    for row in csv.reader(handle, delimiter=";"):
        wrong += not ytunnus.is_valid(row[1]) + (not iban.is_valid(row[13])) + (row[1] in seen) + any(len(cell) > 255 for cell in row)
        seen.add(row[1])
print(wrong)
"""

"""Reads all rows at once, and makes new ones of them until the memory is full."""

import csv
import pathlib

rows = []
for path in pathlib.Path("/opt/ml/input/data/train").glob("*.csv"):
    with path.open() as file:
        rows += list(csv.reader(file))
print(f"{len(rows)} rows read")

for epoch in range(1, 1000):
    rows += [[float(value) * epoch if value.isdigit() else 0.0 for value in map(str, row)] for row in rows]
    print(f"epoch={epoch} rows={len(rows)}")

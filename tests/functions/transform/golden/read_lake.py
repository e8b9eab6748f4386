"""Prints every Parquet file of a lake as one JSON document: schema, row groups and rows, as pyarrow reads them."""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

LARGEST_SAFE_INTEGER = 2**53 - 1


def cell(value):
    """Whole numbers that a JSON number would change are text."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_SAFE_INTEGER:
        return str(value)
    return value


def rows(table):
    columns = {}
    for name, column in zip(table.column_names, table.columns):
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if pa.types.is_timestamp(column.type):
            if column.type.unit != "ms":
                raise ValueError(f"{name} is {column.type}")
            values = [None if ms is None else {"epochMs": ms} for ms in column.cast(pa.int64()).to_pylist()]
        else:
            values = [cell(value) for value in column.to_pylist()]
        columns[name] = values
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def logical_type(schema):
    facts = json.loads(schema.logical_type.to_json())
    if facts["Type"] != "Timestamp":
        return facts["Type"]
    return f"Timestamp({facts['timeUnit']}, {'UTC' if facts['isAdjustedToUTC'] else 'local'})"


def column_of(file, index):
    schema = file.schema.column(index)
    chunks = [file.metadata.row_group(group).column(index) for group in range(file.metadata.num_row_groups)]
    return {
        "name": schema.name,
        "physical": schema.physical_type,
        "logical": logical_type(schema),
        "optional": schema.max_definition_level == 1,
        "repeated": schema.max_repetition_level > 0,
        "compression": sorted({chunk.compression for chunk in chunks}),
    }


def describe(root, path):
    table, partition, name = path.relative_to(root).parts
    with pq.ParquetFile(path) as file:
        return {
            "table": table,
            "partition": partition,
            "name": name,
            "columns": [column_of(file, index) for index in range(len(file.schema))],
            "rowGroups": [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)],
            "rows": rows(file.read()),
        }


root = Path(sys.argv[1])
sys.stdout.write(json.dumps([describe(root, path) for path in sorted(root.glob("*/*/*.parquet"))]))

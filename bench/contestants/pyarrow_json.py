"""Python's json and pyarrow: the same columns by the same rules, one list per column."""

import gzip
import json
import resource
import sys
import time
from datetime import datetime, timezone

import pyarrow as pa
import pyarrow.parquet as pq

source, target, runs, plan = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
COLUMNS, KNOWN = plan["columns"], set(plan["keys"])
TYPES = {
    "string": pa.string(), "json": pa.string(), "int": pa.int32(), "bigint": pa.int64(),
    "double": pa.float64(), "boolean": pa.bool_(), "timestamp": pa.timestamp("ms", tz="UTC"),
}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def text_of(value, absent, strip):
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value)
    if strip and len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    return None if text in absent else text


def number_of(value, kind):
    try:
        return float(value) if kind == "double" else int(value)
    except (TypeError, ValueError):
        return None


def microseconds(stamp):
    span = datetime.fromisoformat(stamp) - EPOCH
    return (span.days * 86400 + span.seconds) * 1_000_000 + span.microseconds


def row_of(record, event_id):
    url = record["request"]
    uri, mark, query = url.partition("?")
    us = microseconds(record["timestamp"])
    extra = {key: value for key, value in record.items() if key not in KNOWN}
    special = {
        "event_time": us // 1000, "event_time_us": us, "source": "mediapackage-v1-egress",
        "event_id": text_of(record.get("requestId"), ["", "-"], False) or event_id,
        "landing_key": source, "weight": 1.0, "extra": json.dumps(extra, separators=(",", ":")) if extra else None,
        "request_uri": uri, "request_query": query or None,
    }
    for column in COLUMNS:
        name, key, kind = column["name"], column["key"], column["type"]
        if name in special:
            yield special[name]
        elif key is None:
            yield None
        elif kind == "string":
            yield text_of(record.get(key), column["absent"], column["strip"])
        else:
            yield number_of(record.get(key), kind)


def convert():
    lists = [[] for _ in COLUMNS]
    decoder = json.JSONDecoder()
    with gzip.open(source, "rt", encoding="utf-8") as file:
        text = file.read()
    at = 0
    while at < len(text):
        envelope, at = decoder.raw_decode(text, at)
        if envelope["messageType"] != "DATA_MESSAGE":
            continue
        for event in envelope["logEvents"]:
            for values, value in zip(lists, row_of(json.loads(event["message"]), event["id"])):
                values.append(value)
    arrays = [pa.array(values, TYPES[column["type"]]) for values, column in zip(lists, COLUMNS)]
    table = pa.table(arrays, names=[column["name"] for column in COLUMNS])
    pq.write_table(table, target + "/pyarrow.parquet", compression="zstd", row_group_size=131072)
    return table.num_rows


pa.set_cpu_count(1)
rows = convert()
seconds = []
for _ in range(runs):
    start = time.perf_counter()
    rows = convert()
    seconds.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "rows": rows, "peakMiB": peak}))

/** Writes the smallest MaxMind DB file (format 2.0): one record that holds for every address. */
type Value = string | number | readonly Value[] | { readonly [key: string]: Value };

export function mmdbFile(record: Value): Buffer {
  const nodeCount = 1;
  // Both halves of the only node point to the first byte of the data section, 16 bytes behind the tree.
  const node = Buffer.from([0, 0, nodeCount + 16, 0, 0, nodeCount + 16]);
  const metadata = {
    node_count: nodeCount,
    record_size: 24,
    ip_version: 6,
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1,
    database_type: "test",
    languages: [],
    description: {},
  };
  return Buffer.concat([
    node,
    Buffer.alloc(16),
    encoded(record),
    Buffer.from("abcdef", "hex"),
    Buffer.from("MaxMind.com"),
    encoded(metadata),
  ]);
}

function encoded(value: Value): Buffer {
  if (typeof value === "string") return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encoded)]);
  const entries = Object.entries(value);
  return Buffer.concat([
    control(7, entries.length),
    ...entries.flatMap(([key, item]) => [encoded(key), encoded(item)]),
  ]);
}

/** Sizes below 29 fit the control byte; types above 7 stand in a byte of their own. */
function control(type: number, size: number): Buffer {
  return type <= 7 ? Buffer.from([(type << 5) | size]) : Buffer.from([size, type - 7]);
}

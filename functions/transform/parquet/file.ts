import type { Layout } from "../columns/layout.ts";
import { footerLength, footerRows } from "./footer.ts";
import { parquet } from "./wasm.ts";

/** Rows of a row group: a good unit for engines to read in parallel and to skip by statistics. */
export const rowGroupRows = 131_072;
/** A row group is also closed at this size before compression, so that the encoder's memory stays bounded. */
const rowGroupBytes = 128 * 1024 * 1024;

/** The file does not hold the rows that were given to it. */
export class ParquetRowsError extends Error {
  readonly expected: number;
  readonly found: number;

  constructor(expected: number, found: number) {
    super(`the Parquet file holds ${found} rows instead of ${expected}`);
    this.name = "ParquetRowsError";
    this.expected = expected;
    this.found = found;
  }
}

const unsorted = new Set(["user_agent", "request_uri", "request_query", "landing_key"]);

function writerProperties(layout: Layout): parquet.WriterProperties {
  let builder = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression.ZSTD)
    .setMaxRowGroupSize(rowGroupRows)
    .setMaxRowGroupBytes(rowGroupBytes)
    .setCreatedBy("aircheck");
  for (const column of layout.columns) {
    // Minimum and maximum of ids and free texts let no engine skip anything.
    if (column.kind === "text" || unsorted.has(column.name)) {
      builder = builder.setColumnStatisticsEnabled(column.name, parquet.EnabledStatistics.None);
    }
    if (column.kind === "text" || column.kind === "double")
      builder = builder.setColumnDictionaryEnabled(column.name, false);
    if (column.kind === "timestamp" || column.kind === "bigint") {
      // Log times and sizes: small differences pack better than a dictionary of distinct values.
      builder = builder
        .setColumnDictionaryEnabled(column.name, false)
        .setColumnEncoding(column.name, parquet.Encoding.DELTA_BINARY_PACKED);
    }
  }
  return builder.build();
}

/**
 * A Parquet file that takes batches and gives bytes, both as they come.
 *
 * `write` resolves when the encoder has taken the batch, so that no more than one waits. {@link bytes} must be read
 * meanwhile; it throws {@link ParquetRowsError} at its end when the footer does not count the rows that were written.
 */
export class ParquetFile {
  private readonly layout: Layout;
  private readonly batches: ReadableStream<parquet.RecordBatch>;
  private controller: ReadableStreamDefaultController<parquet.RecordBatch> | undefined;
  private wanted: (() => void) | undefined;
  private demand: Promise<void>;
  private rows = 0;
  private failure: { readonly reason: unknown } | undefined;

  constructor(layout: Layout) {
    this.layout = layout;
    this.demand = this.nextDemand();
    this.batches = new ReadableStream(
      {
        start: (controller) => {
          this.controller = controller;
        },
        pull: () => this.wanted?.(),
      },
      { highWaterMark: 0 },
    );
  }

  /** @param ipc an Arrow IPC stream of one batch @param rows how many rows it has */
  async write(ipc: Uint8Array, rows: number): Promise<void> {
    await this.demand;
    this.demand = this.nextDemand();
    const table = parquet.Table.fromIPCStream(ipc);
    const batch = table.recordBatch(0);
    // The stream frees the batch; the table would keep its memory, which WebAssembly never gives back.
    table.free();
    if (!batch) throw new ParquetRowsError(rows, 0);
    this.rows += rows;
    this.controller?.enqueue(batch);
  }

  async close(): Promise<void> {
    await this.demand;
    this.controller?.close();
  }

  /** Ends the file in failure: readers of {@link bytes} get the reason, so that the store keeps nothing. */
  abort(reason: unknown): void {
    this.failure = { reason };
    this.controller?.error(reason);
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    let tail: Uint8Array = new Uint8Array(0);
    try {
      const encoded = await parquet.transformParquetStream(this.batches, writerProperties(this.layout));
      for await (const chunk of iterate(encoded)) {
        if (this.failure) throw this.failure.reason;
        tail = keepTail(tail, chunk);
        yield chunk;
      }
    } catch (error) {
      // The encoder has an error of its own for a stream that was broken off.
      throw this.failure ? this.failure.reason : error;
    }
    if (this.failure) throw this.failure.reason;
    const found = footerRows(tail);
    if (found !== this.rows) throw new ParquetRowsError(this.rows, found);
  }

  private nextDemand(): Promise<void> {
    return new Promise((resolve) => {
      this.wanted = resolve;
    });
  }
}

async function* iterate(stream: ReadableStream): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (!(value instanceof Uint8Array)) throw new TypeError("the Parquet encoder gave something else than bytes");
    yield value;
  }
}

/** The end of everything seen so far: the newest chunk, and older ones as long as the footer may begin in them. */
function keepTail(tail: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (footerLength(chunk) !== undefined && chunk.length >= 8) {
    const end = chunk.subarray(chunk.length - 4);
    if (end[0] === 0x50 && end[1] === 0x41 && end[2] === 0x52 && end[3] === 0x31) return chunk;
  }
  const joined = new Uint8Array(tail.length + chunk.length);
  joined.set(tail);
  joined.set(chunk, tail.length);
  // A footer of 40 columns takes about 5 KB per row group; 4 MiB hold the footer of 100 million rows.
  return joined.length > 4 * 1024 * 1024 ? joined.slice(-4 * 1024 * 1024) : joined;
}

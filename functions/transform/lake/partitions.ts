import { Batch } from "../columns/batch.ts";
import { toIpc } from "../parquet/arrow.ts";
import { ParquetFile } from "../parquet/file.ts";
import { lakeKey } from "./day.ts";
import type { TableState } from "./table-state.ts";

/** Where lake files go: the part of a store that the transform writes to. */
export interface LakeSink {
  /** Writes an object whole or not at all. @returns bytes written */
  write(key: string, body: AsyncIterable<Uint8Array>): Promise<number>;
  stat(key: string): Promise<unknown>;
  remove(key: string): Promise<void>;
}

/**
 * Files that are open at a time. Each costs the encoder some megabytes, so an object whose events are of more days than
 * this is read again for the others.
 */
export const openPartitions = 32;
/** Rows that wait in all partitions together, in bytes, before the largest batch is closed early. */
const waitingBytes = 64 * 1024 * 1024;

interface Sealed {
  readonly ipc: Uint8Array;
  readonly rows: number;
}

interface Partition {
  readonly table: TableState;
  readonly file: ParquetFile;
  readonly written: Promise<number>;
  batch: Batch;
  sealed: Sealed[];
  rows: number;
}

export interface WrittenFile {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Collects rows by table and day and writes each to its own Parquet file.
 *
 * `append` is synchronous, so that reading need not stop for every row; `drain` lets the encoder take what is full.
 */
export class Partitions {
  private readonly sink: LakeSink;
  private readonly lakePrefix: string;
  private readonly fileName: string;
  private readonly open = new Map<string, Partition>();
  /** Partitions that an earlier pass has written. */
  private readonly done = new Set<string>();
  private deferred = false;

  /** @param fileName name of the object's file in every partition, without extension */
  constructor(sink: LakeSink, lakePrefix: string, fileName: string) {
    this.sink = sink;
    this.lakePrefix = lakePrefix;
    this.fileName = fileName;
  }

  /** Appends `table.row`, unless its partition belongs to another pass. */
  append(table: TableState, day: number): void {
    const id = `${table.layout.table.id}/${day}`;
    let partition = this.open.get(id);
    if (!partition) {
      if (this.done.has(id)) return;
      if (this.open.size >= openPartitions) {
        this.deferred = true;
        return;
      }
      partition = this.start(table, day);
      this.open.set(id, partition);
    }
    partition.batch.append(table.row);
    partition.rows++;
    if (partition.batch.full) seal(partition);
    // Looking at every interner and batch for every row would cost more than what it guards against.
    if ((++table.appended & 1023) !== 0) return;
    if (table.crowded) this.forget(table);
    this.balance();
  }

  /** Gives the encoder all batches that are full. */
  async drain(): Promise<void> {
    for (const partition of this.open.values()) {
      if (partition.sealed.length > 0) await give(partition);
    }
  }

  /** Whether rows were left for another pass over the object. */
  get incomplete(): boolean {
    return this.deferred;
  }

  /** Ends all open files. @returns what was written, in order of opening */
  async finish(): Promise<readonly WrittenFile[]> {
    const files: WrittenFile[] = [];
    for (const [id, partition] of this.open) {
      if (partition.batch.rows > 0) seal(partition);
      await give(partition);
      await Promise.race([partition.file.close(), partition.written]);
      const bytes = await partition.written;
      files.push({ table: partition.table.layout.table.id, rows: partition.rows, bytes });
      this.done.add(id);
    }
    this.open.clear();
    this.deferred = false;
    return files;
  }

  /** Drops what is open; nothing of it becomes visible in the store. */
  async abort(reason: unknown): Promise<void> {
    for (const partition of this.open.values()) partition.file.abort(reason);
    await Promise.allSettled([...this.open.values()].map(({ written }) => written));
    this.open.clear();
  }

  private start(table: TableState, day: number): Partition {
    const { layout } = table;
    const file = new ParquetFile(layout);
    const key = lakeKey(this.lakePrefix, layout.table.id, day, this.fileName);
    const written = this.sink.write(key, file.bytes());
    // Awaited when the file is given batches; until then a failure must not count as unhandled.
    written.catch(() => {});
    return { table, file, written, batch: new Batch(layout), sealed: [], rows: 0 };
  }

  private balance(): void {
    let waiting = 0;
    for (const { batch } of this.open.values()) waiting += batch.byteLength;
    while (waiting > waitingBytes) {
      const largest = [...this.open.values()].reduce((a, b) => (b.batch.byteLength > a.batch.byteLength ? b : a));
      waiting -= largest.batch.byteLength;
      seal(largest);
    }
  }

  private forget(table: TableState): void {
    for (const partition of this.open.values()) {
      if (partition.table === table && partition.batch.rows > 0) seal(partition);
    }
    table.forget();
  }
}

function seal(partition: Partition): void {
  const { table, batch } = partition;
  partition.sealed.push({ ipc: toIpc(table.schema, batch, table.interners), rows: batch.rows });
  partition.batch = new Batch(table.layout);
}

async function give(partition: Partition): Promise<void> {
  const { sealed, file, written } = partition;
  partition.sealed = [];
  for (const { ipc, rows } of sealed) {
    // A store that refuses stops reading: without the race the encoder would wait for ever.
    await Promise.race([file.write(ipc, rows), written]);
  }
}

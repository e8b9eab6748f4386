/** Something that happens at an instant, in milliseconds since 1970. */
export interface Timed {
  readonly timeMs: number;
}

/** An activity that begins at `startMs` and tells its events in the order of time. */
export interface Activity<T extends Timed> {
  readonly startMs: number;
  readonly events: Iterator<T>;
}

interface Waiting<T> {
  readonly event: T;
  /** Tie breaker: without it the order of simultaneous events would depend on the shape of the heap. */
  readonly order: number;
  readonly events: Iterator<T>;
}

/**
 * All events of overlapping activities in the order of time.
 *
 * Activities are asked for as late as possible: in memory are only those that run at the same time.
 *
 * @param activities ordered by their start; may be endless
 */
export function* interleave<T extends Timed>(activities: Iterable<Activity<T>>): Generator<T> {
  const heap: Waiting<T>[] = [];
  const starts = activities[Symbol.iterator]();
  let order = 0;
  let coming = starts.next();
  for (;;) {
    const first = heap[0];
    if (!coming.done && (first === undefined || coming.value.startMs <= first.event.timeMs)) {
      const { events } = coming.value;
      const begun = events.next();
      if (!begun.done) push(heap, { event: begun.value, order: order++, events });
      coming = starts.next();
      continue;
    }
    if (first === undefined) return;
    yield first.event;
    const next = first.events.next();
    if (next.done) removeFirst(heap);
    else {
      heap[0] = { event: next.value, order: first.order, events: first.events };
      sink(heap, 0);
    }
  }
}

/** Events of several ordered streams in the order of time. */
export function mergeStreams<T extends Timed>(streams: readonly Iterator<T>[]): Generator<T> {
  return interleave(streams.map((events) => ({ startMs: Number.NEGATIVE_INFINITY, events })));
}

function isBefore<T extends Timed>(left: Waiting<T>, right: Waiting<T>): boolean {
  const difference = left.event.timeMs - right.event.timeMs;
  return difference === 0 ? left.order < right.order : difference < 0;
}

function push<T extends Timed>(heap: Waiting<T>[], entry: Waiting<T>): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[index] = parent;
    heap[parentIndex] = entry;
    index = parentIndex;
  }
}

function removeFirst<T extends Timed>(heap: Waiting<T>[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  sink(heap, 0);
}

function sink<T extends Timed>(heap: Waiting<T>[], from: number): void {
  const entry = heap[from];
  if (entry === undefined) return;
  let index = from;
  for (;;) {
    let childIndex = 2 * index + 1;
    let child = heap[childIndex];
    const sibling = heap[childIndex + 1];
    if (child !== undefined && sibling !== undefined && isBefore(sibling, child)) {
      childIndex++;
      child = sibling;
    }
    if (child === undefined || !isBefore(child, entry)) break;
    heap[index] = child;
    heap[childIndex] = entry;
    index = childIndex;
  }
}

/** What the command line shows and says, and how it ends. */

/** Exit status: 0 done, 1 found something wrong, 2 wrong usage. */
export type ExitStatus = 0 | 1 | 2;

/** The command was given something it cannot use; the message says what is allowed. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): boolean;
  once(event: "drain", listener: () => void): unknown;
}

export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Writes, and waits while the reader is behind: a result may be larger than memory. */
export async function write(output: Output, text: string): Promise<void> {
  if (!output.write(text)) await new Promise<void>((resolve) => output.once("drain", resolve));
}

/** Bold where the output is a terminal and nobody has asked for none. */
export function bold(text: string, output: Output, { NO_COLOR }: Terminal["environment"]): string {
  return output.isTTY && !NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text;
}

/** One line, without what a terminal would take for an order: logs hold text that strangers chose. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}

/** An error in one line for the person at the terminal. */
export function errorLine(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return `aircheck: ${printable(message.replace(/:\s*\n\s*/g, ": ").replace(/\s*\n\s*/g, "; ")).trim()}\n`;
}

/** A line that is written over itself, on a terminal only. */
export class ProgressLine {
  readonly #output: Output;
  #shown = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Shows a state of the work; not more often than a person can see. */
  show(text: string): void {
    const now = performance.now();
    if (!this.#output.isTTY || now - this.#shown < 50) return;
    this.#shown = now;
    const width = Math.max(20, (this.#output.columns ?? 80) - 1);
    this.#output.write(`\r\u001b[K${printable(text).slice(0, width)}`);
  }

  clear(): void {
    if (this.#shown > 0) this.#output.write("\r\u001b[K");
  }
}

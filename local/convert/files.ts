/** Which files a person means by the paths they gave. */
import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** A path cannot be converted; the message is one line that names it and says what to do. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}

export interface InputFile {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modified: Date;
}

/**
 * Files named by paths: a file for itself, a folder for all that lie below it, each once and in the order of their paths.
 *
 * Names that begin with a dot are passed over below a folder, and so are links to folders, which may lead in a circle.
 *
 * @param except folders that are not entered, such as the lake that is being written
 * @throws InputError when a path does not exist, a file cannot be read, or a folder holds no file
 */
export async function findInputFiles(paths: readonly string[], except: readonly string[] = []): Promise<InputFile[]> {
  const closed = new Set(except.map((path) => resolve(path)));
  const found = new Map<string, InputFile>();
  for (const path of paths) {
    const root = resolve(path);
    const isFolder = (await factsOf(root, path)).isDirectory();
    const files = isFolder ? await filesBelow(root, closed) : [root];
    if (isFolder && files.length === 0)
      throw new InputError(`there are no files in ${path}: give landing objects or log files`);
    for (const file of files) found.set(file, await inputFile(file));
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesBelow(folder: string, closed: ReadonlySet<string>): Promise<string[]> {
  if (closed.has(folder)) return [];
  const files: string[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path, closed)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await factsOf(path, path)).isFile())) files.push(path);
  }
  return files;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new InputError(`the folder ${folder} cannot be read (${codeOf(error)}): check its permissions`);
  }
}

async function inputFile(path: string): Promise<InputFile> {
  const facts = await factsOf(path, path);
  if (!facts.isFile())
    throw new InputError(`${path} is neither a file nor a folder: give landing objects or log files`);
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw new InputError(`the file ${path} cannot be read (${codeOf(error)}): check its permissions`);
  }
  return { path, sizeBytes: facts.size, modified: facts.mtime };
}

async function factsOf(path: string, asGiven: string) {
  try {
    return await stat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new InputError(`there is no file or folder ${asGiven}: check the path`);
    }
    throw new InputError(`${asGiven} cannot be read (${code}): check its permissions`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

import { workspace } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import type { ManifestDesk } from '../../manifests/manifest-desk.ts';
import type { WindowParts } from '../../window-parts.ts';
import type { LazyDesk } from './lazy-desk.ts';

const files = '**/*.{yaml,yml}';
/** What others made, or what holds no manifests of this workspace. */
const others = '**/{node_modules,.git,vendor,.terraform,dist,build}/**';
/** So many files are read; a folder with more is a generated one. */
const mostFiles = 5000;
/** Bytes; larger files are read by nobody line by line. */
const largest = 1024 * 1024;

async function readInto(desk: ManifestDesk, uri: Uri): Promise<void> {
  const { size } = await workspace.fs.stat(uri);
  if (size > largest) return desk.workspace.remove(uri.toString());
  desk.workspace.put(uri.toString(), new TextDecoder().decode(await workspace.fs.readFile(uri)));
}

function openFiles(): ReadonlySet<string> {
  return new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
}

/** Reads the manifests of the workspace, once, letting others run in between; afterwards those that change. What is open is read as it is typed. */
export class WorkspaceScan implements Disposable {
  readonly #parts: WindowParts;
  readonly #desk: LazyDesk;
  readonly #done: () => void;
  readonly #life = new AbortController();
  #started = false;
  #watching: Disposable | undefined;

  constructor(parts: WindowParts, desk: LazyDesk, done: () => void) {
    this.#parts = parts;
    this.#desk = desk;
    this.#done = done;
  }

  /** Does nothing where it is done already, or nothing may be read. */
  start(): void {
    if (this.#started || !this.#parts.folder.trusted()) return;
    this.#started = true;
    void this.#run().catch((error: unknown) =>
      this.#parts.log.warn(`manifests of the workspace: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  dispose(): void {
    this.#life.abort();
    this.#watching?.dispose();
  }

  async #run(): Promise<void> {
    const desk = await this.#desk();
    this.#watching = this.#watch(desk);
    for (const uri of await workspace.findFiles(files, others, mostFiles)) {
      if (this.#life.signal.aborted) return;
      if (!openFiles().has(uri.toString())) await readInto(desk, uri).catch(() => undefined);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    this.#done();
  }

  #watch(desk: ManifestDesk): Disposable {
    const watcher = workspace.createFileSystemWatcher(files);
    const read = (uri: Uri): void => {
      if (/\/(node_modules|\.git|vendor|\.terraform|dist|build)\//.test(uri.path) || openFiles().has(uri.toString())) {
        return;
      }
      void readInto(desk, uri).then(this.#done, () => undefined);
    };
    watcher.onDidChange(read);
    watcher.onDidCreate(read);
    watcher.onDidDelete((uri) => {
      desk.workspace.remove(uri.toString());
      this.#done();
    });
    return watcher;
  }
}

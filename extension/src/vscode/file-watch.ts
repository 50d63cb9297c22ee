import { basename, dirname } from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';

/**
 * Tells when another program writes a file: contexts come and go while the window is looked at, too, such as by a
 * command in its terminal. Files that are not there yet are watched for as well.
 */
export class FileWatch implements Disposable {
  readonly #changed: () => void;
  #watched: readonly string[] = [];
  #watchers: readonly Disposable[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Watches these from now on, and no others. */
  watch(files: readonly string[]): void {
    if (files.join('\n') === this.#watched.join('\n')) return;
    this.dispose();
    this.#watched = files;
    this.#watchers = files.flatMap((file) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(dirname(file)), basename(file)));
      return [
        watcher,
        watcher.onDidChange(this.#changed),
        watcher.onDidCreate(this.#changed),
        watcher.onDidDelete(this.#changed),
      ];
    });
  }

  dispose(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
    this.#watched = [];
  }
}

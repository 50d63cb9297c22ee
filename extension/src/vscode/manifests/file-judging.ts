import { mkdir, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Disposable } from 'vscode';
import type { WindowParts } from '../../window-parts.ts';
import type { LazyDesk } from './lazy-desk.ts';

/** Milliseconds after the last reason to: a process is started for it. */
const pause = 2000;

/** Puts a text where only this user can read it, for as long as it is needed. */
async function writeAside(
  folder: string,
  text: string,
): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `manifests-${randomUUID()}.json`);
  await writeFile(path, text, { mode: 0o600 });
  return {
    path,
    remove: async () => {
      await rm(path, { force: true });
    },
  };
}

/** Has Jamie's rules judge the manifests of the workspace, after they were read and whenever one is saved. */
export class FileJudging implements Disposable {
  readonly #parts: WindowParts;
  readonly #desk: LazyDesk;
  readonly #done: () => void;
  #work = new AbortController();

  constructor(parts: WindowParts, desk: LazyDesk, done: () => void) {
    this.#parts = parts;
    this.#desk = desk;
    this.#done = done;
  }

  later(): void {
    if (!this.#parts.folder.trusted()) return;
    this.#work.abort();
    const { signal } = (this.#work = new AbortController());
    void this.#parts.clock
      .wait(pause, signal)
      .then(async () => {
        await (await this.#desk()).judge(async (text) => await writeAside(this.#parts.ownFolder, text), signal);
        this.#done();
      })
      .catch((error: unknown) => {
        if (!signal.aborted) {
          this.#parts.log.warn(`judging manifests: ${error instanceof Error ? error.message : String(error)}`);
        }
      });
  }

  dispose(): void {
    this.#work.abort();
  }
}

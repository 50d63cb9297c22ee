import { join } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { foreseenFailure } from '../agent/foreseen-failure.ts';
import { t } from '../language/translate.ts';
import { Observed } from '../observing/observed.ts';
import type { Editor } from '../ports/editor.ts';

/** The configuration that lies in the folder, and the context that it is about. */
export interface FolderConfig {
  readonly path: string;
  /** Undefined where it names no cluster of its own. */
  readonly context: string | undefined;
  /** Why it cannot be read: which cluster it is about, and what it forbids there, is not known. */
  readonly problem: AutoDevOpsError | undefined;
}

/** Reads the context of a configuration's text. Throws `config.invalid`. */
export type ReadContext = (text: string, path: string) => Promise<string | undefined>;

/** The file may be of something else that is called so. */
function withWayOut(error: AutoDevOpsError): AutoDevOpsError {
  return new AutoDevOpsError(
    error.code,
    error.message,
    t('{0} Or name another file by the setting autodevops.local.config.', error.remedy).trim(),
    { cause: error },
  );
}

/** What the folder says of its cluster, if the folder is trusted. */
export class FolderConfigs {
  readonly state = new Observed<FolderConfig | undefined>(undefined);
  readonly #editor: Pick<Editor, 'folder' | 'settings' | 'log'>;
  readonly #readContext: ReadContext;

  constructor(editor: Pick<Editor, 'folder' | 'settings' | 'log'>, readContext: ReadContext) {
    this.#editor = editor;
    this.#readContext = readContext;
  }

  /** Where it lies or would lie; undefined where no folder is open or it is not trusted. */
  path(): string | undefined {
    const { folder, settings } = this.#editor;
    const root = folder.trusted() ? folder.path() : undefined;
    return root === undefined ? undefined : join(root, settings()['local.config']);
  }

  async refresh(): Promise<void> {
    const path = this.path();
    const text = path === undefined ? undefined : await this.#editor.folder.read(path);
    this.state.set(path === undefined || text === undefined ? undefined : await this.#parse(text, path));
  }

  async #parse(text: string, path: string): Promise<FolderConfig> {
    try {
      return { path, context: await this.#readContext(text, path), problem: undefined };
    } catch (error) {
      this.#editor.log.warn(error instanceof Error ? error.message : String(error));
      return { path, context: undefined, problem: withWayOut(foreseenFailure(error)) };
    }
  }
}

import { join } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { partsOf, remedy } from '@autodevops/domain/remedy/remedy';
import { foreseenFailure } from '../agent/foreseen-failure.ts';
import { t } from '../language/translate.ts';
import { Observed } from '../observing/observed.ts';
import type { Editor } from '../ports/editor.ts';
import { configMistakes } from './config-mistakes.ts';
import type { ConfigMistake } from './config-mistakes.ts';

/** The configuration that lies in the folder, and the context that it is about. */
export interface FolderConfig {
  readonly path: string;
  /** Undefined where it names no cluster of its own. Of one that cannot be read any more: what it said before. */
  readonly context: string | undefined;
  /** Why it cannot be read: which cluster it is about, and what it forbids there, is not known. */
  readonly problem: AutoDevOpsError | undefined;
  /** Where in the file that is. */
  readonly mistakes: readonly ConfigMistake[];
}

/** Reads the context of a configuration's text; `name` is what it calls the file. Throws `config.invalid`. */
export type ReadContext = (text: string, name: string) => Promise<string | undefined>;

/** A file of something else that is called so has a mistake in every line. */
const mostTold = 3;

function told(message: string, mistakes: readonly ConfigMistake[]): string {
  if (mistakes.length <= mostTold) return message;
  return t('{0} There are {1} more.', message.split('\n').slice(0, mostTold).join('\n'), mistakes.length - mostTold);
}

/** The file may be of something else that is called so. */
function withWayOut(error: AutoDevOpsError, mistakes: readonly ConfigMistake[]): AutoDevOpsError {
  return new AutoDevOpsError(
    error.code,
    told(error.message, mistakes),
    remedy`${partsOf(error)} ${t('Or name another file by the setting autodevops.local.config.')}`,
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
    this.state.set(path === undefined ? undefined : await this.#read(path));
  }

  /** Why nothing may be changed: what the configuration forbids would not be kept. Undefined where it can be read, or there is none. */
  refusal(): AutoDevOpsError | undefined {
    const problem = this.state.value?.problem;
    if (problem === undefined) return undefined;
    return new AutoDevOpsError(
      problem.code,
      t('Nothing is changed while the configuration of the folder cannot be read: {0}', problem.message),
      partsOf(problem),
      { cause: problem },
    );
  }

  async #read(path: string): Promise<FolderConfig | undefined> {
    try {
      const text = await this.#text(path);
      if (text === undefined) return undefined;
      return { path, context: await this.#readContext(text, this.#name()), problem: undefined, mistakes: [] };
    } catch (error) {
      this.#editor.log.warn(error instanceof Error ? error.message : String(error));
      const failure = foreseenFailure(error);
      const mistakes = configMistakes(failure, this.#name());
      return { path, context: this.#before(path), problem: withWayOut(failure, mistakes), mistakes };
    }
  }

  /** Within the folder. */
  #name(): string {
    return this.#editor.settings()['local.config'];
  }

  async #text(path: string): Promise<string | undefined> {
    try {
      return await this.#editor.folder.read(path);
    } catch (error) {
      throw new AutoDevOpsError(
        'config.invalid',
        t('{0} cannot be read ({1}).', this.#name(), (error as NodeJS.ErrnoException).code ?? ''),
        t('Correct the rights of the file.'),
        { cause: error },
      );
    }
  }

  /** Who saves in the middle of a line is not to lose the agent that reads by what stood there. */
  #before(path: string): string | undefined {
    const { value } = this.state;
    return value?.path === path ? value.context : undefined;
  }
}

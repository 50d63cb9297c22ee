import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { t } from '../language/translate.ts';
import { Observed } from '../observing/observed.ts';
import type { Kept } from '../ports/kept.ts';
import { isLocal } from './known-context.ts';
import type { KnownContext } from './known-context.ts';

/** Contexts as the kubeconfig has them. */
export interface ContextSource {
  readonly read: (
    kubeconfig: string | undefined,
  ) => Promise<{ readonly current: string; readonly contexts: readonly Omit<KnownContext, 'local'>[] }>;
  /** The files that they are read from, whether there or not. */
  readonly files: (kubeconfig: string | undefined) => Promise<readonly string[]>;
}

/** What a window knows of clusters. */
export interface ClusterState {
  readonly contexts: readonly KnownContext[];
  /** The one that this window speaks to; undefined where there is none. */
  readonly chosen: KnownContext | undefined;
  /** Whether nothing may be changed in it from this window. */
  readonly locked: boolean;
  /** Why contexts could not be read, or none of them is spoken to. */
  readonly problem: AutoDevOpsError | undefined;
}

export interface ClusterChoices {
  readonly source: ContextSource;
  readonly kept: Kept;
  readonly kubeconfig: () => string | undefined;
  readonly localContexts: () => readonly string[];
}

const keptName = 'chosenContext';
const none: ClusterState = { contexts: [], chosen: undefined, locked: true, problem: undefined };

/**
 * Which cluster the window speaks to, and whether it may change it. The kubeconfig is read and never written: another
 * program's current context stays what it is. What is unlocked is forgotten with the window.
 */
export class ChosenCluster {
  readonly state = new Observed<ClusterState>(none);
  readonly #choices: ClusterChoices;
  /** What the person said in this session; elsewhere local clusters are open and others are not. */
  readonly #said = new Map<string, 'locked' | 'open'>();

  constructor(choices: ClusterChoices) {
    this.#choices = choices;
  }

  /** Reads the kubeconfig again. */
  async refresh(): Promise<void> {
    const { source, kubeconfig, localContexts, kept } = this.#choices;
    try {
      const { current, contexts: listed } = await source.read(kubeconfig());
      const contexts = listed.map((one) => ({ ...one, local: isLocal(one, localContexts()) }));
      const wanted = kept.get(keptName);
      const chosen = contexts.find(({ name }) => name === wanted) ?? contexts.find(({ name }) => name === current);
      if (chosen !== undefined) this.#tell(contexts, chosen);
      else this.state.set({ ...none, contexts, problem: contexts.length === 0 ? undefined : noneChosen(current) });
    } catch (error) {
      const problem =
        error instanceof AutoDevOpsError
          ? error
          : new AutoDevOpsError('kubeconfig.invalid', t('The kubeconfig cannot be read.'), t('Run the doctor.'), {
              cause: error,
            });
      this.state.set({ ...none, problem });
    }
  }

  /** The files from which contexts come. */
  async files(): Promise<readonly string[]> {
    return await this.#choices.source.files(this.#choices.kubeconfig());
  }

  /** Speaks to another cluster from now on. Throws `kubeconfig.no-context`. */
  async choose(name: string): Promise<void> {
    const { contexts } = this.state.value;
    const chosen = contexts.find((one) => one.name === name);
    if (chosen === undefined) {
      throw new AutoDevOpsError(
        'kubeconfig.no-context',
        t('There is no context of that name any more.'),
        t('Choose another one.'),
      );
    }
    await this.#choices.kept.put(keptName, name);
    this.#tell(contexts, chosen);
  }

  /** Lets this session change the chosen cluster. */
  unlock(): void {
    this.#say('open');
  }

  lock(): void {
    this.#say('locked');
  }

  /** Why nothing may be changed now; undefined where it may. */
  refusal(): AutoDevOpsError | undefined {
    const { chosen, locked } = this.state.value;
    if (!locked) return undefined;
    const name = chosen?.name ?? '';
    return new AutoDevOpsError(
      'change.not-allowed',
      chosen?.local === true
        ? t('The cluster "{0}" is read-only in this window, because it was made so.', name)
        : t('The cluster "{0}" is read-only in this window, because it is not local.', name),
      t('Allow changes in this session first (Auto-DevOps: Allow Changes in This Session).'),
    );
  }

  #say(what: 'locked' | 'open'): void {
    const { contexts, chosen } = this.state.value;
    if (chosen === undefined) return;
    this.#said.set(keyOf(chosen), what);
    this.#tell(contexts, chosen);
  }

  #tell(contexts: readonly KnownContext[], chosen: KnownContext): void {
    const said = this.#said.get(keyOf(chosen)) ?? (chosen.local ? 'open' : 'locked');
    this.state.set({ contexts, chosen, locked: said === 'locked', problem: undefined });
  }
}

/** Who keeps no current context, so that nothing is done to the wrong cluster, has clusters all the same. */
function noneChosen(current: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'kubeconfig.no-context',
    current === ''
      ? t('None of the contexts of the kubeconfig is the current one.')
      : t('The current context of the kubeconfig, {0}, is none that it has.', oneLine(current, 80)),
    remedy`${t('Choose one:')} ${{ do: 'choose-context' }}.`,
  );
}

/** A context that leads somewhere else since is another one. */
function keyOf({ name, server }: KnownContext): string {
  return `${name}\n${server}`;
}

import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { shellWord as word } from '@autodevops/domain/shell-word';

type Change = Pick<ProposedChange, 'action' | 'target' | 'params'>;

function param(change: Change, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = change.params[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}

type Writer = (change: Change, target: string) => string | undefined;

const writers: Readonly<Record<string, Writer>> = {
  'rollout-undo': (change, target) => {
    const revision = param(change, 'toRevision', 'revision', 'to');
    return `rollout undo ${target}${revision === undefined ? '' : ` --to-revision=${word(revision)}`}`;
  },
  'resume-rollout': (_, target) => `rollout resume ${target}`,
  'restart-rollout': (_, target) => `rollout restart ${target}`,
  scale: (change, target) => {
    const replicas = param(change, 'replicas', 'to');
    return replicas === undefined ? undefined : `scale ${target} --replicas=${word(replicas)}`;
  },
  'set-image': (change, target) => {
    const [container, image] = [param(change, 'container'), param(change, 'image', 'to')];
    return container === undefined || image === undefined
      ? undefined
      : `set image ${target} ${word(`${container}=${image}`)}`;
  },
  uncordon: (change) => `uncordon ${word(change.target.name)}`,
  'delete-pod': (_, target) => `delete ${target}`,
  'resume-cronjob': (_, target) => `patch ${target} --type=merge -p '{"spec":{"suspend":false}}'`,
};

/** Names as Kubernetes allows them; a bundle may hold others, and those are not made into commands. */
function isPlain(name: string): boolean {
  return /^[\w.:-]*$/.test(name) && !name.startsWith('-');
}

/** The kubectl command that makes a proposed change; undefined when it is not one command. */
function commandOf(change: Change): string | undefined {
  const { target, action } = change;
  if (![target.kind, target.namespace, target.name].every(isPlain)) return undefined;
  const scope = target.namespace === '' ? '' : `-n ${word(target.namespace)} `;
  const writer = Object.hasOwn(writers, action) ? writers[action] : undefined;
  const tail = writer?.(change, `${word(target.kind.toLowerCase())}/${word(target.name)}`);
  return tail === undefined ? undefined : `kubectl ${scope}${tail}`;
}

function commandsOf(changes: readonly Change[]): readonly string[] {
  return changes.flatMap((change) => commandOf(change) ?? []);
}

/** Whether a sentence says how one of the changes is made. */
export function saysCommandOf(sentence: string, changes: readonly Change[]): boolean {
  return commandsOf(changes).some((command) => sentence.includes(command));
}

/** The commands of proposed changes that none of these sentences says already. */
export function commandsBeside(sentences: readonly string[], changes: readonly Change[]): readonly string[] {
  return commandsOf(changes).filter((command) => !sentences.some((sentence) => sentence.includes(command)));
}

import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { Live } from '../action.ts';
import { refuse } from '../refusal.ts';

/** Fields that name a Secret: the name itself, or an object with it. */
const byName: readonly string[] = ['secretName'];
const byObject: readonly string[] = ['secret', 'secretRef', 'secretKeyRef', 'nodePublishSecretRef'];

/** Types whose holder gets the rights of somebody else, with what they are. */
const othersRights: Readonly<Record<string, string>> = {
  'kubernetes.io/service-account-token': 'the token of a ServiceAccount: who holds it has its rights',
  'bootstrap.kubernetes.io/token': 'a token by which nodes join the cluster',
  'helm.sh/release.v1': 'what Helm keeps of a release, with all of its values',
};

function nameIn(value: unknown): readonly string[] {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
  return typeof name === 'string' && name !== '' ? [name] : [];
}

/** Names of the Secrets that pods of a template get at, however deep: an explicit stack, because depth is the writer's choice. */
export function secretsNamedIn(template: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const open: unknown[] = [template];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (byName.includes(key) || byObject.includes(key)) for (const name of nameIn(inner)) names.add(name);
      open.push(inner);
    }
  }
  return names;
}

/**
 * Secrets that pods would get at and do not yet. Refused for those that give the rights of somebody else: a pod may
 * mount every Secret of its namespace, so that who writes a template would have them all.
 */
export async function newSecrets(
  before: unknown,
  after: unknown,
  namespace: string,
  live: Live,
): Promise<readonly string[]> {
  const had = secretsNamedIn(before);
  const fresh = [...secretsNamedIn(after)].filter((name) => !had.has(name)).toSorted();
  for (const name of fresh) {
    const object = await live.cluster.get(
      { apiVersion: 'v1', kind: 'Secret', namespace, name },
      { signal: live.signal },
    );
    const type = object === undefined ? '' : kinds.Secret.shape.read(object).type;
    if (Object.hasOwn(othersRights, type)) {
      refuse(
        `Secret ${namespace}/${name} is ${othersRights[type]}.`,
        'Give the program a Secret of its own with what it needs.',
      );
    }
  }
  return fresh;
}

/** What people are told of them, a sentence each. */
export function newSecretNotes(names: readonly string[]): readonly string[] {
  return names.map((name) => `The pods get at Secret ${name}, which they do not yet.`);
}

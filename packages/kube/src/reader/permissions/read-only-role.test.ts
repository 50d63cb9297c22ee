import { readFileSync } from 'node:fs';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { raw, rawPods, replayed } from '../../testing/replayed.ts';
import { customGroups } from '../custom/custom-groups.ts';

interface Role {
  readonly kind: string;
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

function role(file: string): Role {
  return parse(readFileSync(new URL(`../../../../../deploy/rbac/${file}`, import.meta.url), 'utf8')) as Role;
}

/** `apps/deployments: get list watch` for every pair of a role. */
function granted({ rules }: Role): readonly string[] {
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}: ${verbs.join(' ')}`)),
    )
    .toSorted();
}

describe('the roles in deploy/rbac', () => {
  it('grant exactly what is read: every kind but Secrets, logs, and the known custom groups', () => {
    const read = kindNames
      .filter((kind) => kind !== 'Secret' && !(customGroups as readonly string[]).includes(kinds[kind].group))
      .map((kind) => `${kinds[kind].group}/${kinds[kind].plural}: get list watch`);
    expect(granted(role('jamie-read-only.yaml'))).toEqual(
      [...read, '/pods/log: get', ...customGroups.map((group) => `${group}/*: get list watch`)].toSorted(),
    );
    expect(granted(role('jamie-read-secrets.yaml'))).toEqual(['/secrets: get list watch']);
  });

  it('are enough: whoever has them sees everything, and without the second one only the Secrets are missing', async () => {
    const plurals = new Set(granted(role('jamie-read-only.yaml')).map((line) => line.replace(/^[^/]*\/|:.*$/g, '')));
    const objects = [...rawPods(1), raw('Secret', 's', { namespace: 'shop', type: 'Opaque' })];
    const { look } = await replayed(
      { objects },
      { allow: (resource, verb) => plurals.has(resource) && ['get', 'list', 'watch'].includes(verb) },
    );
    const snapshot = await look();
    expect(kindNames.filter((kind) => !snapshot.saw(kind))).toEqual(['Secret']);
    expect(snapshot.parts.failed).toEqual([]);
    expect(snapshot.blindSpots.map(({ what }) => what)).toEqual(['Secrets']);
  });
});

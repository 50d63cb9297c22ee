import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Json } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { named, object } from '../../testing/objects.ts';

const reader = named('v1', 'ServiceAccount', 'reader');
const account = object(reader);
const right = {
  subject: 'system:serviceaccount:shop:reader',
  verb: 'list',
  apiGroup: '',
  resource: 'pods',
  namespace: 'shop',
};
const asked = (params: Readonly<Record<string, Json>> = {}) => ({
  action: 'add-rbac-rule',
  target: reader,
  params: { ...right, ...params },
});
const rbac = 'rbac.authorization.k8s.io/v1';
const own = 'autodevops:reader:list:pods';

function granting(verbs: readonly string[], kind: 'Role' | 'ClusterRole' = 'Role'): readonly Manifest[] {
  const role = kind === 'Role' ? named(rbac, kind, 'look') : named(rbac, kind, 'look', '');
  return [
    object(role, { rules: [{ apiGroups: [''], resources: ['pods'], verbs }] }),
    object(named(rbac, 'RoleBinding', 'look-binding'), {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'look' },
      subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'shop' }],
    }),
  ];
}

describe('add-rbac-rule', () => {
  it('gives exactly the right that was refused, and takes it away again', async () => {
    const scene = actionScene(account);
    const planned = await scene.carryOut(asked());
    expect(planned.sentences.will).toBe(
      'Let ServiceAccount shop/reader list pods in namespace shop, by a Role and a RoleBinding of its own.',
    );
    expect(planned.risk).toBe('medium');
    expect((await scene.get(named(rbac, 'Role', own)))['rules']).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    ]);
    expect(await scene.get(named(rbac, 'RoleBinding', own))).toMatchObject({
      roleRef: { kind: 'Role', name: own },
      subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'shop' }],
    });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'ServiceAccount shop/reader may list pods in namespace shop.',
    });
    await scene.undo(planned);
    expect(scene.cluster.all().filter(({ kind }) => kind.startsWith('Role'))).toEqual([]);
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('names the one object, except where a right to create cannot', async () => {
    const { planned } = await actionScene(account).plan(asked({ verb: 'get', resourceName: 'web-1' }));
    expect(planned.operations).toMatchObject([
      { object: { rules: [{ verbs: ['get'], resourceNames: ['web-1'] }] } },
      {},
    ]);
    const creating = await actionScene(account).plan(
      asked({ verb: 'create', resource: 'configmaps', resourceName: 'web-1' }),
    );
    expect(creating.planned.operations[0]).toMatchObject({
      object: { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['create'] }] },
    });
    expect(JSON.stringify(creating.planned.operations)).not.toContain('resourceNames');
  });

  it('takes rights to write, and rights in another namespace, as a high risk', async () => {
    expect((await actionScene(account).plan(asked({ verb: 'patch', resource: 'configmaps' }))).planned.risk).toBe(
      'high',
    );
    const pods = await actionScene(account).plan(asked({ verb: 'create' }));
    expect(pods.draft.notes).toContain(
      'Who may write what starts pods can use every ServiceAccount and Secret of the namespace.',
    );
    expect(
      (
        await actionScene(account).plan(
          asked({ verb: 'update', apiGroup: 'networking.k8s.io', resource: 'networkpolicies' }),
        )
      ).draft.notes,
    ).toContain(
      'Who may write networkpolicies decides who reaches whom in the namespace, or how much others may take.',
    );
    expect(
      (await actionScene(account).plan(asked({ verb: 'create', apiGroup: 'tekton.dev', resource: 'pipelineruns' })))
        .draft.notes,
    ).toContain('What the controller of tekton.dev does for who writes pipelineruns is not known here.');
    expect(
      (
        await actionScene(account).plan(
          asked({ verb: 'create', apiGroup: 'gateway.networking.k8s.io', resource: 'referencegrants' }),
        )
      ).draft.notes,
    ).toContain(
      'What the controller of gateway.networking.k8s.io does for who writes referencegrants is not known here.',
    );
    expect(
      (
        await actionScene(account).plan(
          asked({ verb: 'update', apiGroup: 'tekton.dev', resource: 'pipelineruns/status' }),
        )
      ).draft.notes,
    ).toHaveLength(1);
    const other = await actionScene(account).plan(asked({ namespace: 'store' }));
    expect(other.planned.risk).toBe('high');
    expect(other.planned.operations).toMatchObject([
      { object: { metadata: { namespace: 'store', name: 'autodevops:shop.reader:list:pods' } } },
      {},
    ]);
  });

  it('refuses what is allowed already, and not what another verb allows', async () => {
    expect(await actionScene(account, ...granting(['get', 'list'])).refusal(asked())).toBe(
      'ServiceAccount shop/reader may list pods in namespace shop already, by RoleBinding shop/look-binding.',
    );
    expect(await actionScene(account, ...granting(['*'], 'ClusterRole')).refusal(asked())).toContain(
      'already, by RoleBinding shop/look-binding',
    );
    expect((await actionScene(account, ...granting(['get'])).plan(asked())).planned.operations).toHaveLength(2);
  });

  it.each<readonly [string, Readonly<Record<string, Json>>, string]>([
    ['a wildcard for the verb', { verb: '*' }, 'A wildcard gives more than what was asked for.'],
    ['a wildcard for the resource', { resource: '*' }, 'A wildcard gives more than what was asked for.'],
    ['a wildcard before a sub-resource', { resource: '*/scale' }, 'A wildcard gives more than what was asked for.'],
    ['a wildcard for the group', { apiGroup: '*' }, 'A wildcard gives more than what was asked for.'],
    ['the whole cluster', { namespace: '' }, 'A right on the whole cluster is not given here.'],
    ['secrets', { resource: 'secrets' }, 'Rights on secrets are not given here: they lead to credentials.'],
    [
      'tokens',
      { verb: 'create', resource: 'serviceaccounts/token' },
      'Rights on serviceaccounts are not given here: they lead to credentials.',
    ],
    [
      'roles',
      { verb: 'create', resource: 'rolebindings', apiGroup: 'rbac.authorization.k8s.io' },
      'Rights on rbac.authorization.k8s.io are not given here: they lead to every other right.',
    ],
    [
      'a way into a container',
      { verb: 'create', resource: 'pods/exec' },
      'Rights on pods/exec are not given here: they lead into other containers or accounts.',
    ],
    [
      'what steers Argo CD',
      { verb: 'create', apiGroup: 'argoproj.io', resource: 'applications' },
      'Rights to write into argoproj.io are not given here: a tool would act by what stands there, with its own rights.',
    ],
    [
      'what steers Flux',
      { verb: 'patch', apiGroup: 'kustomize.toolkit.fluxcd.io', resource: 'kustomizations' },
      'Rights to write into kustomize.toolkit.fluxcd.io are not given here: a tool would act by what stands there, with its own rights.',
    ],
    [
      'another account',
      { subject: 'system:serviceaccount:shop:writer' },
      '"system:serviceaccount:shop:writer" is another account than the target, ServiceAccount shop/reader.',
    ],
    ...['escalate', 'bind', 'impersonate', 'deletecollection', 'use'].map(
      (verb) => [verb, { verb }, `The verb "${verb}" is not given here.`] as const,
    ),
  ])('refuses %s', async (_name, params, sentence) => {
    expect(await actionScene(account).refusal(asked(params))).toBe(sentence);
  });

  it('refuses the default account, people, and an account that is not there', async () => {
    const common = {
      ...asked({ subject: 'system:serviceaccount:shop:default' }),
      target: named('v1', 'ServiceAccount', 'default'),
    };
    expect(await actionScene(object(common.target)).refusal(common)).toBe(
      'ServiceAccount shop/default is that of every pod which names no other: all of them would have the right.',
    );
    const jane = { ...asked({ subject: 'jane' }), target: named(rbac, 'User', 'jane', '') };
    expect(await actionScene().refusal(jane)).toBe(
      '"jane" is no ServiceAccount: the rights of people and of the control plane are given by people.',
    );
    expect(await actionScene().refusal(asked())).toBe('ServiceAccount shop/reader does not exist.');
  });

  it('has failed when somebody changed the rule', async () => {
    const scene = actionScene(account);
    const planned = await scene.carryOut(asked());
    await scene.alter(named(rbac, 'Role', own), { rules: [] });
    expect((await scene.verify(planned)).state).toBe('failed');
    await scene.alter(named(rbac, 'RoleBinding', own), { subjects: [] });
    expect(await scene.refusal(asked())).toBe(`Role shop/${own} exists already, and does not give the right.`);
  });
});

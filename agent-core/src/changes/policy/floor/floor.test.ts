import { describe, expect, it } from 'vitest';
import { tiers } from '@autodevops/domain/change/decision';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Operation } from '@autodevops/domain/change/operation';
import { refByName } from '@autodevops/domain/object-ref';
import { decide } from '../decide.ts';
import type { Circumstances, Question } from '../question.ts';
import { ask, inForce, letAll, policyOf } from '../testing/ask.ts';
import type { Given } from '../testing/ask.ts';
import { floor, floorVerdicts, groundOf } from './floor.ts';

interface Asked {
  readonly question: Question;
  readonly circumstances: Circumstances;
}

function sending(given: Given, ...operations: readonly Operation[]): Asked {
  const asked = ask(given);
  return { ...asked, question: { ...asked.question, actions: asked.question.actions.map((action) => ({ ...action, operations: [...operations] })) } };
}

function standingOn(given: Given, self: Partial<Circumstances['self']>): Asked {
  const asked = ask(given);
  return { ...asked, circumstances: { ...asked.circumstances, self: { ...asked.circumstances.self, ...self } } };
}

function seenIn(namespace: string, given: Given): Asked {
  const asked = ask(given);
  const finding = { code: 'some.finding', confidence: 'high' as const, object: refByName('Deployment', namespace, 'web'), evidence: [] };
  return { ...asked, question: { ...asked.question, reason: { text: 'Because.', finding } } };
}

function strictest(rules: typeof floor, { question, circumstances }: Asked): Tier {
  const spoken = floorVerdicts(groundOf(question, letAll, circumstances), rules).filter(({ verdict }) => verdict.state !== 'silent').map(({ verdict }) => tiers.indexOf(verdict.tier));
  return tiers[Math.max(0, ...spoken)] ?? 'auto';
}

function tierOf({ question, circumstances }: Asked, policy = letAll): Tier {
  return decide(question, inForce(policy), circumstances).tier;
}

function rulesOf({ question, circumstances }: Asked): readonly string[] {
  return decide(question, inForce(letAll), circumstances).voices.map(({ rule }) => rule).filter((rule) => rule.startsWith('floor.'));
}

const rbac = 'rbac.authorization.k8s.io/v1';
const ruleOf = (...verbs: string[]): Operation => ({ verb: 'create', object: { apiVersion: rbac, kind: 'Role', metadata: { name: 'r', namespace: 'shop' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs }] } });
const bindingOf = (subject: object, role = 'r'): Operation => ({ verb: 'create', object: { apiVersion: rbac, kind: 'RoleBinding', metadata: { name: 'b', namespace: 'shop' }, subjects: [subject], roleRef: { kind: 'Role', name: role } } });
const patchOf = (kind: string, path: string, op: 'remove' | 'test' = 'remove'): Operation => ({
  verb: 'patch', subresource: '', target: { apiVersion: 'v1', kind, namespace: '', name: 'shop', uid: 'u', resourceVersion: '1' },
  steps: [op === 'test' ? { op, path, value: [] } : { op, path }, { op: 'add', path: '/metadata/annotations/x', value: 'y' }],
});

const gitChange: Operation = { verb: 'open-git-change', repository: 'shop', base: 'main', branch: 'fix', title: 'Fix', body: '', files: [{ path: 'a', content: 'b' }] };
const silenceOf = (labels: Readonly<Record<string, string>>, parts: { readonly isRegex?: boolean; readonly isEqual?: boolean; readonly minutes?: number } = {}): Operation => ({
  verb: 'create-silence', minutes: parts.minutes ?? 30, mark: '0123456789abcdef', comment: 'x',
  matchers: Object.entries(labels).map(([name, value]) => ({ name, value, isRegex: parts.isRegex ?? false, isEqual: parts.isEqual ?? true })),
});
const rollbackIn = (namespace: string): Operation => ({ verb: 'helm-rollback', namespace, release: 'web', revision: 1, newest: 2 });

/** For each rule of the floor a question that no other rule of the floor judges so strictly. */
const only: Readonly<Record<string, readonly [Asked, Tier]>> = {
  'floor.kill-switch': [ask({ killSwitch: true }), 'forbidden'],
  'floor.audit': [ask({ auditWritable: false }), 'forbidden'],
  'floor.fresh-facts': [sending({ factsAge: 121, shareOfReadyEndpoints: 0 }, { verb: 'load-image', cluster: 'kind', image: 'web:1' }), 'forbidden'],
  'floor.system-namespaces': [ask({ namespace: 'kube-system' }), 'forbidden'],
  'floor.own-namespace': [ask({ namespace: 'autodevops' }), 'forbidden'],
  'floor.own-permissions': [standingOn({ kind: 'ConfigMap', name: 'policy' }, { objects: [{ kind: 'ConfigMap', namespace: 'shop', name: 'policy' }] }), 'forbidden'],
  'floor.broad-permissions': [sending({}, ruleOf('*')), 'forbidden'],
  'floor.permissions': [sending({}, ruleOf('get')), 'one'],
  'floor.secrets': [ask({ kind: 'Secret' }), 'forbidden'],
  'floor.cluster-scoped-deletion': [ask({ kind: 'StorageClass', namespace: '', verb: 'delete' }), 'forbidden'],
  'floor.data-deletion': [ask({ kind: 'PersistentVolumeClaim', verb: 'delete' }), 'forbidden'],
  'floor.guard-deletion': [ask({ kind: 'PodDisruptionBudget', verb: 'delete' }), 'forbidden'],
  'floor.finalizers': [sending({}, patchOf('Namespace', '/metadata/finalizers')), 'forbidden'],
  'floor.endpoints': [ask({ shareOfReadyEndpoints: 0.51 }), 'two'],
  'floor.managed-objects': [ask({ managedBy: 'argocd' }), 'forbidden'],
  'floor.evidence-namespace': [seenIn('other', {}), 'forbidden'],
  'floor.release-namespaces': [sending({}, rollbackIn('kube-system')), 'forbidden'],
  'floor.git-changes': [sending({}, gitChange), 'one'],
  'floor.silences': [sending({}, silenceOf({ alertname: '' })), 'forbidden'],
};

describe('the floor', () => {
  it('is tried rule by rule', () => {
    expect(Object.keys(only).toSorted()).toEqual(floor.map(({ id }) => id).toSorted());
  });

  it.each(floor.map((rule) => [rule.id, rule] as const))('says less without %s', (id, rule) => {
    const [asked, tier] = only[id] ?? [ask(), 'auto'];
    const local = { ...asked, circumstances: { ...asked.circumstances, mode: 'cloud' as const } };
    expect(strictest(floor, local)).toBe(tier);
    expect(tiers.indexOf(strictest(floor.filter((other) => other !== rule), local))).toBeLessThan(tiers.indexOf(tier));
  });

  it.each(Object.entries(only))('is not lowered by a policy that lets all be done, %s', (id, [asked, tier]) => {
    const { question, circumstances } = asked;
    const decision = decide(question, inForce(letAll), { ...circumstances, mode: 'cloud' });
    expect(decision.tier).toBe(tier);
    expect(decision.voices.filter((voice) => voice.tier === tier).map(({ rule }) => rule)).toContain(id);
  });

  it.each(Object.entries(only).filter(([, [, tier]]) => tier === 'forbidden'))('is not lifted by broken glass, %s', (_id, [asked]) => {
    const { brokenGlass } = ask({ brokenGlass: true }).circumstances;
    expect(brokenGlass).toBeDefined();
    const circumstances = { ...asked.circumstances, mode: 'cloud' as const, ...(brokenGlass === undefined ? {} : { brokenGlass }) };
    expect(tierOf({ ...asked, circumstances })).toBe('forbidden');
  });

  it('lets a harmless change through', () => {
    expect(strictest(floor, ask())).toBe('auto');
  });
});

describe('places', () => {
  it.each(['kube-system', 'kube-public', 'kube-node-lease'])('nothing in %s is touched', (namespace) => {
    expect(rulesOf(ask({ namespace }))).toContain('floor.system-namespaces');
    expect(rulesOf(ask({ kind: 'Namespace', namespace: '', name: namespace }))).toContain('floor.system-namespaces');
  });

  it.each(['kube-system', 'autodevops'])('no tool is asked to change something in %s', (namespace) => {
    const { question, circumstances } = ask({ action: 'argocd-sync', kind: 'Application', apiVersion: 'argoproj.io/v1alpha1', namespace: 'argocd' });
    const reaching = (namespaces: string[]) => ({ question: { ...question, facts: { ...question.facts, blastRadius: { objects: 2, services: [], namespaces, shareOfReadyEndpoints: 0 } } }, circumstances });
    expect(rulesOf(reaching(['shop', namespace]))).toContain(namespace === 'kube-system' ? 'floor.system-namespaces' : 'floor.own-namespace');
    expect(tierOf(reaching(['shop']))).toBe('auto');
  });

  it('pods of the system are moved by a drain with two yeses, but not one by one', () => {
    const evict: Operation = { verb: 'evict', target: { apiVersion: 'v1', kind: 'Pod', namespace: 'kube-system', name: 'coredns-1', uid: 'u', resourceVersion: '1' } };
    expect(tierOf(sending({ kind: 'Node', namespace: '', name: 'worker' }, evict))).toBe('two');
    expect(tierOf(sending({ kind: 'Pod', namespace: 'kube-system', name: 'coredns-1' }, evict))).toBe('forbidden');
  });

  it('a drain that does something else in the system is forbidden', () => {
    const target = { apiVersion: 'v1', kind: 'Pod', namespace: 'kube-system', name: 'coredns-1', uid: 'u', resourceVersion: '1' };
    expect(tierOf(sending({ kind: 'Node', namespace: '', name: 'worker' }, { verb: 'evict', target }, { verb: 'delete', target, propagation: 'Background' }))).toBe('forbidden');
  });

  it('an agent outside of a cluster has no namespace of its own', () => {
    expect(tierOf(standingOn({ namespace: 'autodevops' }, { namespace: '' }))).toBe('auto');
  });
});

describe('permissions', () => {
  it.each(['*', 'escalate', 'bind', 'impersonate'])('the verb %s is never given', (verb) => {
    expect(rulesOf(sending({}, ruleOf('get', verb)))).toContain('floor.broad-permissions');
  });

  it('nobody is bound to cluster-admin or put into system:masters', () => {
    expect(rulesOf(sending({}, bindingOf({ kind: 'User', name: 'ann' }, 'cluster-admin')))).toContain('floor.broad-permissions');
    expect(rulesOf(sending({}, bindingOf({ kind: 'Group', name: 'system:masters' })))).toContain('floor.broad-permissions');
  });

  it.each(['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'])('nothing is given to everybody by the group %s', (name) => {
    expect(rulesOf(sending({}, bindingOf({ kind: 'Group', name })))).toContain('floor.broad-permissions');
  });

  const clusterRole = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'reader', namespace: '' };
  it.each<readonly [string, Operation]>([
    ['a label on a new one', { verb: 'create', object: { ...clusterRole, metadata: { name: 'reader', labels: { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' } }, rules: [] } }],
    ['a label that is added', { verb: 'patch', target: { ...clusterRole, uid: 'u', resourceVersion: '1' }, subresource: '', steps: [{ op: 'add', path: '/metadata/labels/rbac.authorization.k8s.io~1aggregate-to-edit', value: 'true' }] }],
    ['labels that are set', { verb: 'patch', target: { ...clusterRole, uid: 'u', resourceVersion: '1' }, subresource: '', steps: [{ op: 'replace', path: '/metadata/labels', value: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } }] }],
    ['a rule that gathers others', { verb: 'create', object: { ...clusterRole, metadata: { name: 'reader' }, aggregationRule: { clusterRoleSelectors: [{ matchLabels: {} }] }, rules: [] } }],
  ])('no role becomes a part of others by %s', (_how, operation) => {
    expect(rulesOf(sending({}, operation))).toContain('floor.broad-permissions');
  });

  it.each([
    { kind: 'ServiceAccount', namespace: 'autodevops', name: 'scarlet' },
    { kind: 'User', name: 'system:serviceaccount:autodevops:scarlet' },
    { kind: 'Group', name: 'system:serviceaccounts:autodevops' },
    { kind: 'Group', name: 'system:serviceaccounts' },
    { kind: 'Group', name: 'system:authenticated' },
  ])('the agent gives itself nothing as $kind $name', (subject) => {
    expect(rulesOf(sending({}, bindingOf(subject)))).toContain('floor.own-permissions');
  });

  it('the agent\'s own account is left alone wherever it lies', () => {
    expect(rulesOf(standingOn({ kind: 'ServiceAccount', name: 'agent' }, { namespace: 'other', user: 'system:serviceaccount:shop:agent' }))).toContain('floor.own-permissions');
  });

  it('permissions are left alone while it is not known which are the agent\'s own', () => {
    const { question, circumstances } = sending({}, ruleOf('get'));
    const { objects: _objects, ...self } = circumstances.self;
    expect(tierOf({ question, circumstances: { ...circumstances, self } })).toBe('forbidden');
    expect(tierOf({ question, circumstances: { ...circumstances, self: { ...circumstances.self, user: '' } } })).toBe('forbidden');
  });

  it('the agent gives nothing to a group that it is in', () => {
    const { question, circumstances } = sending({}, bindingOf({ kind: 'Group', name: 'operators' }));
    expect(tierOf({ question, circumstances })).toBe('one');
    expect(tierOf({ question, circumstances: { ...circumstances, self: { ...circumstances.self, groups: ['operators'] } } })).toBe('forbidden');
  });

  it('what a patch only tests is given to nobody', () => {
    const target = { apiVersion: rbac, kind: 'Role', namespace: 'shop', name: 'r', uid: 'u', resourceVersion: '1' };
    const patch: Operation = { verb: 'patch', subresource: '', target, steps: [{ op: 'test', path: '/rules/0/verbs', value: ['*'] }, { op: 'replace', path: '/rules/0/verbs', value: ['get'] }] };
    expect(tierOf(sending({}, patch))).toBe('one');
  });
});

describe('what is lost for good', () => {
  it.each(['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition', 'VolumeSnapshot'])('a %s is neither deleted nor freed of its finalizers', (kind) => {
    expect(rulesOf(ask({ kind, verb: 'delete' }))).toContain('floor.data-deletion');
    expect(rulesOf(sending({}, patchOf(kind, '/metadata/finalizers/0')))).toContain('floor.finalizers');
  });

  it.each(['PodDisruptionBudget', 'NetworkPolicy', 'ResourceQuota', 'LimitRange'])('a %s is not deleted', (kind) => {
    expect(rulesOf(ask({ kind, verb: 'delete' }))).toContain('floor.guard-deletion');
  });

  it.each(['create', 'patch', 'apply', 'delete'] as const)('a Secret is not touched by %s', (verb) => {
    expect(rulesOf(ask({ kind: 'Secret', verb }))).toContain('floor.secrets');
  });

  it.each(['/spec/finalizers', '/metadata', '/spec'])('a patch of %s reaches the finalizers of a namespace', (path) => {
    expect(rulesOf(sending({}, patchOf('Namespace', path)))).toContain('floor.finalizers');
  });

  it('finalizers that are only tested stay', () => {
    expect(rulesOf(sending({}, patchOf('Namespace', '/metadata/finalizers', 'test')))).not.toContain('floor.finalizers');
  });

  it('an applied namespace says nothing of its finalizers', () => {
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', finalizers: [] } };
    expect(rulesOf(sending({}, { verb: 'apply', object, force: true }))).toContain('floor.finalizers');
  });

  it('a label of a namespace is no loss', () => {
    expect(tierOf(ask({ kind: 'Namespace', namespace: '', name: 'shop' }))).toBe('auto');
  });
});

describe('reach', () => {
  it.each([
    [0.5, 4, 'auto'],
    [0.75, 4, 'two'],
    [1, 4, 'two'],
    [1, 1, 'one'],
  ] as const)('%d of %d ready endpoints: %s', (shareOfReadyEndpoints, readyEndpoints, tier) => {
    expect(tierOf(ask({ shareOfReadyEndpoints, readyEndpoints }))).toBe(tier);
  });

  it('takes one yes to take back what made something ill, and two where that is not known', () => {
    const asked = ask({ shareOfReadyEndpoints: 1, restores: true });
    expect(tierOf(asked)).toBe('one');
    const { restores: _restores, ...facts } = asked.question.facts;
    expect(tierOf({ ...asked, question: { ...asked.question, facts } })).toBe('two');
  });

  it('counts an unknown number of endpoints as several', () => {
    const asked = ask({ shareOfReadyEndpoints: 1, readyEndpoints: 1 });
    const { blastRadius } = asked.question.facts;
    const { readyEndpoints: _ready, ...rest } = blastRadius ?? { objects: 1, services: [], namespaces: [], shareOfReadyEndpoints: 1 };
    expect(tierOf({ ...asked, question: { ...asked.question, facts: { ...asked.question.facts, blastRadius: rest } } })).toBe('two');
  });

  it('what is not known of the blast radius takes two yeses on a laptop', () => {
    expect(tierOf(ask({ unknown: ['blastRadius'] }))).toBe('two');
  });

  it.each(['argocd', 'flux', 'helm', 'operator'] as const)('what %s manages is patched directly only where the policy says so, with two yeses', (managedBy) => {
    const allowed = policyOf({ rules: letAll.rules, patchManaged: ['shop'] });
    const elsewhere = policyOf({ rules: letAll.rules, patchManaged: ['other-*'] });
    expect(tierOf(ask({ managedBy }))).toBe('forbidden');
    expect(tierOf(ask({ managedBy }), elsewhere)).toBe('forbidden');
    expect(tierOf(ask({ managedBy }), allowed)).toBe('two');
  });

  it('what a tool manages in two namespaces is patched directly only where both are listed', () => {
    const patched = (namespace: string): Operation => ({ verb: 'delete', propagation: 'Background', target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web', uid: 'u', resourceVersion: '1' } });
    const both = sending({ managedBy: 'helm' }, patched('shop'), patched('bar'));
    expect(tierOf(both, policyOf({ rules: letAll.rules, patchManaged: ['shop'] }))).toBe('forbidden');
    expect(tierOf(both, policyOf({ rules: letAll.rules, patchManaged: ['shop', 'bar'] }))).toBe('two');
  });

  it('what is not known to be managed by nobody counts as managed', () => {
    expect(tierOf(ask({ unknown: ['managedBy'] }))).toBe('forbidden');
  });

  it('a tool is told by its own object', () => {
    expect(tierOf(ask({ managedBy: 'argocd', kind: 'Application', apiVersion: 'argoproj.io/v1alpha1' }))).toBe('auto');
    expect(tierOf(ask({ managedBy: 'flux', kind: 'Kustomization', apiVersion: 'kustomize.toolkit.fluxcd.io/v1' }))).toBe('auto');
    expect(tierOf(ask({ managedBy: 'argocd', kind: 'Rollout', apiVersion: 'argoproj.io/v1alpha1' }))).toBe('forbidden');
  });

  it('a Git change is never behind a tool\'s back', () => {
    expect(rulesOf(sending({ managedBy: 'argocd' }, gitChange))).toEqual(['floor.git-changes']);
  });

  it('evidence of a node speaks of every namespace', () => {
    const asked = seenIn('shop', {});
    const finding = { code: 'some.finding', confidence: 'high' as const, object: refByName('Node', '', 'worker'), evidence: [] };
    expect(tierOf({ ...asked, question: { ...asked.question, reason: { text: 'Because.', finding } } })).toBe('auto');
  });

  it('a namespace that only the evidence speaks of is meant too', () => {
    const asked = seenIn('other', {});
    const { finding } = asked.question.reason;
    const evidence = [{ source: 'status' as const, object: refByName('Pod', 'shop', 'web-1'), quote: 'x', time: '' }];
    const reason = { text: 'Because.', ...(finding === undefined ? {} : { finding: { ...finding, evidence } }) };
    expect(tierOf({ ...asked, question: { ...asked.question, reason } })).toBe('auto');
  });
});

describe('what is done outside of the API server', () => {
  it.each(['kube-system', 'kube-flannel', 'autodevops'])('a release in %s is not rolled back', (namespace) => {
    expect(tierOf(sending({}, rollbackIn(namespace)))).toBe('forbidden');
  });

  it('a release of a customer is, even where the agent has no namespace of its own', () => {
    expect(tierOf(sending({}, rollbackIn('shop')))).toBe('auto');
    const { question } = sending({}, rollbackIn('autodevops'));
    expect(tierOf({ ...standingOn({}, { namespace: '' }), question })).toBe('auto');
  });

  it('a release in a namespace that the evidence does not speak of is left alone', () => {
    const { question: { actions } } = sending({}, rollbackIn('bar'));
    const asked = seenIn('shop', {});
    expect(rulesOf({ ...asked, question: { ...asked.question, actions } })).toEqual(['floor.evidence-namespace']);
  });

  it('a Git change takes a yes in every mode, and is no stricter than the policy says above that', () => {
    const { question, circumstances } = sending({}, gitChange);
    for (const mode of ['local', 'cloud'] as const) {
      expect(tierOf({ question, circumstances: { ...circumstances, mode } })).toBe('one');
      const two = policyOf({ rules: [{ id: 'git', why: 'Git.', match: { actions: ['*'] }, decision: 'two' }] });
      expect(tierOf({ question, circumstances: { ...circumstances, mode } }, two)).toBe('two');
    }
    expect(tierOf({ question, circumstances: { ...circumstances, mode: 'cloud' } }, policyOf({ rules: [] }))).toBe('forbidden');
  });
});

describe('stale facts', () => {
  it.each([[120, 'auto'], [121, 'forbidden']] as const)('%d seconds old: %s on a laptop', (factsAge, tier) => {
    expect(tierOf(ask({ factsAge }))).toBe(tier);
  });

  it('facts from the future, or of no time at all, are stale', () => {
    const asked = ask();
    for (const capturedAt of ['2030-01-01T00:00:00Z', 'soon']) {
      expect(rulesOf({ ...asked, question: { ...asked.question, facts: { ...asked.question.facts, capturedAt } } })).toContain('floor.fresh-facts');
    }
  });
});

describe('silences', () => {
  const seen = { alertname: 'WebIsSlow', namespace: 'shop', pod: 'web-1' };

  it.each<[string, Operation, Tier]>([
    ['of an alert that was seen take a person', silenceOf(seen), 'one'],
    ['of a critical alert take two', silenceOf({ ...seen, severity: 'critical' }), 'two'],
    ['without a condition are forbidden', silenceOf({}), 'forbidden'],
    ['of everything in a namespace are forbidden', silenceOf({ namespace: 'shop' }), 'forbidden'],
    ['of an alert wherever it fires are forbidden', silenceOf({ alertname: 'WebIsSlow', severity: 'warning' }), 'forbidden'],
    ['by a pattern are forbidden', silenceOf(seen, { isRegex: true }), 'forbidden'],
    ['of everything but one are forbidden', silenceOf(seen, { isEqual: false }), 'forbidden'],
    ['of what has no such label are forbidden', silenceOf({ ...seen, node: '' }), 'forbidden'],
    ['of the heartbeat of monitoring are forbidden', silenceOf({ alertname: 'Watchdog', namespace: 'monitoring' }), 'forbidden'],
    ['of more than a day are forbidden', silenceOf(seen, { minutes: 1441 }), 'forbidden'],
  ])('%s', (_name, operation, tier) => {
    expect(strictest(floor, sending({}, operation))).toBe(tier);
  });

  it('end without the floor\'s saying anything: more is told then', () => {
    const expire: Operation = { verb: 'expire-silence', silence: '0b7d5fa9-2f2f-4b70-9d4e-6f0a9a7d5c11', matchers: [{ name: 'alertname', value: 'a', isRegex: false, isEqual: true }], endsAt: '2026-01-01T12:00:00Z', mark: '0123456789abcdef', comment: 'x' };
    expect(strictest(floor, sending({}, expire))).toBe('auto');
  });
});

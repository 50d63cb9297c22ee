import { tiers } from '@autodevops/domain/change/decision';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Operation } from '@autodevops/domain/change/operation';
import { refByName } from '@autodevops/domain/object-ref';
import { decide } from '../../decide.ts';
import type { Circumstances, Question } from '../../question.ts';
import { ask, inForce, letAll } from '../../testing/ask.ts';
import type { Given } from '../../testing/ask.ts';
import { floorVerdicts, groundOf } from '../floor.ts';
import type { floor } from '../floor.ts';

export interface Asked {
  readonly question: Question;
  readonly circumstances: Circumstances;
}

export function sending(given: Given, ...operations: readonly Operation[]): Asked {
  const asked = ask(given);
  return {
    ...asked,
    question: {
      ...asked.question,
      actions: asked.question.actions.map((action) => ({ ...action, operations: [...operations] })),
    },
  };
}

export function standingOn(given: Given, self: Partial<Circumstances['self']>): Asked {
  const asked = ask(given);
  return { ...asked, circumstances: { ...asked.circumstances, self: { ...asked.circumstances.self, ...self } } };
}

export function seenIn(namespace: string, given: Given): Asked {
  const asked = ask(given);
  const finding = {
    code: 'some.finding',
    confidence: 'high' as const,
    object: refByName('Deployment', namespace, 'web'),
    evidence: [],
  };
  return { ...asked, question: { ...asked.question, reason: { text: 'Because.', finding } } };
}

/** What these rules say together, whatever a policy would. */
export function strictest(rules: typeof floor, { question, circumstances }: Asked): Tier {
  const spoken = floorVerdicts(groundOf(question, letAll, circumstances), rules)
    .filter(({ verdict }) => verdict.state !== 'silent')
    .map(({ verdict }) => tiers.indexOf(verdict.tier));
  return tiers[Math.max(0, ...spoken)] ?? 'auto';
}

export function tierOf({ question, circumstances }: Asked, policy = letAll): Tier {
  return decide(question, inForce(policy), circumstances).tier;
}

export function rulesOf({ question, circumstances }: Asked): readonly string[] {
  return decide(question, inForce(letAll), circumstances)
    .voices.map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('floor.'));
}

export const rbac = 'rbac.authorization.k8s.io/v1';

export const ruleOf = (...verbs: string[]): Operation => ({
  verb: 'create',
  object: {
    apiVersion: rbac,
    kind: 'Role',
    metadata: { name: 'r', namespace: 'shop' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs }],
  },
});

export const bindingOf = (subject: object, role = 'r'): Operation => ({
  verb: 'create',
  object: {
    apiVersion: rbac,
    kind: 'RoleBinding',
    metadata: { name: 'b', namespace: 'shop' },
    subjects: [subject],
    roleRef: { kind: 'Role', name: role },
  },
});

export const patchOf = (kind: string, path: string, op: 'remove' | 'test' = 'remove'): Operation => ({
  verb: 'patch',
  subresource: '',
  target: { apiVersion: 'v1', kind, namespace: '', name: 'shop', uid: 'u', resourceVersion: '1' },
  steps: [
    op === 'test' ? { op, path, value: [] } : { op, path },
    { op: 'add', path: '/metadata/annotations/x', value: 'y' },
  ],
});

export const gitChange: Operation = {
  verb: 'open-git-change',
  repository: 'shop',
  base: 'main',
  branch: 'fix',
  title: 'Fix',
  body: '',
  files: [{ path: 'a', content: 'b' }],
};

export const silenceOf = (
  labels: Readonly<Record<string, string>>,
  parts: { readonly isRegex?: boolean; readonly isEqual?: boolean; readonly minutes?: number } = {},
): Operation => ({
  verb: 'create-silence',
  minutes: parts.minutes ?? 30,
  mark: '0123456789abcdef',
  comment: 'x',
  matchers: Object.entries(labels).map(([name, value]) => ({
    name,
    value,
    isRegex: parts.isRegex ?? false,
    isEqual: parts.isEqual ?? true,
  })),
});

export const rollbackIn = (namespace: string): Operation => ({
  verb: 'helm-rollback',
  namespace,
  release: 'web',
  revision: 1,
  newest: 2,
});

import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import {
  healthyDiagnosis,
  hostileCause,
  imageCause,
  manyCauses,
  problemDiagnosis,
} from '../testing/sample-diagnosis.ts';
import type { TreeNode } from '../tree/node.ts';
import { problemCount } from './problem-count.ts';
import { isFixable, problemMessage, problemNodes } from './problem-nodes.ts';
import type { ProblemsState } from './problems-feed.ts';

const live = { kind: 'live', diagnosis: problemDiagnosis } satisfies ProblemsState;

function everyNode(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(node.children?.() ?? [])]);
}

function labels(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.map(({ label }) => label);
}

describe('causes in the tree', () => {
  it('stand under their severity, the worst first, and what is only information below', () => {
    const nodes = problemNodes(live, 'severity');
    expect(labels(nodes)).toEqual(['Critical', 'Warnings', 'Information', 'Suppressed', 'Not seen']);
    expect(nodes[0]?.children?.()).toMatchObject([{ label: 'shop/web', description: imageCause.title }]);
  });

  it('stand under their namespace, or in one list, where that is wanted', () => {
    const [prod, shop] = problemNodes(live, 'namespace');
    expect([prod?.label, shop?.label]).toEqual(['prod', 'shop']);
    expect(labels(shop?.children?.() ?? [])).toEqual(['web']);
    expect(
      problemNodes(live, 'none')
        .slice(0, 2)
        .map(({ kinds }) => kinds[0]),
    ).toEqual(['cause', 'cause']);
  });

  it('of the cluster itself are called by their kind', () => {
    const information = problemNodes(live, 'severity').find(({ id }) => id === 'information');
    expect(labels(information?.children?.() ?? [])).toEqual(['Node worker-2']);
  });

  it('hold what is wrong, who notices, when it began, the evidence, the symptoms and what to do', () => {
    const [cause] = problemNodes(live, 'none');
    expect(labels(cause?.children?.() ?? [])).toEqual([
      imageCause.cause,
      imageCause.impact,
      `${imageCause.began} That was at ${imageCause.beganAt}.`,
      imageCause.evidence[0]?.quote,
      '1 symptoms',
      'Correct the tag.',
      'Do not: Do not delete the pods.',
    ]);
  });

  it('offer a fix only where the catalogue has one', () => {
    expect([imageCause, hostileCause].map(isFixable)).toEqual([true, false]);
    expect(
      problemNodes(live, 'none')
        .slice(0, 2)
        .map(({ kinds }) => kinds.includes('fixable')),
    ).toEqual([true, false]);
  });

  it('are the same items after a change, and no two are one', () => {
    const ids = (state: ProblemsState): readonly string[] =>
      everyNode(problemNodes(state, 'severity')).map(({ id }) => id);
    expect(new Set(ids(live)).size).toBe(ids(live).length);
    const changed = { ...problemDiagnosis, causes: [{ ...imageCause, rank: 2 }], summary: 'other' };
    expect(ids(live)).toEqual(
      expect.arrayContaining(ids({ kind: 'live', diagnosis: changed }).filter((id) => id.startsWith('cause/'))),
    );
  });

  it('are shown without what a terminal or an eye would obey', () => {
    for (const { label, description, tooltip } of everyNode(problemNodes(live, 'severity'))) {
      for (const text of [label, description ?? '', ...(tooltip ?? [])]) {
        expect(text).not.toMatch(/[\u0007\u001B\u202E]/u);
      }
      expect(label.length).toBeLessThanOrEqual(165);
    }
  });

  it('of five thousand are handed out in pages', () => {
    const nodes = problemNodes({ kind: 'live', diagnosis: manyCauses(5000) }, 'severity');
    const first = nodes[0]?.children?.() ?? [];
    expect(first).toHaveLength(201);
    expect(first.at(-1)?.label).toBe('4800 more');
    const next = first.at(-1)?.children?.() ?? [];
    expect(next).toHaveLength(201);
    expect(labels(first)).not.toContain(next[0]?.label);
    expect(next.at(-1)?.label).toBe('4600 more');
  });
});

describe('what is not current', () => {
  const error = new AutoDevOpsError('cluster.unreachable', 'The API server does not answer.', 'Is it running?');

  it('is still shown, under the reason', () => {
    const stale = { kind: 'stale', diagnosis: problemDiagnosis, error } as const;
    expect(problemMessage(stale)).toMatch(/^Not current: The API server does not answer\. Is it running\? /);
    expect(problemMessage(stale)).toContain(problemDiagnosis.summary);
    expect(labels(problemNodes(stale, 'severity'))).toContain('Critical');
  });

  it('is the reason alone where nothing was ever seen', () => {
    expect(problemNodes({ kind: 'failed', error }, 'severity')).toEqual([]);
    expect(problemMessage({ kind: 'failed', error })).toBe('The API server does not answer. Is it running?');
    expect(problemNodes({ kind: 'unasked' }, 'severity')).toEqual([]);
    expect(labels(problemNodes({ kind: 'looking' }, 'severity'))).toEqual(['Looking …']);
  });
});

it('the badge counts what people should know of, the line over the tree is the verdict', () => {
  expect([
    problemCount(live),
    problemCount({ kind: 'live', diagnosis: healthyDiagnosis }),
    problemCount({ kind: 'unasked' }),
  ]).toEqual([2, 0, 0]);
  expect(problemMessage({ kind: 'live', diagnosis: healthyDiagnosis })).toBe(healthyDiagnosis.summary);
  expect(problemMessage({ kind: 'looking' })).toBeUndefined();
});

it('the line over the tree says what was not seen, so that nobody takes the verdict for more than it is', () => {
  const spot = { what: 'The whole cluster as of 40 s ago', why: 'The API server refuses the connection.', remedy: '' };
  const message = (count: number): string | undefined =>
    problemMessage({
      kind: 'live',
      diagnosis: { ...healthyDiagnosis, blindSpots: Array.from({ length: count }, () => spot) },
    });
  expect(message(1)).toBe(`${healthyDiagnosis.summary} Not seen: ${spot.what}`);
  expect(message(3)).toContain(', and 2 more');
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import { fieldDiffs } from './diff.ts';
import { yamlScalar } from './yaml-scalar.ts';

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u' };

function deployment(
  container: object,
  rest: { readonly metadata?: object; readonly status?: object; readonly spec?: object } = {},
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...rest.metadata },
    spec: {
      replicas: 3,
      template: {
        spec: {
          containers: [
            { name: 'side', image: 'side:1' },
            { name: 'web', image: 'web:1', ...container },
          ],
        },
      },
      ...rest.spec,
    },
    status: rest.status ?? {},
  };
}

function lines(before: Manifest | undefined, after: Manifest | undefined, object = web): string[] {
  return fieldDiffs(object, before, after).map(({ path, before: was, after: is }) => `${path}: ${was} → ${is}`);
}

describe('a diff', () => {
  it('names entries of a list by what tells them apart', () => {
    expect(lines(deployment({}), deployment({ image: 'web:2' }))).toEqual([
      'spec.template.spec.containers[web].image: web:1 → web:2',
    ]);
  });

  it('shows what comes and what goes with an empty side, sorted by path', () => {
    const after = deployment({ resources: { limits: { memory: '512Mi' } } }, { spec: { paused: true } });
    expect(lines(deployment({ tty: true }), after)).toEqual([
      'spec.paused:  → true',
      'spec.template.spec.containers[web].resources.limits.memory:  → 512Mi',
      'spec.template.spec.containers[web].tty: true → ',
    ]);
  });

  it('masks what looks like a secret, wherever it stands', () => {
    const secret = (value: string): Manifest =>
      deployment(
        { env: [{ name: 'DB_PASSWORD', value }], args: ['--db-password', value, '--mode', 'fast'] },
        { metadata: { annotations: { settings: JSON.stringify({ token: value }) } } },
      );
    for (const value of ['hunter2', '\nhunter2', ')hunter2', '"hunter2']) {
      expect(lines(deployment({}), secret(value)).join('\n'), value).not.toContain('hunter2');
    }
    expect(lines(deployment({}), secret('hunter2')).find((line) => line.includes('args'))).toMatch(
      /--db-password.*\[redacted\].*--mode.*fast/,
    );
  });

  it('says nothing of what the server keeps for itself, nor of our own mark', () => {
    const after = deployment(
      {},
      {
        metadata: {
          resourceVersion: '2',
          generation: 5,
          managedFields: [{}],
          uid: 'x',
          creationTimestamp: 't',
          annotations: { 'autodevops.dev/change': 'chg-1', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
        },
        status: { replicas: 3 },
      },
    );
    expect(lines(deployment({}), after)).toEqual([]);
  });

  it('writes a key with dots in brackets', () => {
    const after = deployment(
      {},
      { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T12:00:00Z' } } },
    );
    expect(lines(deployment({}), after)).toEqual([
      'metadata.annotations[kubectl.kubernetes.io/restartedAt]:  → 2026-01-01T12:00:00Z',
    ]);
  });

  it('is one line, and those of its fields, for an object that is made or goes', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { level: 'debug' } };
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'c', uid: '' };
    expect(lines(undefined, map, ref)).toEqual(
      [
        ':  → exists',
        'data.level:  → debug',
        'metadata.name:  → c',
        'apiVersion:  → v1',
        'kind:  → ConfigMap',
      ].toSorted((a, b) => ((a.split(':')[0] ?? '') < (b.split(':')[0] ?? '') ? -1 : 1)),
    );
    expect(lines(map, undefined, ref)).toEqual([': exists → ']);
  });

  it('leaves out the uid by which a new object knows its own: every dry run gives another', () => {
    const run = (uid: string, owner = uid): Manifest => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'run', uid, labels: { 'batch.kubernetes.io/controller-uid': owner } },
      spec: { selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': owner } } },
    });
    const ref = { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'run', uid: '' };
    expect(lines(undefined, run('u-1'), ref)).toEqual(lines(undefined, run('u-2'), ref));
    expect(lines(undefined, run('u-1'), ref).join()).not.toContain('u-1');
    expect(lines(undefined, run('u-1', 'u-other'), ref).join()).toContain('u-other');
    expect(lines(run('u-1', 'u-1'), run('u-2', 'u-2'), ref)).toHaveLength(2);
  });

  it('never shows a value of a Secret', () => {
    const secret = (data: object): Manifest => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data });
    const ref = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 's', uid: '' };
    const shown = lines(secret({ a: 'c2VjcmV0' }), secret({ a: 'Y2FuYXJ5', b: 'Y2FuYXJ5' }), ref);
    expect(shown).toEqual(['data.a: [redacted] → [redacted]', 'data.b:  → [redacted]']);
  });

  it('masks what looks like a credential, by its name or by itself', () => {
    const env = (value: string): object => ({
      env: [
        { name: 'DB_PASSWORD', value },
        { name: 'NOTE', value: 'ghp_0123456789abcdefghij0123' },
      ],
    });
    const shown = lines(deployment({ env: [] }), deployment(env('hunter2!canary')));
    expect(shown.join('\n')).not.toMatch(/canary|ghp_/);
    expect(shown).toContain('spec.template.spec.containers[web].env[DB_PASSWORD].value:  → [redacted]');
  });

  it('still says that a masked value differs', () => {
    const env = (value: string): object => ({ env: [{ name: 'API_TOKEN', value }] });
    expect(lines(deployment(env('one-canary')), deployment(env('two-canary')))).toEqual([
      'spec.template.spec.containers[web].env[API_TOKEN].value: [redacted] → [redacted]',
    ]);
  });

  it('is empty exactly when nothing that people set differs', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 3 }),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        const object = (given: unknown): Manifest => ({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'c' },
          data: { given },
        });
        const empty = (given: unknown): boolean =>
          typeof given === 'object' && given !== null && Object.keys(given).length === 0;
        const same = canonicalJson(a) === canonicalJson(b) || (empty(a) && empty(b));
        expect(lines(object(a), object(b)).length === 0).toBe(same);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a value as YAML shows it', () => {
  it('reads back as what it was', () => {
    const odd = fc.constantFrom(
      'true',
      'no',
      '1e3',
      '0x1f',
      '~',
      'a: b',
      '- x',
      ' x',
      'x ',
      '12:30',
      'key:',
      'a #b',
      '.inf',
      '1_000',
      '',
      '---',
      '...',
      '%',
      '@x',
      '.5',
      '1.',
    );
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      odd,
      fc.array(fc.oneof(fc.string(), odd), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.string(), odd), odd, { maxKeys: 2 }).map((map) => ({ ...map })),
    );
    fc.assert(
      fc.property(value, (given) => {
        for (const version of ['1.1', '1.2'] as const) expect(parse(yamlScalar(given), { version })).toEqual(given);
      }),
      { numRuns: 150 },
    );
  });

  it('quotes what YAML would read as another type', () => {
    expect(['8080', 'true', 'null', 'yes', '1.5', 'web:1', '512Mi'].map((text) => yamlScalar(text))).toEqual([
      '"8080"',
      '"true"',
      '"null"',
      '"yes"',
      '"1.5"',
      'web:1',
      '512Mi',
    ]);
  });

  it('puts lists and maps on one line', () => {
    expect(yamlScalar({ a: [1, 'two'], b: {} })).toBe('{a: [1, two], b: {}}');
  });
});

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Change } from '@autodevops/domain/change/change';
import { sampleChange, samplePlan } from '../../testing/sample-change.ts';
import { withEdits } from '../editing/text-edit.ts';
import { readManifests } from '../reading/manifest.ts';
import type { Manifest } from '../reading/manifest.ts';
import { webRef } from '../testing/live-scene.ts';
import { deployment, home } from '../testing/manifest-scene.ts';
import { setBackProblems, setBackWarnings } from './set-back-problems.ts';
import { setBacks } from './set-backs.ts';

const env = 'spec.template.spec.containers[app].env[URL].value';
const url = (value: string): string => deployment(`env:\n- name: URL\n  value: ${value} # the database`);

function done(before: string, after: string, given: Partial<Change> = {}, path = env): Change {
  return sampleChange({
    state: 'succeeded',
    updatedAt: '2026-01-07T16:02:11Z',
    plan: { ...samplePlan, diff: [{ object: webRef, path, before, after }] },
    ...given,
  });
}

/** What is told of a file when the cluster has the other one. */
function tell(file: string, live: string, ...changes: readonly Change[]) {
  const [manifest] = readManifests(file) as [Manifest];
  const back = setBacks(manifest, parse(live), changes, home);
  return {
    marks: setBackProblems(manifest, back, file).map(({ start, end, message, fixes }) => ({
      at: file.slice(start, end),
      message,
      fixed: fixes.map(({ edits }) => withEdits(file, edits)),
    })),
    warnings: setBackWarnings(back),
  };
}

describe('a manifest with the value from before a change', () => {
  it('is marked at that value, and takes what the cluster has with remarks kept', () => {
    const { marks, warnings } = tell(url('db:5433'), url('db:5432'), done('db:5433', 'db:5432'));
    expect(marks).toEqual([
      {
        at: 'db:5433',
        message:
          'The cluster has db:5432 here since 2026-01-07 16:02 UTC (change chg-a1b2c3d4e5f6). Applying this file would set it back.',
        fixed: [url('db:5432')],
      },
    ]);
    expect(warnings).toEqual([`${env}: ${marks[0]?.message}`]);
  });

  it('is told by the newest of two changes of one field, whichever value it still has', () => {
    const changes = [
      done('a', 'b', { id: 'chg-first', updatedAt: '2026-01-07T15:00:00Z' }),
      done('b', 'c', { id: 'chg-second' }),
    ];
    for (const old of ['a', 'b']) {
      expect(tell(url(old), url('c'), ...changes).marks).toMatchObject([
        { at: old, message: expect.stringContaining('has c here since 2026-01-07 16:02 UTC (change chg-second)') },
      ]);
    }
    expect(tell(url('c'), url('c'), ...changes).marks).toEqual([]);
  });

  it('is not told of a change that a later one took back', () => {
    const back = done('b', 'a', { id: 'chg-back', updatedAt: '2026-01-07T17:00:00Z' });
    expect(tell(url('a'), url('a'), done('a', 'b'), back).marks).toEqual([]);
  });

  it('is not told of changes that were undone or failed, or are of another object', () => {
    for (const change of [
      done('a', 'b', { state: 'undone' }),
      done('a', 'b', { state: 'failed' }),
      done('a', 'b', {
        plan: {
          ...samplePlan,
          diff: [{ object: { ...webRef, namespace: 'other' }, path: env, before: 'a', after: 'b' }],
        },
      }),
    ]) {
      expect(tell(url('a'), url('b'), change).marks).toEqual([]);
    }
  });

  it('is not told where somebody changed the field since, in the file or in the cluster', () => {
    expect(tell(url('mine'), url('b'), done('a', 'b')).marks).toEqual([]);
    expect(tell(url('a'), url('theirs'), done('a', 'b')).marks).toEqual([]);
  });

  it('is not told where the file leaves the field, or the object, to the cluster', () => {
    expect(tell(deployment('x: y'), url('b'), done('', 'b')).marks).toEqual([]);
    expect(tell(url('a'), 'null', done('a', 'b')).marks).toEqual([]);
    const [manifest] = readManifests(url('a')) as [Manifest];
    expect(setBacks(manifest, undefined, [done('a', 'b')], home)).toEqual([]);
  });

  it('knows a number, a text of digits, and an amount as the server writes it', () => {
    const replicas = (count: number): string => deployment('x: y').replace('spec:\n', `spec:\n  replicas: ${count}\n`);
    expect(tell(replicas(1), replicas(3), done('1', '3', {}, 'spec.replicas')).marks).toMatchObject([
      { at: '1', fixed: [replicas(3)] },
    ]);
    expect(tell(url("'1'"), url("'3'"), done('"1"', '"3"')).marks).toMatchObject([{ fixed: [url("'3'")] }]);
    const cpu = (amount: string): string => deployment(`resources: {limits: {cpu: ${amount}}}`);
    const field = 'spec.template.spec.containers[app].resources.limits.cpu';
    expect(tell(cpu('0.5'), cpu('"1"'), done('500m', '"1"', {}, field)).marks).toMatchObject([{ at: '0.5' }]);
  });

  it('is not told of values that are too long to be told whole', () => {
    const cut = `"${'x'.repeat(1999)}… (9000 characters)`;
    expect(tell(url('a'), deployment('x: y'), done('a', cut)).marks).toEqual([]);
    expect(tell(url('null'), url('b'), done(cut, 'b')).marks).toEqual([]);
  });

  it('is told what was removed, without an edit', () => {
    expect(tell(url('a'), deployment('x: y'), done('a', '')).marks).toMatchObject([
      { at: 'a', message: expect.stringContaining('The cluster has nothing here since'), fixed: [] },
    ]);
  });

  it('is marked at its name for what spans lines or is a list, with the fields that differ', () => {
    const args = (list: string): string => deployment(`args: ${list}\ntext: |\n  one\n  two`);
    const path = 'spec.template.spec.containers[app].args';
    const { marks } = tell(args('[a, b]'), args('[a, c]'), done('[a, b]', '[a, c]', {}, path));
    expect(marks).toEqual([
      { at: 'web', message: expect.stringContaining(`(change chg-a1b2c3d4e5f6): ${path}.`), fixed: [] },
    ]);
    const lines = path.replace('args', 'text');
    const live = args('[a, b]').replace('two', 'three');
    expect(tell(args('[a, b]'), live, done('"one\\ntwo"', '"one\\nthree"', {}, lines)).marks).toEqual([]);
    expect(tell(args('[a, b]'), live, done('"one\\ntwo\\n"', '"one\\nthree\\n"', {}, lines)).marks).toMatchObject([
      { at: 'web', message: expect.stringContaining(lines), fixed: [] },
    ]);
  });
});

it('a question names a few fields, and says how many more there are', () => {
  const labels = (value: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels: {${'abcdefg'.replaceAll(/./g, `$&: ${value}, `)}}\n`;
  const diff = [...'abcdefg'].map((key) => ({
    object: webRef,
    path: `metadata.labels.${key}`,
    before: 'old',
    after: 'new',
  }));
  const { warnings, marks } = tell(labels('old'), labels('new'), done('', '', { plan: { ...samplePlan, diff } }));
  expect([marks.length, warnings.length, warnings.at(-1)]).toEqual([7, 6, 'and 2 more']);
});

describe('what is secret', () => {
  it('is not shown and not written, only that the file has something else', () => {
    const { marks, warnings } = tell(url('old-word'), url('new-word'), done('[redacted]', '[redacted]'));
    expect(marks).toMatchObject([{ at: 'old-word', fixed: [] }]);
    expect(JSON.stringify([marks[0]?.message, warnings])).toContain('kept secret');
    expect(JSON.stringify([marks[0]?.message, warnings])).not.toMatch(/(?:old|new)-word/);
    expect(tell(url('new-word'), url('new-word'), done('[redacted]', '[redacted]')).marks).toEqual([]);
  });

  it('is not compared where it is a Secret, whose values are not read', () => {
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {key: ${value}}\n`;
    const change = done('[redacted]', '[redacted]', {}, 'stringData.key');
    const ofSecret = {
      ...change,
      plan: {
        ...change.plan,
        diff: change.plan.diff.map((row) => ({ ...row, object: { ...row.object, kind: 'Secret' } })),
      },
    };
    expect(tell(secret('a'), secret('b'), ofSecret).marks).toEqual([]);
  });
});

describe('hostile text', () => {
  it('of a value stays on one line, and is written only where the file then says just that', () => {
    const nasty = 'x, image: evil} # \u202e';
    const flow = (value: string): string => deployment(`env: [{name: URL, value: ${value}}]`);
    const [mark] = tell(flow('a'), flow(JSON.stringify(nasty)), done('a', JSON.stringify(nasty))).marks;
    for (const fixed of mark?.fixed ?? []) {
      expect(parse(fixed)).toEqual(parse(flow(JSON.stringify(nasty))));
    }
    expect(mark?.message).not.toContain('\u202e');
    expect(tell(url('a'), url('"b\\nc"'), done('a', '"b\\nc"')).marks).toMatchObject([
      { message: expect.stringContaining('another value'), fixed: [] },
    ]);
  });

  it('of a change is no place, no time and no number that is trusted', () => {
    const change = done('a', 'b', { id: `chg-\n${'x'.repeat(500)}`, updatedAt: '\u001b[31mnow\n' });
    const [mark] = tell(url('a'), url('b'), change).marks;
    expect(mark?.message).not.toMatch(/[\n\u001b]/);
    expect(mark?.message.length).toBeLessThan(300);
    expect(tell(url('a'), url('b'), done('*a', '&a [*a]', {}, '__proto__.x')).marks).toEqual([]);
  });
});

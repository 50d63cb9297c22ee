import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { readFixtures } from '@autodevops/testkit/fixture';
import { catalogue } from '../../analyzers/catalogue.ts';
import { analyzers } from '../../analyzers/registry.ts';
import { actionUnion } from '../action-request.ts';
import { actions } from './registry.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const source = fileURLToPath(new URL('../../', import.meta.url));
const names = actions.map((action) => action.name);

function sourceTexts(folder: string): readonly string[] {
  return readdirSync(`${source}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(`${source}${folder}/${path}`, 'utf8'));
}

/** What analyzers propose in all of their fixtures. */
function proposals(): readonly ProposedChange[] {
  return analyzers.flatMap((analyzer) => {
    const folder = new URL(`../../analyzers/${analyzer.name}/fixtures/`, import.meta.url);
    return readFixtures(folder).flatMap((fixture) =>
      analyzer.analyze(fixture.snapshot).flatMap((finding) => finding.changes),
    );
  });
}

describe('the registry of actions', () => {
  it('lists what the folders hold, each with its test', () => {
    const folders = readdirSync(here, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => basename(entry.name));
    expect(names.toSorted()).toEqual(folders.toSorted());
    const lacking = folders.filter(
      (folder) => !['action.ts', 'action.test.ts'].every((file) => readdirSync(`${here}${folder}`).includes(file)),
    );
    expect(lacking).toEqual([]);
  });

  it('has each name once', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it('has every action that an analyzer can propose', () => {
    const texts = ['analyzers', 'evidence', 'reading'].flatMap(sourceTexts);
    const proposed = new Set(
      texts.flatMap((text) => [...text.matchAll(/\baction: '([^']+)'/g)].map((match) => match[1] ?? '')),
    );
    expect(proposed.size).toBeGreaterThan(10);
    expect([...proposed].filter((name) => name !== 'manual' && !names.includes(name))).toEqual([]);
  });

  it('reads every proposal that the fixtures lead to', () => {
    const known = proposals().filter((change) => names.includes(change.action));
    expect(new Set(known.map((change) => change.action)).size).toBeGreaterThan(6);
    const given = {
      data: { key: 'text' },
      value: 'text',
      secretKey: { name: 'login', key: 'password' },
      path: '/ready',
      requests: { cpu: '100m' },
    };
    const refused = known.flatMap(({ action, target, params, asks = [] }) => {
      const answers = Object.entries(given).filter(([name]) => asks.includes(name));
      const read = actionUnion.safeParse({ action, target, params: { ...params, ...Object.fromEntries(answers) } });
      const kinds = actions.find((one) => one.name === action)?.kinds ?? [];
      if (read.success && (kinds.includes(target.kind) || ['Pod', 'Job', 'ReplicaSet'].includes(target.kind))) {
        return [];
      }
      return [`${action} ${target.kind} ${JSON.stringify(params)}: ${read.error?.message ?? 'not for this kind'}`];
    });
    expect(refused).toEqual([]);
  }, 120_000); // Every fixture of every analyzer.

  it('is told by codes that there are', () => {
    const codes = actions.flatMap(({ toldBy = [] }) => toldBy);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !catalogue.has(code))).toEqual([]);
  });

  it('says of each action whom it is for and how long it is waited for', () => {
    for (const action of actions) {
      expect(action.title).toMatch(/^[A-Z][^.]+$/);
      expect(action.kinds.length, action.name).toBeGreaterThan(0);
      expect(action.patience, action.name).toBeGreaterThanOrEqual(60);
    }
  });
});

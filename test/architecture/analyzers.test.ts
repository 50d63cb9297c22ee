import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { analyzers } from '../../agent-core/src/analyzers/registry.ts';
import { groups } from '../../packages/domain/src/finding.ts';
import { folders, root } from './source-files.ts';

const home = 'agent-core/src/analyzers';

interface Header {
  readonly kind: string;
  readonly expect: readonly { code: string }[];
}

function headers(analyzer: string): readonly Header[] {
  const folder = join(root, home, analyzer, 'fixtures');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8'))[0]?.toJS() as Header);
}

it('the registry names every analyzer folder, and no other, in order', () => {
  expect(analyzers.map((a) => a.name)).toEqual(folders(home));
});

describe.each(analyzers.map((a) => [a.name, a] as const))('%s', (name, analyzer) => {
  it('has a test beside it', () => {
    expect(existsSync(join(root, home, name, 'analyzer.test.ts'))).toBe(true);
  });

  it('has a sick and a healthy fixture', () => {
    const all = headers(name);
    expect(all.some((h) => h.expect.length > 0)).toBe(true);
    expect(all.some((h) => h.expect.length === 0)).toBe(true);
  });

  it('shows each of its codes in a fixture', () => {
    const shown = new Set(headers(name).flatMap((h) => h.expect.map((e) => e.code)));
    expect(analyzer.codes.map((c) => c.code).filter((code) => !shown.has(code))).toEqual([]);
  });
});

describe('the catalogue', () => {
  const codes = analyzers.flatMap((a) => a.codes);

  it('names each code once, dotted and in lower case', () => {
    const names = codes.map((c) => c.code);
    expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([]);
    expect(names.filter((n) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(n))).toEqual([]);
  });

  it('says of each code what it means, how it is recognised, what to do and what not to do', () => {
    const thin = codes.filter(
      (c) =>
        c.means.length < 30 ||
        c.recognised.length < 30 ||
        c.nextSteps.length === 0 ||
        (c.avoid.length === 0 && c.severity !== 'info'),
    );
    expect(thin.map((c) => c.code)).toEqual([]);
    expect(codes.filter((c) => !groups.includes(c.group)).map((c) => c.code)).toEqual([]);
  });
});

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Diagnosis } from '@autodevops/domain/diagnosis';
import { printable } from '@autodevops/domain/printable';
import type { Look } from '../terminal/look.ts';
import { displayWidth } from '../terminal/width.ts';
import { formats, renderDiagnosis } from './formats.ts';
import type { Format } from './formats.ts';
import { healthy, inconclusive, many, problem } from './testing/example-diagnosis.ts';

const look: Look = { columns: 100, rows: undefined, colour: false, unicode: true };

function render(
  diagnosis: Diagnosis,
  format: Format,
  changed: Partial<Look> & { verbose?: boolean } = {},
): Promise<string> {
  const { verbose = false, ...rest } = changed;
  const hints = ['autodevops explain pod.image.not-found', 'autodevops changes --since 1h'];
  return renderDiagnosis(diagnosis, {
    format,
    look: { ...look, ...rest },
    verbose,
    hints,
    version: '0.1.0',
    bundle: undefined,
  });
}

/** File, what is rendered, how, and on what kind of terminal. */
const goldens: readonly (readonly [
  file: string,
  diagnosis: Diagnosis,
  format: Format,
  changed?: Parameters<typeof render>[2],
])[] = [
  ['problem.txt', problem, 'text'],
  ['problem-verbose.txt', problem, 'text', { verbose: true }],
  ['problem-narrow.txt', problem, 'text', { columns: 48 }],
  ['problem-colour.txt', problem, 'text', { colour: true }],
  ['problem-ascii.txt', problem, 'text', { unicode: false }],
  ['many.txt', many, 'text', { rows: 40 }],
  ['healthy.txt', healthy, 'text'],
  ['inconclusive.txt', inconclusive, 'text'],
  ['problem.md', problem, 'markdown'],
  ['problem.xml', problem, 'junit'],
  ['inconclusive.xml', inconclusive, 'junit'],
  ['problem.sarif.json', problem, 'sarif'],
  ['problem.yaml', problem, 'yaml'],
];

describe('golden files (`vitest run packages/cli -u` writes them)', () => {
  for (const [file, diagnosis, format, changed] of goldens) {
    it(file, async () => {
      const path = fileURLToPath(new URL(`./golden/${file}`, import.meta.url));
      await expect(await render(diagnosis, format, changed)).toMatchFileSnapshot(path);
    });
  }
});

describe('every format', () => {
  for (const format of formats) {
    it(`${format} holds nothing that a terminal would obey`, async () => {
      const text = await render(problem, format);
      expect(printable(text)).toBe(text);
    });
  }

  it('json and yaml are the diagnosis, exactly', async () => {
    expect(Diagnosis.parse(JSON.parse(await render(problem, 'json')))).toEqual(problem);
    expect(Diagnosis.parse(parse(await render(problem, 'yaml')))).toEqual(problem);
  });
});

describe('text', () => {
  for (const columns of [40, 60, 80, 120]) {
    it(`keeps to ${columns} columns`, async () => {
      for (const diagnosis of [problem, many, healthy, inconclusive]) {
        for (const verbose of [false, true]) {
          const lines = (await render(diagnosis, 'text', { columns, verbose })).split('\n');
          // A command is for copying: it is never broken.
          expect(lines.filter((line) => displayWidth(line) > columns && !line.includes('kubectl '))).toEqual([]);
        }
      }
    });
  }

  it('fits a screen when there is more to say', async () => {
    expect((await render(many, 'text', { rows: 40 })).split('\n').length).toBeLessThanOrEqual(41);
  });

  it('is pure ASCII where the terminal knows no more', async () => {
    expect(await render(problem, 'text', { unicode: false, verbose: true })).toMatch(/^[\u0000-\u007F]*$/);
  });
});

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

function render(diagnosis: Diagnosis, format: Format, changed: Partial<Look> & { verbose?: boolean } = {}): Promise<string> {
  const { verbose = false, ...rest } = changed;
  const hints = ['autodevops explain pod.image.not-found', 'autodevops changes --since 1h'];
  return renderDiagnosis(diagnosis, { format, look: { ...look, ...rest }, verbose, hints, version: '0.1.0', bundle: undefined });
}

async function golden(text: string, name: string): Promise<void> {
  await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(`./golden/${name}`, import.meta.url)));
}

describe('golden files (npx vitest -u writes them)', () => {
  it('text', async () => golden(await render(problem, 'text'), 'problem.txt'));
  it('text in full', async () => golden(await render(problem, 'text', { verbose: true }), 'problem-verbose.txt'));
  it('text, narrow', async () => golden(await render(problem, 'text', { columns: 48 }), 'problem-narrow.txt'));
  it('text, coloured', async () => golden(await render(problem, 'text', { colour: true }), 'problem-colour.txt'));
  it('text, ASCII', async () => golden(await render(problem, 'text', { unicode: false }), 'problem-ascii.txt'));
  it('text, more than a screen', async () => golden(await render(many, 'text', { rows: 40 }), 'many.txt'));
  it('text, healthy', async () => golden(await render(healthy, 'text'), 'healthy.txt'));
  it('text, inconclusive', async () => golden(await render(inconclusive, 'text'), 'inconclusive.txt'));
  it('markdown', async () => golden(await render(problem, 'markdown'), 'problem.md'));
  it('junit', async () => golden(await render(problem, 'junit'), 'problem.xml'));
  it('junit, inconclusive', async () => golden(await render(inconclusive, 'junit'), 'inconclusive.xml'));
  it('sarif', async () => golden(await render(problem, 'sarif'), 'problem.sarif.json'));
  it('yaml', async () => golden(await render(problem, 'yaml'), 'problem.yaml'));
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
    // eslint-disable-next-line no-control-regex
    expect(await render(problem, 'text', { unicode: false, verbose: true })).toMatch(/^[\u0000-\u007F]*$/);
  });
});

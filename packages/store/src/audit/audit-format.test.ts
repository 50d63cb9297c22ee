import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { logOfRows } from './audit-log.test-text.ts';
import { verifyAudit } from './audit-verify.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/audit-format.md'), 'utf8');
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'autodevops-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the row that the page shows is one', async () => {
  expect(await verifyAudit(Readable.from([Buffer.from(block('json'))]))).toMatchObject({ intact: true, rows: 1 });
});

it.runIf(spawnSync('python3', ['--version']).status === 0)(
  'the program of the page finds what is bad, as ours does',
  () => {
    const { lines } = logOfRows(12);
    const say = (text: string): string => {
      writeFileSync(join(folder, 'audit.jsonl'), text);
      writeFileSync(join(folder, 'verify.py'), block('python'));
      const { stdout, stderr } = spawnSync('python3', [join(folder, 'verify.py'), join(folder, 'audit.jsonl')], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      return (stdout + stderr).trim();
    };
    expect(say(lines.join(''))).toBe('12 rows are as they were written');
    expect(say(lines.join('').replace('chg-6', 'chg-9'))).toBe('row 7 is bad');
    expect(say(lines.toSpliced(4, 1).join(''))).toBe('row 5 is bad');
    expect(say(lines.join('').slice(0, -1))).toBe('row 12 is bad');
  },
);

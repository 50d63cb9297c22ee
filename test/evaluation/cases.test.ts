import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../agent-core/src/jamie/diagnose.ts';
import { openBundle } from '../../packages/bundles/src/bundle-reader.ts';
import { Diagnosis } from '../../packages/domain/src/diagnosis.ts';
import { judge, readExpected } from './expected.ts';
import type { Expected } from './expected.ts';

const folder = fileURLToPath(new URL('cases/', import.meta.url));
const names = readdirSync(folder).toSorted();
/** Expected verdict → verdict given → how many. */
const confusion = new Map<string, number>();
let firstRight = 0;
let firstAsked = 0;

async function withLongLines<T>(path: string, logs: readonly string[], use: (path: string) => Promise<T>): Promise<T> {
  if (logs.length === 0) return use(path);
  const copy = mkdtempSync(join(tmpdir(), 'autodevops-case-'));
  try {
    cpSync(path, copy, { recursive: true });
    for (const log of logs) {
      writeFileSync(join(copy, log), `${'A'.repeat(2 ** 20)}\n${readFileSync(join(path, log), 'utf8')}`);
    }
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function answer(path: string): Promise<Diagnosis> {
  const reader = await openBundle(path);
  try {
    return await diagnose(reader, {}, { signal: AbortSignal.timeout(60_000) });
  } finally {
    await reader.close();
  }
}

function count(expected: Expected, given: Diagnosis, wrong: readonly string[]): void {
  const key = `${expected.verdict} → ${given.verdict}`;
  confusion.set(key, (confusion.get(key) ?? 0) + 1);
  if (expected.first === undefined) return;
  firstAsked += 1;
  if (!wrong.some((sentence) => /^(?:rank 1|nothing was found)/.test(sentence))) firstRight += 1;
}

/** Control characters but line breaks, and marks that turn the direction of text: shown, never passed on. */
function drivesTerminal(text: string): boolean {
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text);
}

function textsOf(diagnosis: Diagnosis): string[] {
  return [...diagnosis.causes, ...diagnosis.information].flatMap((c) => [
    c.cause,
    c.title,
    c.impact,
    c.began,
    ...c.nextSteps,
    ...c.avoid,
    ...c.evidence.map((e) => e.quote),
  ]);
}

/** More than this nobody reads. */
const largest = 512 * 1024;

function bytesOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

it('no recorded case is too large to be read', () => {
  expect(names.filter((name) => bytesOf(join(folder, name)) > largest)).toEqual([]);
});

// Known weaknesses stand here by name, so that one more is seen and one less is struck out.
it('the reasons that answers do not name yet are these', () => {
  const missing = names.flatMap((name) => {
    const { notYet } = readExpected(join(folder, name, 'expected.yaml'));
    return notYet === undefined ? [] : [[name, notYet]];
  });
  expect(missing).toEqual([
    ['dead-file-server-makes-the-runtime-deaf', '10.0.9.5'],
    ['picture-of-a-virtual-machine-is-no-longer-at-its-address', '404'],
    ['search-engine-cannot-read-its-control-group', 'cgroup'],
  ]);
});

describe('recorded cases', () => {
  it.each(names)('%s', async (name) => {
    const path = join(folder, name);
    const expected = readExpected(join(path, 'expected.yaml'));
    const diagnosis = await withLongLines(path, expected.endlessLine ?? [], answer);
    const wrong = judge(expected, diagnosis);
    count(expected, diagnosis, wrong);
    expect(wrong).toEqual([]);
    expect(Diagnosis.safeParse(diagnosis).success).toBe(true);
    expect(textsOf(diagnosis).filter(drivesTerminal)).toEqual([]);
  });

  afterAll(() => {
    const rows = [...confusion].toSorted().map(([key, many]) => `  ${key}: ${many}`);
    process.stdout.write(
      `\nverdicts (expected → given)\n${rows.join('\n')}\n  first cause right: ${firstRight} of ${firstAsked}\n`,
    );
  });
});

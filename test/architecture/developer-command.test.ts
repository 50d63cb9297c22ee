import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWords } from '../../packages/workspace/developer-command.ts';
import { root } from './source-files.ts';

const command = {
  name: 'npm run draw --',
  help: 'Draws.\n',
  options: { rounds: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
  words: { most: 1, among: ['small', 'large'] },
} as const;
const read = (...args: readonly string[]) => readWords(command, args);

describe('the words of a developer command', () => {
  it('are read with what stands for those that were not given', () => {
    expect(read('small', '--rounds=9')).toMatchObject({
      values: { rounds: '9', write: false },
      positionals: ['small'],
    });
  });

  it.each([['--help'], ['-h']])('are answered with the help where %s is among them, whatever else is', (asked) => {
    expect(read('--no-such', asked)).toEqual({ text: 'Draws.\n', exit: 0 });
  });

  it.each([
    [['--no-such'], "Unknown option '--no-such'."],
    [['--rounds'], "Option '--rounds <value>' argument missing."],
    [['--write=yes'], "Option '--write' does not take an argument."],
    [['medium'], '"medium" is none of small, large.'],
    [['small', 'large'], '"large" is one word too many.'],
  ])('that are not understood (%j) are answered with a sentence and the way to the help', (args, sentence) => {
    expect(read(...args)).toEqual({ text: `${sentence}\n\`npm run draw -- --help\` tells what there is.\n`, exit: 64 });
  });

  it('are none where a command takes none', () => {
    const { words: _words, ...without } = command;
    expect(readWords(without, ['small'])).toMatchObject({
      exit: 64,
      text: expect.stringContaining('"small" is one word too many.') as string,
    });
  });
});

/** The programs of package.json that are the checkout's own, by what people type. */
function ownPrograms(): readonly (readonly [name: string, program: string])[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const own = Object.entries(scripts).flatMap(([name, line]) => {
    const [, program] = /^node packages\/workspace\/run\.mjs (\S+\.ts)$/.exec(line) ?? [];
    return program === undefined ? [] : [[`npm run ${name}`, program] as const];
  });
  return [['npm test', 'packages/workspace/suites/test.ts'], ...own];
}

function run(program: string, word: string): { readonly out: string; readonly err: string; readonly code: number } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, program), word], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    timeout: 60_000,
  });
  return { out: stdout, err: stderr, code: status ?? -1 };
}

describe.each(ownPrograms())('%s', (name, program) => {
  it('tells by --help what it takes', () => {
    const { out, err, code } = run(program, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Usage: ${name}`);
  });

  it('does nothing at a word that it does not know, and says so', () => {
    const { out, err, code } = run(program, '--no-such-option');
    expect([code, out]).toEqual([64, '']);
    expect(err).toMatch(/--no-such-option/);
    expect(err).toMatch(/--help/);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registry } from '../commands/registry.ts';
import { bashCompletion } from './bash.ts';
import { commandWords } from './command-words.ts';
import { fishCompletion } from './fish.ts';
import { powershellCompletion } from './powershell.ts';
import { zshCompletion } from './zsh.ts';

const commands = await commandWords(registry);

/** What bash would offer after a line, by running the script in it. */
function offered(words: readonly string[]): readonly string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `${bashCompletion(commands)}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _autodevops; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}

function isHere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0;
}

/** What fish would offer after a line, without the words that say what it is. It reads a script from a file only. */
function offeredByFish(line: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-fish-'));
  try {
    const file = join(folder, 'ask.fish');
    writeFileSync(
      file,
      `function autodevops; echo pod.image.not-found; end\n${fishCompletion(commands)}\ncomplete -C ${JSON.stringify(line)}\n`,
    );
    const { stdout } = spawnSync('fish', ['--no-config', file], { encoding: 'utf8' });
    return stdout.split('\n').flatMap((found) => (found === '' ? [] : [found.split('\t')[0] ?? '']));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(!isHere('zsh'))('completion in zsh', () => {
  it('is a script that zsh can read, whatever the descriptions hold', () => {
    const done = spawnSync('zsh', ['-f', '-n'], { input: zshCompletion(commands), encoding: 'utf8' });
    expect([done.status, done.stderr]).toEqual([0, '']);
  });
});

describe.skipIf(!isHere('fish'))('completion in fish', () => {
  it.each([
    ['autodevops di', ['diagnose']],
    ['autodevops diagnose --wa', ['--watch']],
    ['autodevops diagnose -o ma', ['markdown']],
    ['autodevops change wa', ['watch']],
    ['autodevops change list --op', ['--open']],
  ])('"%s"', (line, words) => {
    expect(offeredByFish(line)).toEqual(words);
  });

  it('offers codes after "explain", and not after commands of groups that are called so', () => {
    expect(offeredByFish('autodevops explain pod.im')).toEqual(['pod.image.not-found']);
    expect(offeredByFish('autodevops policy explain pod.im')).toEqual([]);
    expect(offeredByFish('autodevops config explain pod.im')).toEqual([]);
  });
});

describe.skipIf(!isHere('bash'))('completion in bash', () => {
  it('offers commands, options and choices', () => {
    expect(offered(['autodevops', 'di'])).toEqual(['diagnose']);
    expect(offered(['autodevops', 'diagnose', '--wa'])).toEqual(['--watch']);
    expect(offered(['autodevops', 'diagnose', '-o', 'ma'])).toEqual(['markdown']);
    expect(offered(['autodevops', 'graph', '--format', ''])).toEqual(['text', 'mermaid', 'dot']);
  });

  it('offers the commands of a group after its word, and their options after both', () => {
    expect(offered(['autodevops', 'kill'])).toEqual(['kill-switch']);
    expect(offered(['autodevops', 'change', 'wa'])).toEqual(['watch']);
    expect(offered(['autodevops', 'change', 'list', '--op'])).toEqual(['--open']);
    expect(offered(['autodevops', 'audit', 'export', '--format', ''])).toEqual(['jsonl', 'csv']);
  });
});

describe('completion', () => {
  it('names every command and option in every shell', () => {
    for (const script of [
      bashCompletion(commands),
      zshCompletion(commands),
      fishCompletion(commands),
      powershellCompletion(commands),
    ]) {
      for (const { name, options } of commands) {
        for (const word of name.split(' ')) expect(script).toContain(word);
        for (const option of options) expect(script).toContain(option.name);
      }
      expect(script).not.toContain('undefined');
    }
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { programProcess } from './program-process.ts';

function program(text: string): ReturnType<typeof programProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-program-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'program.mjs'), text);
  return programProcess(join(folder, 'program.mjs'));
}

const signal = AbortSignal.timeout(60_000);

describe('the program beside the extension', () => {
  it('is given its words as they are, and heard to its end', async () => {
    const { run } = program(
      'process.stdout.write(JSON.stringify(process.argv.slice(2))); process.stderr.write("told"); process.exitCode = 2;',
    );
    expect(await run(['-o', '$(touch /tmp/x); `id`', 'ä "quoted"'], { signal })).toEqual({
      code: 2,
      stdout: JSON.stringify(['-o', '$(touch /tmp/x); `id`', 'ä "quoted"']),
      stderr: 'told',
    });
  });

  it('ends when nobody wants its answer any more', async () => {
    const { run } = program('setInterval(() => undefined, 1000);');
    await expect(run([], { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({ code: 'interrupted' });
  });
});

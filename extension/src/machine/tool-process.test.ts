import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { toolProcesses } from './tool-process.ts';

const run = async (script: string, signal = new AbortController().signal): Promise<string> =>
  await toolProcesses.run(process.execPath, ['-e', script], { folder: tmpdir(), signal });

it('gives what a program prints', async () => {
  expect(await run('process.stdout.write("a: b")')).toBe('a: b');
});

it('says what a program says when it fails', async () => {
  await expect(run('process.stderr.write("no chart here"); process.exit(1)')).rejects.toThrow('failed: no chart here');
});

it('ends a program that nobody waits for', async () => {
  const stopped = new AbortController();
  const running = run('setInterval(() => {}, 1000)', stopped.signal);
  stopped.abort();
  await expect(running).rejects.toMatchObject({ code: 'interrupted' });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import { listFiles, root } from './source-files.ts';
import { readSample } from '../../packages/cli/src/sample/sample.ts';

interface Command {
  readonly file: string;
  readonly line: string;
}

/** Every line of every `sh` block in the documents that people read. */
function commands(): readonly Command[] {
  return listFiles()
    .filter((file) => file.endsWith('.md') && !file.includes('/node_modules/') && !file.startsWith('.changeset/'))
    .flatMap((file) => {
      const blocks = readFileSync(join(root, file), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g);
      return [...blocks]
        .flatMap((block) => (block[1] ?? '').split('\n'))
        .filter((line) => line.trim() !== '' && !line.startsWith('#'))
        .map((line) => ({ file, line: line.replace(/\s+#.*$/, '').trim() }));
    });
}

/** Words of a shell line with simple quotation marks: the documents use no more than that. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
}

const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts,
);
let folder: string;
let server: Awaited<ReturnType<typeof startReplayServer>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'autodevops-docs-'));
  server = await startReplayServer(await readSample());
  writeFileSync(join(folder, 'kubeconfig'), server.kubeconfig);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function runCommand(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  // Not spawnSync: the replay server answers from this process.
  return import('node:child_process').then(
    ({ spawn }) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [join(root, 'packages/cli/bin/autodevops.mjs'), ...args], {
          cwd: folder,
          env: { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), NO_COLOR: '1' },
          timeout: 60_000,
        });
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
        child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
        child.on('close', (code) => resolve({ code, output }));
      }),
  );
}

describe('every command in the documents', () => {
  it.each(commands().map((c) => [`${c.file}: ${c.line}`, c] as const))('%s', async (_title, { line }) => {
    const [program, ...rest] = words(line);
    if (program === 'npm') {
      const script = rest[0] === 'run' ? rest[1] : rest[0];
      expect(scripts).toContain(script);
      return;
    }
    if (program === 'kubectl') {
      expect(rest[0]).toBe('apply');
      expect(spawnSync('git', ['ls-files', '--error-unmatch', rest.at(-1) ?? ''], { cwd: root }).status).toBe(0);
      return;
    }
    expect([program, rest[0]]).toEqual(['npx', 'autodevops']);
    const { code, output } = await runCommand(rest.slice(1).map((word) => (word === 'PATH' ? folder : word)));
    expect([0, 1, 2], output).toContain(code);
  });
});

// Draws docs/pictures/repair.svg from a real run on the Kind cluster of the test bed: `npm run picture -- repair`.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureKind } from '../../../test/bed/fixtures.ts';
import { ansiPicture } from './ansi-picture.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const namespace = 'shop';
const shown = ['fix', 'service/web', '-n', namespace];

/** What a terminal shows in the end: whole lines, without what was drawn over. */
function lastDrawn(output: string): string {
  const lines = output
    .replaceAll('\r\n', '\n')
    .replaceAll(/\u001b\[\?\d+[hl]/g, '')
    .split('\n');
  return lines
    .map((line) => line.split(/\r|\u001b\[1G\u001b\[0K|\u001b\[2K/).at(-1) ?? '')
    .join('\n')
    .trim();
}

/** Runs the command in a pseudo-terminal, answers its question with yes, and gives back what it wrote. */
function onTerminal(kubeconfig: string): Promise<string> {
  const line = `stty cols 100; ${process.execPath} ${join(root, 'packages/cli/bin/autodevops.mjs')} ${shown.join(' ')}`;
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      env: { ...process.env, KUBECONFIG: kubeconfig, TERM: 'xterm-256color' },
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: 300_000,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('[y/N]') && !child.stdin.writableEnded) child.stdin.end('y\n');
    });
    child
      .on('error', reject)
      .on('close', (code) =>
        code === 0 ? resolve(output) : reject(new Error(`the repair ended with ${code}:\n${output}`)),
      );
  });
}

export async function drawRepair(): Promise<void> {
  const bed = await ensureKind({ verbose: true });
  const kubectl = await bed.kubectl();
  const hand = (args: readonly string[], input = ''): void => {
    const done = spawnSync(kubectl, ['--kubeconfig', bed.kubeconfigPath, ...args], {
      input,
      encoding: 'utf8',
      timeout: 180_000,
    });
    if (done.status !== 0) throw new Error(done.stderr);
  };
  try {
    hand(['create', 'namespace', namespace]);
    const broken = readFileSync(join(root, 'test/scenarios/network/selector-matches-no-pod/sick/1.yaml'), 'utf8');
    hand(['-n', namespace, 'apply', '-f', '-'], broken);
    hand(['-n', namespace, 'wait', '--for=condition=Available', 'deployment/web', '--timeout=120s']);
    const output = await onTerminal(bed.kubeconfigPath);
    writeFileSync(
      join(root, 'docs/pictures/repair.svg'),
      ansiPicture(`${lastDrawn(output)}\n`, `npx autodevops ${shown.join(' ')}`),
    );
  } finally {
    hand(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    await bed.stop();
  }
}

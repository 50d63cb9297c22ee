// The image of the agent and the bot: `npm run image -- --help`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordsOf } from '../developer-command.ts';
import { isBuilt } from './build-fingerprint.mjs';
import { gatherImage } from './image-context.ts';

const root = join(import.meta.dirname, '..', '..', '..');

function run(program: string, args: readonly string[]): void {
  const { status, error } = spawnSync(program, [...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined) {
    throw new Error(`${program} cannot be run (${error.message}): name your container engine by --engine.`);
  }
  if (status !== 0) throw new Error(`${program} ${args[0]} failed.`);
}

const text = { type: 'string' } as const;
const { values } = wordsOf({
  name: 'npm run image --',
  help: `Makes the image of the agent and the bot with this machine's container engine.

Usage: npm run image -- [options]

  --tag NAME          what it is called; may be repeated (default autodevops:VERSION)
  --engine PROGRAM    docker (default), podman, nerdctl, ...
  --platform OS/ARCH  for another machine than this one
  --node-image NAME   where Node is taken from
  --base-image NAME   what it runs on
  --help

Exit codes: 0 made, 1 failed, 64 wrong usage.
`,
  options: {
    tag: { ...text, multiple: true },
    engine: { ...text, default: 'docker' },
    platform: text,
    'node-image': text,
    'base-image': text,
  },
});
const { version } = JSON.parse(readFileSync(join(root, 'packages', 'cli', 'package.json'), 'utf8')) as {
  version: string;
};
const context = mkdtempSync(join(tmpdir(), 'autodevops-image-'));
try {
  if (!isBuilt(root)) run(process.execPath, [join(import.meta.dirname, 'build.ts')]);
  gatherImage(root, context);
  const given = { NODE_IMAGE: values['node-image'], BASE_IMAGE: values['base-image'] };
  run(values.engine, [
    'build',
    ...(values.tag ?? [`autodevops:${version}`]).flatMap((tag) => ['--tag', tag]),
    ...(values.platform === undefined ? [] : ['--platform', values.platform]),
    ...Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : ['--build-arg', `${name}=${value}`],
    ),
    context,
  ]);
} finally {
  rmSync(context, { recursive: true, force: true });
}

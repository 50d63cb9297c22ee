// image.ts [--tag NAME]... [--engine PROGRAM] [--platform OS/ARCH] [--node-image NAME] [--base-image NAME]: the image of the agent
// and the bot. `npm run image`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
const { values } = parseArgs({
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

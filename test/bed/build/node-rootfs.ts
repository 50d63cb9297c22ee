import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../host/command.ts';
import { SOURCE } from '../host/folders.ts';
import { debianMirror, installPackages } from '../host/machine.ts';
import { DEBIAN_SUITE } from '../versions.ts';
import { keyOf, pieceOnDisk, type Piece } from './pieces.ts';

const LIST = 'images/node/packages.txt';

export function nodeRootfsPiece(): Piece {
  return { name: 'node-rootfs', key: keyOf([LIST, 'build/node-rootfs.ts'], [DEBIAN_SUITE]) };
}

/** The archive of a node's Debian, made by debootstrap. */
export async function nodeRootfs(): Promise<string> {
  const folder = await pieceOnDisk(nodeRootfsPiece(), async (aside) => {
    await installPackages();
    const tree = join(aside, 'tree');
    const packages = readFileSync(join(SOURCE, LIST), 'utf8').trim().split('\n').join(',');
    const args = ['--variant=minbase', `--include=${packages}`, DEBIAN_SUITE, tree, debianMirror()];
    await run('debootstrap', args, {
      seconds: 1200,
      log: join(aside, 'debootstrap.log'),
      advice: `debootstrap needs a Debian mirror; this run used ${debianMirror()}.`,
    });
    await run('tar', [
      '-C',
      tree,
      '--exclude=./var/cache/apt/archives/*.deb',
      '--exclude=./var/lib/apt/lists/*',
      '-cf',
      join(aside, 'rootfs.tar'),
      '.',
    ]);
    rmSync(tree, { recursive: true });
  });
  return join(folder, 'rootfs.tar');
}

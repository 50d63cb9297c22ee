import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../host/command.ts';
import { buildImage, type Docker } from '../host/docker.ts';
import { architecture } from '../host/machine.ts';
import { copyPrograms, inContext } from './context.ts';
import { keyOf, pieceOnDisk } from './pieces.ts';

/** The images that scenarios may name; a node has them without asking a registry. */
export const WORKLOAD_IMAGES = [
  'docker.io/library/busybox:1.35',
  'docker.io/library/busybox:1.36',
  'docker.io/library/wrongarch:1.0',
] as const;

const isBusybox = (image: string): boolean => image.includes('busybox');

/** The archive of all workload images, built without a registry. */
export async function workloadArchive(docker: Docker): Promise<string> {
  return await archive(docker, 'workload-images', WORKLOAD_IMAGES, async () => {
    await buildBusybox(docker);
    await buildWrongArchitecture(docker);
  });
}

/** The archive of the one workload image that no registry has. */
export async function wrongArchitectureArchive(docker: Docker): Promise<string> {
  const images = WORKLOAD_IMAGES.filter((image) => !isBusybox(image));
  return await archive(docker, 'wrongarch-image', images, () => buildWrongArchitecture(docker));
}

async function archive(
  docker: Docker,
  name: string,
  images: readonly string[],
  build: () => Promise<void>,
): Promise<string> {
  const piece = { name, key: keyOf(['images/busybox', 'images/wrongarch', 'build/workload-images.ts'], [images]) };
  const folder = await pieceOnDisk(piece, async (aside) => {
    await build();
    await docker.run(['save', '--output', join(aside, 'images.tar'), ...images]);
    await docker.run(['image', 'rm', ...images]);
  });
  return join(folder, 'images.tar');
}

async function buildBusybox(docker: Docker): Promise<void> {
  await inContext('busybox', async (context) => {
    await fillBusybox(context);
    await buildImage(docker, context, WORKLOAD_IMAGES.filter(isBusybox));
  });
}

/** The folder root/ of images/busybox: the program, a link for each command, and folders that any user may write to. */
export async function fillBusybox(context: string): Promise<void> {
  const root = join(context, 'root');
  copyPrograms(['/bin/busybox'], join(root, 'bin'));
  const commands = (await run('/bin/busybox', ['--list'])).trim().split('\n');
  for (const command of commands) {
    if (command !== 'busybox') symlinkSync('busybox', join(root, 'bin', command)); // a link of that name would replace the program
  }
  for (const folder of ['tmp', 'home', 'root', 'var', 'var/run', 'var/www']) mkdirSync(join(root, folder));
  for (const folder of ['tmp', 'home', 'var/run']) chmodSync(join(root, folder), 0o1777);
}

async function buildWrongArchitecture(docker: Docker): Promise<void> {
  await inContext('wrongarch', async (context) => {
    writeFileSync(join(context, 'program'), foreignElfHeader(), { mode: 0o755 });
    await buildImage(
      docker,
      context,
      WORKLOAD_IMAGES.filter((image) => !isBusybox(image)),
    );
  });
}

/** An ELF executable's header for the processor that this machine is not. */
function foreignElfHeader(): Buffer {
  const AARCH64 = 183;
  const X86_64 = 62;
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // magic, 64 bits, little-endian, version
  header.writeUInt16LE(2, 16); // an executable
  header.writeUInt16LE(architecture() === 'amd64' ? AARCH64 : X86_64, 18);
  header.writeUInt32LE(1, 20);
  header.writeUInt16LE(64, 52); // size of this header
  header.writeUInt16LE(56, 54); // size of a program header, of which there are none
  return header;
}

import { join } from 'node:path';
import { buildWrongArchitecture, WORKLOAD_IMAGES, workloadPiece } from '../build/workloadImages.ts';
import { pieceOnDisk } from '../build/pieces.ts';
import type { Docker } from '../host/docker.ts';

/** The archive of the workload images on a machine with a registry: the ordinary busybox, and the image that never starts. */
export async function pulledWorkloadArchive(docker: Docker): Promise<string> {
  const folder = await pieceOnDisk(workloadPiece('pulled-workload-images'), async (aside) => {
    for (const image of WORKLOAD_IMAGES.filter((name) => name.includes('busybox'))) await docker.run(['pull', '--quiet', image]);
    await buildWrongArchitecture(docker);
    await docker.run(['save', '--output', join(aside, 'images.tar'), ...WORKLOAD_IMAGES]);
  });
  return join(folder, 'images.tar');
}

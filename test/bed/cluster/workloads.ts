import { WORKLOAD_IMAGES, workloadArchive, wrongArchitectureArchive } from '../build/workload-images.ts';
import type { Docker } from '../host/docker.ts';
import type { Way } from './way.ts';

/** Gives every node the images that scenarios name: built here, or pulled by the nodes themselves. */
export async function loadWorkloads(
  way: Way,
  docker: Docker,
  nodes: readonly string[],
  loadArchive: (archive: string) => Promise<void>,
): Promise<void> {
  if (way === 'build') return await loadArchive(await workloadArchive(docker));
  const ordinary = WORKLOAD_IMAGES.filter((image) => image.includes('busybox'));
  await Promise.all(
    nodes.map(async (node) => {
      for (const image of ordinary) {
        await docker.run(['exec', node, 'crictl', 'pull', image], {
          advice: 'The nodes pull from docker.io; without it use BED_NODE_IMAGE=build.',
        });
      }
    }),
  );
  await loadArchive(await wrongArchitectureArchive(docker));
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsIn } from '../build/go-tools.ts';
import type { Bed } from '../fixtures.ts';
import { attempt, run } from '../host/command.ts';
import { until } from '../host/wait.ts';

/** Makes the cluster serve the kinds of a tool, by the definitions that its module carries. `folder` is the tool's. */
export async function serveKinds(bed: Bed, folder: string): Promise<void> {
  const kubectl = await bed.kubectl();
  const files = readdirSync(definitionsIn(folder)).flatMap((name) => ['-f', join(definitionsIn(folder), name)]);
  const options = { env: { KUBECONFIG: bed.kubeconfigPath }, seconds: 120 };
  await run(kubectl, ['apply', '--server-side', ...files], options);
  // kubectl gives up on a definition that has no conditions at all yet.
  await until(
    { for: 'the kinds to be served', seconds: 60 },
    async () =>
      (await attempt(kubectl, ['wait', '--for=condition=Established', '--timeout=20s', ...files], options)).code === 0,
  );
}

import { join } from 'node:path';
import { startSampleCluster } from '../../setup/sample-cluster.ts';
import { writeContexts } from '../context-file.ts';

/** What the host of an editor is started with, so that the suite meets the sample cluster and none of the person's own. */
export interface SampleEnvironment {
  readonly environment: Readonly<Record<'KUBECONFIG' | 'XDG_STATE_HOME', string>>;
  readonly close: () => Promise<void>;
}

export async function sampleEnvironment(folder: string): Promise<SampleEnvironment> {
  const { url, close } = await startSampleCluster();
  const kubeconfig = join(folder, 'kubeconfig');
  writeContexts(kubeconfig, { 'kind-shop': url });
  return { environment: { KUBECONFIG: kubeconfig, XDG_STATE_HOME: join(folder, 'state') }, close };
}

import { homedir } from 'node:os';
import { localRoot, localSettings } from '@autodevops/agentd/process/local-settings';
import type { LocalCluster } from '@autodevops/domain/ports/local-cluster';
import { openLocalCluster, rememberedConfiguration } from '@autodevops/kube/local-cluster';
import { fileText } from '../machine/file-text.ts';

/**
 * The local cluster that the configuration at this path describes, if there is one; else the usual one. Its context is
 * written to `kubeconfig`, where this window looks, unless the configuration names a place.
 */
export async function composeLocal(path: string | undefined, kubeconfig: string | undefined): Promise<LocalCluster> {
  const root = localRoot(process.env, process.platform, homedir());
  const config = path !== undefined && (await fileText(path)) !== undefined ? path : undefined;
  const found = await localSettings(
    { config },
    {
      env: { ...process.env, AUTODEVOPS_CONFIG: undefined },
      read: fileText,
      remembered: async (name) => await rememberedConfiguration(root, name),
    },
  );
  return openLocalCluster({
    settings: { ...found.settings, kubeconfig: found.settings.kubeconfig ?? kubeconfig },
    root,
  });
}

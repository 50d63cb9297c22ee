import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { localRoot, localSettings } from '@autodevops/agentd/process/local-settings';
import type { LocalChoice } from '@autodevops/agentd/process/local-settings';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { openLocalCluster, rememberedConfiguration } from '@autodevops/kube/local-cluster';
import type { LocalDoor } from './local-door.ts';

async function read(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new AutoDevOpsError(
      'config.invalid',
      `${path} cannot be read (${error.code ?? error.message}).`,
      'Correct the rights of the file.',
      { cause: error },
    );
  });
}

/** The local cluster that is meant, on this machine. Nothing is done yet. Throws `config.invalid`. */
export async function composeLocal(choice: LocalChoice): Promise<LocalDoor> {
  const root = localRoot(process.env, process.platform, homedir());
  const found = await localSettings(choice, {
    env: process.env,
    read,
    remembered: (name) => rememberedConfiguration(root, name),
  });
  return { ...found, cluster: openLocalCluster({ settings: found.settings, root }) };
}

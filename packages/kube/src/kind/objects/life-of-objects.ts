import { join } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { partsOf, remedy } from '@autodevops/domain/remedy/remedy';
import { readServerFacts } from '../../reader/discovery/server-facts.ts';
import { withApi } from '../life/cluster-api.ts';
import { lookAround, running } from '../life/life.ts';
import type { Life } from '../life/life.ts';
import { statusOf } from '../life/status.ts';
import type { StepLog } from '../life/step-log.ts';
import { putObjects } from './put-objects.ts';
import { readOwnObjects } from './read-objects.ts';
import { newestSnapshot, readSnapshot, snapshotName, writeSnapshot } from './snapshot-file.ts';

interface Place {
  /** Undefined: a name of its own in the folder of snapshots; the newest one there. */
  readonly file: string | undefined;
  readonly folder: string;
}

/** Writes the objects that people put into the cluster into a file. Throws `local.*`, `cluster.*`, `output.failed`, `interrupted`. */
export async function snapshot(
  life: Life,
  { file, folder, secrets }: Place & { readonly secrets: boolean },
  log: StepLog,
): Promise<void> {
  const { settings, signal } = life;
  running(await lookAround(life), settings);
  log.plan(['read']);
  log.begin('read');
  const at = new Date().toISOString();
  const path = file ?? join(folder, snapshotName(settings.name, at));
  const count = await withApi(life.folder.kubeconfig, async (client) => {
    const kubernetes = (await readServerFacts(client, { signal })).version ?? '';
    const objects = await readOwnObjects(client, { signal, secrets, tell: log.tell });
    await writeSnapshot(path, { version: 1, cluster: settings.name, kubernetes, at, secrets }, objects);
    return objects.length;
  });
  if (!secrets) {
    log.note(
      'Secrets are not in it.',
      remedy`${{ do: 'snapshot-local-cluster', secrets: true }} takes them along; the file then holds their values.`,
    );
  }
  log.done(`${count} objects are in ${path}.`, await statusOf(life));
}

const mostNotes = 10;

/** Puts the objects of a snapshot into the cluster. Throws as `snapshot`, `bundle.*`, and `local.failed` when some were refused. */
export async function restore(life: Life, { file, folder }: Place, log: StepLog): Promise<void> {
  const { settings, signal } = life;
  const path = file ?? (await newestSnapshot(folder, settings.name));
  if (path === undefined) {
    throw new AutoDevOpsError(
      'bundle.not-found',
      `There is no snapshot of "${settings.name}".`,
      remedy`Write one with ${{ do: 'snapshot-local-cluster', secrets: false }}, or name a file.`,
    );
  }
  const { objects } = await readSnapshot(path);
  running(await lookAround(life), settings);
  log.plan(['restore']);
  log.begin('restore');
  const failed = await withApi(
    life.folder.kubeconfig,
    async (client) => await putObjects(client, objects, { signal, tell: log.tell }),
  );
  for (const { object, error } of failed.slice(0, mostNotes)) {
    log.note(`${object} is not back: ${error.message}`, partsOf(error));
  }
  if (failed.length > 0) {
    throw new AutoDevOpsError(
      'local.failed',
      `${failed.length} of ${objects.length} objects of ${path} could not be put back.`,
      'Correct what is named above, and restore again: what is back already stays.',
    );
  }
  log.done(`${objects.length} objects of ${path} are back.`, await statusOf(life));
}

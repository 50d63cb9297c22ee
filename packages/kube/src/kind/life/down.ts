import { AutoDevOpsError } from '@autodevops/domain/errors';
import { localContext } from '@autodevops/domain/local-cluster';
import { unmarkImage } from '../engine/marked-image.ts';
import { clearHalfMade, removeMs } from './make-cluster.ts';
import { findKind, forgetContext } from './kind-program.ts';
import { lookAround, refuseForeign } from './life.ts';
import type { Life, Scene } from './life.ts';
import { statusOf } from './status.ts';
import type { StepLog } from './step-log.ts';

/** Takes the context out of the kubeconfig; where there is no kind any more to do it, says how. */
async function forget({ settings, variables, signal }: Life, { found, state }: Scene, log: StepLog): Promise<void> {
  try {
    const kind = await findKind(settings.kind, found.name, variables, signal);
    if (await forgetContext(kind, settings.name, state?.kubeconfig ?? null, signal)) return;
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'local.no-kind') throw error;
  }
  log.note(
    `The context ${localContext(settings.name)} is still in your kubeconfig.`,
    `Remove it: \`kubectl config delete-context ${localContext(settings.name)}\`.`,
  );
}

/** Removes all of a cluster but what is written down of it: containers, context and labelled image. */
export async function clearCluster(life: Life, scene: Scene, log: StepLog): Promise<void> {
  const { found, state } = scene;
  await clearHalfMade(life, scene);
  await forget(life, scene, log);
  if (state !== undefined) await unmarkImage(found.engine, state.mark, { signal: life.signal, withinMs: removeMs });
}

/** Removes what is left of a cluster that was made from here, and nothing else. */
export async function removeCluster(life: Life, scene: Scene, log: StepLog): Promise<void> {
  refuseForeign(scene, life.settings);
  if (scene.state === undefined) return;
  log.begin('remove');
  await clearCluster(life, scene, log);
  await life.folder.remove();
}

/** Throws `local.not-ours`, `local.no-engine`, `local.failed`, `interrupted`. */
export async function down(life: Life, log: StepLog): Promise<void> {
  const { name } = life.settings;
  const scene = await lookAround(life);
  refuseForeign(scene, life.settings);
  const isKnown = scene.state !== undefined;
  log.plan(isKnown ? ['remove'] : []);
  await removeCluster(life, scene, log);
  log.done(
    isKnown ? `The local cluster "${name}" is removed.` : `There is no local cluster "${name}".`,
    await statusOf(life),
  );
}

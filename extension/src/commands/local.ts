import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalEvent, LocalStatus } from '@autodevops/domain/local-cluster';
import type { LocalCluster, Stoppable } from '@autodevops/domain/ports/local-cluster';
import { printable } from '@autodevops/domain/printable';
import { section, textOf } from '../documents/lines.ts';
import { t } from '../language/translate.ts';
import { nextStep } from '../local/next-step.ts';
import type { WindowParts } from '../window-parts.ts';
import type { CommandHandler } from './command.ts';

/** For the end of an agent: the cluster's own work may have taken longer than a command has. */
const ending = (): AbortSignal => AbortSignal.timeout(20_000);

type Work = (cluster: LocalCluster, options: Stoppable) => AsyncIterable<LocalEvent>;

async function run(parts: WindowParts, doing: string, work: Work): Promise<LocalStatus> {
  const { says, status } = await parts.people
    .during('notification', doing, async ({ tell, signal }) => await parts.local.run(doing, work, tell, signal))
    .catch((error: unknown) => {
      tellStopped(parts, doing, error);
      throw error;
    });
  parts.people.whisper(says);
  await parts.clusters.refresh();
  return status;
}

/** Who stops it sees what is left, and how it goes on. */
function tellStopped({ people, local }: WindowParts, doing: string, error: unknown): void {
  if (!(error instanceof AutoDevOpsError) || error.code !== 'interrupted') return;
  const { value } = local.state;
  void people.tell(
    'information',
    [t('{0}: stopped.', doing), value.kind === 'known' ? nextStep(value.status) : ''].join(' ').trim(),
  );
}

/** Ends an agent that knows the cluster that was there before: the address and the keys of the new one are others. */
async function endAgentOf(
  { wanted, problems, changes, agent, launcher, log }: WindowParts,
  context: string,
  signal: AbortSignal,
): Promise<void> {
  const one = wanted();
  if (one instanceof AutoDevOpsError || one.context !== context) return;
  problems.forget();
  changes.forget();
  agent.leave();
  await launcher
    .stop(one, signal)
    .catch((error: unknown) =>
      log.warn(`the agent of ${context} was not ended: ${error instanceof Error ? error.message : String(error)}`),
    );
}

/** Speaks to it from now on, if the window reads the kubeconfig that it is in. */
async function speakTo(
  parts: WindowParts,
  { context, kubeconfig }: LocalStatus,
  isNew: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (!parts.clusters.state.value.contexts.some(({ name }) => name === context)) {
    void parts.people.tell(
      'warning',
      t(
        'It runs, but the kubeconfig of this window does not hold its context {0}. Set autodevops.cluster.kubeconfig to the file that the configuration names, or to {1}.',
        context,
        printable(kubeconfig),
      ),
    );
    return;
  }
  if (isNew) await endAgentOf(parts, context, signal);
  await parts.clusters.choose(context);
  parts.agent.again();
  parts.problems.follow();
  parts.changes.follow();
}

/** Makes it or starts it, and speaks to it from then on. */
export const startLocal: CommandHandler = async (parts, _argument, signal) => {
  const { phase } = await parts.local.status(signal);
  const status = await run(parts, t('Starting the local cluster'), (cluster, options) => cluster.up(options));
  await speakTo(parts, status, phase === 'absent' || phase === 'half-made', ending());
};

export const stopLocal: CommandHandler = async (parts) => {
  await run(parts, t('Stopping the local cluster'), (cluster, options) => cluster.stop(options));
};

/** Its name, if it is one of ours: somebody else's is left alone. */
async function ownName(parts: WindowParts, signal: AbortSignal): Promise<string> {
  const { name, phase } = await parts.local.status(signal);
  if (phase === 'foreign') {
    throw new AutoDevOpsError(
      'usage',
      t('The Kind cluster "{0}" was not made from here and is left alone.', name),
      t('Choose another name in local-config.yaml.'),
    );
  }
  return name;
}

export const removeLocal: CommandHandler = async (parts, _argument, signal) => {
  const name = await ownName(parts, signal);
  const yes = await parts.people.confirm(t('Remove the local cluster "{0}"?', name), {
    detail: t('Everything in it goes.'),
    yes: t('Remove'),
  });
  if (!yes) return;
  const { context } = await run(parts, t('Removing the local cluster'), (cluster, options) => cluster.down(options));
  await endAgentOf(parts, context, ending());
};

export const resetLocal: CommandHandler = async (parts, _argument, signal) => {
  const name = await ownName(parts, signal);
  const yes = await parts.people.confirm(t('Reset the local cluster "{0}"?', name), {
    detail: t('Everything in it goes, and it is made anew.'),
    yes: t('Reset'),
  });
  if (!yes) return;
  const status = await run(parts, t('Resetting the local cluster'), (cluster, options) => cluster.reset(options));
  await speakTo(parts, status, true, ending());
};

export const statusOfLocal: CommandHandler = async (parts, _argument, signal) => {
  const status = await parts.local.status(signal);
  const { name, phase, engine, context, kubeconfig, ready, nodes } = status;
  const next = nextStep(status);
  const text = textOf([
    t('Local cluster {0}: {1}', printable(name), phase),
    ...(next === '' ? [] : [next]),
    ...section(t('Where'), [
      t('engine: {0}', engine ?? t('none answers')),
      t('context: {0}', context),
      t('kubeconfig: {0}', kubeconfig),
      ready ? t('The API server is ready.') : t('The API server does not answer.'),
    ]),
    ...section(
      t('Nodes'),
      nodes.map(
        (node) =>
          `${node.name} (${node.role}): ${node.running ? t('runs') : t('stopped')}${node.version === undefined ? '' : `, ${node.version}`}`,
      ),
    ),
  ]);
  await parts.documents.show({ path: 'local-cluster.txt', language: 'autodevops', text });
};

const imageName = /^[\w][\w.:/@-]{0,254}$/;

export const loadImage: CommandHandler = async (parts) => {
  const image = await parts.people.enter({
    title: t('Load Image'),
    prompt: t('An image of the container engine, for example shop/web:dev'),
    check: (text) => (imageName.test(text.trim()) ? undefined : t('That is no name of an image.')),
  });
  if (image !== undefined) {
    await run(parts, t('Loading {0}', image.trim()), (cluster, options) => cluster.load([image.trim()], options));
  }
};

/** What a new configuration says; the rest has defaults. */
export const firstConfig = `# The local cluster of this folder and its agents.
# Every setting: autodevops config explain
mode: local
cluster:
  type: kind
  nodes: 3
agents:
  jamie:
    memory: sqlite://./data/jamie.db
  scarlet:
    autonomy_level: development
`;

export const openLocalConfig: CommandHandler = async (parts) => {
  const path = parts.folderConfigs.path();
  if (path === undefined) {
    throw new AutoDevOpsError('usage', t('No folder is open.'), t('Open one; its configuration lies in it.'));
  }
  if ((await parts.folder.read(path)) === undefined) {
    const yes = await parts.people.confirm(t('There is no {0} yet. Make one?', parts.settings()['local.config']), {
      detail: t('It describes a local cluster of three nodes and its agents.'),
      yes: t('Make it'),
    });
    if (!yes) return;
    await parts.folder.write(path, firstConfig);
    await parts.folderConfigs.refresh();
  }
  await parts.documents.openFile(path, parts.folderConfigs.state.value?.mistakes[0]?.line);
};

/** The usual name may be that of something else in this folder. */
export const nameLocalConfig: CommandHandler = async (parts) => {
  await parts.documents.openSetting('local.config');
};

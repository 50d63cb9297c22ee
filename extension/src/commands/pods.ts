import { AutoDevOpsError } from '@autodevops/domain/errors';
import { t } from '../language/translate.ts';
import type { ObjectName } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';
import { chooseObject } from './choose-object.ts';
import type { CommandHandler } from './command.ts';
import { requireOpen } from './require-open.ts';

const withPods = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Service'];

/** Names of Kubernetes: nothing of these begins like an option. */
const safeName = /^[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?$/;

function kindOf({ kind }: ObjectName): string | undefined {
  return withPods.find((one) => one.toLowerCase() === kind.toLowerCase());
}

async function kubectl({ terminals }: WindowParts): Promise<string> {
  const found = await terminals.find('kubectl');
  if (found !== undefined) return found;
  throw new AutoDevOpsError(
    'usage',
    t('The program kubectl is not on the PATH.'),
    t('Install it (https://kubernetes.io/docs/tasks/tools), or run the doctor; then start the editor again.'),
  );
}

/** Options that come before the verb's own: the very cluster of this window, whatever kubectl's own context is. */
function clusterOptions({ clusters, settings }: WindowParts, { namespace }: ObjectName): readonly string[] {
  const { chosen } = clusters.state.value;
  if (chosen === undefined) {
    throw new AutoDevOpsError('kubeconfig.no-context', t('No cluster is chosen.'), t('Choose one.'));
  }
  const kubeconfig = settings()['cluster.kubeconfig'];
  return [
    `--context=${chosen.name}`,
    ...(kubeconfig === '' ? [] : [`--kubeconfig=${kubeconfig}`]),
    `--namespace=${namespace || chosen.namespace || 'default'}`,
  ];
}

async function chooseWithPods(parts: WindowParts, argument: unknown, title: string): Promise<ObjectName | undefined> {
  const object = await chooseObject(parts, argument, title, (one) => kindOf(one) !== undefined);
  if (object === undefined) return undefined;
  const kind = kindOf(object);
  if (kind === undefined) {
    throw new AutoDevOpsError(
      'usage',
      t('{0} has no pods.', object.kind),
      t('Take a Pod, or what makes pods: {0}.', withPods.slice(1).join(', ')),
    );
  }
  if (!safeName.test(object.name)) {
    throw new AutoDevOpsError('usage', t('That is no name of an object.'), t('Choose another one.'));
  }
  return { ...object, kind };
}

function target({ kind, name }: ObjectName): string {
  return `${kind.toLowerCase()}/${name}`;
}

export const tailLogs: CommandHandler = async (parts, argument) => {
  const object = await chooseWithPods(parts, argument, t('Tail Logs'));
  if (object === undefined) return;
  parts.terminals.open({
    name: t('Logs of {0}', object.name),
    program: await kubectl(parts),
    args: [
      ...clusterOptions(parts, object),
      'logs',
      '--follow',
      `--tail=${parts.settings()['logs.lines']}`,
      '--all-containers',
      '--prefix',
      target(object),
    ],
  });
};

export const openTerminal: CommandHandler = async (parts, argument) => {
  requireOpen(parts);
  const object = await chooseWithPods(parts, argument, t('Open Terminal in Pod'));
  if (object === undefined) return;
  const yes = await parts.people.confirm(t('Open a terminal in {0} {1}?', object.kind, object.name), {
    detail: t(
      'What you do in it is done at once: no policy is asked, nothing is written to the audit log, and nothing can be undone.',
    ),
    yes: t('Open'),
  });
  if (!yes) return;
  parts.terminals.open({
    name: t('In {0}', object.name),
    program: await kubectl(parts),
    args: [...clusterOptions(parts, object), 'exec', '--stdin', '--tty', target(object), '--', 'sh'],
  });
};

/** `8080` or `8080:80`, each from 1 to 65535. */
export function isPortPair(text: string): boolean {
  const ports = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(text.trim());
  return (
    ports !== null &&
    [ports[1], ports[2]].every((port) => port === undefined || (Number(port) >= 1 && Number(port) <= 65_535))
  );
}

export const portForward: CommandHandler = async (parts, argument) => {
  requireOpen(parts);
  const object = await chooseWithPods(parts, argument, t('Port Forward'));
  if (object === undefined) return;
  const ports = await parts.people.enter({
    title: t('Port Forward'),
    prompt: t('Ports, here and there: 8080:80'),
    check: (text) => (isPortPair(text) ? undefined : t('Write it as in 8080:80')),
  });
  if (ports === undefined) return;
  parts.terminals.open({
    name: t('Ports of {0}', object.name),
    program: await kubectl(parts),
    args: [...clusterOptions(parts, object), 'port-forward', '--address=127.0.0.1', target(object), ports.trim()],
  });
};

import { oneLine, printable } from '@autodevops/domain/printable';
import type { LocalPhase } from '@autodevops/domain/local-cluster';
import type { Icon } from '../contributions/icons.ts';
import type { ItemKind } from '../contributions/item-kinds.ts';
import { t } from '../language/translate.ts';
import type { LocalState } from '../local/local-life.ts';
import { nextStep } from '../local/next-step.ts';
import type { Tint, TreeNode } from '../tree/node.ts';
import type { ClusterState } from './chosen-cluster.ts';
import type { KnownContext } from './known-context.ts';

/** How the folder stands that is open. */
export interface FolderStanding {
  readonly trusted: boolean;
  /** Its configuration cannot be read, so that nothing may be changed. */
  readonly unread: boolean;
}

/** What may be done with the chosen cluster, in a folder that is trusted. */
interface Standing {
  readonly says: string;
  readonly kinds: readonly ItemKind[];
  readonly tint?: Tint;
}

function standingOf({ locked }: ClusterState, { trusted, unread }: FolderStanding): Standing {
  if (!trusted) return { says: t('nothing is run'), kinds: [] };
  return {
    says: locked || unread ? t('read-only') : t('changes allowed'),
    kinds: [locked ? 'lockedContext' : 'openContext'],
    tint: 'good',
  };
}

function contextNode(context: KnownContext, clusters: ClusterState, folder: FolderStanding): TreeNode {
  const isChosen = clusters.chosen?.name === context.name;
  const standing = isChosen ? standingOf(clusters, folder) : undefined;
  const notes = [
    ...(standing === undefined ? [] : [standing.says]),
    ...(context.local ? [t('local')] : []),
    printable(context.server),
  ];
  return {
    id: `context/${context.name}`,
    label: oneLine(context.name, 120),
    description: notes.filter((one) => one !== '').join(' · '),
    tooltip: [
      printable(context.name),
      printable(context.server),
      ...(context.namespace === '' ? [] : [t('namespace {0}', context.namespace)]),
    ],
    icon: isChosen ? 'vm-active' : context.local ? 'vm' : 'cloud',
    ...(standing?.tint === undefined ? {} : { tint: standing.tint }),
    kinds: standing?.kinds ?? ['otherContext'],
    subject: { type: 'context', name: context.name },
    spoken: isChosen
      ? t('{0}, chosen, {1}', context.name, notes.join(', '))
      : t('{0}, {1}', context.name, notes.join(', ')),
  };
}

const phases: Readonly<
  Record<
    LocalPhase,
    { readonly icon: Icon; readonly tint: Tint; readonly kinds: readonly ItemKind[]; readonly says: () => string }
  >
> = {
  absent: { icon: 'vm-outline', tint: 'quiet', kinds: ['stoppedLocal'], says: () => t('not made yet') },
  'half-made': {
    icon: 'warning',
    tint: 'warning',
    kinds: ['localCluster', 'stoppedLocal'],
    says: () => t('half made'),
  },
  running: { icon: 'vm-active', tint: 'good', kinds: ['localCluster', 'runningLocal'], says: () => t('runs') },
  stopped: { icon: 'vm', tint: 'quiet', kinds: ['localCluster', 'stoppedLocal'], says: () => t('stopped') },
  'partly-running': {
    icon: 'warning',
    tint: 'warning',
    kinds: ['localCluster', 'stoppedLocal'],
    says: () => t('some nodes are stopped'),
  },
  foreign: { icon: 'circle-slash', tint: 'quiet', kinds: [], says: () => t('made elsewhere; left alone') },
};

function localNode(state: LocalState): readonly TreeNode[] {
  if (state.kind === 'unknown') return [];
  if (state.kind === 'working') {
    return [
      {
        id: 'local',
        label: state.doing,
        description: printable(state.says),
        icon: 'sync~spin',
        tint: 'information',
        kinds: [],
      },
    ];
  }
  const { status } = state;
  const { name, phase, nodes } = status;
  const next = nextStep(status);
  const { icon, tint, kinds, says } = phases[phase];
  const items = nodes.map((node): TreeNode => ({
    id: `local/${node.name}`,
    label: oneLine(node.name, 120),
    description: [
      node.role,
      node.running ? (node.ready === false ? t('not ready') : t('runs')) : t('stopped'),
      node.version ?? '',
    ]
      .filter((one) => one !== '')
      .join(' · '),
    icon: node.running ? 'vm-active' : 'vm',
    tint: node.running && node.ready !== false ? 'good' : 'quiet',
    kinds: [],
  }));
  return [
    {
      id: 'local',
      // How it stands is said first: in a narrow sidebar the end of a line is not seen.
      label: t('Local cluster'),
      description: `${says()} · ${oneLine(name, 80)}`,
      tooltip: [next === '' ? says() : next],
      icon,
      tint,
      kinds,
      expanded: false,
      ...(items.length === 0 ? {} : { children: () => items }),
    },
  ];
}

/** What the view *Clusters* shows: the local cluster's life, then every context. */
export function clusterNodes(clusters: ClusterState, local: LocalState, folder: FolderStanding): readonly TreeNode[] {
  // The welcome text is for who has nothing; what is half made or stopped is something, also before a kubeconfig knows it.
  const nothingLocal = local.kind === 'unknown' || (local.kind === 'known' && local.status.phase === 'absent');
  if (clusters.contexts.length === 0 && nothingLocal) return [];
  return [...localNode(local), ...clusters.contexts.map((context) => contextNode(context, clusters, folder))];
}

import { workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { oneLine } from '@autodevops/domain/printable';
import { changeNodes, waitingLines } from '../changes/change-nodes.ts';
import { failureText } from '../language/failure-text.ts';
import { t } from '../language/translate.ts';
import { watchLocal } from '../local/local-watch.ts';
import { problemCount } from '../problems/problem-count.ts';
import { listMessage } from '../tree/failure-message.ts';
import type { WindowParts } from '../window-parts.ts';
import { showTree } from './tree-view.ts';
import type { Shown, ShownTree } from './tree-view.ts';

function badge(value: number, tooltip: string): Pick<Shown, 'badge'> {
  return value === 0 ? {} : { badge: { value, tooltip } };
}

function over(message: string | undefined): Pick<Shown, 'message'> {
  return message === undefined ? {} : { message };
}

/** Of a cluster that is gone nothing is said: the welcome text says what to do, and stands only where there is no message. */
function ofCluster({ clusters }: WindowParts, message: string | undefined): string | undefined {
  return clusters.state.value.chosen === undefined ? undefined : message;
}

/** Where no cluster can be named, that is why nothing is seen. */
function contextsMessage({ clusters }: WindowParts): string | undefined {
  const { problem } = clusters.state.value;
  return problem === undefined ? undefined : failureText(problem);
}

/** Where the folder says of its cluster what cannot be read, that is why nothing may be changed. The clusters need the room: Jamie says more. */
function configMessage({ folderConfigs }: WindowParts): string | undefined {
  const problem = folderConfigs.state.value?.problem;
  return problem === undefined ? undefined : oneLine(problem.message.split('\n')[0] ?? '', 300);
}

async function problemsShown(parts: WindowParts): Promise<Shown> {
  const {
    problems: { state },
    settings,
  } = parts;
  const { problemMessage, problemNodes } = await import('../problems/problem-nodes.ts');
  const count = problemCount(state.value);
  return {
    nodes: problemNodes(state.value, settings()['problems.group']),
    ...badge(count, count === 1 ? t('1 problem of the cluster') : t('{0} problems of the cluster', count)),
    ...over(contextsMessage(parts) ?? ofCluster(parts, problemMessage(state.value))),
  };
}

async function clustersShown(parts: WindowParts): Promise<Shown> {
  const { clusterNodes } = await import('../clusters/cluster-nodes.ts');
  const { clusters, local, folder, folderConfigs } = parts;
  const standing = { trusted: folder.trusted(), unread: folderConfigs.refusal() !== undefined };
  return {
    nodes: clusterNodes(clusters.state.value, local.state.value, standing),
    ...over(contextsMessage(parts) ?? configMessage(parts)),
  };
}

function changesShown(parts: WindowParts): Shown {
  const { state } = parts.changes;
  const waiting = waitingLines(state.value).length;
  return {
    nodes: changeNodes(state.value),
    ...over(ofCluster(parts, listMessage(state.value))),
    ...badge(waiting, waiting === 1 ? t('1 change waits for a yes') : t('{0} changes wait for a yes', waiting)),
  };
}

async function incidentsShown(parts: WindowParts): Promise<Shown> {
  const { state } = parts.incidents;
  const { incidentNodes, ongoingLines } = await import('../incidents/incident-nodes.ts');
  const ongoing = ongoingLines(state.value).length;
  return {
    nodes: incidentNodes(state.value),
    ...over(ofCluster(parts, listMessage(state.value))),
    ...badge(ongoing, ongoing === 1 ? t('1 incident goes on') : t('{0} incidents go on', ongoing)),
  };
}

/** What was never looked at is looked at when its view is: no cluster is spoken to before. */
function whenSeen({ view }: ShownTree, look: () => void): Disposable {
  if (view.visible) look();
  return view.onDidChangeVisibility(({ visible }) => {
    if (visible) look();
  });
}

/** What is watched only as long as somebody looks at its view. */
function whileSeen({ view }: ShownTree, watch: () => () => void): Disposable {
  let end: (() => void) | undefined;
  const look = (visible: boolean): void => {
    end?.();
    end = visible ? watch() : undefined;
  };
  look(view.visible);
  const shown = view.onDidChangeVisibility(({ visible }) => look(visible));
  return {
    dispose: () => {
      shown.dispose();
      end?.();
    },
  };
}

/** The trees of the sidebar, each kept current by what it shows. `seen`: somebody looks at them. */
export function registerViews(parts: WindowParts, seen: () => void): readonly Disposable[] {
  const problems = showTree('autodevops.problems', async () => await problemsShown(parts));
  const clusters = showTree('autodevops.clusters', async () => await clustersShown(parts));
  const changes = showTree('autodevops.changes', async () => changesShown(parts));
  const incidents = showTree('autodevops.incidents', async () => await incidentsShown(parts));
  const live = (): boolean =>
    parts.settings()['cluster.access'] === 'live' &&
    parts.folder.trusted() &&
    parts.clusters.state.value.chosen !== undefined;
  const ends = [
    parts.problems.state.subscribe(problems.refresh),
    parts.clusters.state.subscribe(clusters.refresh),
    parts.folderConfigs.state.subscribe(clusters.refresh),
    parts.clusters.state.subscribe(problems.refresh),
    parts.clusters.state.subscribe(changes.refresh),
    parts.clusters.state.subscribe(incidents.refresh),
    parts.local.state.subscribe(clusters.refresh),
    parts.changes.state.subscribe(changes.refresh),
    parts.incidents.state.subscribe(incidents.refresh),
    // A cluster that is chosen later is looked at where its view is open.
    parts.clusters.state.subscribe(() => {
      if (problems.view.visible && live()) parts.problems.follow();
      if (changes.view.visible && live()) parts.changes.follow();
      if (incidents.view.visible && live()) parts.incidents.follow();
    }),
  ];
  return [
    problems,
    clusters,
    changes,
    incidents,
    whenSeen(problems, () => {
      if (live()) parts.problems.follow();
      seen();
    }),
    whenSeen(changes, () => {
      if (live()) parts.changes.follow();
    }),
    whenSeen(incidents, () => {
      if (live()) parts.incidents.follow();
    }),
    whileSeen(clusters, () => watchLocal(parts)),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('autodevops.problems.group')) problems.refresh();
    }),
    { dispose: () => ends.forEach((end) => end()) },
  ];
}

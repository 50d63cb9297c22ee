import { commandEntry } from './commands.ts';
import type { CommandId } from './commands.ts';
import type { ViewId } from './views.ts';
import { all, any, is, isNot, trusted, untrusted } from './when.ts';
import type { When } from './when.ts';

interface Welcome {
  readonly view: ViewId;
  readonly when: When;
  /** Paragraphs; a button stands alone in its line. */
  readonly lines: readonly string[];
}

/** A button of a welcome text, named as its command is. */
export function button(command: CommandId): string {
  return `[${commandEntry(command).title}](command:${command})`;
}

const trustButton = '[Manage Workspace Trust](command:workbench.trust.manage)';
const notTrusted = 'This folder is not trusted: nothing is read from it, and nothing is run.';
const nothingProposed =
  'Nothing was proposed yet. Scarlet proposes what would help a cause; nothing is done before it is agreed to.';
const noIncident = 'There was no incident yet. Monitoring opens them, causes that last, and people.';
const noCluster = all(trusted, is('autodevops.cluster', 'none'));
const noContext = all(noCluster, is('autodevops.contexts', 'none'));
const nothingMade = all(noContext, isNot('autodevops.local', 'working'));
const unchosen = all(noCluster, is('autodevops.contexts', 'some'));
const unreadable = all(noCluster, is('autodevops.contexts', 'unreadable'));
const ready = all(trusted, isNot('autodevops.cluster', 'none'));

/** What an empty view says, and what to do about it. */
export const welcomes: readonly Welcome[] = [
  { view: 'autodevops.problems', when: untrusted, lines: [notTrusted, trustButton] },
  {
    view: 'autodevops.problems',
    when: all(nothingMade, is('autodevops.lacks', 'nothing')),
    lines: [
      'There is no cluster yet. A local one takes some minutes and needs nothing but a container engine.',
      button('autodevops.local.start'),
      'Or take one that you have.',
      button('autodevops.cluster.switch'),
      'A recorded cluster can be looked at without any.',
      button('autodevops.bundle.diagnose'),
    ],
  },
  {
    view: 'autodevops.problems',
    when: all(nothingMade, is('autodevops.lacks', 'engine')),
    lines: [
      'No container engine answers: start Docker, Podman or containerd, or install one. A local cluster runs in it.',
      button('autodevops.doctor'),
      'A recorded cluster can be looked at without any.',
      button('autodevops.bundle.diagnose'),
    ],
  },
  {
    view: 'autodevops.problems',
    when: all(nothingMade, is('autodevops.lacks', 'kind')),
    lines: [
      'The program “kind” is not there; it makes local clusters. The doctor says how to get it.',
      button('autodevops.doctor'),
    ],
  },
  {
    view: 'autodevops.problems',
    when: all(noContext, is('autodevops.local', 'working')),
    lines: ['A local cluster is worked on. Its problems are shown here as soon as it answers.'],
  },
  {
    view: 'autodevops.problems',
    when: unchosen,
    lines: [
      'No cluster is looked at before you choose one.',
      button('autodevops.cluster.switch'),
      'Or have one of your own.',
      button('autodevops.local.start'),
    ],
  },
  {
    view: 'autodevops.problems',
    when: unreadable,
    lines: [
      'No cluster is looked at before the kubeconfig can be read.',
      button('autodevops.doctor'),
      button('autodevops.refresh'),
      'A recorded cluster can be looked at without any.',
      button('autodevops.bundle.diagnose'),
    ],
  },
  {
    view: 'autodevops.problems',
    when: all(ready, is('autodevops.agent', 'failed')),
    lines: [
      'The agent does not run, so nothing can be seen. Its log says why.',
      button('autodevops.agent.restart'),
      button('autodevops.agent.showLogs'),
    ],
  },
  {
    view: 'autodevops.problems',
    when: all(ready, is('autodevops.agent', 'hindered')),
    lines: [button('autodevops.refresh'), button('autodevops.doctor'), button('autodevops.cluster.switch')],
  },
  {
    view: 'autodevops.problems',
    when: all(ready, is('autodevops.agent', 'none')),
    lines: ['Nothing was asked of the cluster yet.', button('autodevops.diagnose.cluster')],
  },
  {
    view: 'autodevops.problems',
    when: all(ready, is('autodevops.agent', 'running'), is('autodevops.problems', 'none')),
    lines: ['No problem is seen.', button('autodevops.diagnose.cluster')],
  },
  { view: 'autodevops.clusters', when: untrusted, lines: [notTrusted, trustButton] },
  {
    view: 'autodevops.clusters',
    when: all(noContext, is('autodevops.lacks', 'nothing')),
    lines: ['No kubeconfig names a cluster.', button('autodevops.local.start'), button('autodevops.doctor')],
  },
  {
    view: 'autodevops.clusters',
    when: all(noContext, any(is('autodevops.lacks', 'engine'), is('autodevops.lacks', 'kind'))),
    lines: ['No kubeconfig names a cluster.', button('autodevops.doctor')],
  },
  {
    view: 'autodevops.clusters',
    when: unreadable,
    lines: [button('autodevops.doctor'), button('autodevops.refresh')],
  },
  { view: 'autodevops.changes', when: untrusted, lines: [notTrusted, trustButton] },
  { view: 'autodevops.changes', when: noCluster, lines: [nothingProposed] },
  {
    view: 'autodevops.changes',
    when: all(ready, is('autodevops.locked', false)),
    lines: [nothingProposed, button('autodevops.proposeFix')],
  },
  {
    view: 'autodevops.changes',
    when: all(ready, is('autodevops.locked', true)),
    lines: [nothingProposed, 'The cluster is read-only.', button('autodevops.cluster.unlock')],
  },
  { view: 'autodevops.incidents', when: untrusted, lines: [notTrusted, trustButton] },
  { view: 'autodevops.incidents', when: noCluster, lines: [noIncident] },
  { view: 'autodevops.incidents', when: ready, lines: [noIncident, button('autodevops.incident.open')] },
];

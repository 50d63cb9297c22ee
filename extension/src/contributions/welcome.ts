import { commandEntry } from './commands.ts';
import type { CommandId } from './commands.ts';
import type { ViewId } from './views.ts';
import { all, is, isNot, trusted, untrusted } from './when.ts';
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
const ready = all(trusted, isNot('autodevops.cluster', 'none'));

/** What an empty view says, and what to do about it. */
export const welcomes: readonly Welcome[] = [
  { view: 'autodevops.problems', when: untrusted, lines: [notTrusted, trustButton] },
  {
    view: 'autodevops.problems',
    when: all(noCluster, is('autodevops.lacks', 'nothing')),
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
    when: all(noCluster, is('autodevops.lacks', 'engine')),
    lines: [
      'No container engine answers: start Docker, Podman or containerd, or install one. A local cluster runs in it.',
      button('autodevops.doctor'),
      'A recorded cluster can be looked at without any.',
      button('autodevops.bundle.diagnose'),
    ],
  },
  {
    view: 'autodevops.problems',
    when: all(noCluster, is('autodevops.lacks', 'kind')),
    lines: [
      'The program “kind” is not there; it makes local clusters. The doctor says how to get it.',
      button('autodevops.doctor'),
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
    when: noCluster,
    lines: ['No kubeconfig names a cluster.', button('autodevops.local.start'), button('autodevops.doctor')],
  },
  { view: 'autodevops.changes', when: untrusted, lines: [notTrusted, trustButton] },
  { view: 'autodevops.changes', when: noCluster, lines: [nothingProposed] },
  { view: 'autodevops.changes', when: ready, lines: [nothingProposed, button('autodevops.proposeFix')] },
  { view: 'autodevops.incidents', when: untrusted, lines: [notTrusted, trustButton] },
  { view: 'autodevops.incidents', when: noCluster, lines: [noIncident] },
  { view: 'autodevops.incidents', when: ready, lines: [noIncident, button('autodevops.incident.open')] },
];

import type { CommandId } from './commands.ts';
import { button } from './welcome.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly media: string;
  readonly mediaText: string;
  /** The step is done when one of these has run, or the key has this value. */
  readonly done: readonly (`onCommand:${CommandId}` | `onContext:${string}` | `onView:${string}`)[];
}

export const walkthrough = {
  id: 'start',
  title: 'From nothing to a repaired cluster',
  description: 'Five steps, each of which really does what it says.',
  steps: [
    {
      id: 'look',
      title: 'See what this machine has',
      lines: [
        'The doctor looks for a container engine, kind, kubectl and a kubeconfig, and says how to get what is missing.',
        button('autodevops.doctor'),
      ],
      media: 'media/walkthrough/machine.svg',
      mediaText: 'A list of programs, each with a tick or with what to do.',
      done: ['onCommand:autodevops.doctor'],
    },
    {
      id: 'cluster',
      title: 'Start a local cluster',
      lines: [
        'Three nodes in containers, with Jamie and Scarlet beside them. It can be stopped and taken away again.',
        button('autodevops.local.start'),
        'Or look at a cluster that you have.',
        button('autodevops.cluster.switch'),
      ],
      media: 'media/walkthrough/cluster.svg',
      mediaText: 'Three nodes of a cluster.',
      done: ['onContext:autodevops.local == running', 'onCommand:autodevops.cluster.switch'],
    },
    {
      id: 'ask',
      title: 'Ask Jamie',
      lines: [
        'Jamie reads the cluster and says what is wrong, why, since when and what to do, with quotations. No model is needed.',
        button('autodevops.ask'),
        button('autodevops.diagnose.cluster'),
      ],
      media: 'media/walkthrough/answer.svg',
      mediaText: 'A cause with its evidence under it.',
      done: ['onCommand:autodevops.ask', 'onCommand:autodevops.diagnose.cluster'],
    },
    {
      id: 'fix',
      title: 'Let Scarlet propose a fix',
      lines: [
        'You see what would differ, how far it reaches and who has to agree. Nothing is done before that.',
        button('autodevops.proposeFix'),
      ],
      media: 'media/walkthrough/difference.svg',
      mediaText: 'Two versions of a manifest beside one another.',
      done: ['onCommand:autodevops.proposeFix'],
    },
    {
      id: 'trust',
      title: 'Stay in command',
      lines: [
        'Everything is written to an audit log that anybody can verify, the last change can be undone, and the kill switch stops all at once.',
        button('autodevops.audit.verify'),
        button('autodevops.killSwitch'),
      ],
      media: 'media/walkthrough/command.svg',
      mediaText: 'A chain of records.',
      done: ['onCommand:autodevops.audit.verify', 'onCommand:autodevops.killSwitch', 'onCommand:autodevops.audit.show'],
    },
  ] satisfies readonly Step[],
} as const;

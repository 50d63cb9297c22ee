import { counted, listed } from '@autodevops/domain/count-words';
import type { Intent } from '../../intent.ts';
import { notSeen } from '../../scope.ts';

/** What a node says of itself, by the words for it. */
const facts: readonly {
  readonly words: RegExp;
  readonly said: string;
  readonly field: 'osImage' | 'kernelVersion' | 'containerRuntimeVersion' | 'architecture' | 'kubeletVersion';
}[] = [
  { words: /\b(?:os|operating systems?|distro|distribution|linux)\b/i, said: 'operating system', field: 'osImage' },
  { words: /\bkernels?\b/i, said: 'kernel', field: 'kernelVersion' },
  {
    words: /\b(?:container )?(?:runtimes?|containerd|cri-?o|docker)\b/i,
    said: 'container runtime',
    field: 'containerRuntimeVersion',
  },
  { words: /\b(?:arch|architectures?|cpu type|amd64|arm64?|x86)\b/i, said: 'architecture', field: 'architecture' },
  { words: /\bkubelets?\b/i, said: 'kubelet', field: 'kubeletVersion' },
];

/** Operating system, kernel, runtime and architecture of the nodes. */
export const nodeFacts: Intent = {
  name: 'node-facts',
  example: 'which operating system do the nodes run?',
  patterns: [
    /^(?:what|which) (?<fact>[a-z ]+?)(?: versions?)? (?:do|does|is|are|on|have|has) (?:the |my |our |all )*(?:worker |cluster )?(?:nodes?|machines|cluster)(?: (?:run|running|use|using|have|on|of))*$/i,
    /^(?:what is |show(?: me)? )?(?:the )?(?<fact>[a-z ]+?)(?: versions?)? (?:of|on) (?:the |my |our |all )*(?:nodes?|machines)$/i,
  ],
  answer: (caught, context) => {
    const fact = facts.find(({ words }) => words.test(caught('fact')));
    if (fact === undefined) return undefined;
    const blind = notSeen(context, 'Node');
    if (blind !== undefined) return blind;
    const rows = context.snapshot
      .list('Node')
      .map(({ metadata, status: { nodeInfo } }) => [metadata.name, ...facts.map(({ field }) => nodeInfo[field])]);
    const values = [
      ...new Set(
        context.snapshot
          .list('Node')
          .map(({ status }) => status.nodeInfo[fact.field])
          .filter((value) => value !== ''),
      ),
    ];
    return {
      headline: `The ${fact.said} of ${counted(rows.length, 'node')}: ${listed(values) || 'not told'}.`,
      table: { columns: ['node', ...facts.map(({ said }) => said)], rows },
    };
  },
};

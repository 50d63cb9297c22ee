import { z } from 'zod';

const name = z.string().max(400);
const object = z.strictObject({ kind: name, namespace: name, name });

/** Steps that are the same whatever they are about. */
const plainSteps = [
  // Changes, and what rules them.
  'list-changes',
  'list-actions',
  'rehearse-scaling',
  'propose-directly',
  'turn-kill-switch-off',
  'break-glass',
  'show-policy',
  // Looking.
  'explain-code',
  'capture-bundle',
  'list-incidents',
  'list-conversations',
  // People.
  'list-people',
  'unlink-account',
  'make-link-code',
  'make-token',
  'list-tokens',
  // The agent, its store and its configuration.
  'show-agent',
  'start-agent',
  'stop-agent',
  'check-store',
  'restore-store',
  'explain-configuration',
  // The local cluster.
  'make-local-cluster',
  'start-local-cluster',
  'reset-local-cluster',
  'remove-local-cluster',
  'write-local-kubeconfig',
  // What is chosen for the next try.
  'choose-kubeconfig',
  'choose-context',
  'choose-user',
  'choose-groups',
  'choose-configuration',
  'choose-local-name',
  'choose-output',
  'choose-client-certificate',
  'name-prometheus',
  'name-alertmanager',
] as const;

/**
 * One thing that a person can do next, as data: every surface has its own name for it. The list is closed, and each
 * surface's table of names holds all of it, so that one that is missing there does not compile.
 */
export const RemedyStep = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(plainSteps) }),
  z.strictObject({ do: z.enum(['show-change', 'watch-change', 'cancel-change']), change: name }),
  z.strictObject({
    do: z.literal('propose-change'),
    action: name,
    target: object,
    params: z.record(z.string(), name).describe('what is in capital letters, a person has to choose'),
  }),
  z.strictObject({ do: z.literal('propose-fix'), target: object.optional().describe('absent: of what is found') }),
  z.strictObject({ do: z.literal('ask'), question: name }),
  z.strictObject({ do: z.literal('diagnose'), namespace: name.optional().describe('absent: as it is chosen') }),
  z.strictObject({ do: z.literal('show-incident'), incident: name }),
  z.strictObject({ do: z.literal('add-person'), account: name.optional().describe('the account to link') }),
  z.strictObject({ do: z.literal('make-first-token'), brokenGlass: z.boolean() }),
  z.strictObject({ do: z.literal('snapshot-local-cluster'), secrets: z.boolean() }),
]);
export type RemedyStep = z.infer<typeof RemedyStep>;

/** A sentence in its parts: words, and among them steps, for which each surface puts its own name. */
export const RemedyParts = z.array(z.union([z.string().max(4000), RemedyStep])).max(40);
export type RemedyParts = z.infer<typeof RemedyParts>;

/**
 * As a contract carries it beside the sentence. A step that whoever reads does not know yet is no failure: he has the
 * sentence, which names commands of the terminal.
 */
export const ToldParts = RemedyParts.optional()
  .catch(undefined)
  .describe('the same in its parts, where it names what a person can do next: words, and steps as data');

import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { concernedBy } from '../health/health.ts';
import { stateOfRef } from '../health/object-state.ts';
import { isRolledOut } from '../health/rollout-state.ts';
import { nothingInScope } from '../health/scope-health.ts';
import { kindFromWords } from '../naming/phrase.ts';
import { resolve } from '../naming/resolve.ts';
import { agoOf } from '../time-words.ts';

/** What a state is called, and how `stateOf` says it. */
const states: readonly { readonly words: RegExp; readonly said: string; readonly test: (state: string) => boolean }[] =
  [
    { words: /^suspended$/i, said: 'suspended', test: (state) => state.startsWith('suspended') },
    { words: /^paused$/i, said: 'paused', test: (state) => state.startsWith('paused') },
    {
      words:
        /^(?:scaled (?:down|to (?:0|zero))|at zero|at 0|asleep|sleeping|off|(?:switched|turned|shut) (?:off|down))$/i,
      said: 'scaled to zero',
      test: (state) => state.includes('scaled to 0'),
    },
    { words: /^(?:cordoned|drained|unschedulable)$/i, said: 'cordoned', test: (state) => state.includes('cordoned') },
    {
      words: /^schedulable$/i,
      said: 'open to pods',
      test: (state) => state.startsWith('ready') && !state.includes('cordoned'),
    },
    { words: /^bound$/i, said: 'bound', test: (state) => state.startsWith('Bound') },
    {
      words: /^(?:finish(?:ed)?|complete[d]?|done|through|succeed(?:ed)?|successful|work(?:ed)?)$/i,
      said: 'complete',
      test: (state) => /^complete$/i.test(state),
    },
    { words: /^fail(?:ed)?$/i, said: 'failed', test: (state) => /^failed/i.test(state) },
    { words: /^(?:terminating|being deleted)$/i, said: 'terminating', test: (state) => state === 'Terminating' },
  ];

function sentence(context: AskContext, ref: ObjectRef, said: string, isSo: boolean): string {
  const object = isKindName(ref.kind) ? context.snapshot.get(ref.kind, ref.namespace, ref.name) : undefined;
  const when = object === undefined || !isSo ? '' : `, written last ${agoOf(context, lastChange(object))}`;
  return `${refText(ref)} is ${isSo ? '' : 'not '}${said} (${stateOfRef(context.snapshot, ref)}${when}).`;
}

/** Of a namespace: how much in it is at rest, and who said so. */
function restOf(context: AskContext, { name }: ObjectRef): Reply {
  const scope = { ...context, namespace: name };
  const notes = nothingInScope(scope);
  return {
    headline:
      notes[0] === undefined || !notes[0].includes('scaled to zero')
        ? `No: nothing in namespace ${name} is scaled to zero.`
        : notes[0].replace('there', `in namespace ${name}`),
    lines: notes.slice(1),
  };
}

/** Whether a rollout is through: every pod is of the newest revision, and available. */
function rolloutOf(context: AskContext, ref: ObjectRef): Reply | undefined {
  const deployment = context.snapshot.get('Deployment', ref.namespace, ref.name);
  if (deployment === undefined) return undefined;
  const { updatedReplicas = 0, availableReplicas = 0 } = deployment.status;
  const wanted = deployment.spec.replicas ?? 1;
  const { own } = concernedBy(context, [ref]);
  const isDone = isRolledOut(deployment);
  const numbers = `${updatedReplicas} of ${wanted} pods are of the newest revision, ${availableReplicas} are available`;
  return {
    headline: `${isDone ? 'Yes' : 'No'}: the rollout of ${refText(ref)} is ${isDone ? '' : 'not '}complete (${numbers}).`,
    causes: [...own],
    objects: [ref],
  };
}

/** How a CronJob went is how its newest Job went. */
function newestRun({ snapshot }: AskContext, ref: ObjectRef): ObjectRef {
  if (ref.kind !== 'CronJob') return ref;
  const jobs = snapshot
    .ownedBy(ref.uid)
    .filter(({ kind }) => kind === 'Job')
    .toSorted((a, b) =>
      (b.object.metadata.creationTimestamp ?? '').localeCompare(a.object.metadata.creationTimestamp ?? ''),
    );
  return jobs[0] === undefined ? ref : refTo('Job', jobs[0].object);
}

/** Whether X is suspended, paused, scaled to zero, cordoned, bound, finished. */
export const isInState: Intent = {
  name: 'is-in-state',
  example: 'is the report cron job suspended?',
  patterns: [
    /^rollout status(?: of| for)? (?<rollout>.+)$/i,
    /^(?:is|are|was|has|have|did) (?:the )?(?:(?:last|latest|newest|most recent) (?:run of (?:the )?)?)?(?<object>.+?) (?:been |get |still |supposed to be |meant to be )*(?<state>suspended|paused|scaled down|scaled to (?:0|zero)|at zero|at 0|asleep|sleeping|off|(?:switched|turned|shut) (?:off|down)|schedulable|cordoned|drained|unschedulable|bound|finish(?:ed)?|completed?|done|through|succeed(?:ed)?|successful|fail(?:ed)?|work(?:ed)?|terminating|being deleted)(?: (?:now|yet|already|last time|the last time))?$/i,
  ],
  answer: (caught, context) => {
    const rollout = caught('rollout');
    const asked = states.find(({ words }) => words.test(rollout === '' ? caught('state') : 'complete'));
    if (
      asked === undefined ||
      kindFromWords(caught('object').replace(/^(?:any|all|there)(?: any)? /i, '')) !== undefined
    ) {
      return undefined;
    }
    const named = resolve(context, rollout === '' ? caught('object') : rollout);
    if ('reply' in named) return named.reply;
    const found = {
      objects: named.objects.map((ref) =>
        ['complete', 'failed'].includes(asked.said) ? newestRun(context, ref) : ref,
      ),
    };
    const [first] = found.objects;
    if (asked.said === 'complete' && first?.kind === 'Deployment') return rolloutOf(context, first);
    if (first === undefined || (['complete', 'failed'].includes(asked.said) && first.kind !== 'Job')) return undefined;
    if (first.kind === 'Namespace' && asked.said === 'scaled to zero') return restOf(context, first);
    const so = found.objects.map((ref) => asked.test(stateOfRef(context.snapshot, ref)));
    const lines = found.objects.map((ref, i) => sentence(context, ref, asked.said, so[i] === true));
    return {
      headline: `${so.every(Boolean) ? 'Yes' : so.some(Boolean) ? 'In part' : 'No'}: ${lines[0] ?? ''}`,
      lines: lines.slice(1),
      objects: [...found.objects],
    };
  },
};

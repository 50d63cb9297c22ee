import { counted, listed } from '@autodevops/domain/count-words';
import { refTo, refText } from '@autodevops/domain/object-ref';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { stateOfRef } from '../../health/object-state.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';

const workloads: readonly KindName[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'];
const around: readonly KindName[] = ['Service', 'Ingress', 'PersistentVolumeClaim', 'ConfigMap', 'Secret'];
const most = 50;

function listOf(context: AskContext, isMeant: (state: string) => boolean, said: string): Reply {
  const rows = workloads
    .flatMap((kind) => inScope(context, kind).map((object) => refTo(kind, object)))
    .map((ref) => [refText(ref), stateOfRef(context.snapshot, ref)]);
  const found = rows.filter(([, state = '']) => isMeant(state));
  const others =
    said === ''
      ? around.map((kind) => counted(inScope(context, kind).length, kind, `${kind}${kind === 'Ingress' ? 'es' : 's'}`))
      : [];
  const of =
    said === ''
      ? `${counted(found.length, 'workload')}${scopeWords(context)}`
      : `${found.length} of ${counted(rows.length, 'workload')}${scopeWords(context)} ${found.length === 1 ? 'is' : 'are'} ${said}`;
  if (found.length === 0) {
    return {
      headline:
        said === ''
          ? `No workload${scopeWords(context)} can be seen.`
          : `None of ${counted(rows.length, 'workload')}${scopeWords(context)} is ${said}.`,
    };
  }
  return {
    headline: `${of}.`,
    table: { columns: ['workload', 'state'], rows: found.slice(0, most) },
    lines: [
      ...(others.length === 0 ? [] : [`Besides: ${listed(others, 5)}.`]),
      ...(found.length > most ? [`${found.length - most} more are left out.`] : []),
    ],
  };
}

/** What runs in a namespace, or anywhere: every workload with its state. */
export const whatRunsHere: Intent = {
  name: 'what-runs-here',
  example: 'what runs in namespace shop?',
  patterns: [
    /^(?:what|which (?:workloads?|apps?|applications?|services?))(?: all)? (?:runs?|is running|are running|is deployed|are deployed|is installed|lives|is there|exists?)(?: here| there)?$/i,
    /^(?:show(?: me)?|list|get|print|give me)(?: me)? (?:everything|all|all (?:objects|resources|workloads|apps)|the workloads|workloads|applications|apps)$/i,
    /^what is(?: in| inside| there| here)?$/i,
    /^(?:workloads|apps|applications|everything)$/i,
    /^how many (?:workloads|apps|applications)(?: (?:are there|do (?:i|we) have|are running|run|exist))*$/i,
    /^(?:what|how many (?:workloads|apps|applications|things)|which (?:workloads|apps|applications|ones|things)|is anything|anything|list (?:workloads|everything|what is))(?: (?:is|are|that|was|were))* (?<rest>scaled (?:down|to (?:0|zero))|at zero|asleep|sleeping|(?:switched|turned|shut) (?:off|down)|suspended|off|idle)(?: (?:now|right now|currently|there|here))?$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Deployment');
    if (blind !== undefined) return blind;
    if (caught('rest') === '') return listOf(context, () => true, '');
    return /suspended/i.test(caught('rest'))
      ? listOf(context, (state) => state.startsWith('suspended'), 'suspended')
      : listOf(
          context,
          (state) => state.includes('scaled to 0') || state.startsWith('suspended'),
          'scaled to zero or suspended',
        );
  },
};

import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { workloadNamespaces, workloadTemplates } from '../reading/workloads/workload-templates.ts';
import type { AskContext, Reply } from './intent.ts';
import type { Lack } from './lacks.ts';
import { notSeen, scopeWords } from './scope.ts';
import { counted, pluralOf } from './words.ts';

const most = 40;

/** Which workloads in scope lack something; `kind`: of one kind only. */
export function lackingReply(context: AskContext, kind: KindName | undefined, lack: Lack): Reply {
  const blind = notSeen(context, kind ?? 'Deployment');
  if (blind !== undefined) return blind;
  const namespaces = context.namespace === undefined ? workloadNamespaces(context.snapshot) : [context.namespace];
  const all = namespaces
    .flatMap((namespace) => workloadTemplates(context.snapshot, namespace))
    .filter(({ ref }) => kind === undefined || ref.kind === kind);
  const found = all
    .map((workload) => ({ ref: workload.ref, where: lack.where(workload, context) }))
    .filter(({ where }) => where.length > 0);
  const of = `of ${counted(all.length, kind ?? 'workload', pluralOf(kind ?? 'workload'))}${scopeWords(context)}`;
  if (found.length === 0) return { headline: `None ${of} has ${lack.said}.` };
  const rows = found.slice(0, most).map(({ ref, where }) => [refText(ref), where.join(', ')]);
  const left = found.length - rows.length;
  return {
    headline: `${found.length} ${of} ${found.length === 1 ? 'has' : 'have'} ${lack.said}.`,
    table: { columns: ['workload', 'where'], rows },
    lines: left > 0 ? [`${left} more are left out.`] : [],
  };
}

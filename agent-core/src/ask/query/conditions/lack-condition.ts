import { listed } from '@autodevops/domain/count-words';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { workloadTemplates } from '../../../reading/workloads/workload-templates.ts';
import type { WorkloadTemplate } from '../../../reading/workloads/workload-templates.ts';
import { lacks } from '../../lacks.ts';
import { templatesOf } from '../../templates-of.ts';
import { after } from '../condition.ts';
import type { ReadCondition, Shown } from '../condition.ts';
import type { Subject } from '../subject.ts';

/** What the object makes or is, as those who may lack something. */
function templateOf(snapshot: Snapshot, { ref, metadata }: Subject): WorkloadTemplate | undefined {
  const workload = workloadTemplates(snapshot, ref.namespace).find(
    (template) => template.ref.kind === ref.kind && template.ref.name === ref.name,
  );
  const [running] = workload === undefined && isKindName(ref.kind) ? templatesOf(snapshot, [ref]) : [];
  return (
    workload ??
    (running === undefined
      ? undefined
      : {
          ref,
          metadata,
          labels: metadata.labels,
          labelsPath: 'metadata.labels',
          spec: running.spec,
          replicas: 1,
          ready: 0,
        })
  );
}

const runs: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
]);
const absence =
  /^(?:(?:with|have|has|having|set|define) )?(?:no|without|not (?:have|has|set|setting|define|defining|specify|with|use|using)|missing|lack(?:s|ing)?)(?: an?| any| the)?(?: (?:resource|container|defined|set))? /i;
const presence =
  /^(?:(?:with|have|has|having|set|setting|define|use|uses|using|run|runs|running) )+(?:an? |any |the |resource |as )*/i;

/** "Without limits", "with no readiness probe", "with one replica", "running as root", "with a PodDisruptionBudget". */
export const readLack: ReadCondition = (words, { context, kinds }) => {
  if (!kinds.every((kind) => runs.has(kind))) return undefined;
  const isAbsent = absence.test(words);
  const named = words.replace(isAbsent ? absence : presence, '');
  for (const lack of lacks) {
    const match = lack.words.exec(named);
    // "More than one replica" is an amount, not "one replica".
    if (match?.index !== 0) continue;
    const saysAbsent = lack.said.startsWith('no ');
    if (isAbsent && !saysAbsent) continue;
    const isWanted = isAbsent === saysAbsent;
    const said = isWanted
      ? lack.said
      : lack.said
          .replace(/^no (?=.*s$)/, '')
          .replace(/^no (?=[aeiou])/i, 'an ')
          .replace(/^no /, 'a ');
    const whereOf = (subject: Subject): readonly string[] | undefined => {
      const template = templateOf(context.snapshot, subject);
      return template === undefined ? undefined : lack.where(template, context);
    };
    const where: Shown = { column: 'where', of: (subject) => listed(whereOf(subject) ?? []) };
    return {
      condition: {
        said: `with ${said}`,
        fits: (subject) => {
          const found = whereOf(subject);
          return found !== undefined && found.length > 0 === isWanted;
        },
        ...(isWanted ? { shown: where } : { against: { ...where, column: saysAbsent ? 'where not' : 'where' } }),
      },
      rest: after(named, match)
        .replace(
          /^(?:(?:probes?|checks?|users?|images?|tags?|mode)(?= |$) ?)?(?:set|defined|configured|specified)?(?= |$)/i,
          '',
        )
        .trim(),
    };
  }
  return undefined;
};

import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { lackingReply } from '../lacking-reply.ts';
import { lacks } from '../lacks.ts';
import { namesOf } from '../naming/names.ts';
import { kindFromWords } from '../naming/phrase.ts';
import { stateOfRef } from '../health/object-state.ts';
import { resolve } from '../naming/resolve.ts';
import { inScope, notSeen, scopeWords } from '../scope.ts';
import { templatesOf } from '../templates-of.ts';
import { listed } from '../words.ts';

function inNamespace(context: AskContext, kind: KindName): Reply {
  const refs = inScope(context, kind).map((object) => refTo(kind, object));
  return (
    notSeen(context, kind) ?? {
      headline:
        refs.length === 0 ? `No: there is no ${kind}${scopeWords(context)}.` : `Yes: ${listed(refs.map(refText))}.`,
      objects: refs,
    }
  );
}

/** "Does db have a volume": an object of that kind that belongs to it. */
function havingKind(context: AskContext, object: string, setting: string): Reply | undefined {
  const kind = /^(?:persistent )?(?:volumes?|storage|disks?)$/i.test(setting)
    ? 'PersistentVolumeClaim'
    : kindFromWords(setting);
  if (kind === undefined || ['Node', 'Namespace', 'Event'].includes(kind)) return undefined;
  if (context.snapshot.get('Namespace', '', object.replace(/^the /i, '')) !== undefined) {
    return inNamespace({ ...context, namespace: object.replace(/^the /i, '') }, kind);
  }
  const found = resolve(context, `${kind} of ${object}`);
  if ('reply' in found) {
    return found.reply.outcome === undefined
      ? { ...found.reply, headline: `No: ${found.reply.headline}` }
      : found.reply;
  }
  return {
    headline: `Yes: ${namesOf(found.objects)}.`,
    lines: found.objects.slice(0, 8).map((ref) => `${refText(ref)}: ${stateOfRef(context.snapshot, ref)}.`),
    objects: [...found.objects],
  };
}

/** What may be said with a setting without saying more of it. */
const besides =
  /^(?:(?:probes?|checks?|set|defined|configured|an?|the|its|own|any|image|tag|user|container|socket|resource) ?)*$/i;

/** Whether X has a probe, limits, a disruption budget, an autoscaler. */
export const hasSetting: Intent = {
  name: 'has-setting',
  example: 'does web have a readiness probe?',
  patterns: [
    /^(?:does|do|has|have|is|are) (?<object>.+?) (?:have|has|got|set|use|uses|using|define|defines|with|without|running|run|protected by|guarded by)(?: got| set| any| an?| the| its| own)* (?<setting>.+)$/i,
  ],
  answer: (caught, context) => {
    // All of it: "more than 100Mi as its memory limit" is another question.
    const lack = lacks.find(({ words }) => besides.test(caught('setting').replace(words, ' ').trim()));
    if (lack === undefined) return havingKind(context, caught('object'), caught('setting'));
    const several = caught('object').replace(/^(?:the|all|all the|my|our|any|every) /i, '');
    const kind = kindFromWords(several);
    if (
      kind !== undefined ||
      /^(?:containers?|workloads?|apps?|applications?|everything|things?|images?)$/i.test(several)
    ) {
      return lackingReply(context, kind === 'Pod' ? undefined : kind, lack);
    }
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const running = templatesOf(context.snapshot, found.objects);
    const workloads = running.flatMap(({ ref }) =>
      workloadTemplates(context.snapshot, ref.namespace).filter(
        (t) => t.ref.kind === ref.kind && t.ref.name === ref.name,
      ),
    );
    const objects = [...found.objects];
    if (workloads.length === 0) {
      return {
        headline: `${namesOf(found.objects)} is no workload that keeps running, so that cannot be said of it.`,
        objects,
      };
    }
    const sentences = workloads.map((workload) => {
      const where = lack.where(workload, context);
      const isAbsence = lack.said.startsWith('no ');
      const name = refText(workload.ref);
      if (where.length === 0) {
        return isAbsence
          ? `Yes: ${name} has ${lack.said.replace(/^no /, workload.spec.containers.length > 1 ? 'everywhere a ' : 'a ').replace(/^a (limits|requests)$/, '$1')}.`
          : `No: ${name} does not have ${lack.said}.`;
      }
      const detail = workload.spec.containers.length > 1 || !isAbsence ? ` (${listed(where)})` : '';
      return `${isAbsence ? 'No' : 'Yes'}: ${name} has ${lack.said}${detail}.`;
    });
    const [headline = '', ...lines] = sentences;
    return { headline, lines, objects };
  },
};

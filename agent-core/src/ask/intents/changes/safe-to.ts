import { counted, listed } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { budgetsOver } from '../../../reading/workloads/budgets-over.ts';
import { isReady } from '../../../reading/pods/pod-status.ts';
import { workloadTemplates } from '../../../reading/workloads/workload-templates.ts';
import { podsOf } from '../../entrances.ts';
import { concernedBy } from '../../health/health.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { leaningOn, lostWith } from '../../leaning-on.ts';
import { namesOf } from '../../naming/names.ts';
import { nodeLossReply } from '../../health/node-loss-reply.ts';
import { resolve } from '../../naming/resolve.ts';

const note = 'This is judged from what can be seen here: what the program itself does when it is stopped is not.';

function ofRestart(context: AskContext, ref: ObjectRef): Reply {
  const { snapshot } = context;
  const template = workloadTemplates(snapshot, ref.namespace).find(
    (t) => t.ref.kind === ref.kind && t.ref.name === ref.name,
  );
  const ready = podsOf(snapshot, ref).filter(isReady).length;
  const { own } = concernedBy(context, [ref]);
  const [cause] = own;
  const common = { objects: [ref], causes: [...own], lines: [note], blindSpots: [...context.diagnosis.blindSpots] };
  if (cause !== undefined) {
    const stays = ready > 0 ? `its ${counted(ready, 'ready pod')} may be lost to it` : 'it does not repair that';
    return {
      ...common,
      headline: `No: new pods of ${refText(ref)} meet the same trouble, and ${stays}. ${cause.cause}`,
    };
  }
  if ((template?.replicas ?? 1) === 0) {
    return { ...common, headline: `Nothing of ${refText(ref)} runs: it is scaled to zero.` };
  }
  if (ready <= 1) {
    return {
      ...common,
      headline: `Not without a gap: ${refText(ref)} has ${counted(ready, 'ready pod')}, so nobody serves while ${ref.kind === 'Deployment' ? 'a new one starts, unless its strategy starts it first' : 'a new one starts'}.`,
    };
  }
  return {
    ...common,
    headline: `As far as can be seen, yes: ${refText(ref)} has ${ready} ready pods, and a rollout replaces them in turn.`,
  };
}

function ofRemoval({ snapshot }: AskContext, ref: ObjectRef): Reply {
  const leaning = leaningOn(snapshot, [ref]);
  const common = { objects: [ref], lines: [...lostWith(ref), note] };
  if (leaning.length === 0) return { ...common, headline: `Nothing that can be seen leans on ${refText(ref)}.` };
  return {
    ...common,
    headline: `No: ${counted(leaning.length, 'object leans', 'objects lean')} on ${refText(ref)}: ${listed(leaning.map(refText))}.`,
  };
}

function ofPod(context: AskContext, ref: ObjectRef): Reply {
  const pod = context.snapshot.get('Pod', ref.namespace, ref.name);
  if (pod?.metadata.ownerReferences.length === 0) {
    return { headline: `No: nothing makes ${refText(ref)} anew.`, objects: [ref], lines: [note] };
  }
  return {
    headline: `Its controller makes another in place of ${refText(ref)}; until that is ready, one pod less serves.`,
    objects: [ref],
    lines: [note],
  };
}

/** Whether something may be restarted, removed or drained without harm, as far as a cluster shows it. */
export const safeTo: Intent = {
  name: 'safe-to',
  example: 'is it safe to restart web?',
  patterns: [
    /^(?:is it|would it be|will it be|is that)(?: be)? (?:safe|ok|okay|fine|risky|dangerous|a problem|bad|possible)(?: for (?:me|us))?(?: to| if i| if we) (?<verb>\w+(?: down)?) (?<object>.+?)(?: now| safely)?$/i,
    /^(?:is|are) (?<object>.+?) (?:safe|ok|okay|fine) to (?<verb>restart|delete|remove|kill|drain|reboot|cordon|bounce|redeploy|stop|evict)(?: now)?$/i,
    /^(?:can|could|may|should|shall) (?:i|we) (?:safely |just |simply |now )*(?<verb>restart|delete|remove|kill|drain|reboot|cordon|bounce|redeploy|stop|evict) (?<object>.+?)(?: now| safely| without .*)?$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const [ref] = found.objects;
    if (found.objects.length > 1) {
      return {
        outcome: 'no-such-name',
        headline: `Say which is meant: ${namesOf(found.objects)}.`,
        objects: [...found.objects],
        suggestions: found.objects.map(refText),
      };
    }
    if (ref.kind === 'Node') return nodeLossReply(context, ref);
    const closed = /^(?:evict|drain)$/i.test(caught('verb'))
      ? budgetsOver(context.snapshot, podsOf(context.snapshot, ref)).filter(({ allowed }) => allowed === 0)
      : [];
    if (closed.length > 0) {
      return {
        headline: `No: ${listed(closed.map((budget) => refText(budget.ref)))} allows no eviction now.`,
        objects: [ref],
        lines: [note],
      };
    }
    if (ref.kind === 'Pod') return ofPod(context, ref);
    return /^(?:delete|remove|kill)$/i.test(caught('verb')) ? ofRemoval(context, ref) : ofRestart(context, ref);
  },
};

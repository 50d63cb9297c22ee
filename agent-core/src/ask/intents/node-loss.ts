import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { leaningOn, lostWith } from '../leaning-on.ts';
import { nodeLossReply } from '../health/node-loss-reply.ts';
import { stateOfRef } from '../health/object-state.ts';
import { resolve } from '../naming/resolve.ts';
import { counted } from '../words.ts';

function objectReply(context: AskContext, ref: ObjectRef): Reply {
  const dependents = leaningOn(context.snapshot, [ref]);
  const objects = [ref];
  const lines = [...lostWith(ref)];
  if (dependents.length === 0) return { headline: `Nothing that can be seen leans on ${refText(ref)}.`, lines, objects };
  const rows = dependents.map((d) => [refText(d), stateOfRef(context.snapshot, d)]).toSorted((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
  return { headline: `${counted(rows.length, 'object leans', 'objects lean')} on ${refText(ref)}, directly or through others.`, table: { columns: ['who', 'state'], rows: rows.slice(0, 40) }, lines, objects };
}

/** What would be hit if node N (or any object) goes. */
export const nodeLoss: Intent = {
  name: 'node-loss',
  example: 'what would be hit if node worker-1 goes?',
  patterns: [
    /^(?:what|who|which [\w ]+?|how much)\b.*? (?:if|when|should) (?:i |we |the |someone )*(?:lose|loses|lost|drain|drains|reboot|reboots|stop|stops|kill|kills|cordon|remove|removes|delete|deletes|shut down|take down|restart) (?<object>.+?)(?: (?:now|today|down))?$/i,
    /^(?:what|who|which [\w ]+?|how much)\b.*? (?:if|when|should) (?:the )?(?<object>.+?) (?:goes|went|go|dies|died|die|fails|failed|fail|is|were|was|crashes|breaks|gets|disappears|reboots|stops|vanishes|has)\b.*$/i,
    /^(?:would|will|does|could) (?:it )?(?:deleting|draining|losing|removing|stopping|killing|rebooting|the loss of|hurt to (?:delete|drain|lose|remove|stop|kill|reboot)) (?<object>.+?)(?: (?:hurt|break|matter|harm|affect|be) ?.*)?$/i,
    /^(?:what is the )?(?:blast radius|impact) of (?:losing |draining )?(?<object>.+)$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const [ref] = found.objects;
    return ref.kind === 'Node' ? nodeLossReply(context, ref) : objectReply(context, ref);
  },
};

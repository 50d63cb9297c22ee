import { counted, listed } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { imageReference } from '../../../reading/images/image-reference.ts';
import { topOwner } from '../../../reading/workloads/owner.ts';
import { revisionsOf as revisions } from '../../../timeline/revision.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';
import { agoOf } from '../../time-words.ts';

const columns = ['revision', 'made', 'images', 'what changed'];

function deploymentOf({ snapshot }: AskContext, ref: ObjectRef): ObjectRef | undefined {
  const pod = ref.kind === 'Pod' ? snapshot.get('Pod', ref.namespace, ref.name) : undefined;
  const top = pod === undefined ? ref : topOwner(snapshot, 'Pod', pod);
  return top.kind === 'Deployment' ? top : undefined;
}

function replyOf(context: AskContext, deployment: ObjectRef, previous: boolean): Reply {
  const newestFirst = revisions(context.snapshot, deployment).toReversed();
  const [now, before] = newestFirst;
  const objects = [deployment];
  const name = refText(deployment);
  if (now === undefined) {
    return { outcome: 'not-seen', headline: `I could not read the revisions of ${name}.`, objects };
  }
  const rows = newestFirst.map(({ number, created, template, differences }) => [
    String(number),
    agoOf(context, created),
    listed(template.spec.containers.map((c) => c.image)),
    differences.join(', '),
  ]);
  const common = { objects, table: { columns, rows } };
  if (before === undefined) {
    return {
      ...common,
      headline: `${name} has one revision only (${now.number}), ${agoOf(context, now.created)}: nothing to go back to.`,
    };
  }
  const difference = now.differences.length === 0 ? 'nothing that can be seen differs' : now.differences.join(', ');
  if (previous) {
    return {
      ...common,
      headline: `Before revision ${now.number}, ${name} was at revision ${before.number} (${listed(before.template.spec.containers.map((c) => c.image))}), made ${agoOf(context, before.created)}. Since then: ${difference}.`,
    };
  }
  return {
    ...common,
    headline: `${name} is at revision ${now.number} of ${counted(newestFirst.length, 'revision')} that are kept, made ${agoOf(context, now.created)}. Against revision ${before.number}: ${difference}.`,
  };
}

/** When a version came into use, by the revision that has it in its image. */
function whenOf(context: AskContext, ref: ObjectRef, version: string): Reply {
  const found = revisions(context.snapshot, ref).find(({ template }) =>
    template.spec.containers.some(({ image }) => imageReference(image).tag.replace(/^v/, '') === version),
  );
  return {
    headline:
      found === undefined
        ? `No revision of ${refText(ref)} that is kept has version ${version}.`
        : `${refText(ref)} got version ${version} ${agoOf(context, found.created)} (${found.created}), with revision ${found.number}.`,
    objects: [ref],
  };
}

/** The revisions of X and what sets the newest apart from the one before. */
export const revisionsOf: Intent = {
  name: 'revisions-of',
  example: 'what differs between the last two revisions of web?',
  patterns: [
    /^(?:show(?: me)?|what (?:is|was|are|were)|list|get|give me|which (?:is|was))? ?(?:the )?(?<previous>previous|last|former|old|earlier|prior)? ?(?:rollout |deployment |release )?(?:revisions?|rollout history|history|release|versions history)(?: history)? (?:of|for) (?<object>.+)$/i,
    /^(?:show(?: me)?|what is|get)? ?(?:the )?(?:diffs?|differences?) (?:between|of|in|from)? ?(?:the )?(?:last |latest |two |2 |newest |current |previous |both |old |new )*(?:and (?:the )?(?:last|previous|new|old) )?(?:revisions?|versions?|rollouts?|releases?|deployments?) (?:of|for|in) (?<object>.+)$/i,
    /^what (?:is different|is new|differs|did the last (?:rollout|release|deploy(?:ment)?) change)(?: between the last two (?:revisions|versions))? (?:in|of|for|with) (?:the )?(?:new |latest |last |current )?(?:revisions?|versions?|rollouts?|releases?)? ?(?:of )?(?<object>.+)$/i,
    /^(?:can|could|how can|is it possible to) (?<object>.+?) (?:be )?(?:rolled|roll|go|taken?) ?back(?: .*)?$/i,
    /^what (?:version|revision|image) (?:was|did) (?<object>.+?) (?:run(?:ning)? |at |have |on )?before$/i,
    /^(?:which|what) (?:is|was|are) (?:the )?(?<previous>previous|last good|former|prior|last working|old|earlier) (?:revision|version|image|release|tag) of (?<object>.+)$/i,
    /^when (?:was|did) (?<object>[\w./-]+?) (?:version |v(?=\d))?(?<version>\d[\w.-]*) (?:was )?(?:deployed|released|rolled out|shipped|installed|made|go live|come|first deployed)$/i,
  ],
  answer: (caught, context) => {
    const found = resolve(context, caught('object'));
    if ('reply' in found) return found.reply;
    const deployments = found.objects.flatMap((ref) => deploymentOf(context, ref) ?? []);
    const [first, second] = deployments;
    if (first === undefined) {
      return {
        headline: `Only of Deployments does a cluster keep revisions that can be read here; ${refText(found.objects[0])} is none.`,
        objects: [...found.objects],
      };
    }
    if (second !== undefined) {
      return {
        outcome: 'no-such-name',
        headline: `${deployments.length} Deployments are called that: say which.`,
        suggestions: deployments.map(refText),
        objects: deployments,
      };
    }
    return caught('version') === ''
      ? replyOf(context, first, caught('previous') !== '')
      : whenOf(context, first, caught('version'));
  },
};

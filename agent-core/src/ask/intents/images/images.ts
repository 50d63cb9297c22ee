import { counted, listed } from '@autodevops/domain/count-words';
import { ownedTree } from '../../../graph/graph.ts';
import { imageUsersReply, imagesReply, livingPods } from '../../images-reply.ts';
import { podsOf } from '../../entrances.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { resolve } from '../../naming/resolve.ts';
import { isReady } from '../../../reading/pods/pod-status.ts';
import { notSeen, scopeWords } from '../../scope.ts';

/** What is ready is what answers; what is only rolled out is not. */
function servingReply(context: AskContext, words: string): Reply {
  const found = resolve(context, words);
  if ('reply' in found) return found.reply;
  const pods = found.objects.flatMap((ref) => podsOf(context.snapshot, ref)).filter(isReady);
  const used = [...new Set(pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image)))];
  const names = namesOf(found.objects);
  const objects = [...found.objects];
  if (used.length === 0) return { headline: `Nothing: no pod of ${names} is ready.`, objects };
  return {
    ...imagesReply(context, pods, ` of ${names}`),
    headline: `${listed(used)}: that is what the ${counted(pods.length, 'ready pod')} of ${names} run${pods.length === 1 ? 's' : ''}.`,
    objects,
  };
}

/** Which images run; which image X runs; who runs image Z. */
export const images: Intent = {
  name: 'images',
  example: 'which images run in namespace shop?',
  isLoose: true,
  patterns: [
    /^(?:which|what) (?:image|version|tag|release) (?:of (?:the )?(?<serving>[\w./-]+)) (?:is|are) (?:actually |really |now )?(?:serving(?: traffic| users| requests)?|live|in production|answering|handling traffic)(?: (?:now|right now|at the moment))?$/i,
    /^(?:who|what|which [\w ]+?)(?: all)? (?:uses?|runs?|is using|are using|is running|are running|pulls?) (?:the )?image (?<image>\S+)$/i,
    /^(?:who|what|which [\w ]+?)(?: all)? (?:uses?|runs?|is using|are using|is running|are running) (?:the )?(?<image>[\w./-]+:[\w.-]+)$/i,
    /^(?:which|what)(?: is the)? (?<object>[\w.-]+) (?:image|version|tag)(?: (?:is|are|do|does|we|i|run|running|used|use|deployed|have|in use|there))*$/i,
    /^(?:which|what) (?:images?|versions?|tags?|image tags?|image versions?) (?:of (?:the )?)?(?:does|do|is|are|has|have)? ?(?<object>[\w./ -]+?)(?: (?:is|are|run|runs|running|use|uses|using|have|on|deployed|at))*$/i,
    /^(?:which|what|list|show(?: me)?|how many|get)(?: all)?(?: the)?(?: container| different| distinct)? images?(?: (?:do|are|is))?(?: (?:i|we|you|there))?(?: (?:run|runs|running|used|use|have|in use|deployed|being used|exist))*$/i,
    /^(?:images?|image list)$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const living = livingPods(context);
    const image = caught('image');
    if (image !== '') {
      return imageUsersReply(context, image) ?? { headline: `No pod${scopeWords(context)} runs image ${image}.` };
    }
    if (caught('serving') !== '') return servingReply(context, caught('serving'));
    const object = caught('object')
      .replace(/^(?:are|is|do|does|we|i|there|run|running|used|in use)\b ?/i, '')
      .replace(/^.+ (?:runs?|is running|are running) (?:in|as) (?=\S)/i, '');
    if (object === '' || /^(?:run|runs|running|used|there|deployed|in use|we|i|exist)$/i.test(object)) {
      return imagesReply(context, living, scopeWords(context));
    }
    const found = resolve(context, object);
    if ('reply' in found) return found.reply;
    const own = new Set(
      found.objects
        .flatMap((ref) => [ref, ...ownedTree(context.snapshot, ref)])
        .filter((r) => r.kind === 'Pod')
        .map((r) => `${r.namespace}/${r.name}`),
    );
    const pods = living.filter((pod) => own.has(`${pod.metadata.namespace}/${pod.metadata.name}`));
    return { ...imagesReply(context, pods, ` of ${namesOf(found.objects)}`), objects: [...found.objects] };
  },
};

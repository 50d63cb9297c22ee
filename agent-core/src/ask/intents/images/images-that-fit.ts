import { counted, listed, pluralOf } from '@autodevops/domain/count-words';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { amountWords, boundFrom, boundWords, isWithin, numberFrom } from '../../query/amount.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { workloadOf } from '../../../reading/workloads/owner.ts';
import { refText } from '@autodevops/domain/object-ref';
import { livingPods } from '../../images-reply.ts';
import { subjectsOf } from '../../query/subject.ts';
import { templatesOf } from '../../templates-of.ts';
import { imageReference } from '../../../reading/images/image-reference.ts';
import { notSeen, scopeWords } from '../../scope.ts';
import { fewNames } from '../../few-names.ts';

const most = 40;
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;

interface UsedImage {
  readonly image: string;
  readonly pods: readonly Pod[];
}

function usedImages(context: AskContext): readonly UsedImage[] {
  const used = new Map<string, Set<Pod>>();
  const add = (image: string, pod?: Pod): void => {
    const pods = used.get(image) ?? new Set<Pod>();
    used.set(image, pod === undefined ? pods : pods.add(pod));
  };
  for (const pod of livingPods(context)) {
    for (const { image } of [...pod.spec.initContainers, ...pod.spec.containers]) add(image, pod);
  }
  // What is scaled to zero or waits for its hour has an image, too.
  for (const { ref } of workloads.flatMap((kind) => subjectsOf(context, [kind]))) {
    for (const { spec } of templatesOf(context.snapshot, [ref])) {
      for (const { image } of [...spec.initContainers, ...spec.containers]) add(image);
    }
  }
  return [...used]
    .map(([image, pods]) => ({ image, pods: [...pods] }))
    .toSorted((a, b) => a.image.localeCompare(b.image));
}

/** In how many of them an image is used. */
const places: Readonly<Record<string, (context: AskContext, pods: readonly Pod[]) => number>> = {
  namespace: (_, pods) => new Set(pods.map(({ metadata }) => metadata.namespace)).size,
  pod: (_, pods) => pods.length,
  node: (_, pods) => new Set(pods.map(({ spec }) => spec.nodeName)).size,
  workload: ({ snapshot }, pods) => new Set(pods.map((pod) => refText(workloadOf(snapshot, pod)))).size,
};

/** By its registry, or by what it begins with: `ghcr.io/acme`. */
function isFrom(image: string, wanted: string): boolean {
  const { registry, repository } = imageReference(image);
  return registry.includes(wanted) || `${registry}/${repository}`.startsWith(`${wanted}/`);
}

function isPinned({ image }: UsedImage): boolean {
  return image.includes('@sha256:');
}

/** Images by how they are pinned, where they come from, and in how many places they are used. */
export const imagesThatFit: Intent = {
  name: 'images-that-fit',
  example: 'which images have no digest?',
  patterns: [
    /^(?:which|what|list|show(?: me)?|how many|are there(?: any)?|any)(?: of)?(?: the| all| our)* ?(?:container |different )?images? (?:that )?(?:are |is |have |has |with )*(?<not>not |no |without )?(?:an? |pinned |by |to )*(?<digest>digests?)$/i,
    /^(?:which|what|list|show(?: me)?|how many|are there(?: any)?|any)(?: the| all| our)* ?(?:container )?images? (?:that )?(?:are |is |come |comes |do )*(?<from>not )?(?:come |coming |pulled )?(?:from) (?:the )?(?:registry )?(?<registry>docker ?hub|[\w.:/-]+)$/i,
    /^(?:which|what|list|show(?: me)?|how many|are there(?: any)?|any)(?: the| all| our)* ?(?:container )?images? (?:that )?(?:use|uses|have|has|with|carry|on|are|is)(?: an?| the)? (?<tag>[\w.-]+) tags?$/i,
    new RegExp(
      `^(?:which|what|list|show(?: me)?|how many)(?: the| all| our)* ?(?:container )?images? (?:that )?(?:are |is |run |runs )*(?:used |running )?(?:in|by|on) (?<bound>${boundWords}) (?<amount>${amountWords}) (?:different )?(?<place>namespace|pod|node|workload)s?$`,
      'i',
    ),
    /^(?:list|show(?: me)?|get|which)(?: the| all| our)* ?(?:container )?images? (?<all>with (?:their |the )?(?:tags?|versions?|digests?|names?))$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const used = usedImages(context);
    const isNot = caught('not') !== '';
    const [said, fits] = ((): readonly [string, (one: UsedImage) => boolean] => {
      if (caught('digest') !== '') return [isNot ? 'no digest' : 'a digest', (one) => isPinned(one) !== isNot];
      if (caught('tag') !== '') {
        return [`the tag ${caught('tag')}`, ({ image }) => imageReference(image).tag === caught('tag')];
      }
      if (caught('registry') !== '') {
        const wanted = caught('registry')
          .toLowerCase()
          .replace(/^docker ?hub$/, 'docker.io');
        const isOther = caught('from') !== '';
        return [
          isOther ? `another registry than ${wanted}` : `the registry ${wanted}`,
          ({ image }) => isFrom(image, wanted) !== isOther,
        ];
      }
      const count = places[caught('place').toLowerCase()];
      if (count === undefined) return ['', () => true];
      const [bound, limit] = [boundFrom(caught('bound')), numberFrom(caught('amount')) ?? 0];
      return [
        `users in ${caught('bound')} ${caught('amount')} ${pluralOf(caught('place').toLowerCase(), limit)}`,
        ({ pods }) => isWithin(count(context, pods), bound, limit),
      ];
    })();
    const found = used.filter(fits);
    const rows = found
      .slice(0, most)
      .map(({ image, pods }) => [
        image,
        String(pods.length),
        listed([...new Set(pods.map(({ metadata }) => metadata.namespace))]),
      ]);
    return {
      headline:
        said === ''
          ? `${counted(used.length, 'image')}${scopeWords(context)}.`
          : `${found.length === 0 ? 'None' : found.length} of ${counted(used.length, 'image')}${scopeWords(context)} ${found.length === 1 || found.length === 0 ? 'has' : 'have'} ${said}${fewNames(found.map(({ image }) => image))}.`,
      ...(rows.length === 0 ? {} : { table: { columns: ['image', 'pods', 'namespaces'], rows } }),
      lines: found.length > most ? [`${found.length - most} more are left out.`] : [],
    };
  },
};

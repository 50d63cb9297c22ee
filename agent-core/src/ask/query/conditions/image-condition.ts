import { listed } from '@autodevops/domain/count-words';
import type { Container } from '@autodevops/domain/kubernetes/pod';
import { isMeant } from '../../fields/matching.ts';
import { templatesOf } from '../../templates-of.ts';
import { after } from '../condition.ts';
import type { Asked, Condition, ReadCondition } from '../condition.ts';
import type { Subject } from '../subject.ts';

function imagesOf({ context }: Asked, { ref }: Subject): readonly string[] {
  return templatesOf(context.snapshot, [ref]).flatMap(({ spec }) =>
    [...spec.initContainers, ...spec.containers].map(({ image }: Container) => image),
  );
}

function condition(asked: Asked, said: string, test: (image: string) => boolean): Condition {
  return {
    said,
    fits: (subject) => imagesOf(asked, subject).some(test),
    shown: { column: 'image', of: (subject) => listed([...new Set(imagesOf(asked, subject).filter(test))]) },
  };
}

/** `nginx:1.2x` and `nginx:1.*`: whatever stands in the open place. Undefined where there is none. */
function openTag(wanted: string): RegExp | undefined {
  const [, name = '', tag = ''] = /^(.+):([\w.-]*(?:\*|\dx|\.x)[\w.*-]*)$/i.exec(wanted) ?? [];
  if (name === '') return undefined;
  const escape = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `(?:^|/)${escape(name)}:${escape(tag)
      .replaceAll('*', '.*')
      .replaceAll(/(?<=\d|\\\.)x/gi, '[\\w.-]*')}$`,
    'i',
  );
}

const using =
  /^(?:(?:that )?(?:use|uses|using|run|runs|running|with|on|from|of|built from|based on|(?:pulled|come|comes|coming) from) )?(?:the |an? )?(?:images? )?(?:(?:from|of|called|named) (?:the )?(?:registry )?)?(?<image>[\w.-]+(?:[/:@][\w.*:@/-]+)?|[\w./-]+)(?: images?)?(?= |$)/i;
const digest =
  /^(?:(?:with|having|have|has) )?(?:(?<no>no|not|without)(?: an?| by| pinned by| pinned to)* |an? |pinned (?:by|to) (?:an? )?)?digests?(?= |$)/i;

/** "Using busybox", "with image nginx:1.2x", "without a digest". */
export const readImage: ReadCondition = (words, asked) => {
  const pinned = digest.exec(words);
  if (pinned !== null) {
    const isPinned = pinned.groups?.['no'] === undefined;
    return {
      condition: condition(
        asked,
        isPinned ? 'with a digest' : 'without a digest',
        (image) => image.includes('@sha256:') === isPinned,
      ),
      rest: after(words, pinned),
    };
  }
  const match = using.exec(words);
  const wanted = match?.groups?.['image'] ?? '';
  if (match === null || /^(?:the|an?|any|no|image|images)$/i.test(wanted)) return undefined;
  const open = openTag(wanted);
  const test = open === undefined ? (image: string) => isMeant(image, wanted) : (image: string) => open.test(image);
  const isImage = open !== undefined || /[/:]/.test(wanted) || /^(?:\S+ )*images? /i.test(match[0]);
  // A bare word is an image only where one is called so.
  const isKnown =
    isImage ||
    asked.context.snapshot.list('Pod').some(({ spec }) => spec.containers.some(({ image }) => isMeant(image, wanted)));
  return isKnown &&
    /^(?:use|uses|using|run|runs|running|with|on|from|of|built|based|pulled|come|comes|coming|that|image)\b|[/:]/i.test(
      match[0],
    )
    ? { condition: condition(asked, `with image ${wanted}`, test), rest: after(words, match) }
    : undefined;
};

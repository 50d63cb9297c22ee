import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kindFromWords } from '../naming/phrase.ts';

const longRunning: readonly KindName[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Words for several kinds at once, or for one that stands for its pods. */
const general: readonly { readonly words: RegExp; readonly kinds: readonly KindName[] }[] = [
  { words: /^(?:workloads?|apps?|applications?|components?|programs?)$/i, kinds: longRunning },
  { words: /^containers?$/i, kinds: ['Pod'] },
  { words: /^back ?ends?$/i, kinds: ['Service'] },
  { words: /^storage$/i, kinds: ['PersistentVolumeClaim'] },
  { words: /^servers?$/i, kinds: ['Service', ...longRunning] },
  {
    words: /^(?:admission )?webhooks?(?: configurations?)?$/i,
    kinds: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  },
];

export function kindsCalled(words: string): readonly KindName[] {
  // kubectl's short names of a Node and of a LimitRange are words of every second question.
  const kind = /^(?:no|limits)$/i.test(words) ? undefined : kindFromWords(words);
  return kind === undefined ? (general.find((g) => g.words.test(words))?.kinds ?? []) : [kind];
}

/** A kind in a text: where its words stand, and which kinds they mean. */
export interface KindInText {
  readonly kinds: readonly KindName[];
  readonly before: string;
  readonly after: string;
}

/** The kinds that a text speaks of, in its order; the longest words for one win ("config map" before "map"). */
export function kindsIn(text: string): readonly KindInText[] {
  const words = text.split(' ');
  const found: KindInText[] = [];
  for (let at = 0; at < words.length;) {
    const length = [3, 2, 1].find(
      (count) => at + count <= words.length && kindsCalled(words.slice(at, at + count).join(' ')).length > 0,
    );
    if (length === undefined) {
      at += 1;
      continue;
    }
    found.push({
      kinds: kindsCalled(words.slice(at, at + length).join(' ')),
      before: words.slice(0, at).join(' '),
      after: words.slice(at + length).join(' '),
    });
    at += length;
  }
  return found;
}

import { counted, listed, pluralOf } from '@autodevops/domain/count-words';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { AskContext, Intent, Reply } from '../../intent.ts';
import { namedHealth } from '../../health/named-health.ts';
import { kindFromWords } from '../../naming/phrase.ts';
import { resolve } from '../../naming/resolve.ts';
import { inScope, notSeen } from '../../scope.ts';
import { stateOfRef } from '../../health/object-state.ts';

/** "Is there a storage class called fast": yes or no, and what there is instead. */
function existence(context: AskContext, words: string): Reply {
  const found = resolve(context, words);
  if ('objects' in found) {
    return {
      headline: `Yes: ${listed(found.objects.map(refText))}.`,
      lines: found.objects
        .slice(0, 8)
        .map((ref) => `${refText(ref)}: ${stateOfRef(context.snapshot, ref) || 'is there'}.`),
      objects: [...found.objects],
    };
  }
  const kind = kindFromWords(words.split(' ').slice(0, -1).join(' '));
  if (kind === undefined || !isKindName(kind) || notSeen(context, kind) !== undefined) return found.reply;
  const names = inScope(context, kind).map(({ metadata }) => metadata.name);
  return {
    ...found.reply,
    outcome: 'answered',
    headline: `No. ${found.reply.headline}`,
    lines: [
      `There ${names.length === 1 ? 'is' : 'are'} ${counted(names.length, kind, pluralOf(kind))}${names.length === 0 ? '' : `: ${listed(names, 8)}`}.`,
    ],
  };
}

/** A name and nothing else ("deploy/web"), or whether there is something of a name. */
export const objectByName: Intent = {
  name: 'object-by-name',
  example: 'deploy/web',
  patterns: [
    /^(?:do (?:i|we) have|is there|have we(?: got)?|does the cluster have) (?:an? |any |some )?(?<exists>[a-z]+(?: [a-z]+){0,2}) (?:called|named|by the name(?: of)?) (?<called>\S+)$/i,
    /^(?:does|do) (?:an? |any |the )?(?<existing>[\w./ -]+?) exist$/i,
    /^(?:is|are) (?:the |an? )?(?<existing>[a-z]+(?: [a-z]+)? [\w./-]+) (?:there|present|in place)$/i,
    /^(?<bare>[\w.-]+(?:[/ ][\w.-]+){0,2})$/,
  ],
  answer: (caught, context) => {
    if (caught('called') !== '') return existence(context, `${caught('exists')} ${caught('called')}`);
    if (caught('existing') !== '') return existence(context, caught('existing'));
    const found = resolve(context, caught('bare'));
    if ('objects' in found) return namedHealth(context, caught('bare'));
    return /^[\w.-]+(?:\/[\w.-]+)*$/.test(caught('bare')) ? found.reply : undefined;
  },
};

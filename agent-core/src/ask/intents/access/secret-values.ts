import { listed } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import type { Intent } from '../../intent.ts';
import { resolve } from '../../naming/resolve.ts';

/** What a Secret holds: its keys. Values are never read, so nobody can be told one. */
export const secretValues: Intent = {
  name: 'secret-values',
  example: 'what is in secret db-credentials?',
  patterns: [
    /^(?:what is|what are|show(?: me)?|get|give me|tell me|print|decode|read|dump|reveal) (?:the )?(?:passwords?|passphrase|secret values?|values?|tokens?|credentials?|api ?keys?|private keys?|contents?|data|keys?) (?:in|of|from|for|inside) (?:the )?(?<object>.+)$/i,
    /^(?:what is|what are|show(?: me)?|decode|print|dump|reveal|read) (?:in |inside )?(?:the )?(?<object>secrets? \S+|(?!(?:using|consuming|reading|mounting|referencing|needing) )\S+ secret)(?: (?:decoded|in plain text|values?|contents?))?$/i,
    /^(?:what is|what are|show(?: me)?|print|list|which) (?:in |inside |the (?:data|content|contents|keys) (?:of|in) )(?:the )?(?<object>(?:config ?maps?|cm) \S+|\S+ config ?map)$/i,
    /^(?:please )?(?:base64 |base64-)?(?:decode|decrypt)(?: the)? (?<object>\S+)$/i,
    /(?<any>\b(?:print|show|reveal|tell|give|dump|decode|leak|what is|send|expose)\b.*\b(?:passwords?|credentials|tokens?|secret values?|(?:value of )?(?:every|all|each|any|the) secrets?(?: values?)?|private keys?|api ?keys?)\b.*)/i,
    /^(?:which|what) keys (?:does|do|has|have|are in) (?<object>.+?)(?: have| hold| contain)?$/i,
  ],
  answer: (caught, context) => {
    if (caught('any') !== '') {
      return { headline: 'I never read the values of Secrets, so nobody can be told one by me.' };
    }
    const found = resolve(context, caught('object').replace(/^secrets /i, 'secret '));
    if ('reply' in found) return found.reply;
    const refs = found.objects.filter(({ kind }) => kind === 'Secret' || kind === 'ConfigMap');
    if (refs.length === 0) return undefined;
    const lines = refs.map((ref) => {
      const secret = ref.kind === 'Secret' ? context.snapshot.get('Secret', ref.namespace, ref.name) : undefined;
      const keys = secret?.keys ?? Object.keys(context.snapshot.get('ConfigMap', ref.namespace, ref.name)?.data ?? {});
      return `${refText(ref)} has ${keys.length === 0 ? 'no keys' : `the ${keys.length === 1 ? 'key' : 'keys'} ${listed(keys, 20)}`}${secret === undefined ? '' : ` (${secret.type})`}.`;
    });
    const [first = '', ...rest] = lines;
    const isSecret = refs.some(({ kind }) => kind === 'Secret');
    return { headline: isSecret ? `I never read the values of Secrets. ${first}` : first, lines: rest, objects: refs };
  },
};

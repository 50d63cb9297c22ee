import { listed } from '@autodevops/domain/count-words';
import { parseQuantity } from '@autodevops/domain/quantity';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { formatAmount } from '../../../reading/scheduling/pod-request.ts';
import type { AskContext, Intent } from '../../intent.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';

/** One line of a quota. */
interface Share {
  readonly quota: ObjectRef;
  readonly resource: string;
  readonly used: number;
  readonly hard: number;
}

function sharesIn(context: AskContext): readonly Share[] {
  return inScope(context, 'ResourceQuota').flatMap((quota) =>
    Object.entries({ ...quota.spec.hard, ...quota.status.hard }).flatMap(([resource, limit]) => {
      const [hard, used] = [parseQuantity(limit), parseQuantity(quota.status.used[resource] ?? '0')];
      return hard === undefined || used === undefined
        ? []
        : [{ quota: refTo('ResourceQuota', quota), resource, used, hard }];
    }),
  );
}

function percent({ used, hard }: Share): number {
  return hard === 0 ? 100 : Math.round((used / hard) * 100);
}

function leftText(share: Share): string {
  return `${formatAmount(share.resource, Math.max(0, share.hard - share.used))} of ${share.resource}`;
}

/** The resources that the words are about: "cpu", "how many pods"; all where they name none. */
function about(words: string, shares: readonly Share[]): readonly Share[] {
  const wanted = ['cpu', 'memory', 'pods', 'storage', 'services', 'secrets', 'configmaps'].filter((resource) =>
    new RegExp(`\\b${resource.replace(/s$/, 's?')}\\b`, 'i').test(words),
  );
  const found = shares.filter(({ resource }) => wanted.some((one) => resource.includes(one)));
  return wanted.length === 0 || found.length === 0 ? shares : found;
}

/** What the quotas of a namespace leave, and which is nearly used up. */
export const quotaLeft: Intent = {
  name: 'quota-left',
  example: 'how much quota is left in namespace shop?',
  patterns: [
    /^(?<words>.*\bquotas?\b.*\b(?:left|remaining|remains|free|available|used|usage|use|full|exhausted|exceeded|reached|limits?|hard|status|near\w*|close|almost|tight)\b.*)$/i,
    /^(?<words>.*\b(?:left|remaining|remains|free|available|used|usage|full|exhausted|exceeded|limits?)\b.*\bquotas?\b.*)$/i,
    /^(?:what is |show(?: me)? |what are |list )?(?:the )?(?<words>(?:resource ?)?quotas?)(?: of .*| for .*)?$/i,
    /^(?<more>how many (?:more |other )?(?:pods|services|secrets|config ?maps|claims|pvcs)) (?:may|can|could|is|are) (?:still )?.*\b(?:creat\w*|made?|add\w*|start\w*|run|have)\b.*$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'ResourceQuota');
    if (blind !== undefined) return blind;
    const named = context.snapshot
      .list('Namespace')
      .find(({ metadata }) => `${caught('words')} ${caught('more')}`.split(' ').includes(metadata.name))?.metadata.name;
    const scope = named === undefined ? context : { ...context, namespace: named };
    const shares = sharesIn(scope);
    if (shares.length === 0) {
      return caught('more') === '' ? { headline: `There is no ResourceQuota${scopeWords(scope)}.` } : undefined;
    }
    const asked = about(`${caught('words')} ${caught('more')}`, shares).toSorted((a, b) => percent(b) - percent(a));
    const [first] = asked;
    const rows = asked.map((share) => [
      refText(share.quota),
      share.resource,
      formatAmount(share.resource, share.used),
      formatAmount(share.resource, share.hard),
      formatAmount(share.resource, share.hard - share.used),
      `${percent(share)} %`,
    ]);
    const tightest =
      first === undefined
        ? ''
        : ` ${refText(first.quota)} is tightest in ${first.resource} (${percent(first)} % used).`;
    return {
      headline: `${listed(asked.map(leftText), 6)} ${asked.length === 1 ? 'is' : 'are'} left${scopeWords(scope)}.${tightest}`,
      table: { columns: ['quota', 'of', 'used', 'at most', 'left', 'used'], rows: rows.slice(0, 40) },
      objects: first === undefined ? [] : [first.quota],
    };
  },
};

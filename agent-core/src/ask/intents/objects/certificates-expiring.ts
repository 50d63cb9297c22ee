import { areOf, counted } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import { refText, refTo } from '@autodevops/domain/object-ref';
import { stretchIn } from '../../time-words.ts';
import { causesIn } from '../../health/health.ts';
import type { Intent } from '../../intent.ts';
import { inScope, notSeen, scopeWords } from '../../scope.ts';

const day = 24 * 3_600_000;
const usual = 30 * day;
const most = 20;
const note =
  'Only the public part of Secrets of type kubernetes.io/tls is read; passwords and tokens do not say when they end.';

/** Which TLS certificates have ended or end soon. */
export const certificatesExpiring: Intent = {
  name: 'certificates-expiring',
  example: 'which certificates expire soon?',
  patterns: [
    /^(?:which|what|any|are there(?: any)?|is there(?: an?| any)?|do (?:any|some|the)|are(?: any| the| my| our)?|list|show(?: me)?|how many|will(?: any)?)?(?: of)?(?: the| my| our)? ?(?:tls |ssl )?(?:certificates?|certs?|secrets?)(?: that)? (?:(?:are|is|will|do|have|has|about to|going to|soon to|be|being|near|still) )*(?:expir\w*|ending|end|valid|run out|running out|outdated|renewed|due)\b(?<rest>.*)$/i,
    /^when (?:do|does|will|are|is) (?:the |my |our |any )*(?:tls |ssl )?(?:certificates?|certs?) (?:expire|end|run out|due)(?<rest>.*)$/i,
    /^(?:expired|expiring) (?:tls |ssl )?(?:certificates?|certs?|secrets?)(?<rest>.*)$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Secret');
    if (blind !== undefined) return blind;
    const { now } = context.snapshot;
    const asked = stretchIn(caught('rest'), now);
    const within = asked === undefined ? usual : Math.max(day, now - asked.from);
    const all = inScope(context, 'Secret')
      .flatMap((secret) => {
        const ends = Date.parse(secret.certificate?.notAfter ?? '');
        return Number.isNaN(ends) ? [] : [{ ref: refTo('Secret', secret), ends }];
      })
      .toSorted((a, b) => a.ends - b.ends);
    const soon = all.filter(({ ends }) => ends - now < within);
    const rows = (soon.length > 0 ? soon : all)
      .slice(0, most)
      .map(({ ref, ends }) => [
        refText(ref),
        ends <= now ? `ended ${formatDuration(now - ends)} ago` : `in ${formatDuration(ends - now)}`,
        new Date(ends).toISOString().slice(0, 10),
      ]);
    const causes = (
      context.namespace === undefined ? context.diagnosis.causes : causesIn(context, context.namespace)
    ).filter(({ code, title }) => /certificate|\btls\b/i.test(`${code} ${title}`));
    const [cause] = causes;
    if (cause !== undefined) {
      return {
        headline: `${refText(cause.object)}: ${cause.cause}`,
        causes,
        ...(rows.length === 0 ? {} : { table: { columns: ['secret', 'ends', 'day'], rows } }),
        lines: [note],
      };
    }
    if (all.length === 0) {
      return { headline: `No TLS certificate is kept in a Secret${scopeWords(context)}.`, lines: [note] };
    }
    const headline =
      soon.length === 0
        ? `None of ${counted(all.length, 'certificate')}${scopeWords(context)} ends within ${formatDuration(within)}.`
        : `${soon.length} of ${counted(all.length, 'certificate')}${scopeWords(context)} ${areOf(soon.length)} at an end or will be within ${formatDuration(within)}.`;
    return { headline, table: { columns: ['secret', 'ends', 'day'], rows }, lines: [note] };
  },
};

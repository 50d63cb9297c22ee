import { areOf, counted } from '@autodevops/domain/count-words';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { Alert } from '@autodevops/domain/signal';
import { alertSeverity, isByDesign } from '../../../reading/measures/alert-severity.ts';
import { resolve } from '../../naming/resolve.ts';
import type { Intent } from '../../intent.ts';
import { namesOf } from '../../naming/names.ts';
import { scopeWords } from '../../scope.ts';
import { agoOf } from '../../time-words.ts';
import { remedyLines } from '../../remedy-lines.ts';

const most = 20;
const longest = 160;

function isFiring({ status: { state }, endsAt }: Alert, now: number): boolean {
  const ends = Date.parse(endsAt);
  return state === 'active' && (Number.isNaN(ends) || ends > now || ends <= 0);
}

function isAbout({ labels }: Alert, name: string): boolean {
  return Object.values(labels).some((value) => value === name || value.startsWith(`${name}-`));
}

/** Which alerts are firing, of everything, a namespace or an object. */
export const alertsFiring: Intent = {
  name: 'alerts-firing',
  example: 'which alerts are firing?',
  patterns: [
    /^(?:which|what|any|are there(?: any)?|is there(?: any| an?)?|show(?: me)?|list|get|how many|do (?:i|we) have(?: any)?)?(?: the| all)? ?(?:open |active |current |firing )?(?:(?<severity>critical|warning) )?(?:alerts?|pages?|alarms?)(?: (?:are|is|do|we|have|firing|active|open|there|now|currently|right now))*(?: (?:of|for|about|on|with|from|in|belong(?:ing)? to|concern(?:ing)?) (?<object>.+))?$/i,
    /^(?:is|are|what is) (?:anything|something|there anything|any alerts?) (?:firing|alerting|paging)(?: (?:now|right now))?$/i,
    /^(?:which|what) (?:alerts?|pages?) (?:woke|paged|called|rang|went off|fired|came in|is this|did i get|triggered)\b.*$/i,
    /^(?:when|since when) (?:did|do|have|has|are|is) (?:the |these |those )?(?:alerts?|pages?|alarms?) (?:been )?(?:start(?:ed)?|begin|began|begun|fire[d]?|firing|go off|come in)(?: firing)?$/i,
    /^why (?:was|were|am|are|is) (?:i|we|somebody|someone) (?:being )?paged$/i,
  ],
  answer: (caught, context) => {
    const { snapshot, namespace } = context;
    const found = caught('object') === '' ? undefined : resolve(context, caught('object'));
    if (found !== undefined && 'reply' in found) return found.reply;
    const names = (found?.objects ?? []).map(({ name }) => name);
    const of = found === undefined ? scopeWords(context) : ` about ${namesOf(found.objects)}`;
    const objects = [...(found?.objects ?? [])];
    const inScope = snapshot.alerts.filter(
      (alert) =>
        (namespace === undefined ||
          alert.labels['namespace'] === undefined ||
          alert.labels['namespace'] === namespace) &&
        (names.length === 0 || names.some((name) => isAbout(alert, name))),
    );
    const severity = caught('severity').toLowerCase();
    const firing = inScope
      .filter((alert) => isFiring(alert, snapshot.now) && !isByDesign(alert.labels))
      .filter(({ labels }) => severity === '' || alertSeverity(labels) === severity)
      .toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
    if (snapshot.alerts.length === 0) {
      return {
        outcome: 'answered',
        headline: 'No alert was seen here.',
        ...remedyLines([
          remedy`Alerts are read where an Alertmanager is named (${{ do: 'name-alertmanager' }}), or lie in a bundle.`,
        ]),
        objects,
      };
    }
    if (firing.length === 0) return { headline: `No alert${of} is firing.`, objects };
    const rows = firing
      .slice(0, most)
      .map((alert) => [
        agoOf(context, alert.startsAt),
        alertSeverity(alert.labels),
        alert.labels['alertname'] ?? '',
        oneLine(redact(alert.annotations['summary'] ?? alert.annotations['description'] ?? ''), longest),
      ]);
    return {
      headline: `${counted(firing.length, 'alert')}${of} ${areOf(firing.length)} firing.`,
      table: { columns: ['since', 'severity', 'alert', 'what'], rows },
      lines: firing.length > most ? [`${firing.length - most} more are left out.`] : [],
      objects,
    };
  },
};

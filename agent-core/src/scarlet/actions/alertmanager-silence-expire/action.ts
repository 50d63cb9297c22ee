import { z } from 'zod';
import { SilenceMark } from '@autodevops/domain/change/operation';
import { oneLine } from '@autodevops/domain/printable';
import type { Silence } from '@autodevops/domain/ports/signals';
import { redact } from '@autodevops/domain/redact';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { malformed, refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { alertApi, markedSilence, matchersText, silenceMark } from '../../targets/silences.ts';

const Params = z
  .strictObject({
    silence: z.uuid().optional().describe('as Alertmanager calls it'),
    mark: SilenceMark.optional().describe('instead: of a silence that was made from here'),
  })
  .refine(({ silence, mark }) => (silence === undefined) !== (mark === undefined), {
    error: 'give either `silence` or `mark`',
  });
type Params = z.infer<typeof Params>;

async function found({ silence, mark = '' }: Params, live: Live): Promise<Silence | undefined> {
  const source =
    live.alerts ??
    refuse('This agent knows no Alertmanager.', 'Name it under `signals.alertmanager` in the configuration.');
  const silences = await source.silences({ signal: live.signal });
  return silence === undefined ? markedSilence(silences, mark) : silences.find(({ id }) => id === silence);
}

/** The alert that is named has to be the one that the silence is of: people agree to what they read. */
function checkAlert({ matchers }: Silence, { name, namespace, apiVersion }: TypedRequest<Params>['target']): void {
  const has = (label: string, value: string): boolean =>
    matchers.some(
      (matcher) => matcher.name === label && matcher.value === value && matcher.isEqual && !matcher.isRegex,
    );
  if (apiVersion !== alertApi) malformed(`${apiVersion} has no alerts.`, `Write ${alertApi}.`);
  if (!has('alertname', name) || (namespace !== '' && !has('namespace', namespace))) {
    refuse(
      `The silence is not one of alert ${name}${namespace === '' ? '' : ` of namespace ${namespace}`}: ${matchersText(matchers)}.`,
      'Name the alert that it is of.',
    );
  }
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const silence = await found(params, live);
  if (silence === undefined) return refuse('There is no such silence.', 'See which ones there are in Alertmanager.');
  if (silence.state === 'expired') return refuse(`Silence ${silence.id} has ended already.`, 'Nothing is to be done.');
  checkAlert(silence, target);
  const { id, matchers, endsAt } = silence;
  const comment = oneLine(redact(silence.comment.replace(/ ?\[autodevops [0-9a-f]{16}\]$/, '')), 300) || 'Made again.';
  const mark = await silenceMark({ again: id, endsAt, moment: live.now });
  return {
    sentences: inThreeTenses(
      ['End', 'Ending', 'Ended'],
      `the silence of alert ${target.name} that would last until ${endsAt}: ${matchersText(matchers)}`,
    ),
    operations: [{ verb: 'expire-silence', silence: id, matchers: [...matchers], endsAt, mark, comment }],
    undo: {
      operations: [{ verb: 'expire-silence', silence: id, matchers: [...matchers], endsAt, mark, comment }],
      why: 'Makes the same silence again until it would have ended, as a new one.',
    },
    touches: [],
    notes: [`It was made by ${oneLine(redact(silence.createdBy), 100) || 'somebody unknown'}: ${comment}`],
  };
}

async function verify({ params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const silence = await found(params, live);
  if (silence === undefined) return { state: 'succeeded', says: 'There is no such silence any more.' };
  return silence.state === 'expired'
    ? { state: 'succeeded', says: `Silence ${silence.id} has ended.` }
    : { state: 'waiting', says: `Silence ${silence.id} lasts until ${silence.endsAt}.` };
}

export const alertmanagerSilenceExpire = action<Params>({
  name: 'alertmanager-silence-expire',
  title: 'End the silence of an alert',
  kinds: ['Alert'],
  params: Params,
  risk: 'low',
  patience: 60,
  plan,
  verify,
});

import type { StepId } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Alerts, SignalOptions } from '@autodevops/domain/ports/signals';
import { markedComment, markedSilence } from '../../scarlet/targets/silences.ts';
import type { CreateSilence, ExpireSilence } from '../../scarlet/targets/silences.ts';
import type { Found } from '../undoing/recovery.ts';

export type Silencing = CreateSilence | ExpireSilence;

const minute = 60_000;
/** Who makes a silence, in Alertmanager's list; who agreed to it is in the audit log. */
const maker = 'Scarlet';

async function make(
  { matchers, comment, mark }: Silencing,
  endsAt: number,
  now: number,
  alerts: Alerts,
  options: SignalOptions,
): Promise<void> {
  // Twice the same would be two silences: after a crash it may be there already.
  if (markedSilence(await alerts.silences(options), mark) !== undefined) return;
  await alerts.silence(
    {
      matchers,
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
      createdBy: maker,
      comment: markedComment(comment, mark),
    },
    options,
  );
}

async function end(id: string | undefined, alerts: Alerts, options: SignalOptions): Promise<void> {
  if (id !== undefined) await alerts.expire(id, options);
}

/** Makes or ends a silence; the other way round when it is taken back. Throws `signals.*`, and `change.refused` where nothing is left to make again. */
export async function sendSilencing(
  operation: Silencing,
  direction: StepId['direction'],
  { alerts, now }: { readonly alerts: Alerts; readonly now: number },
  options: SignalOptions,
): Promise<void> {
  if (operation.verb === 'create-silence') {
    if (direction === 'forward') return await make(operation, now + operation.minutes * minute, now, alerts, options);
    return await end(markedSilence(await alerts.silences(options), operation.mark)?.id, alerts, options);
  }
  if (direction === 'forward') return await end(operation.silence, alerts, options);
  const endsAt = Date.parse(operation.endsAt);
  if (endsAt <= now) {
    throw new AutoDevOpsError('change.refused', 'The silence would have ended meanwhile.', 'Nothing is to be done.');
  }
  await make(operation, endsAt, now, alerts, options);
}

/** Whether it is as the step wants it. An Alertmanager that does not answer leaves it open. */
export async function lookForSilencing(
  operation: Silencing,
  direction: StepId['direction'],
  alerts: Alerts,
  options: SignalOptions,
): Promise<Found> {
  const silences = await alerts.silences(options).catch((error: unknown) => {
    if (error instanceof AutoDevOpsError && error.code.startsWith('signals.')) return error;
    throw error;
  });
  if (silences instanceof AutoDevOpsError) return { outcome: 'unknown', says: silences.message };
  const makes = (operation.verb === 'create-silence') === (direction === 'forward');
  const marked = operation.verb === 'create-silence' || direction === 'back';
  const found = marked ? markedSilence(silences, operation.mark) : silences.find(({ id }) => id === operation.silence);
  const lasts = found !== undefined && found.state !== 'expired';
  return {
    outcome: lasts === makes ? 'done' : 'not-done',
    says:
      found === undefined
        ? 'There is no such silence.'
        : `Silence ${found.id} ${lasts ? `lasts until ${found.endsAt}` : 'has ended'}.`,
  };
}

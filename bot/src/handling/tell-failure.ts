import type { ClaimedEvent } from '@autodevops/domain/ports/bot-store';
import { originOf } from '../receiving/origin.ts';
import { errorMessage } from '../rendering/refusal/error-message.ts';
import { readable, tellActor } from './tell.ts';
import type { EventWorkChoice } from './work-on-event.ts';

/** Milliseconds. */
const patience = 10_000;

/** Tells the one who acted what went wrong with what he wanted, with the reference under which the log knows it. */
export async function tellFailure(
  event: ClaimedEvent,
  error: unknown,
  { store, slackOf, respond, registry }: Pick<EventWorkChoice, 'store' | 'slackOf' | 'respond' | 'registry'>,
): Promise<void> {
  if (registry.find(event.handler)?.refusesQuietly === true) return;
  const origin = originOf(event.payload);
  const installation = origin.isContradictory
    ? undefined
    : await store.installations.find(origin.app, origin.team, origin.enterprise);
  const slack = installation === undefined ? undefined : slackOf(installation);
  await tellActor(errorMessage(readable(error), event.id.slice(-8)), {
    origin,
    event: event.id,
    slack,
    respond,
    signal: AbortSignal.timeout(patience),
  });
}

import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Surroundings } from '../handling/handler.ts';
import { changeOfCardKey, incidentOfKey } from '../threads/message-keys.ts';
import type { TalkPlace } from './talk-event.ts';

/** What a thread that the bot began is about. */
export type ThreadSubject =
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'change'; readonly id: string };

/** Undefined for a thread that somebody else began. */
export async function subjectOf(
  { channel, threadTs }: TalkPlace,
  { store, event, customer }: Surroundings,
): Promise<ThreadSubject | undefined> {
  const root = await store.messages.at({ team: event.team, channel, ts: threadTs });
  if (root === undefined || root.customer !== customer) return undefined;
  const incident = incidentOfKey(customer, root.key);
  if (incident !== undefined) return { kind: 'incident', id: incident };
  const change = changeOfCardKey(customer, root.key);
  return change === undefined ? undefined : { kind: 'change', id: change };
}

/** The object that "it" means in a thread where nothing was asked yet; undefined where there is none. */
export async function objectOf(
  { kind, id }: ThreadSubject,
  { agent, signal }: Surroundings,
): Promise<ObjectRef | undefined> {
  if (kind === 'incident') {
    const { causes, goneCauses } = await agent.incident({ params: { id } }, { signal });
    return (causes.find(({ key }) => !goneCauses.includes(key)) ?? causes[0])?.object;
  }
  const { reason, plan } = await agent.change({ params: { id } }, { signal });
  return reason.finding?.object ?? plan.actions[0]?.request.target;
}

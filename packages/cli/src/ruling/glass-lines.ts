import { timeAgo } from '@autodevops/domain/time-ago';
import type { AgentClient } from '@autodevops/agentd/client';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import type { Paint } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';

export type Glass = Awaited<ReturnType<AgentClient['breakGlass']>>;

const styles: Readonly<Record<Glass['standing'], Paint>> = {
  broken: 'red',
  overdue: 'red',
  'review-due': 'yellow',
  reviewed: 'dim',
};

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function standingText({ id, who, reason, until, reviewDue, standing, review }: Glass, now: string): string {
  switch (standing) {
    case 'broken':
      return `${id}: ${who.name} broke the glass until ${until}: ${sentence(reason)} What the policy forbids takes two yeses; the floor stays.`;
    case 'overdue':
      return `${id}: the review of what ${who.name} did while the glass was broken is overdue: it was due ${timeAgo(reviewDue, now)}. The reason was: ${sentence(reason)}`;
    case 'review-due':
      return `${id}: ${who.name} broke the glass until ${until}: ${sentence(reason)} Another person has to review it before ${reviewDue}.`;
    default:
      return `${id}: ${review?.by.name ?? ''} reviewed it: ${sentence(review?.says ?? '')}`;
  }
}

/** One breaking of the glass as it stands, with what to do next. */
export function glassLines(glass: Glass, look: Look, now: string): readonly string[] {
  const { id, standing } = glass;
  const next =
    standing === 'review-due' || standing === 'overdue'
      ? [`   autodevops policy review-glass ${id} --says "WHAT WAS FOUND"`]
      : [];
  return [...hang('', standingText(glass, now), look.columns), ...next].map((line) =>
    paint(look, styles[standing], line),
  );
}

/** What nobody may overlook: glass that is broken, and reviews that are wanted, the overdue ones first. */
export function openGlassLines(glasses: readonly Glass[], look: Look, now: string): readonly string[] {
  const order: readonly Glass['standing'][] = ['broken', 'overdue', 'review-due'];
  return order
    .flatMap((standing) => glasses.filter((glass) => glass.standing === standing))
    .flatMap((glass) => glassLines(glass, look, now));
}

import type { ClaimedEvent, Inbox } from '@autodevops/domain/ports/bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { SlackFailure } from '../slack/slack-failure.ts';
import { readable } from './tell.ts';

export interface EndingChoice {
  readonly inbox: Inbox;
  readonly holder: string;
  /** Tells the one who acted what went wrong, in plain words. */
  readonly tell: (event: ClaimedEvent, error: unknown) => Promise<void>;
  /** Milliseconds for one event. */
  readonly deadline: number;
  readonly attempts: number;
  readonly now: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** How working on an event failed. `isLate`: its time was over. */
export interface EventFailure {
  readonly error: unknown;
  readonly isLate: boolean;
  readonly isStopping: boolean;
}

/** An event that was begun so many times its attempts and never came to an end takes the process with it. */
const beginningsOfAttempt = 4;

const passing = new Set(['store.unavailable', 'store.locked', 'store.conflict', 'store.fenced']);

/** An agent that is started again is back by then: within half a minute. Whoever waits for longer does it again himself. */
const attemptsForAgent = 4;

function isAgentAway(error: unknown): boolean {
  return error instanceof AutoDevOpsError && error.code === 'agent.unreachable';
}

function usualPause(attempt: number): number {
  return Math.min(300_000, 1000 * 4 ** (attempt - 1));
}

/** Milliseconds until it is tried again; undefined: that changes nothing. */
function pauseAfter(error: unknown, attempt: number): number | undefined {
  const usual = usualPause(attempt);
  if (error instanceof SlackFailure) {
    return error.kind === 'refused' ? undefined : Math.max(error.retryAfter ?? 0, usual);
  }
  if (isAgentAway(error)) return attempt < attemptsForAgent ? usual : undefined;
  // What is written for people is told to them; only the bot's own store is not their affair.
  if (error instanceof AutoDevOpsError) return passing.has(error.code) ? usual : undefined;
  return usual;
}

/** For the log and the store. What people typed is quoted to them alone: it may be a code. */
function reasonFor(error: unknown): string {
  if (error instanceof AutoDevOpsError && error.code === 'usage') return error.code;
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}

function tookTooLong(error: unknown, { deadline }: EndingChoice): AutoDevOpsError {
  return new AutoDevOpsError(
    'agent.busy',
    `That took longer than ${Math.round(deadline / 1000)} seconds.`,
    'Ask for less at once, or try again.',
    { cause: error },
  );
}

/** Who pressed a button is told at once that it counts, so that he does not press it again and again. */
function goesOn(error: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'agent.unreachable',
    'The agent does not answer at the moment.',
    'I try again for half a minute by myself; you need not do it again.',
    { cause: error },
  );
}

/** Whether the person knows, or can be told in no way; false: Slack is away. In a flood that Slack limits, one more word is not worth the work again. */
async function isTold(event: ClaimedEvent, error: unknown, { tell, log }: EndingChoice): Promise<boolean> {
  try {
    await tell(event, error);
    return true;
  } catch (failure) {
    log('nobody could be told', { event: event.id, why: failure instanceof Error ? failure.message : 'unknown' });
    return !(failure instanceof SlackFailure) || failure.kind === 'refused' || failure.code === 'ratelimited';
  }
}

/** Tries it again later, or tells who acted what went wrong; what nobody can help by himself is laid aside for people to see. */
export async function endAfterFailure(
  event: ClaimedEvent,
  { error: thrown, isLate, isStopping }: EventFailure,
  choice: EndingChoice,
): Promise<'told' | 'later' | 'given-up'> {
  const { inbox, holder, now, attempts } = choice;
  const error = isLate && !isStopping ? tookTooLong(thrown, choice) : thrown;
  const why = reasonFor(error);
  if (isStopping) {
    await inbox.defer(event.id, holder, new Date(now()).toISOString(), 'the bot was stopped');
    return 'later';
  }
  const pause = pauseAfter(error, event.attempt);
  choice.log('an event failed', { event: event.id, handler: event.handler, attempt: String(event.attempt), why });
  const later = async (milliseconds: number): Promise<'later'> => {
    await inbox.defer(event.id, holder, new Date(now() + milliseconds).toISOString(), why);
    return 'later';
  };
  if (pause !== undefined && event.attempt < attempts) {
    if (isAgentAway(error) && event.attempt === 1) await isTold(event, goesOn(error), choice);
    return await later(pause);
  }
  // Working on it again does nothing twice, and somebody hears of it in the end.
  if (!(await isTold(event, error, choice)) && event.attempt < attempts) return await later(usualPause(event.attempt));
  // Where people know now what to do, nobody has to look at it again.
  if ((pause === undefined || isAgentAway(error)) && readable(error) instanceof AutoDevOpsError) {
    await inbox.settle(event.id, holder);
    return 'told';
  }
  await inbox.giveUp(event.id, holder, why);
  return 'given-up';
}

export function wasBegunTooOften({ attempt }: ClaimedEvent, { attempts }: EndingChoice): boolean {
  return attempt > attempts * beginningsOfAttempt;
}

/** Nobody could say what went wrong: whoever worked on it died. It is laid aside before it does so again. */
export async function layAside(event: ClaimedEvent, { inbox, holder, log, tell }: EndingChoice): Promise<'given-up'> {
  const why = 'It was begun again and again, and never came to an end.';
  log('an event was laid aside', { event: event.id, handler: event.handler, attempt: String(event.attempt), why });
  await inbox.giveUp(event.id, holder, why);
  await tell(
    event,
    new AutoDevOpsError(
      'agent.busy',
      'That could not be brought to an end.',
      'Ask who runs the bot: it is laid aside there.',
    ),
  ).catch(() => {});
  return 'given-up';
}

import { formatDuration } from '@autodevops/domain/duration';
import { Trouble } from './trouble.ts';

/** In milliseconds: Slack's signatures are good for five minutes, and the header says whole seconds. */
const mayDiffer = 60_000;
const deadline = 5000;

/** Compares this machine's clock with Slack's, by the header of an answer: with a wrong one every signature is too old or too young. */
export async function lookAtClock(slackApi: string, now: () => number, signal: AbortSignal): Promise<string> {
  const answer = await fetch(new URL('api.test', slackApi), {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
  });
  await answer.body?.cancel();
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return 'Slack does not say what time it is.';
  const difference = Math.abs(now() - theirs);
  if (difference > mayDiffer) {
    throw new Trouble(
      `The clock of this machine is ${formatDuration(difference)} ${now() > theirs ? 'before' : 'behind'} Slack's.`,
      "Let it be set by NTP: Slack's requests are refused as too old or too young otherwise.",
    );
  }
  return "The clock of this machine is in step with Slack's.";
}

import type { SlackApi } from './slack-api.ts';
import { SlackFailure } from './slack-failure.ts';

/** Where answers to a command or a click may be sent: Slack's own host for it, or the one that the bot's calls go to. */
function isOfSlack(address: string, slackApi: string): boolean {
  try {
    const url = new URL(address);
    const own = new URL(slackApi);
    if (url.username !== '' || url.password !== '') return false;
    if (url.origin === own.origin) return true;
    return url.protocol === 'https:' && (url.hostname === 'hooks.slack.com' || url.hostname === 'hooks.slack-gov.com');
  } catch {
    return false;
  }
}

/**
 * An answer as such an address takes it. To a click it is said beside the message unless it is to take its place: where
 * nothing is said of that, Slack replaces what everybody sees. https://docs.slack.dev/interactivity/handling-user-interaction
 */
export function answerBody({
  text,
  blocks,
  isShared = false,
  replacesOriginal = false,
}: Parameters<SlackApi['respond']>[1]): Readonly<Record<string, unknown>> {
  return { text, blocks, response_type: isShared ? 'in_channel' : 'ephemeral', replace_original: replacesOriginal };
}

/** Said either way: without it, an answer to a click may take the place of the message that was clicked in. */
export function howAnswered({
  isShared = false,
  replacesOriginal = false,
}: {
  readonly isShared?: boolean | undefined;
  readonly replacesOriginal?: boolean | undefined;
}): Readonly<Record<string, unknown>> {
  return { response_type: isShared ? 'in_channel' : 'ephemeral', replace_original: replacesOriginal };
}

/** Sends an answer to the address that came with a command or a click. Needs no token. Throws `SlackFailure`. */
export async function answerAt(
  address: string,
  body: Readonly<Record<string, unknown>>,
  { slackApi, signal }: { readonly slackApi: string; readonly signal: AbortSignal },
): Promise<void> {
  if (!isOfSlack(address, slackApi)) throw new SlackFailure('refused', 'foreign_response_url');
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
    });
  } catch (error) {
    throw new SlackFailure('uncertain', 'no_answer', { cause: error });
  }
  const text = (await response.text().catch(() => '')).slice(0, 200);
  if (response.ok) return;
  if (response.status === 429) {
    throw new SlackFailure('later', 'ratelimited', {
      retryAfter: Number(response.headers.get('retry-after') ?? '1') * 1000,
    });
  }
  throw new SlackFailure(
    response.status >= 500 ? 'uncertain' : 'refused',
    /^[\w ]{1,60}$/.test(text) ? text.replaceAll(' ', '_') : `http_${response.status}`,
  );
}

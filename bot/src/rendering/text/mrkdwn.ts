import { cutTo } from './code-points.ts';
import { shown } from './shown.ts';

/** Word joiner: not seen, and a mark of formatting that stands beside it marks nothing. */
const joiner = '\u2060';

/**
 * Foreign text for where Slack reads markup: what is left of `<!channel>`, links and mentions is only text, and stars,
 * underscores, tildes, backticks, colons and quotes format nothing. `<`, `>` and `&` are the only characters that Slack
 * has escapes for. https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function mrkdwn(text: string, most: number): string {
  const safe = shown(text, most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`]/g, `${joiner}$&${joiner}`)
    .replaceAll(/(?<=:)(?=[\w+/-])|@(?=\w)/g, `$&${joiner}`)
    .replaceAll(/^(?=&gt;|[-•]|\d+\.)/g, joiner);
  return safe;
}

/** One sentence for notifications. `text` is ours; what is foreign in it went through `mrkdwn`. Slack refuses an empty one. */
export function notificationText(text: string): string {
  return text.trim() === '' ? 'A message of Auto-DevOps' : cutTo(text, 400);
}

import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LogSearch } from '@autodevops/domain/ports/signals';

const labelName = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const mostWords = 40;
const longestWord = 200;

/** A text of LogQL, as Go writes strings: https://grafana.com/docs/loki/latest/query/log_queries/#log-stream-selector */
function quoted(text: string): string {
  return `"${[...text].map((char) => (char === '"' || char === '\\' ? `\\${char}` : char === '\n' ? '\\n' : char === '\r' ? '\\r' : char === '\t' ? '\\t' : /\p{Cc}/u.test(char) ? `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : char)).join('')}"`;
}

/** As RE2 reads it literally: https://github.com/google/re2/wiki/Syntax */
function literally(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, (char) => `\\${char}`);
}

/** A query of typed parts: nothing that is in them can become a part of the language. Throws `usage`. */
export function logQl({ labels, words }: Pick<LogSearch, 'labels' | 'words'>): string {
  const entries = Object.entries(labels);
  const wrong = entries.find(([name]) => !labelName.test(name));
  if (wrong !== undefined || entries.length === 0 || entries.length > 20) {
    throw new AutoDevOpsError(
      'usage',
      'Logs are searched by one label or several, each with a name.',
      'Name the labels of the streams.',
    );
  }
  if (words.length > mostWords || words.some((word) => word === '' || word.length > longestWord)) {
    throw new AutoDevOpsError('usage', `Logs are searched for at most ${mostWords} words.`, 'Ask for fewer.');
  }
  const selector = `{${entries.map(([name, value]) => `${name}=${quoted(value)}`).join(', ')}}`;
  return words.length === 0 ? selector : `${selector} |~ ${quoted(`(?i)(${words.map(literally).join('|')})`)}`;
}

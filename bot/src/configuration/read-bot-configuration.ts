import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { BotConfiguration } from './bot-configuration.ts';

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as { range?: [number] } | undefined)?.range?.[0] ?? offset;
    }
  }
  return lines.linePos(offset).line;
}

/** Reads `bot-config.yaml`. Throws `config.invalid` with every mistake and its line. */
export function readBotConfiguration(text: string, file: string): BotConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) throw new AutoDevOpsError('config.invalid', `${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`, 'Correct the YAML.');
  const read = BotConfiguration.safeParse(document.toJS({ maxAliasCount: 20 }) ?? {});
  if (read.success) return read.data;
  const mistakes = read.error.issues.map((issue) => {
    const says = issue.code === 'unrecognized_keys' ? `has no setting ${issue.keys.map((key) => `"${printable(key)}"`).join(', ')}` : issue.message;
    return `${file}:${lineOf(document, lines, issue.path)}: ${issue.path.length === 0 ? 'the file' : issue.path.join('.')}: ${says}`;
  });
  throw new AutoDevOpsError('config.invalid', mistakes.join('\n'), 'Correct these lines; docs/slack.md shows a whole configuration.');
}

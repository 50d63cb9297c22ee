import { oneLine, printable } from '@autodevops/domain/printable';
import { refText } from '@autodevops/domain/object-ref';
import { toolInputs } from '../contributions/tool-inputs.ts';
import type { ToolInput } from '../contributions/tool-inputs.ts';
import { t } from '../language/translate.ts';

type Asked = ToolInput<'autodevops_propose'>;

/** On one line: no value can look like a line of its own. */
function valueText(value: unknown): string {
  return typeof value === 'string' && !value.includes('\n') ? value : JSON.stringify(value);
}

function requestLines({ action, target, params }: Asked['requests'][number]): readonly string[] {
  return [
    `${oneLine(action, 100)}: ${oneLine(refText(target), 300)}`,
    ...Object.entries(params).map(([name, value]) => `  ${oneLine(name, 100)}: ${valueText(value)}`),
  ];
}

/** So much a person looks through; of what is longer it is said that it goes on. */
const most = 4000;

function within(text: string): string {
  return text.length <= most
    ? text
    : `${text.slice(0, most)}\n${t('… and {0} more characters, which are not shown: think twice.', text.length - most)}`;
}

/** What another assistant made up for a change, for the person who is asked: nothing in it is left out unsaid. */
export function askedChange(input: unknown): string {
  const read = toolInputs.autodevops_propose.safeParse(input);
  if (!read.success) {
    return within(
      `${t('This is no change that could be proposed:')}\n${printable(JSON.stringify(input ?? null, undefined, 2))}`,
    );
  }
  const { requests, reason } = read.data;
  return within(
    printable(
      [...requests.flatMap((request) => [...requestLines(request), '']), `${t('Why:')} ${oneLine(reason, 2000)}`].join(
        '\n',
      ),
    ),
  );
}

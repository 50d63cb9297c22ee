import type { Change } from '@autodevops/domain/change/change';
import type { FieldDiff } from '@autodevops/domain/change/plan';
import { counted } from '@autodevops/domain/count-words';
import { refText } from '@autodevops/domain/object-ref';
import { always, message } from '../budget/message.ts';
import { messageBounds, weightOf } from '../budget/fit.ts';
import type { LongText } from '../files/long-text.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { codePoints } from '../text/code-points.ts';
import { bold, code, line, preformatted, richText, words } from '../text/rich-text.ts';
import { shownLines } from '../text/shown.ts';

const mostInMessage = 3000;

function sided(sign: '-' | '+', value: string): readonly string[] {
  return value === '' ? [] : value.split('\n').map((row) => `${sign} ${row}`);
}

/** The fields that differ, as a unified diff reads. */
export function diffText(diff: readonly FieldDiff[]): string {
  const lines = diff.flatMap(({ object, path, before, after }, index) => {
    const previous = diff[index - 1];
    const isSame = previous !== undefined && refText(previous.object) === refText(object);
    return [
      ...(isSame ? [] : [...(index === 0 ? [] : ['']), refText(object)]),
      `@@ ${path}`,
      ...sided('-', before),
      ...sided('+', after),
    ];
  });
  return shownLines(lines.join('\n'), Number.MAX_SAFE_INTEGER);
}

/** What differs afterwards, by the server's dry run: whole in the message, or whole in a file. */
export function diffMessage({ id, plan: { diff } }: Change): {
  readonly message: SlackMessage;
  readonly file?: LongText;
} {
  const title = `Diff of ${id}`;
  if (diff.length === 0) {
    return {
      message: message(`${title}: no field differs.`, [
        always(
          richText(line(bold('Diff of '), code(id), words(": the server's dry run shows no field that differs."))),
        ),
      ]),
    };
  }
  const text = diffText(diff);
  const says = `${counted(diff.length, 'field')} ${diff.length === 1 ? 'differs' : 'differ'} afterwards`;
  const heading = richText(line(bold('Diff of '), code(id), words(`: ${says}, by the server's dry run.`)));
  const inline = [...heading, ...richText(preformatted(text, mostInMessage))];
  if (codePoints(text) <= mostInMessage && weightOf(inline) < messageBounds.characters) {
    return { message: message(`${title}: ${says}.`, [always(inline)]) };
  }
  return {
    message: message(`${title}: ${says}.`, [
      always([...heading, ...richText(line(words('It is too long for a message; the whole is in the file.')))]),
    ]),
    file: { name: `${id}.diff`, title, text: `${text}\n` },
  };
}

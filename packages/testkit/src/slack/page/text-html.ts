import { tag, together } from './html.ts';
import type { Html } from './html.ts';
import { mrkdwnHtml, unescaped } from './mrkdwn-html.ts';
import type { Names } from './names.ts';
import { word } from './value.ts';
import type { Value } from './value.ts';

function lines(text: string): Html {
  return together(...text.split('\n').flatMap((line, index) => [...(index === 0 ? [] : [tag('br')]), line]));
}

/** A text object: plain or in markup. */
export function textHtml(text: Value, names: Names): Html {
  const said = word(text, 'text');
  return word(text, 'type') === 'mrkdwn' ? mrkdwnHtml(said, names) : lines(unescaped(said));
}

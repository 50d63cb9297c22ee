import { blocksHtml } from './block-html.ts';
import { tag } from './html.ts';
import type { Html } from './html.ts';
import type { Names } from './names.ts';
import { has, part, parts, word } from './value.ts';
import type { Value } from './value.ts';

/** A modal, or the Home of an app. `id` is the view's. */
export interface PageView {
  readonly id: string;
  readonly app: string;
  readonly view: Value;
}

export function modalHtml({ id, app, view }: PageView, names: Names): Html {
  const submit = has(view, 'submit')
    ? tag('button', { type: 'submit', class: 'button primary', 'data-submit': id }, word(part(view, 'submit'), 'text'))
    : undefined;
  return tag(
    'dialog',
    { open: true, class: 'modal', 'data-view-id': id },
    tag(
      'form',
      {},
      tag('header', {}, tag('strong', {}, word(part(view, 'title'), 'text')), tag('small', {}, ` ${app}`)),
      blocksHtml(parts(view, 'blocks'), { view: id }, names),
      tag(
        'footer',
        {},
        tag(
          'button',
          { type: 'button', class: 'button', 'data-close': id },
          word(part(view, 'close'), 'text') || 'Close',
        ),
        submit,
      ),
    ),
  );
}

export function homeHtml({ id, app, view }: PageView, names: Names): Html {
  return tag(
    'section',
    { class: 'home', 'data-view-id': id },
    tag('header', {}, tag('strong', {}, app), ' Home'),
    blocksHtml(parts(view, 'blocks'), { view: id }, names),
  );
}

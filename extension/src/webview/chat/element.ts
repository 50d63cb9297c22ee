import { icon } from './icon.ts';
import type { Icon } from './icon.ts';

type Attributes = Readonly<Record<string, string | boolean | number | undefined>>;
export type Child = Node | string | undefined;

/** Makes an element. Children that are text become text nodes: nothing is ever parsed as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A button that does something; `key` tells it from others, so that it keeps the focus when its part is drawn anew. */
export function button(text: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', press);
  return made;
}

/**
 * What leads somewhere from within a text. It flows and breaks like the text around it, which a button does not; nothing
 * of it is an address.
 */
export function link(text: string, follow: () => void, attributes: Attributes = {}): HTMLElement {
  const made = element('span', { role: 'link', tabindex: 0, class: 'link', ...attributes }, text);
  made.addEventListener('click', follow);
  made.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') follow();
  });
  return made;
}

/** A button that shows a picture; its name is told to who hears it and to who rests on it. */
export function iconButton(
  name: Icon,
  text: string,
  press: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': text, title: text, ...attributes },
    icon(name),
  );
  made.addEventListener('click', press);
  return made;
}

/** `Show more ({0} left)` with its values. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

/** HTML that is safe to write: foreign text came into it escaped. */
export interface Html {
  readonly html: string;
}

export type Child = Html | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const empty = new Set(['br', 'hr', 'img', 'input', 'meta']);

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? '');
}

/** Already made, put together. Texts among them are escaped. */
export function together(...children: readonly Child[]): Html {
  return {
    html: children
      .map((child) => (child === undefined ? '' : typeof child === 'string' ? escapeHtml(child) : child.html))
      .join(''),
  };
}

/** An element. A false or undefined attribute is left out, a true one stands without value. */
export function tag(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Html {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined || value === false
      ? []
      : value === true
        ? [` ${key}`]
        : [` ${key}="${escapeHtml(String(value))}"`],
  );
  const open = `<${name}${written.join('')}>`;
  return { html: empty.has(name) ? open : `${open}${together(...children).html}</${name}>` };
}

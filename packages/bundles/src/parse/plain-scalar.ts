/** Thrown where text is not of the plain subset and the general parser has to read it. */
export class NotPlain extends Error {}

const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N'].map((word) => [word, false] as const),
]);
const decimal = /^-?(?:0|[1-9]\d{0,14})$/;
const fraction = /^-?(?:0|[1-9]\d*)\.\d+$/;
const address = /^\d+\.\d+\.\d+(?:[.\d]*)$/;
const perhapsNumber =
  /^[-+]?(?:[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?|0[xX][0-9a-fA-F_]+|0[bBoO][0-7_]+|[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?|\.(?:inf|Inf|INF|nan|NaN|NAN))$/;

/** The value of an unquoted scalar by the rules of YAML 1.1, as Kubernetes reads it, but times stay texts. */
export function plainScalar(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46;
  if (mayBeNumber) {
    if (decimal.test(text) || fraction.test(text)) return Number(text);
    // A lone dot is a key in every managedFields; the general parser takes it for a number.
    if (text === '.' || address.test(text)) return text;
    if (perhapsNumber.test(text)) throw new NotPlain();
    return text;
  }
  if (text.length > 5) return text;
  const word = words.get(text);
  return word === undefined ? text : word;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  '\t': '\t',
};

function unescape(whole: string, hex: string | undefined, letter: string): string {
  if (hex !== undefined) {
    const point = Number.parseInt(hex.slice(1), 16);
    if (point > 0x10ffff) throw new NotPlain();
    return hex.length === 9 ? String.fromCodePoint(point) : String.fromCharCode(point);
  }
  const plain = escapes[letter];
  if (plain === undefined) throw new NotPlain();
  return plain;
}

/** The text of a double-quoted scalar, given what stands between its quotes on one line. */
export function doubleQuoted(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replaceAll(/\\(?:(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|([\s\S]))/g, unescape);
}

/** The index of the quote that ends a quoted scalar which begins at 0, or -1 when it goes on in the next line. */
export function closingQuote(text: string): number {
  if (text[0] === "'") {
    for (let at = 1; ; at += 2) {
      at = text.indexOf("'", at);
      if (at < 0 || text[at + 1] !== "'") return at;
    }
  }
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

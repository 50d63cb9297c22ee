const plain = /^[A-Za-z0-9_./+-][^\u0000-\u001f\u007f]*$/;
/** What YAML 1.1 or 1.2 would read as something else than a string. */
const looksTyped = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+.\d][\d_.:eE+-]*|0[xob][\da-f_]+|[-+]?\.(?:inf|nan))$/i;
/** Marks of mappings, comments, lists and documents. */
const marks = /:(?:\s|$)|\s#|^-(?:\s|$)|^(?:---|\.\.\.)|\s$/;

function plainText(text: string, inFlow: boolean): boolean {
  return plain.test(text) && !looksTyped.test(text) && !marks.test(text) && !(inFlow && /[,[\]{}]|^-|:/.test(text));
}

/** A value on one line as YAML shows it: strings plain where that is unmistakable, lists and maps in flow style. */
export function yamlScalar(value: unknown, inFlow = false): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return plainText(value, inFlow) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((inner) => yamlScalar(inner, true)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${yamlScalar(key, true)}: ${yamlScalar(inner, true)}`)
      .join(', ')}}`;
  }
  return String(value);
}

/** What stands at a place of a document (RFC 6901); undefined where nothing does. Only what is in the document itself. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) {
      value = /^(0|[1-9]\d{0,8})$/.test(key) ? (value as readonly unknown[])[Number(key)] : undefined;
    } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) {
      value = (value as Readonly<Record<string, unknown>>)[key];
    } else return undefined;
  }
  return value;
}

const quote = 0x22;
const backslash = 0x5c;
const open = 0x7b;
const close = 0x7d;
const openList = 0x5b;
const closeList = 0x5d;

const fieldsKey = Buffer.from('"fieldsV1":{');

/** Where the text that begins with the quote at `at` ends (behind its quote); at least `to` when it does not. */
export function endOfText(bytes: Buffer, at: number, to: number): number {
  let i = at + 1;
  while (i < to) {
    const byte = bytes[i];
    if (byte === quote) return i + 1;
    i += byte === backslash ? 2 : 1;
  }
  return to + 1;
}

/** Where the object or list that begins at `at` ends (behind its bracket); more than `to` when it does not. */
export function endOfValue(bytes: Buffer, at: number, to: number): number {
  let depth = 0;
  let i = at;
  while (i < to) {
    const byte = bytes[i];
    if (byte === quote) {
      i = endOfText(bytes, i, to);
      continue;
    }
    i += 1;
    if (byte === open || byte === openList) depth += 1;
    else if (byte === close || byte === closeList) {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return to + 1;
}

/**
 * The JSON of one object as a text, without what `managedFields` say about each field: half of an object's bytes, which
 * nobody reads. The bytes between `from` and `to` are changed by it.
 */
export function objectText(bytes: Buffer, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  let kept = 0;
  let read = 0;
  for (;;) {
    const at = part.indexOf(fieldsKey, read);
    if (at < 0) break;
    const value = at + fieldsKey.length - 1;
    // Behind a backslash it is the end of another key.
    const end = part[at - 1] === backslash ? value : endOfValue(part, value, part.length);
    if (end > part.length) break;
    if (end === value) {
      kept += part.copy(part, kept, read, value);
    } else {
      kept += part.copy(part, kept, read, value + 1);
      part[kept] = close;
      kept += 1;
    }
    read = end;
  }
  if (read === 0) return part.toString('utf8');
  kept += part.copy(part, kept, read);
  return part.toString('utf8', 0, kept);
}

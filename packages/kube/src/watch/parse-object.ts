const fieldsKey = Buffer.from('"fieldsV1":{');
const nextManager = Buffer.from('{"manager":"');
const endOfManagers = Buffer.from('}]');
const subresource = Buffer.from(',"subresource":"');
const comma = 0x2c;
/** Of `,"subresource":"..."` at the end of a manager: longer names are left alone. */
const longestSubresource = 100;

let scratch = Buffer.allocUnsafeSlow(64 * 1024);

/** Where what a manager says about each field ends, as the API server writes it; undefined where it writes otherwise. */
function endOfFields(bytes: Buffer, at: number): number | undefined {
  const next = bytes.indexOf(nextManager, at);
  const last = bytes.indexOf(endOfManagers, at);
  // `}},{"manager":` and `}}]`: the brace before is the manager's own.
  const end = next >= 0 && (last < 0 || next < last) ? next - 2 : last;
  if (end < 0 || (end === next - 2 && bytes[next - 1] !== comma)) return undefined;
  const tail = bytes.subarray(Math.max(at, end - longestSubresource), end).lastIndexOf(subresource);
  return tail < 0 ? end : Math.max(at, end - longestSubresource) + tail;
}

/** The same JSON with `"fieldsV1":{}`; undefined when there is nothing to leave out. */
function textWithoutFields(bytes: Buffer): string | undefined {
  let read = 0;
  let written = 0;
  for (;;) {
    const key = bytes.indexOf(fieldsKey, read);
    const from = key + fieldsKey.length;
    const end = key < 0 ? undefined : endOfFields(bytes, from);
    if (end === undefined) break;
    // The value's own closing brace is the one before its end.
    written += bytes.copy(scratch, written, read, from);
    read = end - 1;
  }
  if (read === 0) return undefined;
  written += bytes.copy(scratch, written, read);
  return scratch.toString('utf8', 0, written);
}

/**
 * Parses the bytes of one JSON value, without what `managedFields` say about each field: half of an object's bytes,
 * which nobody reads. Where those end is found by what the API server writes behind them; where that is misleading what
 * is left is no JSON (the quotes do not match), and everything is parsed. Throws `SyntaxError`.
 */
export function parseObject(bytes: Buffer): unknown {
  if (scratch.length < bytes.length) scratch = Buffer.allocUnsafeSlow(2 * bytes.length);
  const short = textWithoutFields(bytes);
  if (short !== undefined) {
    try {
      return JSON.parse(short) as unknown;
    } catch {
      // Parsed whole below.
    }
  }
  return JSON.parse(bytes.toString('utf8')) as unknown;
}

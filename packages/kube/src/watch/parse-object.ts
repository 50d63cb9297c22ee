// What is searched for begins with a byte that is rare in objects: that is what makes the search fast.
const fieldsKey = Buffer.from('V1":{');
const wholeKey = Buffer.from('"fieldsV1":{');
const nextManager = Buffer.from('},{"manager":"');
const subresource = Buffer.from(',"subresource":"');
const closeObject = 0x7d;
const closeList = 0x5d;
/** No manager's own fields take more bytes than these: texts of at most 128 and 256 characters. */
const longestTail = 1024;

let scratch = Buffer.allocUnsafeSlow(64 * 1024);

/** Behind the next `"fieldsV1":{`; undefined when there is none. */
function nextFields(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(fieldsKey, from); at >= 0; at = bytes.indexOf(fieldsKey, at + 1)) {
    const end = at + fieldsKey.length;
    if (end >= wholeKey.length && wholeKey.compare(bytes, end - wholeKey.length, end) === 0) return end;
  }
  return undefined;
}

/** Where the list of managers ends: before its bracket. */
function endOfManagers(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(closeList, from); at >= 0; at = bytes.indexOf(closeList, at + 1)) {
    if (bytes[at - 1] === closeObject && (bytes[at + 1] === closeObject || bytes[at + 1] === 0x2c)) return at;
  }
  return -1;
}

/** Where the fields that begin at `from` end, their own brace included; `next`: behind the next manager's key. */
function endOfFields(bytes: Buffer, from: number, next: number | undefined): number {
  const manager = next === undefined ? -1 : bytes.subarray(Math.max(from, next - longestTail), next).lastIndexOf(nextManager);
  const end = next === undefined || manager < 0 ? endOfManagers(bytes, from) - 1 : Math.max(from, next - longestTail) + manager;
  const near = Math.max(from, end - longestTail);
  const tail = bytes.subarray(near, Math.max(near, end)).lastIndexOf(subresource);
  return tail < 0 ? end : near + tail;
}

/** The same JSON with `"fieldsV1":{}`; undefined when there is nothing to leave out. */
function textWithoutFields(bytes: Buffer): string | undefined {
  let read = 0;
  let written = 0;
  for (let from = nextFields(bytes, 0); from !== undefined; ) {
    const next = nextFields(bytes, from);
    const end = endOfFields(bytes, from, next);
    if (end <= from) return undefined;
    written += bytes.copy(scratch, written, read, from);
    read = end - 1;
    from = next;
  }
  if (read === 0) return undefined;
  written += bytes.copy(scratch, written, read);
  return scratch.toString('utf8', 0, written);
}

/**
 * Parses the bytes of one JSON value, without what `managedFields` say about each field: half of an object's bytes,
 * which nobody reads. Where those end is guessed from what the API server writes behind them. A guess inside of a text
 * leaves a quote without its other half, which is no JSON: then everything is parsed. Throws `SyntaxError`.
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

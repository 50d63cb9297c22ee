export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openList = 0x5b;
export const backslash = 0x5c;
export const closeList = 0x5d;
export const openObject = 0x7b;
export const closeObject = 0x7d;

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The first byte from `at` on that is no space; `bytes.length` when there is none. */
export function afterSpace(bytes: Buffer, at: number): number {
  let i = at;
  while (isSpace(bytes[i])) i += 1;
  return i;
}

/** Behind the text whose opening quote is at `at`; -1 when it does not end. */
export function endOfText(bytes: Buffer, at: number): number {
  for (let i = at + 1; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte === quote) return i + 1;
    if (byte === backslash) i += 1;
  }
  return -1;
}

function endOfNest(bytes: Buffer, at: number): number {
  let depth = 0;
  for (let i = at; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte === quote) {
      for (i += 1; i < bytes.length && bytes[i] !== quote; i += 1) if (bytes[i] === backslash) i += 1;
    } else if (byte === openObject || byte === openList) depth += 1;
    else if (byte === closeObject || byte === closeList) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

/** True behind a number, `true`, `false` or `null`: nothing of it can follow. */
export function endsWord(byte: number | undefined): boolean {
  return byte === undefined || byte === comma || byte === closeObject || byte === closeList || isSpace(byte);
}

/**
 * Behind the JSON value that begins at `at`, by its brackets and quotes alone: whether it is well-formed is for a parser
 * to say. -1 when it does not end.
 */
export function endOfValue(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === quote) return endOfText(bytes, at);
  if (first === openObject || first === openList) return endOfNest(bytes, at);
  let i = at;
  while (!endsWord(bytes[i])) i += 1;
  return i;
}

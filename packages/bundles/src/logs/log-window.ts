/** What is wanted of a log: its last lines, and at most so many bytes. */
export interface LogBounds {
  readonly tailLines: number;
  readonly limitBytes: number;
}

export interface LogText {
  readonly text: string;
  readonly truncated: boolean;
}

/** So much of the beginning is kept of a log of which the end alone does not fill the lines asked for. */
const headBytes = 4096;
const leftOut = '[...]';

function lastLines(text: string, lines: number): LogText {
  let at = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let left = lines; left > 0; left--) {
    const previous = text.lastIndexOf('\n', at - 1);
    if (previous < 0 || at === 0) return { text, truncated: false };
    at = previous;
  }
  return { text: text.slice(at + 1), truncated: true };
}

const utf8 = new TextDecoder();

/** The containerd line format (`2026-01-01T00:00:00.1Z stderr F message`) without the stream and the flag. */
function withoutStreamNames(text: string): string {
  return text.replaceAll(/^(\d{4}-\d\d-\d\dT\S+) (?:stdout|stderr) [FP] /gm, '$1 ');
}

/** Keeps the beginning and the end of what is written to it, so that memory does not grow with the log. */
export function logWindow(bounds: LogBounds): {
  write: (chunk: Uint8Array) => void;
  skip: (bytes: number) => void;
  text: () => LogText;
} {
  const limit = Math.max(1024, bounds.limitBytes);
  const head: Uint8Array[] = [];
  let headLength = 0;
  const tail: Uint8Array[] = [];
  let tailLength = 0;
  let total = 0;

  function write(chunk: Uint8Array): void {
    total += chunk.length;
    if (headLength < headBytes) {
      const part = chunk.subarray(0, headBytes - headLength);
      head.push(Uint8Array.from(part));
      headLength += part.length;
    }
    tail.push(chunk);
    tailLength += chunk.length;
    while (tail[0] !== undefined && tailLength - tail[0].length >= limit) tailLength -= tail.shift()?.length ?? 0;
  }

  function text(): LogText {
    const kept = Buffer.concat(tail);
    const bytes = kept.subarray(Math.max(0, kept.length - limit));
    let end = utf8.decode(bytes);
    if (bytes.length === total) {
      const whole = lastLines(withoutStreamNames(end.replaceAll('\r\n', '\n')), bounds.tailLines);
      return whole;
    }
    // The first line is likely cut.
    end = withoutStreamNames(end.slice(end.indexOf('\n') + 1).replaceAll('\r\n', '\n'));
    const last = lastLines(end, bounds.tailLines);
    if (last.truncated || total - bytes.length < headBytes) return { text: last.text, truncated: true };
    const spare = bounds.tailLines - end.split('\n').length;
    const beginning = utf8.decode(Buffer.concat(head)).split('\n').slice(0, -1).slice(0, Math.min(20, spare));
    if (beginning.length === 0) return { text: last.text, truncated: true };
    const start = `${withoutStreamNames(beginning.join('\n'))}\n${leftOut}\n`;
    const room = last.text.slice(start.length);
    return { text: start + room.slice(room.indexOf('\n') + 1), truncated: true };
  }

  return {
    write,
    skip: (bytes) => {
      total += bytes;
    },
    text,
  };
}

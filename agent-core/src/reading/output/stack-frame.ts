import type { OutputLine } from './output-line.ts';

const far = 60;

/** Of the runtime or of a library: not where people look first. */
const foreign = [
  '/usr/local/go/src/',
  '/go/pkg/mod/',
  'node_modules/',
  'node:internal',
  'site-packages/',
  'dist-packages/',
  '/usr/lib/python',
  '/usr/local/lib/python',
  '(native method)',
  'java.base/',
  'jdk.internal',
  'at java.',
  'at javax.',
  'at sun.',
  'org.springframework.',
  'org.apache.',
  '<anonymous>',
  '/gems/',
  '/usr/local/lib/ruby',
];

function isOwn(line: OutputLine): boolean {
  return !foreign.some((words) => line.lower.includes(words));
}

/** Erlang repeats the whole error as a term. */
const restated = /^(?:runtime terminating during boot|kernel pid terminated) \(/;

/** A line of a trace: it says where, not what. */
export function isFrame(line: OutputLine): boolean {
  return /^\s+(?:at |File ")/.test(line.text) || line.lower.startsWith('goroutine ') || restated.test(line.lower);
}

const below = /^\s+at \S|^\s+\/?\S+\.go:\d+ \+0x|^\s+from \S+:\d+:in /;
const above = /^\s+File "[^"]+", line \d+/;

/**
 * The first frame of the program's own code in the trace of an exception: below its message for Java, Node.js, Go and
 * Ruby, the last above it for Python. Undefined where there is no trace.
 */
export function ownFrame(output: readonly OutputLine[], at: number): OutputLine | undefined {
  const later = output.slice(at + 1, at + 1 + far).find((line) => below.test(line.text) && isOwn(line));
  if (later !== undefined) return later;
  return output.slice(Math.max(0, at - far), at).findLast((line) => above.test(line.text) && isOwn(line));
}

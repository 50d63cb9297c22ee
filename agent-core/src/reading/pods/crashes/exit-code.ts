import type { Terminated } from '@autodevops/domain/kubernetes/pod';

const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

const meanings: Readonly<Record<number, string>> = {
  1: 'an error of the program',
  2: 'wrong use of a command, or a Go panic',
  126: 'the command may not be executed',
  127: 'the command was not found',
  128: 'the command could not be started',
  255: 'an error of the program, or a lost node',
};

/** What an exit code says by itself: `137 (SIGKILL: killed from outside)`. */
export function exitText(ended: Pick<Terminated, 'exitCode' | 'signal'>): string {
  const code = ended.exitCode;
  if (code === undefined) return 'an unknown exit code';
  const signal = signals[ended.signal ?? (code > 128 && code < 160 ? code - 128 : 0)];
  if (signal !== undefined) return `exit code ${code} (${signal})`;
  const meaning = meanings[code];
  return meaning === undefined ? `exit code ${code}` : `exit code ${code} (${meaning})`;
}

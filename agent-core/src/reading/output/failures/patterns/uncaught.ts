import type { FailurePattern } from '../failure-pattern.ts';

/** How runtimes begin what nobody caught: it says that something broke, not what. */
export const ofUncaught: readonly FailurePattern[] = [
  {
    kind: 'uncaught',
    any: [
      'panic: ',
      'panicked at',
      'traceback (most recent call last)',
      'exception in thread',
      'uncaught',
      'unhandled',
      'segmentation fault',
      'sigsegv',
      'fatal error: ',
      'php fatal error',
      'terminate called',
      'assertion failed',
      'core dumped',
      'goroutine 1 [',
      'caused by: ',
      'throw er',
    ],
  },
];

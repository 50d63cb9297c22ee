import type { CodeEntry } from '@autodevops/domain/finding';

const nextSteps = [
  'Read the log from that minute on, and what stands around these lines.',
  'See what changed at that time: a rollout, a configuration, a certificate, or something that it depends on.',
];
const avoid = ['Do not restart it before the log is kept: what it says now is the best trace there is.'];

export const errorsBegan: CodeEntry = {
  code: 'signal.log.errors-began',
  group: 'signal',
  title: 'New errors in the log',
  severity: 'warning',
  means: 'The program runs and is ready, and since some minute it says something that it did not say before.',
  recognised:
    'Lines that look like errors and have their words in common come at least eight times as often as in the part of the log before, five times at least, and still come at its end.',
  nextSteps,
  avoid,
};

export const errorsPrevail: CodeEntry = {
  code: 'signal.log.errors-prevail',
  group: 'signal',
  title: 'The log is full of errors',
  severity: 'warning',
  means:
    'The program runs and is ready, but most of what it says since some minute is an error: it hardly does its work.',
  recognised:
    'As for new errors in the log; besides they are half of all lines since then, and twenty at least. Or: nearly all that the log holds, ten lines at least and up to now, is one failure of something that the program depends on (an address, a name, a login, a certificate).',
  nextSteps,
  avoid,
};

export const programBreaks: CodeEntry = {
  code: 'signal.log.program-breaks',
  group: 'signal',
  title: 'The program breaks on some of its work',
  severity: 'warning',
  means:
    'The program runs and is ready, and since some minute an error that nobody caught ends what it is doing, again and again.',
  recognised:
    'As for new errors in the log; among their lines are panics, or exceptions and rejections that nobody handled.',
  nextSteps: ['Look at what the lines name: a place in the program, and what it was working on.', ...nextSteps],
  avoid,
};

export const requestsFail: CodeEntry = {
  code: 'signal.log.requests-fail',
  group: 'signal',
  title: 'Requests fail, as an access log shows',
  severity: 'warning',
  means: 'Since some minute many requests end with a status of 5xx; before that hardly any did.',
  recognised:
    'Lines of an access log with a status of 5xx come at least eight times as often as before, are one in twenty of all requests to the same place since then, and still come. Whom it is about is the upstream that the line names, else the program that wrote the log.',
  nextSteps,
  avoid: ['Do not look for it in the proxy first: it tells how those behind it answer.'],
};

import type { CodeEntry } from '@autodevops/domain/finding';

const nextSteps = ['Read the log from that minute on, and what stands around these lines.', 'See what changed at that time: a rollout, a configuration, a certificate, or something that it depends on.'];
const avoid = ['Do not restart it before the log is kept: what it says now is the best trace there is.'];

export const errorsBegan: CodeEntry = {
  code: 'signal.log.errors-began',
  group: 'signal',
  title: 'New errors in the log',
  severity: 'warning',
  means: 'The program runs and is ready, and since some minute it says something that it did not say before.',
  recognised: 'Lines that look like errors and have their words in common come at least eight times as often as in the part of the log before, five times at least, and still come at its end.',
  nextSteps,
  avoid,
};

export const errorsPrevail: CodeEntry = {
  code: 'signal.log.errors-prevail',
  group: 'signal',
  title: 'The log is full of errors',
  severity: 'warning',
  means: 'The program runs and is ready, but most of what it says since some minute is an error: it hardly does its work.',
  recognised: 'As for new errors in the log; besides they are half of all lines since then, and twenty at least. Or: nearly all that the log holds, ten lines at least and up to now, is one failure of something that the program depends on (an address, a name, a login, a certificate).',
  nextSteps,
  avoid,
};

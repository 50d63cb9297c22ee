import type { CodeEntry } from '@autodevops/domain/finding';

export const licenseRefused: CodeEntry = {
  code: 'pod.crash.license',
  group: 'crash',
  title: 'License is not accepted, missing or expired',
  severity: 'critical',
  means:
    'A product under a license does not start: its terms were not accepted by a setting, no license was given to it, or the one that it has is expired or not valid for this use.',
  recognised:
    'The last words of a container that crashes are that a license agreement must be accepted, or that a license is missing, invalid or expired.',
  nextSteps: [
    'Terms to accept: whoever may do so for your organisation sets the variable or option that the log names (ACCEPT_EULA=Y or its like).',
    'A license that is missing or expired: get a valid one from whoever buys the product, put it into the Secret from which the program takes it, and restart the workload.',
  ],
  avoid: ['Do not set clocks back to make an expired license valid.'],
};

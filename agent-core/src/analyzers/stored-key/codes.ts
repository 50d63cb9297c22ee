import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const otherKey: CodeEntry = {
  ...base,
  code: 'pod.crash.other-key',
  title: 'Key does not open what was encrypted before',
  means:
    'The program finds data or settings of its own that were encrypted under another key than the one that it is given now. Mostly a Secret was made anew (by a chart that draws a random value, or by a restore into another cluster), and the data stayed.',
  recognised:
    'The last words of a container that crashes are that encryption keys do not match, that a message cannot be decrypted, or that its seal (MAC, tag) is wrong.',
  nextSteps: [
    'Put the key back under which the data was written: from a backup of the Secret, of the values of the release, or of the place where the program keeps a copy of it.',
    'If that key is lost, the encrypted part must be entered anew; take a copy of the data first.',
  ],
  avoid: [
    'Do not delete the data, or the copy of the key beside it, to get the new key accepted: what is encrypted could never be read again.',
    'Do not let charts draw a new key at each release.',
  ],
};

export const keyForm: CodeEntry = {
  ...base,
  code: 'pod.crash.key-form',
  title: 'Key or password has not the form that is demanded',
  means:
    'The program is given a key or password and refuses its form: too short, of the wrong length, not encoded as it wants it, not complex enough, or one that everybody knows.',
  recognised:
    'The last words of a container that crashes say how long a key must be, how it must be encoded, or which rules a password must meet.',
  nextSteps: [
    'Make a value of the demanded form and put it into the Secret, then restart the workload. A length in bytes counts after base64 is decoded: `openssl rand -base64 32` makes 32 bytes, which are 44 characters.',
    'Where data exists that was encrypted under the old value, keep that value and correct only its encoding.',
  ],
  avoid: ['Do not write the key into the pod template: take it from a Secret.'],
};

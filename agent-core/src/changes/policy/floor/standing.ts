import { remedy } from '@autodevops/domain/remedy/remedy';
import { areStale, factsLast } from '../matching/known-facts.ts';
import { forbidden, untold } from './floor-rule.ts';
import type { FloorRule } from './floor-rule.ts';

/** What has to stand before anything at all is done. */
export const standing: readonly FloorRule[] = [
  {
    id: 'floor.kill-switch',
    what: 'The kill switch is on, or it is not known to be off.',
    says: 'forbidden',
    instead: remedy`Let a person turn it off (${{ do: 'turn-kill-switch-off' }}).`,
    judge: ({ circumstances }) => (circumstances.killSwitch ? forbidden('The kill switch is on.') : undefined),
  },
  {
    id: 'floor.audit',
    what: 'The audit log cannot be written.',
    says: 'forbidden',
    instead: remedy`Make the store writable again (${{ do: 'check-store' }} says what is wrong with it).`,
    judge: ({ circumstances }) =>
      circumstances.auditWritable
        ? undefined
        : forbidden('The audit log cannot be written, and what cannot be recorded is not done.'),
  },
  {
    id: 'floor.fresh-facts',
    what: `The facts were read more than ${factsLast / 1000} seconds ago.`,
    says: 'one; in the cloud forbidden',
    instead: 'Plan it again.',
    judge: ({ question, circumstances }) =>
      areStale(question.facts, circumstances.now)
        ? untold('one', 'The cluster was read too long ago; plan again.')
        : undefined,
  },
];

import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { Change } from '@autodevops/domain/change/change';
import { Incident } from '@autodevops/domain/incident/incident';
import { arbitraryOf } from '../rendering/testing/arbitrary-of.ts';
import { expectHarmless } from '../rendering/testing/harmless.ts';
import { hostileText } from '../rendering/testing/hostile-text.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import { awayMessage, callMessage, reminderMessage } from './attention-messages.ts';
import { outcomeMessage } from './outcome-message.ts';
import { stepMessage } from './step-message.ts';

const incident = arbitraryOf(Incident).map((given): Incident => ({ ...given, id: 'inc-0123456789ab' }));

const builders: Readonly<Record<string, fc.Arbitrary<SlackMessage>>> = {
  'a change of state': incident.map((given) => stepMessage(given, '')),
  'that nobody answered': incident.map(callMessage),
  'that an update is due': incident.map(reminderMessage),
  'how a change ended': arbitraryOf(Change).map(outcomeMessage),
  'that an agent is away, or back': fc
    .tuple(hostileText, hostileText, hostileText)
    .map(([customer, since, until]) => awayMessage(customer, since, until)),
};

describe('whatever it is made from, Slack takes it and nothing foreign in it acts:', () => {
  for (const [name, messages] of Object.entries(builders)) {
    it(name, () => {
      fc.assert(fc.property(messages, expectHarmless), { numRuns: 60 });
    });
  }
});

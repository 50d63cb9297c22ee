import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints } from '@autodevops/agentd/endpoints';
import { Answer } from '@autodevops/domain/answer';
import { Decision } from '@autodevops/domain/change/decision';
import { Person } from '@autodevops/domain/change/person';
import { Plan } from '@autodevops/domain/change/plan';
import { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import type { ModalView } from '@slack/types';
import { doctorMessage } from '../agent/doctor-message.ts';
import { killSwitchMessage } from '../agent/kill-switch.ts';
import { howToLink, linkedMessage, unlinkedMessage, whoIsMessage } from '../agent/link-messages.ts';
import { scarletStatus } from '../agent/scarlet-status.ts';
import { servedCustomer } from '../agent/served-customer.ts';
import { answerMessage } from '../answer/answer-message.ts';
import { sharedMessage } from '../answer/shared-message.ts';
import { streamedAnswer } from '../answer/streamed-answer.ts';
import { suggestedPrompts } from '../answer/suggested-prompts.ts';
import { answerStopped, noIncidentHere, talkHelp, timelineNoted } from '../answer/talk-messages.ts';
import { rehearsalMessage } from '../change/rehearsal-message.ts';
import { diagnosisMessage } from '../diagnosis/diagnosis-message.ts';
import { seenCauseButtons } from '../diagnosis/seen-cause.ts';
import { askForm } from '../forms/ask-form.ts';
import { shownView } from '../forms/shown-view.ts';
import { noForm, timelineForm, waitingForm } from '../forms/timeline-form.ts';
import { postMortemMessage } from '../incident/post-mortem.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { arbitraryOf } from './arbitrary-of.ts';
import { expectHarmless, expectHarmlessView } from './harmless.ts';
import { hostileText } from './hostile-text.ts';

const runs = { numRuns: 60 };
const changeLines = arbitraryOf(endpoints.changes.answer).map(({ changes }) =>
  changes.map((line) => ({ ...line, id: 'chg-0123456789ab' })),
);
const incidentLines = arbitraryOf(endpoints.incidents.answer).map(({ incidents }) =>
  incidents.map((line) => ({ ...line, id: 'inc-0123456789ab' })),
);

const messages: Readonly<Record<string, fc.Arbitrary<SlackMessage>>> = {
  'what would help': fc
    .tuple(arbitraryOf(Cause), arbitraryOf(Plan), arbitraryOf(Decision))
    .map(([cause, plan, decision]) => rehearsalMessage(cause, { plan, decision })),
  'how Scarlet stands': fc
    .tuple(arbitraryOf(endpoints.cluster.answer), arbitraryOf(endpoints.killSwitch.answer), changeLines)
    .map(([cluster, killSwitch, changes]) => scarletStatus({ cluster, killSwitch, changes })),
  'the kill switch': arbitraryOf(endpoints.killSwitch.answer).map(killSwitchMessage),
  'the beginning of a post-mortem': hostileText.map((markdown) =>
    postMortemMessage('inc-0123456789ab', markdown.repeat(200), { share: 'shr-1' }),
  ),
  'how to link': hostileText.map(howToLink),
  'who one is now': fc
    .tuple(arbitraryOf(Person), hostileText)
    .map(([person, account]) => linkedMessage(person, account)),
  'who one is': fc
    .record({
      account: hostileText,
      homeTeam: hostileText,
      customer: hostileText,
      person: fc.option(arbitraryOf(Person), { nil: undefined }),
    })
    .map(whoIsMessage),
  'that one is nobody now': fc.constant(unlinkedMessage()),
  'what works': fc
    .tuple(
      hostileText,
      fc.array(fc.record({ name: hostileText, isWell: fc.boolean(), says: hostileText, remedy: hostileText }), {
        maxLength: 30,
      }),
    )
    .map(([customer, checks]) => doctorMessage(customer, checks)),
  'which customer is served': fc
    .record({ customer: hostileText, cluster: hostileText, team: hostileText, app: hostileText })
    .map(servedCustomer),
  'an answer that somebody shares': fc
    .tuple(arbitraryOf(Answer), hostileText)
    .map(([answer, name]) => sharedMessage(answerMessage(answer, { ...seenCauseButtons, share: 'shr-1' }), name)),
  'a diagnosis with what one can do': arbitraryOf(Diagnosis).map((diagnosis) =>
    diagnosisMessage(diagnosis, { ...seenCauseButtons, share: 'shr-1' }),
  ),
  'what stands beneath a streamed answer': arbitraryOf(Answer)
    .map(streamedAnswer)
    .filter(({ rest }) => rest !== undefined)
    .map(({ rest }) => ({ text: 'Beneath', blocks: rest?.blocks ?? [] })),
  'help in a thread': fc.constant(talkHelp()),
  'that something was noted': hostileText.map(timelineNoted),
  'that nothing could be': fc.constant(noIncidentHere()),
  'that it was stopped': fc.constant(answerStopped()),
};

const views: Readonly<Record<string, fc.Arbitrary<ModalView>>> = {
  'a question': fc.constant(askForm()),
  'a window that waits': hostileText.map(waitingForm),
  'a window with nothing in it': fc.tuple(hostileText, hostileText).map(([title, says]) => noForm(title, says)),
  'a line for a timeline': fc
    .tuple(incidentLines, hostileText)
    .filter(([lines]) => lines.length > 0)
    .map(([[line, ...more], text]) =>
      timelineForm(
        { channel: 'C1' },
        {
          incidents: [line, ...more]
            .filter((one) => one !== undefined)
            .map((one, index) => ({ ...one, id: `inc-0123456789a${index % 10}` }))
            .slice(0, 10),
          chosen: undefined,
          text,
        },
      ),
    ),
  'a message in a window': arbitraryOf(endpoints.killSwitch.answer).map((killSwitch) =>
    shownView('Change', killSwitchMessage(killSwitch)),
  ),
};

describe('whatever it is made from, Slack takes it and nothing foreign in it acts:', () => {
  for (const [name, made] of Object.entries(messages)) {
    it(name, () => {
      fc.assert(fc.property(made, expectHarmless), runs);
    });
  }
  for (const [name, made] of Object.entries(views)) {
    it(name, () => {
      fc.assert(fc.property(made, expectHarmlessView), runs);
    });
  }

  it('what is streamed', () => {
    fc.assert(
      fc.property(arbitraryOf(Answer).map(streamedAnswer), ({ paragraphs }) => {
        for (const paragraph of paragraphs) {
          expect(paragraph).not.toMatch(/<(?!\u2060)|@(?!\u2060)(?=\w)|(?<!\\)\]\(|:\/\//);
        }
      }),
      runs,
    );
  });

  it('questions that are suggested', () => {
    fc.assert(
      fc.property(fc.array(arbitraryOf(Cause), { maxLength: 6 }).map(suggestedPrompts), (prompts) => {
        expect(prompts.length).toBeLessThanOrEqual(4);
        for (const { title, message } of prompts) {
          expect(title !== '' && message !== '' && [...title].length <= 75).toBe(true);
        }
      }),
      runs,
    );
  });
});

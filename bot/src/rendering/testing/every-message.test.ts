import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpoints } from '@autodevops/agentd/endpoints';
import { Answer } from '@autodevops/domain/answer';
import { Change } from '@autodevops/domain/change/change';
import { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { Incident, TimelineRow } from '@autodevops/domain/incident/incident';
import { z } from 'zod';
import { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { answerMessage } from '../answer/answer-message.ts';
import { sentenceMessage } from '../answer/sentence-message.ts';
import { changeCard } from '../change/change-card.ts';
import { diffMessage } from '../change/diff-message.ts';
import { seriesBlocks } from '../chart/series-chart.ts';
import { changesMessage } from '../lookups/changes-message.ts';
import { graphMessage } from '../lookups/graph-message.ts';
import { logsMessage } from '../lookups/logs-message.ts';
import { meaningMessage } from '../lookups/meaning-message.ts';
import { causeMessage, diagnosisMessage } from '../diagnosis/diagnosis-message.ts';
import { postMortemNumbers } from '../incident/post-mortem.ts';
import { killSwitchForm, rejectForm } from '../forms/change-forms.ts';
import { openIncidentForm, resolveForm, severityForm, updateForm } from '../forms/incident-forms.ts';
import { linkForm } from '../forms/link-form.ts';
import { helpMessage } from '../help/help-message.ts';
import { homeView } from '../home/home-view.ts';
import { incidentCard } from '../incident/incident-card.ts';
import { awaySummary } from '../incident/away-summary.ts';
import { timelineMessage } from '../incident/timeline-message.ts';
import { incidentFindings } from '../incident/incident-findings.ts';
import { incidentList } from '../incident/incident-list.ts';
import { errorMessage } from '../refusal/error-message.ts';
import { refusalMessage, refusals } from '../refusal/refusal-message.ts';
import type { Refusal } from '../refusal/refusal-message.ts';
import { arbitraryOf } from './arbitrary-of.ts';
import { expectHarmless, expectHarmlessView } from './harmless.ts';
import { hostileText } from './hostile-text.ts';

const runs = { numRuns: 60 };
const changeId = 'chg-0123456789ab';
const incidentId = 'inc-0123456789ab';

/** What the agent makes itself is as it makes it: ids and digests. */
const change = arbitraryOf(Change).map((given): Change => ({
  ...given,
  id: changeId,
  digest: given.state === 'proposed' ? '' : 'd'.repeat(64),
}));
const incident = arbitraryOf(Incident).map((given): Incident => ({ ...given, id: incidentId }));
const changeLines = arbitraryOf(endpoints.changes.answer).map(({ changes }) =>
  changes.map((line) => ({ ...line, id: changeId })),
);
const incidentLines = arbitraryOf(endpoints.incidents.answer).map(({ incidents }) =>
  incidents.map((line) => ({ ...line, id: incidentId })),
);

const builders: Readonly<Record<string, fc.Arbitrary<SlackMessage>>> = {
  'a diagnosis': arbitraryOf(Diagnosis).map((diagnosis) =>
    diagnosisMessage(diagnosis, { share: 'shr-1', fix: () => 'fix-1', evidence: () => 'evd-1' }),
  ),
  'a cause': arbitraryOf(Cause).map((cause) => causeMessage(cause)),
  'an answer': arbitraryOf(Answer).map((answer) => answerMessage(answer, { share: 'shr-1' })),
  'what changed lately': arbitraryOf(endpoints.recentChanges.answer).map((recent) =>
    changesMessage(recent, { since: 3_600_000, share: 'shr-1' }),
  ),
  'what stands around an object': fc
    .tuple(arbitraryOf(endpoints.graph.answer), hostileText, fc.boolean())
    .map(([graph, name, isOfUsers]) => graphMessage(graph, { name, isOfUsers, share: 'shr-1' })),
  logs: fc
    .tuple(arbitraryOf(endpoints.logs.answer), hostileText)
    .map(([logs, name]) => logsMessage(logs, { name: `pod ${name}`, share: 'shr-1' })),
  'what a word means': fc
    .tuple(arbitraryOf(endpoints.meaning.answer), hostileText)
    .map(([meaning, word]) => meaningMessage(word, meaning, 'shr-1')),
  'a sentence': fc
    .array(hostileText, { minLength: 1 })
    .map(([first = '', ...more]) => sentenceMessage(`Well: ${first}`, ...more)),
  'a card of a change': fc.tuple(change, hostileText).map(([given, cluster]) => changeCard(given, { cluster })),
  'a diff': change.map((given) => diffMessage(given).message),
  'a card of an incident': fc.tuple(incident, hostileText).map(([given, cluster]) => incidentCard(given, { cluster })),
  'findings of an incident': incident.map((given) => incidentFindings(given)),
  'a timeline': fc
    .tuple(hostileText, fc.array(arbitraryOf(TimelineRow), { maxLength: 80 }))
    .map(([title, timeline]) => timelineMessage({ id: incidentId, title, timeline }, 'shr-1')),
  'what happened while one was away': fc
    .tuple(hostileText, fc.array(arbitraryOf(TimelineRow), { maxLength: 80 }), hostileText)
    .map(([title, rows, since]) => awaySummary(title, rows, since)),
  'a list of incidents': incidentLines.map((lines) => incidentList(lines)),
  'a post-mortem': incident.map(postMortemNumbers),
  'an error': fc
    .tuple(hostileText, fc.oneof(hostileText, arbitraryOf(RemedyParts)))
    .map(([what, remedy]) => errorMessage(new AutoDevOpsError('change.refused', what, remedy), 'ref-1')),
  help: fc
    .array(fc.record({ usage: hostileText, does: hostileText }), { maxLength: 20 })
    .map((usages) => helpMessage('/jamie', 'asks.', usages)),
  'a chart': fc
    .record({
      title: hostileText,
      unit: hostileText,
      labels: fc.array(hostileText, { maxLength: 40 }),
      lines: fc.array(
        fc.record({
          name: hostileText,
          values: fc.array(fc.oneof(fc.double(), fc.constant(Number.NaN)), { maxLength: 40 }),
        }),
        { maxLength: 14 },
      ),
    })
    .map((series) => ({ text: 'A chart', blocks: seriesBlocks(series) })),
  'a refusal': fc.constantFrom(...(Object.keys(refusals) as Refusal[])).map((refusal) => refusalMessage(refusal)),
};

describe('whatever it is made from, Slack takes it and nothing foreign in it acts:', () => {
  for (const [name, messages] of Object.entries(builders)) {
    it(name, () => {
      fc.assert(fc.property(messages, expectHarmless), runs);
    });
  }

  it('the App Home', () => {
    const told = fc.record({
      person: fc.record({ name: hostileText, isLinked: fc.boolean() }),
      cluster: fc.option(arbitraryOf(endpoints.cluster.answer), { nil: undefined }),
      health: fc.option(arbitraryOf(endpoints.health.answer), { nil: undefined }),
      killSwitch: fc.option(arbitraryOf(endpoints.killSwitch.answer), { nil: undefined }),
      approvals: fc.option(changeLines, { nil: undefined }),
      incidents: fc.option(incidentLines, { nil: undefined }),
      asOf: hostileText,
    });
    fc.assert(
      fc.property(told, (state) => expectHarmlessView(homeView(state))),
      runs,
    );
  });

  it('every form', () => {
    fc.assert(
      fc.property(change, incident, hostileText, fc.boolean(), (aChange, anIncident, title, isOn) => {
        for (const view of [
          openIncidentForm({}, title),
          severityForm(anIncident),
          updateForm(anIncident),
          resolveForm(anIncident),
          rejectForm(aChange),
          killSwitchForm(isOn),
          linkForm(),
        ]) {
          expectHarmlessView(view);
        }
      }),
      runs,
    );
  });
});

it('a schema that the generator does not know would be seen here', () => {
  const [sample] = fc.sample(
    arbitraryOf(z.strictObject({ a: z.string(), b: z.array(z.int()), c: z.enum(['x']), d: z.boolean().optional() })),
    { numRuns: 1, seed: 1 },
  );
  expect(Object.keys(sample ?? {})).toEqual(expect.arrayContaining(['a', 'b', 'c']));
});

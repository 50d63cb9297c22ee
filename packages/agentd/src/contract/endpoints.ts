import { z } from 'zod';
import { Answer } from '@autodevops/domain/answer';
import { Automation, Deed } from '@autodevops/domain/change/automation';
import { AuditCheckpoint, AuditRow } from '@autodevops/domain/change/audit-event';
import { BrokenGlass, glassMinutes } from '@autodevops/domain/change/broken-glass';
import { Change } from '@autodevops/domain/change/change';
import { Decision, Tier } from '@autodevops/domain/change/decision';
import { Person } from '@autodevops/domain/change/person';
import { ActionRequest, Plan } from '@autodevops/domain/change/plan';
import { AutonomyLevel, Policy } from '@autodevops/domain/change/policy';
import { Conversation, Turn } from '@autodevops/domain/conversation';
import { BlindSpot, Cause, Diagnosis, Severity, TimelineEntry } from '@autodevops/domain/diagnosis';
import { AlertmanagerPayload } from '@autodevops/domain/incident/alertmanager-payload';
import { CustomerSummary } from '@autodevops/domain/incident/customer-summary';
import { GrafanaPayload } from '@autodevops/domain/incident/grafana-payload';
import { Incident } from '@autodevops/domain/incident/incident';
import {
  incidentBounds,
  IncidentPerson,
  IncidentRole,
  IncidentSeverity,
} from '@autodevops/domain/incident/incident-event';
import { PagerDutyPayload } from '@autodevops/domain/incident/pagerduty-payload';
import { ObjectRef } from '@autodevops/domain/object-ref-contract';
import { answers, streams } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';

const none = z.strictObject({});
const id = z.strictObject({ id: z.string().regex(/^[a-z]+-[a-z0-9]{6,32}$/) });
const count = z.coerce.number().int().min(1).max(500);
const words = z.string().trim().min(1).max(2000);

const account = z.string().regex(/^[a-z]+:[\w@./-]{1,100}$/);
const personId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'not an id: small letters, digits and dashes');
/** On one line, and in the order in which it is written: it stands beside a yes. */
const personName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u, 'not a name: it ends its line or turns it round');
/** What can be linked can be unlinked: ids and accounts are no longer than the paths that name them take. */
const LinkedPerson = Person.extend({
  id: personId,
  name: personName,
  accounts: z.array(z.string().min(1).max(200)).max(50),
  roles: z.array(z.string().min(1).max(63)).max(50),
});
const TokenMade = z.strictObject({ token: z.string(), expiresAt: z.string() });
const TokenShown = z.strictObject({
  id: z.string(),
  account: z.string(),
  name: z.string(),
  issuedAt: z.string(),
  issuedBy: z.string(),
  expiresAt: z.string(),
});

const conversationId = z.string().regex(/^cnv-[a-z0-9]{6,32}$/);
const ofConversation = z.strictObject({ id: conversationId });
/** A folder or a name, as the surface knows it. */
const workspace = z.string().max(250);

/** What of the cluster is looked at; empty lists mean everything. */
const Scope = z.strictObject({
  namespaces: z.array(z.string().max(253)).max(200).default([]),
  objects: z
    .array(
      z.strictObject({
        kind: z.string().max(100),
        name: z.string().max(253),
        namespace: z.string().max(253).optional(),
      }),
    )
    .max(50)
    .default([]),
  hygiene: z.boolean().default(false),
});
const ScopeQuery = z.strictObject({
  namespace: z.string().max(253).optional(),
  kind: z.string().max(100).optional(),
  name: z.string().max(253).optional(),
  hygiene: z.stringbool().default(false),
});

const ChangeLine = Change.pick({ id: true, state: true, says: true, createdAt: true, updatedAt: true }).extend({
  will: z.array(z.string()),
  tier: z.string(),
  askedBy: z.string().describe('name of who asked for it'),
  yours: z.boolean().describe('whether that is the caller, on whichever surface'),
  awaitsYou: z.boolean().describe('whether it waits for a yes that the caller may give, and has not given'),
});
const IncidentLine = Incident.pick({
  id: true,
  state: true,
  title: true,
  severity: true,
  openedAt: true,
  updatedAt: true,
  summary: true,
  commander: true,
  returns: true,
  silence: true,
  escalation: true,
  updateDueSince: true,
  acknowledged: true,
}).extend({ firing: z.int().min(0).describe('alerts that fire') });
const incidentId = z.strictObject({ id: z.string().regex(/^inc-[a-z0-9]{6,32}$/) });
const AlertsTaken = z.strictObject({ incident: z.string().describe('that the notice is part of; empty when of none') });
const incidentTitle = z.string().trim().min(1).max(incidentBounds.title);
const IncidentUpdate = z
  .strictObject({
    says: words.optional().describe('a status update'),
    state: z.enum(['investigating', 'mitigating', 'monitoring', 'reviewed']).optional(),
    link: z
      .strictObject({
        title: z.string().trim().max(incidentBounds.title).default(''),
        target: z
          .string()
          .max(2000)
          .regex(/^(chg-[a-z0-9]{6,32}|https:\/\/\S+)$/),
      })
      .optional()
      .describe('a change, or an https address'),
    task: words.optional().describe('something that is to be done'),
    done: z.int().min(1).optional().describe('number of a task that is done'),
    customers: words.optional().describe('what may be told to those who use the service'),
    services: z
      .array(z.string().trim().min(1).max(incidentBounds.title))
      .max(incidentBounds.services)
      .optional()
      .describe('what is affected, by the names that those who use it know; replaces what was said before'),
  })
  .refine((update) => Object.values(update).some((part) => part !== undefined), { error: 'says nothing' });
const Health = z.strictObject({
  version: z.string(),
  ready: z.boolean(),
  parts: z.array(z.strictObject({ name: z.string(), well: z.boolean(), says: z.string() })),
});
const KillSwitch = z.strictObject({
  on: z.boolean(),
  by: z.string(),
  why: z.string(),
  since: z.string(),
  yours: z.boolean().optional().describe('whether the caller turned it; absent when nobody ever did'),
});
const Proposal = z.strictObject({
  requests: z.array(ActionRequest).min(1).max(20),
  reason: words,
  finding: z
    .strictObject({ code: z.string(), kind: z.string(), namespace: z.string(), name: z.string() })
    .optional()
    .describe('of the present diagnosis: what the change is to remove'),
  direct: z.boolean().default(false).describe('patch an object that a tool would put back; needs a higher decision'),
  incident: z
    .string()
    .regex(/^inc-[a-z0-9]{6,32}$/)
    .optional()
    .describe('that the change is for: it is linked there'),
});
const OpenProposal = z.strictObject({
  request: ActionRequest,
  asks: z.array(z.string()).describe('parameters that a person has to give first'),
});
const Fixable = z.strictObject({
  cause: Cause,
  proposals: z.array(ActionRequest),
  open: z.array(OpenProposal).default([]),
  manual: z.array(z.string()).describe('what only a person can do'),
});

const Ruling = z.strictObject({
  policy: Policy,
  version: z.string(),
  onTrial: z
    .strictObject({
      policy: Policy,
      version: z.string(),
      decisions: z.int().describe('so many it was asked beside the policy in force'),
      stricter: z.int().describe('of these it would have decided more strictly'),
      looser: z.int(),
    })
    .optional()
    .describe('a policy that is asked and not heeded'),
  earned: z
    .strictObject({
      current: AutonomyLevel,
      proposed: AutonomyLevel,
      outcomes: z.int(),
      succeeded: z.int(),
      atLeast: z.number(),
      says: z.string(),
    })
    .optional()
    .describe(
      'the level that the record of verified outcomes speaks for; only a person grants it. Absent without a level',
    ),
});

const Glass = BrokenGlass.extend({
  standing: z.enum(['broken', 'review-due', 'overdue', 'reviewed']).describe('overdue: nobody reviewed it in time'),
});
const Simulated = z.strictObject({
  version: z.string().describe('of the policy that was tried'),
  changes: z.int().describe('past changes that were decided again'),
  same: z.int(),
  older: z.boolean().describe('there are older changes, which were left out'),
  different: z
    .array(
      z.strictObject({
        id: z.string(),
        will: z.array(z.string()),
        was: Tier,
        wouldBe: Tier,
        direction: z.enum(['looser', 'stricter']),
        decision: Decision,
      }),
    )
    .describe('looser ones first'),
});

/** One object, by names. */
const OneObject = {
  kind: z.string().min(1).max(100),
  name: z.string().min(1).max(253),
  namespace: z.string().max(253).optional(),
};
const Explained = z.strictObject({
  code: z.string(),
  title: z.string(),
  severity: Severity,
  means: z.string(),
  recognised: z.string(),
  nextSteps: z.array(z.string()),
  avoid: z.array(z.string()),
});
const left = z.int().min(0).describe('that are left out, because there are too many');

const Remembered = z.strictObject({
  id: z.string(),
  kind: z.enum(['conversation', 'lesson', 'runbook', 'note']),
  thread: z.string(),
  time: z.string(),
  text: z.string(),
});

const DiagnosisEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), step: z.string(), done: z.int(), total: z.int() }),
  z.strictObject({ type: z.literal('first'), diagnosis: Diagnosis }),
  z.strictObject({ type: z.literal('final'), diagnosis: Diagnosis }),
]);
const OutboxItem = z.strictObject({
  cursor: z.int(),
  time: z.string(),
  topic: z.string(),
  subject: z.string(),
  data: z.record(z.string(), z.json()),
});

/** Every endpoint: the server's routes, the client's methods and the OpenAPI document are made from this. */
// oxfmt-ignore
export const endpoints = {
  health: answers({ method: 'GET', path: '/v1/health', summary: 'Whether the agent and its parts are well.', right: 'read', params: none, query: none, body: none, answer: Health, writes: false }),
  cluster: answers({ method: 'GET', path: '/v1/cluster', summary: 'Which cluster this agent serves.', right: 'read', params: none, query: none, body: none, answer: z.strictObject({ name: z.string(), mode: z.enum(['local', 'cloud']), autonomy: AutonomyLevel.optional().describe('the level whose rules count beside those of the policy') }), writes: false }),
  ask: answers({ method: 'POST', path: '/v1/ask', summary: 'Answers a question in plain words.', right: 'read', params: none, query: none, body: z.strictObject({ question: words, namespace: z.string().max(253).optional(), conversation: conversationId.optional().describe('a conversation of the caller: the question may lean on its last turn, and is remembered') }), answer: Answer, writes: true }),
  conversations: answers({ method: 'GET', path: '/v1/conversations', summary: 'The caller\'s conversations, the one with the newest question first.', right: 'read', params: none, query: z.strictObject({ workspace: workspace.optional(), limit: count.default(50), before: conversationId.optional() }), body: none, answer: z.strictObject({ conversations: z.array(Conversation) }), writes: false }),
  conversation: answers({ method: 'GET', path: '/v1/conversations/:id', summary: 'One conversation of the caller with its newest turns, oldest first.', right: 'read', params: ofConversation, query: z.strictObject({ limit: count.default(200) }), body: none, answer: z.strictObject({ conversation: Conversation, turns: z.array(Turn) }), writes: false }),
  beginConversation: answers({ method: 'POST', path: '/v1/conversations', summary: 'Begins a conversation; without a title its first question is its title.', right: 'read', params: none, query: none, body: z.strictObject({ workspace: workspace.default(''), title: z.string().trim().max(200).default('') }), answer: Conversation, writes: true }),
  renameConversation: answers({ method: 'PUT', path: '/v1/conversations/:id', summary: 'Gives a conversation of the caller another title.', right: 'read', params: ofConversation, query: none, body: z.strictObject({ title: z.string().trim().min(1).max(200) }), answer: Conversation, writes: true }),
  removeConversation: answers({ method: 'DELETE', path: '/v1/conversations/:id', summary: 'Forgets a conversation of the caller with all of its turns.', right: 'read', params: ofConversation, query: none, body: none, answer: none, writes: true }),
  exportConversation: answers({ method: 'GET', path: '/v1/conversations/:id/markdown', summary: 'A conversation of the caller as Markdown.', right: 'read', params: ofConversation, query: none, body: none, answer: z.strictObject({ markdown: z.string() }), writes: false }),
  searchConversations: answers({ method: 'GET', path: '/v1/conversation-search', summary: 'The caller\'s conversations that hold these words, best match first.', right: 'read', params: none, query: z.strictObject({ words, limit: count.default(20) }), body: none, answer: z.strictObject({ hits: z.array(z.strictObject({ conversation: Conversation, turn: Turn.optional().describe('that matched best; absent where only the title did') })) }), writes: false }),
  diagnose: answers({ method: 'POST', path: '/v1/diagnose', summary: 'Diagnoses the cluster, once.', right: 'read', params: none, query: none, body: Scope, answer: Diagnosis, writes: false }),
  diagnosis: streams({ method: 'GET', path: '/v1/diagnosis', summary: 'Diagnoses the cluster: progress, a first answer, the final one.', right: 'read', params: none, query: ScopeQuery, event: DiagnosisEvent }),
  findings: streams({ method: 'GET', path: '/v1/findings', summary: 'Keeps the diagnosis current: the whole answer whenever it changes.', right: 'read', params: none, query: ScopeQuery, event: z.strictObject({ type: z.literal('diagnosis'), diagnosis: Diagnosis }) }),
  objectNews: streams({ method: 'GET', path: '/v1/object-news', summary: 'Tells of which kinds objects were added, changed or deleted in the cluster, soon after they were.', right: 'read', params: none, query: none, event: z.strictObject({ type: z.literal('changed'), kinds: z.array(z.string()).optional().describe('absent while nothing tells of changes: then it is told every half a minute, and may be any') }) }),
  recentChanges: answers({ method: 'GET', path: '/v1/recent-changes', summary: 'What changed in the cluster, newest first: rollouts, writes by people and tools, events, new and deleted objects. With an object: its own, and those of what it stands on.', right: 'read', params: none, query: z.strictObject({ namespace: z.string().max(253).optional(), kind: z.string().max(100).optional(), name: z.string().max(253).optional(), seconds: z.coerce.number().int().min(1).max(60 * 60 * 24 * 30).default(3600).describe('how far back'), limit: count.default(200) }), body: none, answer: z.strictObject({ capturedAt: z.string(), changes: z.array(TimelineEntry), left, blindSpots: z.array(BlindSpot) }), writes: false }),
  graph: answers({ method: 'GET', path: '/v1/graph', summary: 'Who leans on whom around an object, and how each of them is.', right: 'read', params: none, query: z.strictObject({ ...OneObject, side: z.enum(['all', 'uses', 'used-by']).default('all').describe('what it leans on, who leans on it, or both'), depth: z.coerce.number().int().min(1).max(5).default(1).describe('steps away; of one side alone there is one') }), body: none, answer: z.strictObject({ capturedAt: z.string(), edges: z.array(z.strictObject({ from: ObjectRef, verb: z.string(), to: ObjectRef, detail: z.string() })), objects: z.array(z.strictObject({ object: ObjectRef, state: z.string().describe('how it is, in a few words') })), left, mermaid: z.string().describe('the same as a drawing in Mermaid'), blindSpots: z.array(BlindSpot) }), writes: false }),
  logs: answers({ method: 'GET', path: '/v1/logs', summary: 'The last lines that the containers of an object wrote, without secrets; those first that are not ready.', right: 'read', params: none, query: z.strictObject({ ...OneObject, container: z.string().max(253).default(''), previous: z.stringbool().default(false).describe('of the container before it was restarted'), lines: z.coerce.number().int().min(1).max(1000).default(100) }), body: none, answer: z.strictObject({ logs: z.array(z.strictObject({ namespace: z.string(), pod: z.string(), container: z.string(), previous: z.boolean(), lines: z.array(z.string()), cut: z.boolean().describe('there are older lines') })), left, blindSpots: z.array(BlindSpot) }), writes: false }),
  meaning: answers({ method: 'GET', path: '/v1/meanings/:word', summary: 'What a code, or a word of Kubernetes, means: how it is recognised, what to do and what not.', right: 'read', params: z.strictObject({ word: z.string().min(1).max(100) }), query: none, body: none, answer: z.strictObject({ entry: Explained.optional(), says: z.string(), related: z.array(Explained), near: z.array(z.string()) }), writes: false }),
  fixes: answers({ method: 'POST', path: '/v1/fixes', summary: 'Diagnoses and says which actions would help each cause.', right: 'read', params: none, query: none, body: Scope, answer: z.strictObject({ diagnosis: Diagnosis, fixes: z.array(Fixable) }), writes: false }),
  propose: answers({ method: 'POST', path: '/v1/changes', summary: 'Plans actions against the live cluster, dry-runs them, decides who must agree.', right: 'propose', params: none, query: none, body: Proposal, answer: Change, writes: true }),
  changes: answers({ method: 'GET', path: '/v1/changes', summary: 'Changes, newest first.', right: 'read', params: none, query: z.strictObject({ open: z.stringbool().default(false), limit: count.default(50), before: z.string().optional(), incident: incidentId.shape.id.optional().describe('only those that are linked there, or are to remove a cause of it'), finding: z.string().max(incidentBounds.key).optional().describe('only those that are to remove this: `pod.image.not-found Deployment/shop/web`') }), body: none, answer: z.strictObject({ changes: z.array(ChangeLine) }), writes: false }),
  change: answers({ method: 'GET', path: '/v1/changes/:id', summary: 'One change with its plan, diff, decision and steps.', right: 'read', params: id, query: none, body: none, answer: Change, writes: false }),
  approve: answers({ method: 'POST', path: '/v1/changes/:id/approve', summary: 'Says yes to exactly what was shown.', right: 'decide', params: id, query: none, body: z.strictObject({ digest: z.string().min(16).describe('of the change as it was shown') }), answer: Change, writes: true }),
  reject: answers({ method: 'POST', path: '/v1/changes/:id/reject', summary: 'Says no.', right: 'decide', params: id, query: none, body: z.strictObject({ why: words }), answer: Change, writes: true }),
  cancel: answers({ method: 'POST', path: '/v1/changes/:id/cancel', summary: 'Takes a proposal back, or stops one before its next step.', right: 'propose', params: id, query: none, body: z.strictObject({ why: words }), answer: Change, writes: true }),
  run: answers({ method: 'POST', path: '/v1/changes/:id/run', summary: 'Executes an approved change now, or resumes it; answers when it began.', right: 'propose', params: id, query: none, body: none, answer: Change, writes: true }),
  undo: answers({ method: 'POST', path: '/v1/changes/:id/undo', summary: 'Takes a change back: at once while it is on its way, by a new change after its end.', right: 'decide', params: id, query: none, body: z.strictObject({ why: words }), answer: Change, writes: true }),
  watchChange: streams({ method: 'GET', path: '/v1/changes/:id/watch', summary: 'The change whenever it moves on, until it is final.', right: 'read', params: id, query: none, event: Change }),
  policy: answers({ method: 'GET', path: '/v1/policy', summary: 'The policy in force.', right: 'read', params: none, query: none, body: none, answer: Ruling, writes: false }),
  explainDecision: answers({ method: 'POST', path: '/v1/policy/explain', summary: 'What actions would do, by a rehearsal on the API server, and what the policy says of them, rule by rule; nothing is proposed.', right: 'propose', params: none, query: none, body: Proposal, answer: z.strictObject({ plan: Plan, decision: Decision, rules: z.array(z.strictObject({ rule: z.string(), matched: z.boolean(), why: z.string() })) }), writes: false }),
  simulatePolicy: answers({ method: 'POST', path: '/v1/policy/simulate', summary: 'Which past changes another policy would have decided otherwise; nothing is changed.', right: 'read', params: none, query: none, body: z.strictObject({ policy: Policy.describe('without a level: at the one in force') }), answer: Simulated, writes: false }),
  brokenGlass: answers({ method: 'GET', path: '/v1/break-glass', summary: 'When the policy\'s rules were set aside, by whom and why, and what waits for a review.', right: 'read', params: none, query: none, body: none, answer: z.strictObject({ glasses: z.array(Glass) }), writes: false }),
  breakGlass: answers({ method: 'POST', path: '/v1/break-glass', summary: 'Sets the policy\'s rules aside for a short while: what they forbid takes two yeses then. The floor stays.', right: 'decide', params: none, query: none, body: z.strictObject({ reason: words, minutes: z.int().min(1).max(glassMinutes) }), answer: Glass, writes: true }),
  reviewGlass: answers({ method: 'POST', path: '/v1/break-glass/:id/review', summary: 'Records the review that every breaking needs, by another person than who broke it.', right: 'decide', params: id, query: none, body: z.strictObject({ says: words }), answer: Glass, writes: true }),
  automations: answers({ method: 'GET', path: '/v1/automations', summary: 'Automations with their mode, and what they did lately.', right: 'read', params: none, query: none, body: none, answer: z.strictObject({ automations: z.array(Automation), deeds: z.array(Deed), resting: z.array(z.string()) }), writes: false }),
  setAutomation: answers({ method: 'PUT', path: '/v1/automations/:automation', summary: 'Turns an automation on, off or dry.', right: 'decide', params: z.strictObject({ automation: z.string().max(100) }), query: none, body: z.strictObject({ mode: Automation.shape.mode.unwrap() }), answer: Automation, writes: true }),
  issueToken: answers({ method: 'POST', path: '/v1/tokens', summary: 'Makes a token for an account; it is shown this once.', right: 'administer', params: none, query: none, body: z.strictObject({ account, name: z.string().min(1).max(100), minutes: z.int().min(1).max(60 * 24 * 30).default(60) }), answer: TokenMade, writes: true }),
  tokens: answers({ method: 'GET', path: '/v1/tokens', summary: 'Tokens that hold, without what they are.', right: 'administer', params: none, query: none, body: none, answer: z.strictObject({ tokens: z.array(TokenShown) }), writes: false }),
  revokeTokens: answers({ method: 'DELETE', path: '/v1/tokens/:account', summary: 'Ends every token of an account, or one of them.', right: 'administer', params: z.strictObject({ account: z.string().max(200) }), query: z.strictObject({ token: z.string().max(40).optional().describe('the id of one token') }), body: none, answer: none, writes: true }),
  claim: answers({ method: 'POST', path: '/v1/bootstrap', summary: 'Links the first administrator, by a bootstrap token that is good once; gives a token of that account.', right: 'nobody', params: none, query: none, body: z.strictObject({ token: z.string().min(32).max(1024), id: personId, name: personName, account, minutes: z.int().min(1).max(60 * 24).default(60) }), answer: TokenMade.extend({ person: Person }), writes: true }),
  recall: answers({ method: 'GET', path: '/v1/memory', summary: 'What is remembered, best match first.', right: 'read', params: none, query: z.strictObject({ words: words, limit: count.default(20) }), body: none, answer: z.strictObject({ entries: z.array(Remembered) }), writes: false }),
  remember: answers({ method: 'POST', path: '/v1/memory', summary: 'Remembers a note.', right: 'propose', params: none, query: none, body: z.strictObject({ text: words, thread: z.string().max(100).default('') }), answer: Remembered, writes: true }),
  receiveAlerts: answers({ method: 'POST', path: '/v1/alerts/alertmanager', summary: 'Takes a notice of Alertmanager (webhook, version 4): it opens an incident, joins one, or resolves it.', right: 'alert', params: none, query: none, body: AlertmanagerPayload, answer: AlertsTaken, writes: true }),
  receiveGrafanaAlerts: answers({ method: 'POST', path: '/v1/alerts/grafana', summary: 'Takes a notice of Grafana\'s alerting (webhook contact point), as one of Alertmanager.', right: 'alert', params: none, query: none, body: GrafanaPayload, answer: AlertsTaken, writes: true }),
  receivePagerDutyAlerts: answers({ method: 'POST', path: '/v1/alerts/pagerduty', summary: 'Takes an event of PagerDuty (webhook, version 3): each of its incidents is one here.', right: 'alert', params: none, query: none, body: PagerDutyPayload, answer: AlertsTaken, writes: true }),
  receiveMappedAlerts: answers({ method: 'POST', path: '/v1/alerts/sources/:source', summary: 'Takes a JSON document of any sender, and reads it by the mapping that the configuration has for it.', right: 'alert', params: z.strictObject({ source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/) }), query: none, body: z.unknown(), answer: AlertsTaken, writes: true }),
  onCall: answers({ method: 'GET', path: '/v1/on-call', summary: 'Who is on call now, by each schedule of the configuration.', right: 'read', params: none, query: none, body: none, answer: z.strictObject({ schedules: z.array(z.strictObject({ schedule: z.string(), people: z.array(IncidentPerson), says: z.string().describe('why it is not known; empty otherwise') })) }), writes: false }),
  openIncident: answers({ method: 'POST', path: '/v1/incidents', summary: 'Opens an incident; Jamie looks at the cluster at once.', right: 'propose', params: none, query: none, body: z.strictObject({ title: incidentTitle, severity: IncidentSeverity.default('sev3') }), answer: Incident, writes: true }),
  incidents: answers({ method: 'GET', path: '/v1/incidents', summary: 'Incidents, newest first.', right: 'read', params: none, query: z.strictObject({ ongoing: z.stringbool().default(false), limit: count.default(50), before: z.string().max(40).optional() }), body: none, answer: z.strictObject({ incidents: z.array(IncidentLine) }), writes: false }),
  incident: answers({ method: 'GET', path: '/v1/incidents/:id', summary: 'One incident with its alerts, causes and timeline.', right: 'read', params: incidentId, query: none, body: none, answer: Incident, writes: false }),
  incidentPicture: answers({ method: 'GET', path: '/v1/incidents/:id/panels/:panel/picture', summary: 'A panel of Grafana in which the causes of an incident can be seen, as a picture, where Grafana has a renderer.', right: 'read', params: z.strictObject({ id: incidentId.shape.id, panel: z.coerce.number().int().min(1).max(20).describe('its place among the panels of the incident, from 1') }), query: none, body: none, answer: z.strictObject({ title: z.string(), link: z.string(), png: z.base64().optional().describe('absent where no renderer is installed') }), writes: false }),
  updateIncident: answers({ method: 'POST', path: '/v1/incidents/:id/update', summary: 'Adds to an incident: what there is to say, how it stands, a link, a task.', right: 'propose', params: incidentId, query: none, body: IncidentUpdate, answer: Incident, writes: true }),
  assignIncident: answers({ method: 'POST', path: '/v1/incidents/:id/assign', summary: 'Gives somebody a role in an incident; without a name, the caller.', right: 'propose', params: incidentId, query: none, body: z.strictObject({ role: IncidentRole.default('commander'), account: account.optional() }), answer: Incident, writes: true }),
  setIncidentSeverity: answers({ method: 'PUT', path: '/v1/incidents/:id/severity', summary: 'Says how bad it is.', right: 'propose', params: incidentId, query: none, body: z.strictObject({ severity: IncidentSeverity, why: z.string().trim().max(2000).default('') }), answer: Incident, writes: true }),
  acknowledgeIncident: answers({ method: 'POST', path: '/v1/incidents/:id/acknowledge', summary: 'Says that the caller has seen an incident: nobody else is told then.', right: 'propose', params: incidentId, query: none, body: none, answer: Incident, writes: true }),
  silenceIncident: answers({ method: 'POST', path: '/v1/incidents/:id/silence', summary: 'Keeps an incident from telling anybody, and from asking for updates, for some time.', right: 'propose', params: incidentId, query: none, body: z.strictObject({ minutes: z.int().min(1).max(60 * 24 * 7), why: words }), answer: Incident, writes: true }),
  unsilenceIncident: answers({ method: 'DELETE', path: '/v1/incidents/:id/silence', summary: 'Ends the silence of an incident.', right: 'propose', params: incidentId, query: none, body: none, answer: Incident, writes: true }),
  customerSummary: answers({ method: 'GET', path: '/v1/incidents/:id/customer-summary', summary: 'What may be told to customers: what a person wrote for them, then known facts, and no name of the inside.', right: 'read', params: incidentId, query: none, body: none, answer: CustomerSummary, writes: false }),
  resolveIncident: answers({ method: 'POST', path: '/v1/incidents/:id/resolve', summary: 'Says that an incident is over.', right: 'propose', params: incidentId, query: none, body: z.strictObject({ why: words }), answer: Incident, writes: true }),
  postMortem: answers({ method: 'GET', path: '/v1/incidents/:id/postmortem', summary: 'A draft of the post-mortem, as Markdown.', right: 'read', params: incidentId, query: none, body: none, answer: z.strictObject({ markdown: z.string() }), writes: false }),
  proposePostMortem: answers({ method: 'POST', path: '/v1/incidents/:id/postmortem', summary: 'Proposes the draft of the post-mortem as a change in Git, and links it.', right: 'propose', params: incidentId, query: none, body: z.strictObject({ repository: z.string().max(100).describe('as the configuration names it'), path: z.string().min(1).max(300).optional().describe('of the file; `postmortems/DAY-ID.md` when absent'), base: z.string().max(200).optional() }), answer: Change, writes: true }),
  killSwitch: answers({ method: 'GET', path: '/v1/kill-switch', summary: 'Whether all execution is stopped.', right: 'read', params: none, query: none, body: none, answer: KillSwitch, writes: false }),
  setKillSwitch: answers({ method: 'PUT', path: '/v1/kill-switch', summary: 'Stops all execution at once, or lets it go on.', right: 'decide', params: none, query: none, body: z.strictObject({ on: z.boolean(), why: words }), answer: KillSwitch, writes: true }),
  auditRows: answers({ method: 'GET', path: '/v1/audit', summary: 'Rows of the audit log, in order.', right: 'read', params: none, query: z.strictObject({ from: z.coerce.number().int().min(1).default(1), limit: z.coerce.number().int().min(1).max(1000).default(200) }), body: none, answer: z.strictObject({ rows: z.array(AuditRow), head: z.int() }), writes: false }),
  auditCheckpoints: answers({ method: 'GET', path: '/v1/audit/checkpoints', summary: 'Signed statements of the chain\'s length and hash.', right: 'read', params: none, query: none, body: none, answer: z.strictObject({ checkpoints: z.array(AuditCheckpoint) }), writes: false }),
  people: answers({ method: 'GET', path: '/v1/people', summary: 'Linked people with their accounts and roles.', right: 'read', params: none, query: none, body: none, answer: z.strictObject({ people: z.array(Person) }), writes: false }),
  putPerson: answers({ method: 'PUT', path: '/v1/people', summary: 'Links a person to accounts and roles.', right: 'administer', params: none, query: none, body: LinkedPerson, answer: Person, writes: true }),
  removePerson: answers({ method: 'DELETE', path: '/v1/people/:person', summary: 'Unlinks a person.', right: 'administer', params: z.strictObject({ person: z.string().min(1).max(100) }), query: none, body: none, answer: none, writes: true }),
  makeLinkCode: answers({ method: 'POST', path: '/v1/link-codes', summary: 'Makes a code by which another account becomes the caller\'s own; it is shown this once, holds ten minutes and works once.', right: 'account', params: none, query: none, body: none, answer: z.strictObject({ code: z.string().describe('ten characters in two groups; case and dashes do not count'), expiresAt: z.string() }), writes: true }),
  useLinkCode: answers({ method: 'POST', path: '/v1/link-codes/use', summary: 'Links the account of who asks, which nobody has yet, to the person who made the code. Of wrong ones an account may try five in ten minutes.', right: 'account', params: none, query: none, body: z.strictObject({ code: z.string().trim().min(1).max(40) }), answer: Person, writes: true }),
  linkByEmail: answers({ method: 'POST', path: '/v1/link-by-email', summary: 'Links the account of who asks, which nobody has yet, to the one person who has the account `email:ADDRESS`, where the surface vouches for that address and the configuration lets it.', right: 'account', params: none, query: none, body: none, answer: Person, writes: true }),
  removeAccount: answers({ method: 'DELETE', path: '/v1/accounts/:account', summary: 'Takes an account from the person who has it: one\'s own, or anybody\'s for who administers the agent.', right: 'account', params: z.strictObject({ account: z.string().min(1).max(200) }), query: none, body: none, answer: Person, writes: true }),
  events: streams({ method: 'GET', path: '/v1/events', summary: 'Everything that happens, from a cursor on; ids are cursors.', right: 'read', params: none, query: z.strictObject({ after: z.coerce.number().int().min(0).optional() }), event: OutboxItem }),
} satisfies Record<string, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;

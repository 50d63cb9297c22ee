import { z } from 'zod';
import { AlertMapping } from '@autodevops/domain/incident/alert-mapping';
import { Confidence } from '@autodevops/domain/diagnosis';
import { EscalationPolicy, UpdateRhythm } from '@autodevops/domain/incident/escalation-policy';
import { isTimeZone } from '@autodevops/domain/zoned-time';

const tokenFile = z
  .string()
  .min(1)
  .describe(
    'a file, of a mounted Secret: 32 characters or more, by which the source shows itself; read at every notice',
  );
const Source = z.strictObject({ tokenFile: tokenFile.optional() }).default({});

/** What has an endpoint of its own. */
const known = ['alertmanager', 'grafana', 'pagerduty'];

const MappedSource = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .refine((name) => !known.includes(name), { error: 'has an endpoint of its own' })
    .describe('part of its address: /v1/alerts/sources/NAME'),
  tokenFile: tokenFile.optional(),
  mapping: AlertMapping.describe('how its documents are read'),
});

const scheduleName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
const file = z.string().min(1);

const pagerDutyApi = z
  .enum(['https://api.pagerduty.com', 'https://api.eu.pagerduty.com'])
  .default('https://api.pagerduty.com');

/** Who is on call: by a file of rotations, a calendar, or PagerDuty. */
const OnCallSource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rotations'),
    name: scheduleName,
    file: file.describe('YAML, with rotations, layers and overrides; read when somebody is to be told'),
  }),
  z
    .strictObject({
      kind: z.literal('ical'),
      name: scheduleName,
      file: file.optional(),
      address: z
        .url({ protocol: /^https$/ })
        .optional()
        .describe('https'),
      addressFile: file
        .optional()
        .describe('a file that holds the address, where that is a secret; read at every request'),
      timeZone: z
        .string()
        .refine(isTimeZone, { error: 'no time zone that is known here' })
        .default('UTC')
        .describe('of whole days and of times without a zone'),
    })
    .refine(
      ({ file: place, address, addressFile }) =>
        [place, address, addressFile].filter((one) => one !== undefined).length === 1,
      { error: 'has one of file, address and addressFile' },
    ),
  z.strictObject({
    kind: z.literal('pagerduty'),
    name: scheduleName,
    schedule: z
      .string()
      .regex(/^[A-Z0-9]{1,40}$/)
      .describe('the id of the schedule there'),
    tokenFile: file.describe('of a token that may read schedules and users; read at every request'),
    api: pagerDutyApi,
  }),
]);
export type OnCallSource = z.infer<typeof OnCallSource>;

const OnCall = z.strictObject({
  schedules: z
    .array(OnCallSource)
    .max(100)
    .default([])
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'has a name twice' }),
  names: z
    .record(z.string().max(200), z.string().max(200))
    .default({})
    .describe('whom a schedule means: an e-mail address or a name, and the id or the account of a linked person'),
});

/** What becomes an incident. */
export const Incidents = z
  .strictObject({
    alertmanager: Source,
    grafana: Source.describe("a webhook contact point of Grafana's alerting"),
    pagerduty: z
      .strictObject({
        tokenFile: tokenFile.optional(),
        answers: z
          .strictObject({
            tokenFile: file.describe('of a token that may write incidents; read at every request'),
            from: z.email().describe('of a user of PagerDuty, in whose name it is told'),
            api: pagerDutyApi,
          })
          .optional()
          .describe(
            'where PagerDuty is told what people did here about its incidents: that somebody took one up, that it is over',
          ),
      })
      .default({})
      .describe('a webhook subscription of PagerDuty, version 3'),
    sources: z
      .array(MappedSource)
      .max(50)
      .default([])
      .refine((sources) => new Set(sources.map(({ name }) => name)).size === sources.length, {
        error: 'has a name twice',
      })
      .describe('any other sender of JSON'),
    heartbeat: z
      .strictObject({
        alert: z.string().min(1).max(200).default('Watchdog').describe('the alert that fires while monitoring lives'),
        silentMinutes: z
          .int()
          .min(1)
          .max(1440)
          .default(15)
          .describe('a longer silence is an incident; longer than `repeat_interval` of its route'),
      })
      .default({ alert: 'Watchdog', silentMinutes: 15 }),
    watch: z
      .strictObject({
        on: z
          .boolean()
          .optional()
          .describe('whether causes that last become incidents; in the mode `cloud` alone when absent'),
        lastsMinutes: z.int().min(1).max(1440).default(5),
        from: z.enum(['critical', 'warning']).default('critical').describe('the mildest cause that counts'),
      })
      .default({ lastsMinutes: 5, from: 'critical' }),
    fixes: z
      .strictObject({
        on: z
          .boolean()
          .default(true)
          .describe(
            'whether Scarlet proposes, without being asked, what would remove the cause of an incident; at the level `observe` she never does',
          ),
        from: Confidence.default('medium').describe('the weakest confidence in a cause that counts'),
      })
      .default({ on: true, from: 'medium' }),
    onCall: OnCall.default({ schedules: [], names: {} }),
    escalation: z
      .array(EscalationPolicy)
      .max(20)
      .default([])
      .describe('who is told of an incident that nobody takes up'),
    updates: UpdateRhythm.default({}).describe('after how many minutes without a word a status update is due'),
    returnsWithinHours: z
      .int()
      .min(1)
      .max(720)
      .default(24)
      .describe('what returns sooner opens its incident again, later a new one'),
  })
  .superRefine(({ onCall, escalation }, context) => {
    const known = new Set(onCall.schedules.map(({ name }) => name));
    for (const [at, { steps }] of escalation.entries()) {
      for (const target of steps.flatMap(({ tell }) => tell)) {
        if ('schedule' in target && !known.has(target.schedule)) {
          context.addIssue({
            code: 'custom',
            path: ['escalation', at],
            message: `names no schedule of onCall: ${target.schedule}`,
          });
        }
      }
    }
    if (new Set(escalation.map(({ name }) => name)).size !== escalation.length) {
      context.addIssue({ code: 'custom', path: ['escalation'], message: 'has a name twice' });
    }
  });
export type Incidents = z.infer<typeof Incidents>;

export const usualIncidents: Incidents = Incidents.parse({});

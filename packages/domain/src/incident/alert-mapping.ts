import { z } from 'zod';
import { IncidentSeverity } from './incident-event.ts';

/** A place in a JSON document, as RFC 6901 writes it: `/checks/0/name`; empty: the whole. */
export const JsonPointer = z
  .string()
  .max(500)
  .regex(/^(\/([^~/]|~[01])*)*$/, 'not a JSON Pointer: /a/b, with ~1 for / and ~0 for ~ in a name');

const Wanted = z
  .union([JsonPointer, z.strictObject({ value: z.string().max(500) })])
  .describe('where it stands, or `value`: always this');
const values = z.array(z.string().min(1).max(200)).min(1).max(50);

/** How a document of any sender is read as alerts. Where a place is empty or absent, so is what stands there. */
export const AlertMapping = z.strictObject({
  alerts: JsonPointer.default('').describe(
    'of the list of alerts, or of the only one; the document itself when absent',
  ),
  groupKey: Wanted.optional().describe(
    'in the document: what is one incident; the fingerprint of the first alert when absent',
  ),
  fingerprint: Wanted.optional().describe(
    'in an alert, as all that follow: what stays the same from its first notice to its last; its name and labels when absent',
  ),
  name: Wanted,
  status: z
    .strictObject({
      at: JsonPointer,
      resolved: values.describe('what says that it is over; everything else says that it fires'),
    })
    .optional()
    .describe('without it everything fires, and people resolve'),
  severity: z
    .strictObject({
      at: JsonPointer,
      is: z
        .record(z.string(), IncidentSeverity)
        .default({})
        .describe('what its words mean, beside those that everybody uses'),
      otherwise: IncidentSeverity.default('sev3'),
    })
    .optional(),
  summary: Wanted.optional(),
  startsAt: Wanted.optional().describe('ISO 8601, or seconds or milliseconds since 1970'),
  endsAt: Wanted.optional(),
  labels: z
    .record(z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/), Wanted)
    .default({})
    .describe('by name; Jamie finds objects by namespace, deployment, pod, service, node and their like'),
});
export type AlertMapping = Readonly<z.infer<typeof AlertMapping>>;
export type WantedText = z.infer<typeof Wanted>;

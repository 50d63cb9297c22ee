import { z } from 'zod';
import { ActionRequest } from '@autodevops/domain/change/plan';
import type { ToolName } from './language-model-tools.ts';

const namespace = z.string().min(1).max(253).optional().describe('only this namespace; absent: all of them');

/** What each tool takes. Apart from their table: shapes are loaded when a tool is called. */
export const toolInputs = {
  autodevops_diagnose: z.strictObject({
    namespace,
    hygiene: z.boolean().default(false).describe('also what works but is not good practice'),
  }),
  autodevops_evidence: z.strictObject({
    code: z.string().min(1).max(100),
    kind: z.string().min(1).max(100),
    namespace: z.string().max(253),
    name: z.string().min(1).max(253),
  }),
  autodevops_propose: z.strictObject({
    requests: z.array(ActionRequest).min(1).max(20),
    reason: z.string().min(1).max(2000),
  }),
} as const satisfies Readonly<Record<ToolName, z.ZodType>>;
export type ToolInput<N extends ToolName> = z.output<(typeof toolInputs)[N]>;

import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { FieldErrors } from '../handling/handler.ts';
import type { FieldId } from '../rendering/forms/form-view.ts';

const Entered = z.object({
  value: z.string().max(3000).nullish(),
  selected_option: z.object({ value: z.string().max(150) }).nullish(),
  selected_conversation: z.string().max(40).nullish(),
});

/** A form that was sent. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const FormPayload = z.object({
  view: z.object({
    private_metadata: z.string().max(3000).default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), Entered)) }),
  }),
  response_urls: z.array(z.object({ response_url: z.url().max(1000), channel_id: z.string().max(40) })).default([]),
});
export type FormPayload = Readonly<z.output<typeof FormPayload>>;

/** What was entered into a field, trimmed; empty for nothing. */
export function entered(
  {
    view: {
      state: { values },
    },
  }: FormPayload,
  id: FieldId,
): string {
  const field = values[id]?.[id];
  return (field?.value ?? field?.selected_option?.value ?? field?.selected_conversation ?? '').trim();
}

/** What a form is about, read anew: Slack gives back what it was given, and whoever holds its secret could have changed it. */
export function subjectOfForm<T>({ view: { private_metadata: text } }: FormPayload, shape: z.ZodType<T>): T {
  const read = shape.safeParse(
    ((): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    })(),
  );
  if (!read.success) {
    throw new AutoDevOpsError('usage', 'This form is from another version of the app.', 'Open it again.');
  }
  return read.data;
}

/** A sentence for each field that lacks something it needs. */
export function missingFields(given: FormPayload, needed: Readonly<Partial<Record<FieldId, string>>>): FieldErrors {
  return Object.fromEntries(Object.entries(needed).filter(([id]) => entered(given, id as FieldId) === ''));
}

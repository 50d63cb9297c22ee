import { z } from 'zod';

/** How an incident stands for those who use the service, in the words of public status pages. */
export const CustomerState = z.enum(['investigating', 'identified', 'monitoring', 'resolved']);
export type CustomerState = z.infer<typeof CustomerState>;

/**
 * What may be told to customers: a person's words, then known facts. Holds no name of an object, alert, person or cause
 * but what a person wrote for customers. Times are ISO 8601 in UTC.
 */
export const CustomerSummary = z.strictObject({
  state: CustomerState,
  says: z.string().describe("a person's words; empty when nobody wrote any"),
  saidAt: z.string().describe('empty when nobody wrote any'),
  services: z.array(z.string()).describe('that people say are affected'),
  since: z.string(),
  until: z.string().describe('empty while it goes on'),
  text: z.string().describe("all of it as plain sentences, the person's words first"),
});
export type CustomerSummary = Readonly<z.infer<typeof CustomerSummary>>;

import { z } from 'zod';

/**
 * A known finding that is not to be reported until a day: from a file, or from the annotation
 * `autodevops.dev/suppress` on the object (`code=pod.image.not-found; owner=ann; reason=...; expires=2026-12-01`).
 * Without an owner, a reason and an expiry there is no suppression.
 */
export const Suppression = z.strictObject({
  code: z.string().min(1).describe('a code, or a prefix that ends in `.*`'),
  object: z.string().min(1).describe('`Kind/namespace/name`; each part may be `*`'),
  owner: z.string().min(1),
  reason: z.string().min(1),
  expires: z.iso
    .date()
    .or(z.iso.datetime({ offset: true }))
    .describe('the first moment at which it no longer counts'),
});
export type Suppression = z.infer<typeof Suppression>;

/** The file: `suppressions: [...]`. */
export const SuppressionFile = z.strictObject({ suppressions: z.array(Suppression) });

import type { Field } from './field.ts';
import { field, one, pairs } from './field.ts';
import { moment } from './measures.ts';

/** What every object says of itself. */
export const metadataFields: readonly Field[] = [
  field('label', 'labels?|labell?ed(?: with)?', {}, { any: ({ labels }) => pairs(labels), isFree: true }),
  field(
    'annotation',
    'annotations?|annotated(?: with)?|notes?',
    {},
    { any: ({ annotations }) => pairs(annotations), isFree: true },
  ),
  field(
    'change cause',
    'change.?causes?',
    {},
    { any: ({ annotations }) => one(annotations['kubernetes.io/change-cause']), isFree: true },
  ),
  field('finalizer', 'finali[sz]ers?', {}, { any: ({ finalizers }) => finalizers }),
  field(
    'creation time',
    'creation (?:times?|dates?|timestamps?)|age|ages|created',
    {},
    { any: ({ creationTimestamp }) => one(creationTimestamp), measure: moment },
  ),
  field('uid', 'uids?', {}, { any: ({ uid }) => one(uid) }),
];

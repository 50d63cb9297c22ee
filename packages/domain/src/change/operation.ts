import { z } from 'zod';
import { ObjectRef } from '../object-ref-contract.ts';
import { SilenceMatcher } from './silence-matcher.ts';

/** An object that exists: which one (uid), and as what it was seen (resourceVersion). */
export const Target = ObjectRef.extend({
  uid: z.string().min(1),
  resourceVersion: z.string().min(1),
});
export type Target = Readonly<z.infer<typeof Target>>;

/** An object as the API server has it. Values of Secrets are never in it. */
export const Manifest = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({ name: z.string().min(1), namespace: z.string().optional() }),
});
export type Manifest = z.infer<typeof Manifest>;

/** One step of a JSON patch (RFC 6902). `test` steps say what must still be so; the server refuses the whole otherwise. */
export const PatchStep = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('test'), path: z.string().startsWith('/'), value: z.json() }),
  z.strictObject({ op: z.literal('add'), path: z.string().startsWith('/'), value: z.json() }),
  z.strictObject({ op: z.literal('replace'), path: z.string().startsWith('/'), value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: z.string().startsWith('/') }),
]);
export type PatchStep = Readonly<z.infer<typeof PatchStep>>;

/**
 * A value that looks like a secret is not kept: `[redacted]` stands at its place in the operation, and here is where it
 * is read from when the operation is sent.
 */
export const WithheldValue = z.strictObject({
  at: z.string().startsWith('/').describe('place in the operation, as a JSON pointer'),
  object: ObjectRef.extend({ uid: z.string().min(1) }).describe(
    'that holds the value: an earlier revision, the Job that is run again',
  ),
  path: z.string().startsWith('/').describe('place in that object, as a JSON pointer'),
  generation: z
    .int()
    .optional()
    .describe('of that object, where its values may be changed: with another one nothing is sent'),
});
export type WithheldValue = Readonly<z.infer<typeof WithheldValue>>;
const withheld = z.array(WithheldValue).min(1).optional();

/**
 * One request to the API server, as data: what a person approves is what is sent. Each carries what makes a second
 * sending harmless: uid and resourceVersion of the object, or the name of one that must not exist yet.
 */
export const ClusterOperation = z.discriminatedUnion('verb', [
  z.strictObject({
    verb: z.literal('patch'),
    target: Target,
    subresource: z.enum(['', 'scale']),
    steps: z.array(PatchStep).min(1),
    withheld,
  }),
  z.strictObject({ verb: z.literal('create'), object: Manifest, withheld }),
  z.strictObject({
    verb: z.literal('apply'),
    object: Manifest,
    force: z.boolean().describe('take over fields that another manager owns'),
    withheld,
  }),
  z.strictObject({
    verb: z.literal('delete'),
    target: Target,
    propagation: z.enum(['Background', 'Foreground', 'Orphan']),
  }),
  z.strictObject({ verb: z.literal('evict'), target: Target }),
]);
export type ClusterOperation = Readonly<z.infer<typeof ClusterOperation>>;

/** Stands in the comment of a silence, so that one that was made is found again and never made twice. */
export const SilenceMark = z.string().regex(/^[0-9a-f]{16}$/, 'not the mark of a silence');

/** What is done outside of the API server. */
export const OutsideOperation = z.discriminatedUnion('verb', [
  z.strictObject({
    verb: z.literal('load-image'),
    cluster: z.string().min(1).describe('the Kind cluster'),
    image: z.string().min(1),
  }),
  z.strictObject({
    verb: z.literal('open-git-change'),
    repository: z.string().min(1).describe('a repository of the configuration, by its name there; never a URL'),
    base: z.string().min(1),
    branch: z.string().min(1),
    title: z.string().min(1),
    body: z.string(),
    files: z
      .array(
        z.strictObject({ path: z.string().min(1), content: z.string().nullable().describe('null: the file goes') }),
      )
      .min(1),
  }),
  z.strictObject({
    verb: z.literal('helm-rollback'),
    namespace: z.string().min(1).describe('of the release'),
    release: z.string().min(1),
    revision: z.int().min(1).describe('to return to'),
    newest: z.int().min(1).describe('the newest revision before: with another one it is not done, so never twice'),
  }),
  z.strictObject({
    verb: z.literal('create-silence'),
    matchers: z.array(SilenceMatcher),
    minutes: z.int().min(1).describe('how long, from the moment in which it is sent'),
    mark: SilenceMark,
    comment: z.string().min(1).max(1000),
  }),
  z.strictObject({
    verb: z.literal('expire-silence'),
    silence: z.uuid().describe('as Alertmanager calls it'),
    matchers: z.array(SilenceMatcher).min(1).describe('what it is made of: taking it back makes the same again'),
    endsAt: z.iso.datetime({ offset: true }).describe('when it would have ended by itself'),
    mark: SilenceMark.describe('of the one that taking it back makes'),
    comment: z.string().min(1).max(1000),
  }),
]);
export type OutsideOperation = Readonly<z.infer<typeof OutsideOperation>>;

/** One request that has an effect, to the cluster or to what is outside of it. */
export const Operation = z.union([ClusterOperation, OutsideOperation]);
export type Operation = Readonly<z.infer<typeof Operation>>;

/**
 * Stands as uid and resourceVersion in an undo operation on an object that the change itself makes. Before sending, the
 * executor puts there what the server gave that object: `created` of the step that made it.
 */
export const madeByThisChange = 'made-by-this-change';

const outsideVerbs: readonly string[] = [
  'load-image',
  'open-git-change',
  'helm-rollback',
  'create-silence',
  'expire-silence',
];

/** Whether it goes elsewhere than to the cluster. */
export function isOutside(operation: Operation): operation is OutsideOperation {
  return outsideVerbs.includes(operation.verb);
}

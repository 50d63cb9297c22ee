import { secretMask } from '@autodevops/domain/redact';
import { isOutside } from '@autodevops/domain/change/operation';
import type {
  ClusterOperation,
  Manifest,
  Operation,
  PatchStep,
  WithheldValue,
} from '@autodevops/domain/change/operation';
import type { PlannedAction } from '@autodevops/domain/change/plan';
import { refKey } from '@autodevops/domain/object-ref';
import type { Live } from '../../scarlet/action.ts';
import { fieldAt, pointer } from '../../scarlet/patches/field-patch.ts';
import type { FieldPath } from '../../scarlet/patches/field-patch.ts';
import { refuse } from '../../scarlet/refusal.ts';
import { textLeaves } from '../../scarlet/secrets/secret-texts.ts';
import type { BeforeAfter } from '../facts/before-after.ts';
import { objectNameOf } from '../facts/touch.ts';
import { pathOf } from '../undoing/recovery.ts';
import { secretPlaces } from './secret-places.ts';
import type { SecretPlace } from './secret-places.ts';
import { sourceOf, valueSources } from './value-sources.ts';
import type { ValueSource } from './value-sources.ts';

type Sourced = Omit<WithheldValue, 'at'>;
interface Judged {
  readonly place: SecretPlace;
  readonly from: Sourced | undefined;
}

/** The operation with the mask at these places. */
export function masked<T extends object>(operation: T, places: readonly FieldPath[]): T {
  const copy = structuredClone(operation);
  for (const path of places) {
    const parent = fieldAt(copy, path.slice(0, -1)) as Record<string | number, unknown>;
    parent[path.at(-1) ?? ''] = secretMask;
  }
  return copy;
}

function isTest({ at }: SecretPlace, operation: ClusterOperation): boolean {
  return operation.verb === 'patch' && operation.steps[Number(at[1])]?.op === 'test';
}

/**
 * What is left of a test of a value that stands nowhere else: what is not kept cannot be compared, but whether it is
 * still the same entry can.
 */
function restOfTest(
  { path, value }: Extract<PatchStep, { op: 'test' }>,
  secret: readonly SecretPlace[],
  before: Manifest | undefined,
): readonly PatchStep[] {
  const lost = new Set(secret.map(({ at }) => pointer(at.slice(3))));
  if (typeof value === 'string') {
    const beside = [...pathOf(path).slice(0, -1), 'name'];
    const name = fieldAt(before, beside);
    return typeof name === 'string' ? [{ op: 'test', path: pointer(beside), value: name }] : [];
  }
  return textLeaves(value)
    .filter((leaf) => !lost.has(pointer(leaf.path)))
    .map((leaf) => ({ op: 'test', path: `${path}${pointer(leaf.path)}`, value: leaf.value }));
}

function withoutTests(
  operation: ClusterOperation,
  judged: readonly Judged[],
  before: Manifest | undefined,
): { readonly operation: ClusterOperation; readonly kept: readonly Judged[] } {
  const stepOf = ({ place }: Judged): number => Number(place.at[1]);
  const lost = new Set(judged.filter(({ place, from }) => from === undefined && isTest(place, operation)).map(stepOf));
  if (operation.verb !== 'patch' || lost.size === 0) return { operation, kept: judged };
  const places = new Map<number, number>();
  const steps: PatchStep[] = [];
  for (const [index, step] of operation.steps.entries()) {
    places.set(index, steps.length);
    const secret = judged.filter((one) => stepOf(one) === index).map(({ place }) => place);
    steps.push(...(lost.has(index) && step.op === 'test' ? restOfTest(step, secret, before) : [step]));
  }
  const kept = judged.filter((one) => !lost.has(stepOf(one)));
  return {
    operation: { ...operation, steps },
    kept: kept.map((one) => ({
      from: one.from,
      place: { ...one.place, at: ['steps', places.get(stepOf(one)) ?? 0, ...one.place.at.slice(2)] },
    })),
  };
}

function withheldOperation(
  operation: ClusterOperation,
  judged: readonly Judged[],
  before: Manifest | undefined,
): ClusterOperation | { readonly lost: SecretPlace } {
  const { operation: rest, kept } = withoutTests(operation, judged, before);
  const withheld: WithheldValue[] = [];
  for (const { place, from } of kept) {
    if (from === undefined) return { lost: place };
    withheld.push({ at: pointer(place.at), ...from });
  }
  return withheld.length === 0
    ? rest
    : ({
        ...masked(
          rest,
          kept.map(({ place }) => place.at),
        ),
        withheld,
      } as ClusterOperation);
}

interface Withholding {
  readonly asked: PlannedAction['request']['target'];
  readonly back: boolean;
  readonly changes: readonly BeforeAfter[];
  readonly live: Live;
}

/** The object that an operation is about, as it is and as it will be. */
export function viewsOf(operation: ClusterOperation, changes: readonly BeforeAfter[]): readonly Manifest[] {
  const key = refKey(objectNameOf(operation));
  return changes
    .filter(({ object }) => refKey(object) === key)
    .flatMap(({ before, after }) => [before, after].filter((view) => view !== undefined));
}

async function withheldOne(
  operation: Operation,
  { asked, back, changes, live }: Withholding,
): Promise<Operation | { readonly lost: SecretPlace }> {
  if (isOutside(operation)) return operation;
  const views = viewsOf(operation, changes);
  const places = secretPlaces(operation, views);
  if (places.length === 0) return operation;
  const sources: readonly ValueSource[] = await valueSources({ changed: objectNameOf(operation), asked, back }, live);
  // A test that compares an object with itself tests nothing.
  const lasting = sources.filter(({ pinned }) => !pinned);
  return withheldOperation(
    operation,
    places.map((place) => ({ place, from: sourceOf(place, isTest(place, operation) ? lasting : sources) })),
    views[0],
  );
}

async function forwards(operations: readonly Operation[], withholding: Withholding): Promise<Operation[]> {
  const kept: Operation[] = [];
  for (const operation of operations) {
    const one = await withheldOne(operation, withholding);
    if ('lost' in one) {
      return refuse(
        `The value at ${pointer(one.lost.path)} looks like a secret: it would stand in the record of this change.`,
        'Put it into a Secret and refer to its key.',
      );
    }
    kept.push(one);
  }
  return kept;
}

async function backwards(
  { operations, why }: PlannedAction['undo'],
  withholding: Withholding,
): Promise<PlannedAction['undo']> {
  const kept: Operation[] = [];
  for (const operation of operations) {
    const one = await withheldOne(operation, withholding);
    if ('lost' in one) {
      return {
        operations: [],
        why: `A value that would have to be put back looks like a secret (${pointer(one.lost.path)}). It is not recorded, and no revision holds it, so it cannot be put back.`,
      };
    }
    kept.push(one);
  }
  return { operations: kept, why };
}

/**
 * A planned action as it is kept and shown: a value that looks like a secret is masked, and is read, when it is sent,
 * from where it stands in the cluster (`revealed`). What would have to be kept to be sent is refused; what would have to
 * be kept to be taken back is not taken back, and says so. `changes`: the objects as they are and as they will be.
 */
export async function withheld(
  planned: PlannedAction,
  changes: readonly BeforeAfter[],
  live: Live,
): Promise<PlannedAction> {
  const {
    request: { target: asked },
    operations,
    undo,
  } = planned;
  return {
    ...planned,
    operations: await forwards(operations, { asked, back: false, changes, live }),
    undo: await backwards(undo, { asked, back: true, changes, live }),
  };
}

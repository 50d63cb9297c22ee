import type { Operation } from '@autodevops/domain/change/operation';
import type { PlannedAction } from '@autodevops/domain/change/plan';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { Draft, Live } from '../../scarlet/action.ts';
import { refuse } from '../../scarlet/refusal.ts';
import { asksApplication, idleApplication, syncsByItself } from '../../scarlet/targets/argo-application.ts';
import { backTo, presentDeployment, revisionAskedFor, revisionText } from '../../scarlet/targets/argo-deployment.ts';
import { reachOfApplication } from '../../scarlet/targets/argo-reach.ts';

/** Whether an action is taken back by asking Argo CD, so that nothing on the object tells whether it was. */
export function isAsked({ undo: { operations } }: Pick<PlannedAction, 'undo'>): boolean {
  return operations.length > 0 && operations.every(asksApplication);
}

/**
 * Asks Argo CD once more, for what was deployed before. It is judged where the Application keeps something, not where
 * the Application lies. Throws `change.refused` where that is deployed already, or would not last.
 */
export async function askAgain(
  { request: { target }, sentences, undo }: PlannedAction,
  live: Live,
): Promise<Pick<Draft, 'operations' | 'undo' | 'touches' | 'reaches'>> {
  const { object, read, name } = await idleApplication(target, live);
  if (syncsByItself(read)) {
    return refuse(
      `${name} syncs by itself by now, and would undo that at once.`,
      'Revert the commit in Git, or switch automatic sync off first.',
    );
  }
  const present = presentDeployment(read);
  const wanted = revisionAskedFor(undo.operations);
  if (present !== undefined && wanted !== undefined && revisionText(present) === revisionText(wanted)) {
    return refuse(`This is taken back already: ${sentences.done}`, 'Nothing is to be done.');
  }
  const operations = undo.operations.map((operation): Operation =>
    operation.verb === 'patch' ? { ...operation, target: targetOf(object) } : operation,
  );
  return {
    operations,
    undo:
      present === undefined
        ? { operations: [], why: 'What is deployed now is not remembered.' }
        : backTo(object, present, read),
    ...(await reachOfApplication(read, 'all', live)),
  };
}

import type { AgentClient } from '@autodevops/agentd/client';
import type { Focus } from '@autodevops/agent-core/jamie/focus';

/** A cause, with what would help it. */
export type Fixes = Awaited<ReturnType<AgentClient['fixes']>>;
export type Fixable = Fixes['fixes'][number];
export type Rehearsal = Awaited<ReturnType<AgentClient['explainDecision']>>;
export type ActionRequest = Fixable['proposals'][number];

/** What a change is proposed with: the action, and the finding that it is to remove. */
export interface ProposalBody {
  readonly requests: ActionRequest[];
  readonly reason: string;
  readonly finding?: {
    readonly code: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
}

/** Diagnoses and asks what would help, for some objects or for everything. */
export async function findFixes(
  client: AgentClient,
  { focus, namespaces }: { readonly focus: readonly Focus[]; readonly namespaces: readonly string[] | undefined },
  signal: AbortSignal,
): Promise<Fixes> {
  const objects = focus.map(({ kind, name, namespace }) => ({
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
  }));
  return await client.fixes({ body: { objects, namespaces: [...(namespaces ?? [])] } }, { signal });
}

function isMeant(focus: Focus, { kind, name, namespace }: Fixable['cause']['object']): boolean {
  return focus.kind === kind && focus.name === name && (focus.namespace === undefined || focus.namespace === namespace);
}

/** A cause concerns what was named when it is on it, or when what is seen there is a symptom of it. */
function concerns({ cause }: Fixable, focus: readonly Focus[]): boolean {
  return [cause.object, ...cause.symptoms.map(({ object }) => object)].some((object) =>
    focus.some((one) => isMeant(one, object)),
  );
}

/**
 * The cause to fix: the top one, or, where objects are named, the top one of those that concern them; of these rather
 * one that Scarlet can do something about. The diagnosis of an object also tells of its neighbours'.
 */
export function causeToFix({ fixes }: Fixes, focus: readonly Focus[], givesValues: boolean): Fixable | undefined {
  if (focus.length === 0) return fixes[0];
  const theirs = fixes.filter((fixable) => concerns(fixable, focus));
  return theirs.find(({ proposals, open }) => proposals.length > 0 || (givesValues && open.length > 0)) ?? theirs[0];
}

export function proposalFor({ cause }: Fixable, request: ActionRequest): ProposalBody {
  const {
    code,
    object: { kind, namespace, name },
    title,
  } = cause;
  return {
    requests: [request],
    reason: `${title}: ${cause.cause}`.slice(0, 1000),
    finding: { code, kind, namespace, name },
  };
}

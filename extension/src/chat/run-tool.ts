import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ToolName } from '../contributions/language-model-tools.ts';
import { toolInputs } from '../contributions/tool-inputs.ts';
import type { ToolInput } from '../contributions/tool-inputs.ts';
import { failureText } from '../language/failure-text.ts';
import type { WindowParts } from '../window-parts.ts';

type Needs = Pick<WindowParts, 'client' | 'folder' | 'settings'>;
type Run<N extends ToolName> = (parts: Needs, input: ToolInput<N>, signal: AbortSignal) => Promise<unknown>;

const scopeOf = (namespace: string | undefined): { readonly namespaces?: string[] } =>
  namespace === undefined ? {} : { namespaces: [namespace] };

const runs: { readonly [N in ToolName]: Run<N> } = {
  autodevops_diagnose: async ({ client }, { namespace, hygiene }, signal) => {
    const { causes, ...rest } = await (
      await client(signal)
    ).diagnose({ body: { ...scopeOf(namespace), hygiene } }, { signal });
    // Quotations are asked for one by one: a model's context is small.
    return { ...rest, causes: causes.map(({ evidence, ...cause }) => ({ ...cause, quotations: evidence.length })) };
  },
  autodevops_evidence: async ({ client }, { code, kind, namespace, name }, signal) => {
    const { causes, information } = await (
      await client(signal)
    ).diagnose({ body: scopeOf(namespace === '' ? undefined : namespace) }, { signal });
    const found = [...causes, ...information].find(
      (cause) =>
        cause.code === code &&
        cause.object.kind === kind &&
        cause.object.namespace === namespace &&
        cause.object.name === name,
    );
    if (found === undefined) {
      throw new AutoDevOpsError(
        'usage',
        'That is not diagnosed now.',
        'Diagnose again and take a code and an object of the answer.',
      );
    }
    return {
      cause: found.cause,
      evidence: found.evidence,
      symptoms: found.symptoms,
      nextSteps: found.nextSteps,
      avoid: found.avoid,
    };
  },
  autodevops_propose: async ({ client }, { requests, reason }, signal) => {
    const { id, state, says, decision } = await (
      await client(signal)
    ).propose({ body: { requests, reason } }, { signal });
    return { id, state, says, tier: decision?.tier ?? 'none' };
  },
};

/** Runs a tool for a model, whose input is hostile until its shape has read it. Gives JSON; throws sentences that a model may read. */
export async function runTool(parts: Needs, name: ToolName, input: unknown, signal: AbortSignal): Promise<string> {
  if (!parts.settings()['chat.tools']) throw new Error('The person has turned these tools off.');
  const read = toolInputs[name].safeParse(input);
  if (!read.success) {
    throw new Error(
      `The input is not valid: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  }
  try {
    return JSON.stringify(await (runs[name] as Run<ToolName>)(parts, read.data as never, signal));
  } catch (error) {
    if (error instanceof AutoDevOpsError) throw new Error(failureText(error), { cause: error });
    throw error;
  }
}

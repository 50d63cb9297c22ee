import { equal, match, ok, rejects } from 'node:assert/strict';
import { LanguageModelTextPart, lm } from 'vscode';

interface Diagnosed {
  readonly causes: readonly {
    readonly code: string;
    readonly object: { readonly kind: string; readonly namespace: string; readonly name: string };
    readonly quotations: number;
  }[];
}

async function called(name: string, input: object): Promise<unknown> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return JSON.parse(
    content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join(''),
  ) as unknown;
}

async function wrongPort(): Promise<Diagnosed['causes'][number]> {
  const { causes } = (await called('autodevops_diagnose', {})) as Diagnosed;
  const found = causes.find(({ code }) => code === 'pod.dependency.wrong-port');
  ok(
    found !== undefined,
    `the sample has a cause that was not found among ${causes.map(({ code }) => code).join(', ')}`,
  );
  return found;
}

/** Registered with whatever runs it. The kubeconfig of the host is of the sample cluster. */
export function toolTests(): void {
  describe('the tools for other assistants, in the host of an editor', () => {
    it('diagnose the chosen cluster, and quote what a cause rests on', async () => {
      const {
        code,
        object: { kind, namespace, name },
        quotations,
      } = await wrongPort();
      const { evidence } = (await called('autodevops_evidence', { code, kind, namespace, name })) as {
        readonly evidence: readonly { readonly quote: string }[];
      };
      equal(evidence.length, quotations);
      match(evidence.map(({ quote }) => quote).join('\n'), /5433/);
    });

    it('refuse with a sentence what a model made up', async () => {
      await rejects(called('autodevops_diagnose', { namespaces: 7 }), /not valid/);
      await rejects(
        called('autodevops_evidence', { code: 'no.such-code', kind: 'Pod', namespace: 'shop', name: 'nobody' }),
        /not diagnosed now/,
      );
    });
  });
}

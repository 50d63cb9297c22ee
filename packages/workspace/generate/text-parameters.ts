import { z } from 'zod';
import { actions } from '../../../agent-core/src/scarlet/actions/registry.ts';

function textOf(params: z.ZodType): readonly string[] {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === 'object' && schema.type === 'string' ? [name] : [],
  );
}

function line(name: string, parameters: readonly string[]): string {
  const key = /^[a-z]+$/.test(name) ? name : `'${name}'`;
  return `  ${key}: [${parameters.map((parameter) => `'${parameter}'`).join(', ')}],`;
}

/** What of the actions the extension has to know, without the actions themselves, which are a tenth of it. */
export function textParametersFile(): { readonly path: string; readonly text: string } {
  const lines = actions
    .map(({ name, params }) => ({ name, parameters: textOf(params) }))
    .filter(({ parameters }) => parameters.length > 0)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, parameters }) => line(name, parameters));
  const text = `// Written by \`npm run generate\` from the schemas of the actions.

/** The parameters that an action takes as text, whatever they look like: \`8080\` may be meant as letters. */
export const textParameters: Readonly<Record<string, readonly string[]>> = {
${lines.join('\n')}
};
`;
  return { path: 'extension/src/commands/text-parameters.ts', text };
}

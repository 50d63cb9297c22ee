import { z } from 'zod';
import { Diagnosis } from '../domain/src/diagnosis.ts';
import { SuppressionFile } from '../domain/src/suppression.ts';
import { registry } from '../cli/src/commands/registry.ts';
import { referencePage } from '../cli/src/help/reference-page.ts';
import { Answer } from '../domain/src/answer.ts';
import { codePages } from './code-pages.ts';

interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}


function schema(path: string, title: string, type: z.ZodType): GeneratedFile {
  const json = { title, ...z.toJSONSchema(type, { io: 'output' }) };
  return { path, text: `${JSON.stringify(json, undefined, 2)}\n` };
}

/** Every file that is made from another: the code pages, the JSON Schemas, the command line's reference. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  return [
    ...codePages(),
    { path: 'docs/cli.md', text: await referencePage(registry) },
    schema('docs/schemas/diagnosis.schema.json', 'An answer of Jamie, version 1', Diagnosis),
    schema('docs/schemas/answer.schema.json', 'An answer of Jamie to a question in plain words, version 1', Answer),
    schema('docs/schemas/suppressions.schema.json', 'Known findings that are not reported', SuppressionFile),
  ];
}

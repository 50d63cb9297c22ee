import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { redact } from '@autodevops/domain/redact';
import { refuse } from '../../refusal.ts';
import { isSecretText, textLeaves } from '../../secrets/secret-texts.ts';
import { FilePath } from './file-place.ts';

export const ProposedFile = z.strictObject({
  path: FilePath,
  content: z
    .string()
    .max(512 * 1024)
    .nullable()
    .describe('the whole file as it should be; null: the file goes'),
});
export type ProposedFile = z.infer<typeof ProposedFile>;

/** One document of a YAML file that looks like an object of Kubernetes. */
const Document = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});
export type FileDocument = z.infer<typeof Document>;

/** By these a repository's host is told what to run, or who has to agree. */
const run =
  /(^|\/)(Jenkinsfile|(azure-pipelines|bitbucket-pipelines|cloudbuild|buildspec|appveyor|circle|wercker)\.ya?ml|CODEOWNERS|OWNERS(_ALIASES)?)$/i;
const mostAliases = 20;

/** Objects in a file; empty for what is no YAML, or a template that only a tool can read. */
export function documentsIn({ path, content }: ProposedFile): readonly FileDocument[] {
  if (content === null || !/\.ya?ml$/i.test(path)) return [];
  return parseAllDocuments(content).flatMap((document) => {
    if (document.errors.length > 0) return [];
    const read = Document.safeParse(asValue(document));
    return read.success ? [read.data] : [];
  });
}

function asValue(document: ReturnType<typeof parseAllDocuments>[number]): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases }) as unknown;
  } catch {
    return undefined;
  }
}

function holdsValues(document: FileDocument): boolean {
  return (
    document.kind === 'Secret' &&
    ['data', 'stringData'].some((field) => Object.keys((document[field] ?? {}) as object).length > 0)
  );
}

/** A password in a variable has its name on another line. */
function holdsCredential(document: FileDocument): boolean {
  return textLeaves(document).some(({ path, value }) => isSecretText([document], path, value));
}

/** Refused where a file would put a secret into Git for ever, or tell the host to run something. */
export function checkFiles(files: readonly ProposedFile[]): void {
  const paths = files.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) refuse(`${twice} is named twice.`, 'Name each file once.');
  for (const file of files) {
    if (run.test(file.path)) {
      refuse(`${file.path} tells the repository's host what to run or whom to ask.`, 'Let a person change it.');
    }
    if (file.content === null) continue;
    if (documentsIn(file).some(holdsValues)) {
      refuse(
        `${file.path} holds the values of a Secret: what is in Git stays there.`,
        'Seal or encrypt it, or keep it in a secret store.',
      );
    }
    if (redact(file.content) !== file.content || documentsIn(file).some(holdsCredential)) {
      refuse(
        `${file.path} holds what looks like a secret: what is in Git stays there.`,
        'Take it out, and refer to a Secret instead.',
      );
    }
  }
}

import type { Diagnosis } from '@autodevops/domain/diagnosis';
import type { Look } from '../terminal/look.ts';
import { renderText } from './text.ts';

export const formats = ['text', 'json', 'yaml', 'markdown', 'sarif', 'junit'] as const;
export type Format = (typeof formats)[number];

export interface RenderOptions {
  readonly format: Format;
  readonly look: Look;
  readonly verbose: boolean;
  readonly hints: readonly string[];
  readonly version: string;
  /** The path that `--from` named. */
  readonly bundle: string | undefined;
}

/** A diagnosis in the format that was asked for; formats that few ask for are loaded when they are. */
export async function renderDiagnosis(diagnosis: Diagnosis, options: RenderOptions): Promise<string> {
  switch (options.format) {
    case 'text':
      return renderText(diagnosis, options.look, options);
    case 'json': {
      const [{ safeJson }, contract] = await Promise.all([
        import('@autodevops/domain/safe-json'),
        import('@autodevops/domain/diagnosis'),
      ]);
      return safeJson(contract.Diagnosis.parse(diagnosis));
    }
    case 'yaml': {
      const [{ safeYaml }, contract] = await Promise.all([
        import('./safe-yaml.ts'),
        import('@autodevops/domain/diagnosis'),
      ]);
      return safeYaml(contract.Diagnosis.parse(diagnosis));
    }
    case 'markdown':
      return (await import('./markdown.ts')).renderMarkdown(diagnosis);
    case 'junit':
      return (await import('./junit.ts')).renderJunit(diagnosis);
    case 'sarif': {
      const [{ renderSarif }, { catalogue }] = await Promise.all([
        import('./sarif.ts'),
        import('@autodevops/agent-core/catalogue'),
      ]);
      return renderSarif(diagnosis, { catalogue, version: options.version, bundle: options.bundle });
    }
  }
}

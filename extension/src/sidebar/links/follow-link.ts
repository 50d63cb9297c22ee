import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { CommandId } from '../../contributions/commands.ts';
import { t } from '../../language/translate.ts';
import type { Documents } from '../../ports/documents.ts';
import type { Subject } from '../../tree/subject.ts';
import type { LinkTarget } from './link-target.ts';

export interface Follow {
  readonly documents: Pick<Documents, 'openFile'>;
  /** Runs a command of ours, which tells what goes wrong by itself. */
  readonly run: (command: CommandId, subject?: Subject) => Promise<void>;
  readonly ask: (question: string) => Promise<void>;
}

/** Goes where a link leads. */
export async function followLink({ documents, run, ask }: Follow, target: LinkTarget | undefined): Promise<void> {
  if (target === undefined) throw new AutoDevOpsError('usage', t('That link is too old.'), t('Ask again.'));
  if (target.type === 'cause') {
    return await run('autodevops.showCause', { type: 'cause', code: target.code, object: target.object });
  }
  if (target.type === 'object') {
    return await run('autodevops.diagnose.resource', { type: 'object', object: target.object });
  }
  if (target.type === 'log') return await run('autodevops.tailLogs', { type: 'object', object: target.object });
  if (target.type === 'file') return await documents.openFile(target.path, target.line);
  if (target.type === 'command') return await run(target.command, target.subject);
  await ask(target.question);
}

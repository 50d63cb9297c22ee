import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../../language/translate.ts';
import { marksIn } from './marks.ts';
import type { Marked } from './marks.ts';
import { sidebarCommandNames } from './sidebar-commands.ts';
import type { SidebarCommand } from './sidebar-commands.ts';

/** A question as it was written, taken apart. */
export interface Asked {
  readonly command: SidebarCommand | undefined;
  /** Without the command; marks are still in it. */
  readonly words: string;
  readonly marks: readonly Marked[];
}

const slash = /^\/(?<name>[A-Za-z]+)(?![\w/])\s*/;

/** Takes a question apart. Throws, for people, where it begins with a command that there is not. */
export function readAsked(text: string): Asked {
  const trimmed = text.trim();
  const found = slash.exec(trimmed);
  const name = found?.groups?.['name']?.toLowerCase();
  const command = sidebarCommandNames.find((one) => one === name);
  if (name !== undefined && command === undefined) {
    throw new AutoDevOpsError(
      'usage',
      t('There is no command /{0}.', oneLine(name, 40)),
      t('There are {0}.', sidebarCommandNames.map((one) => `/${one}`).join(' ')),
    );
  }
  const words = trimmed.slice(found?.[0].length ?? 0);
  return { command, words, marks: marksIn(words) };
}

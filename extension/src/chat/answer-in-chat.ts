import type { Answer } from '@autodevops/domain/answer';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Cause } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { commandEntry } from '../contributions/commands.ts';
import type { CommandId } from '../contributions/commands.ts';
import { slashCommands } from '../contributions/chat.ts';
import type { SlashCommand } from '../contributions/chat.ts';
import { answerText } from '../documents/answer-text.ts';
import { diagnosisText } from '../documents/diagnosis-text.ts';
import { isNamedIn, nothingToFix } from '../problems/fixable-causes.ts';
import { isFixable } from '../problems/problem-nodes.ts';
import { runForText } from '../program/program.ts';
import { failureText } from '../language/failure-text.ts';
import { t } from '../language/translate.ts';
import type { Subject } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';

/** A part of an answer in the native chat. Texts are plain. */
export type ChatPart =
  | { readonly kind: 'progress' | 'text' | 'code'; readonly text: string }
  | { readonly kind: 'page'; readonly text: string; readonly table?: NonNullable<Answer['table']> }
  | { readonly kind: 'button'; readonly command: CommandId; readonly title: string; readonly argument?: Subject };

export interface ChatAsked {
  readonly command: string | undefined;
  readonly prompt: string;
}

function button(command: CommandId): ChatPart {
  return { kind: 'button', command, title: commandEntry(command).title };
}

/** In plain words what a slash command asks, where it only asks. */
const questions: Readonly<Partial<Record<SlashCommand, (prompt: string) => string>>> = {
  why: (prompt) => `why ${prompt}`,
  changes: (prompt) => (prompt === '' ? 'what changed in the last hour' : `what changed ${prompt}`),
};

/** What a person does with a command that asks more than a line of chat can. */
const acts: Readonly<Partial<Record<SlashCommand, readonly CommandId[]>>> = {
  logs: ['autodevops.tailLogs'],
  graph: ['autodevops.showGraph'],
  policy: ['autodevops.policy.edit', 'autodevops.policy.test'],
};

/** Named by what it would mend: several stand below one another. */
function fixButton({ code, object: { kind, namespace, name } }: Cause): ChatPart {
  const command = 'autodevops.proposeFix';
  return {
    kind: 'button',
    command,
    title: t('{0}: {1}', commandEntry(command).title, oneLine(refText({ kind, namespace, name }), 100)),
    argument: { type: 'cause', code, object: { kind, namespace, name } },
  };
}

async function* diagnosed(parts: WindowParts, signal: AbortSignal): AsyncGenerator<ChatPart> {
  yield { kind: 'progress', text: t('Reading the cluster …') };
  const diagnosis = await (await parts.client(signal)).diagnose({ body: {} }, { signal });
  // One piece: of several the editor folds all but the last.
  yield { kind: 'page', text: diagnosisText(diagnosis) };
  yield* diagnosis.causes.filter(isFixable).slice(0, 3).map(fixButton);
}

/** Causes about which something can be done, and buttons that show what. Nothing is proposed by that. */
async function* fixes(parts: WindowParts, prompt: string, signal: AbortSignal): AsyncGenerator<ChatPart> {
  yield { kind: 'progress', text: t('Looking for what would help') };
  const { causes } = await (await parts.client(signal)).diagnose({ body: {} }, { signal });
  const fitting = causes.filter(({ object }) => isNamedIn(prompt, object.name));
  const some = fitting.filter(isFixable).slice(0, 5);
  if (some.length === 0) yield { kind: 'text', text: nothingToFix(prompt, fitting) };
  else {
    yield* [
      { kind: 'page', text: some.map(({ cause }) => oneLine(cause, 300)).join('\n') } satisfies ChatPart,
      ...some.map(fixButton),
    ];
  }
}

async function* asked(parts: WindowParts, question: string, signal: AbortSignal): AsyncGenerator<ChatPart> {
  yield { kind: 'progress', text: t('Reading the cluster …') };
  const { table, ...answer } = await (await parts.client(signal)).ask({ body: { question } }, { signal });
  yield { kind: 'page', text: answerText(answer), ...(table === undefined ? {} : { table }) };
}

async function* explained(parts: WindowParts, code: string, signal: AbortSignal): AsyncGenerator<ChatPart> {
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(code)) {
    throw new AutoDevOpsError('usage', t('Which code?'), t('For example pod.image.not-found'));
  }
  yield { kind: 'code', text: await runForText(parts.program, ['explain', code], { signal }) };
}

async function* partsOf(
  parts: WindowParts,
  command: SlashCommand | undefined,
  prompt: string,
  signal: AbortSignal,
): AsyncGenerator<ChatPart> {
  const buttons = command === undefined ? undefined : acts[command];
  if (buttons !== undefined) yield* buttons.map((id) => button(id));
  else if (command === 'fix') yield* fixes(parts, prompt, signal);
  else if (command === 'explain') yield* explained(parts, prompt, signal);
  else if (command === 'diagnose' || (command === undefined && prompt === '')) yield* diagnosed(parts, signal);
  else yield* asked(parts, command === undefined ? prompt : (questions[command]?.(prompt) ?? prompt), signal);
}

/** Answers in the native chat, as the sidebar does in fewer words. A failure is told as a sentence. */
export async function* answerInChat(
  parts: WindowParts,
  { command, prompt }: ChatAsked,
  signal: AbortSignal,
): AsyncGenerator<ChatPart> {
  const known = command !== undefined && Object.hasOwn(slashCommands, command) ? (command as SlashCommand) : undefined;
  try {
    yield* partsOf(parts, known, prompt.trim(), signal);
  } catch (error) {
    if (!(error instanceof AutoDevOpsError)) throw error;
    yield { kind: 'text', text: failureText(error) };
  }
}

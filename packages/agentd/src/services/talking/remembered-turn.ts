import type { Answer } from '@autodevops/domain/answer';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { turnBounds } from '@autodevops/domain/conversation';
import type { NewTurn } from '@autodevops/domain/ports/conversations';
import { redact } from '@autodevops/domain/redact';
import type { Digest } from '@autodevops/agent-core/changes/simulating/digest';

/** Masked before it is cut, so that no half of a secret is left over. */
export function rememberedText(text: string, most: number): string {
  const masked = redact(text).toWellFormed();
  return masked.length <= most ? masked : `${masked.slice(0, most - 1).toWellFormed()}…`;
}

function tableLines({ table }: Answer): readonly string[] {
  return table === undefined ? [] : [table.columns, ...table.rows].map((row) => row.join(' | '));
}

/** What is kept of a question and its answer: redacted, and within the bounds of a turn. */
export function rememberedTurn(
  answer: Answer,
  asked: { readonly key: string; readonly time: string; readonly namespace: string },
  digest: Digest,
): NewTurn {
  const text = (one: string): string => rememberedText(one, turnBounds.text);
  return {
    ...asked,
    question: rememberedText(answer.question, turnBounds.question),
    understood: rememberedText(answer.understood ?? '', turnBounds.question),
    intent: answer.intent,
    outcome: answer.outcome,
    headline: text(answer.headline),
    lines: [...answer.lines, ...tableLines(answer)].slice(0, turnBounds.lines).map(text),
    objects: answer.objects.slice(0, turnBounds.objects),
    causes: answer.causes
      .slice(0, turnBounds.causes)
      .map(({ code, title, object, cause }) => ({ code, title, object, cause: text(cause) })),
    digest: digest(canonicalJson(answer)),
  };
}

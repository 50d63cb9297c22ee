import { counted } from '@autodevops/domain/count-words';
import type { Cause, Diagnosis, Evidence } from '@autodevops/domain/diagnosis';
import { markdownText } from '@autodevops/domain/markdown-text';
import { refText } from '@autodevops/domain/object-ref';
import { timeAgo } from '@autodevops/domain/time-ago';
import { beginningText } from './beginning-text.ts';
import { commandsBeside } from './change-command.ts';
import { cleared } from './cleared.ts';
import { byKind } from './by-kind.ts';

/** A code span whose fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  if (flat === '') return '';
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((m) => m[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

function evidenceItem(evidence: Evidence, now: string): string {
  const where = [evidence.source, evidence.path ?? '', timeAgo(evidence.time, now)]
    .filter((part) => part !== '')
    .map(markdownText)
    .join(', ');
  return `> - ${codeSpan(evidence.quote)} (${where})`;
}

function causeBlock(cause: Cause, now: string): readonly string[] {
  const commands = commandsBeside(cause.nextSteps, cause.changes);
  const symptoms =
    cause.symptoms.length === 0 ? '' : `Also affected: ${byKind(cause.symptoms.map((s) => s.object.kind))}.`;
  const facts = [beginningText(cause, now), cause.impact, symptoms];
  return [
    `## ${cause.rank}. ${markdownText(cause.title)}: ${markdownText(refText(cause.object))}`,
    '',
    `**${cause.severity}**, ${cause.confidence} confidence, ${codeSpan(cause.code)}`,
    '',
    markdownText(cause.cause),
    ...facts.filter((fact) => fact !== '').flatMap((fact) => ['', markdownText(fact)]),
    '',
    ...cause.evidence.map((e) => evidenceItem(e, now)),
    '',
    ...cause.nextSteps.map((step) => `- [ ] ${markdownText(step)}`),
    ...commands.map((command) => `- [ ] ${codeSpan(command)}`),
    ...cause.avoid.map((text) => `- **Avoid:** ${markdownText(text)}`),
    '',
  ];
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}`, '', ...items.map((item) => `- ${item}`), ''];
}

/** For a ticket, a pull request or a chat: everything from the cluster is escaped. */
export function renderMarkdown(diagnosis: Diagnosis): string {
  const safe = cleared(diagnosis);
  const { observed } = safe;
  const objects = Object.values(observed.objects).reduce((sum, count) => sum + count, 0);
  const lines = [
    `# ${safe.verdict === 'problem' ? counted(safe.causes.length, 'problem') : safe.verdict}: ${markdownText(observed.source || observed.cluster || 'cluster')}`,
    '',
    markdownText(safe.summary),
    '',
    ...safe.causes.flatMap((cause) => causeBlock(cause, observed.capturedAt)),
    ...section(
      'For information',
      safe.information.map((c) => `${markdownText(refText(c.object))}: ${markdownText(c.cause)}`),
    ),
    ...section(
      'Suppressed',
      safe.suppressed.map(
        (c) =>
          `${markdownText(refText(c.object))}: ${markdownText(c.suppression.reason)} (${markdownText(c.suppression.owner)}, until ${markdownText(c.suppression.expires)})`,
      ),
    ),
    ...section(
      'Not seen',
      safe.blindSpots.map((b) => markdownText(`${b.what}: ${b.why} ${b.remedy}`.trim())),
    ),
    `Looked at ${counted(objects, 'object')} and ${counted(observed.logs, 'log')}, ${markdownText(observed.capturedAt)}.`,
  ];
  return `${lines.join('\n')}\n`;
}

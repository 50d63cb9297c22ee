import { markdownText } from '@autodevops/domain/markdown-text';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';

export interface ReviewParts {
  /** What the change is for: `Deployment shop/web`. */
  readonly about: string;
  readonly why: string;
  readonly evidence: readonly string[];
  readonly files: readonly string[];
  /** Fields that differ from the cluster. */
  readonly comparison: readonly string[];
  readonly base: string;
}

/** Text of others is quoted, line by line, so that it cannot pretend to be ours; ``` and markup lose their meaning in it. */
function quoted(lines: readonly string[]): string {
  return lines.map((line) => `    ${oneLine(redact(line), 300)}`).join('\n');
}

function section(title: string, lines: readonly string[], otherwise: string): string {
  return `## ${title}\n\n${lines.length === 0 ? otherwise : quoted(lines)}`;
}

/** What reviewers read: why, what was seen, what would differ in the cluster, and the way back. */
export function reviewText({ about, why, evidence, files, comparison, base }: ReviewParts): string {
  return [
    // A mention, a link or "closes #1" of somebody else would be the agent's own.
    `For ${markdownText(oneLine(about, 300))}. ${markdownText(oneLine(redact(why), 500))}`.trim(),
    section('Evidence', evidence, 'None was given.'),
    section('Files', files, 'None.'),
    section(
      'Dry run: what the files set and the cluster does not have',
      comparison,
      'No object of the files differs from the cluster, or a tool has to render them first.',
    ),
    `## Rollback\n\nBefore the merge: close this proposal and delete its branch. After it: revert its commit on \`${base}\`; what keeps the cluster as Git says puts it back.`,
  ].join('\n\n');
}

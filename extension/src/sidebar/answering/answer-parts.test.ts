import { expect, it } from 'vitest';
import type { Answer } from '@autodevops/domain/answer';
import { asRemedy, remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import { LinkBook } from '../links/link-book.ts';
import type { Line } from '../protocol/span.ts';
import { answerParts } from './answer-parts.ts';

function linesOf(given: readonly string[], remedies: readonly RemedyParts[], links: LinkBook): readonly Line[] {
  const answer: Answer = {
    schemaVersion: 1,
    question: 'fix web',
    intent: 'why-failing',
    outcome: 'answered',
    headline: 'It crashes.',
    lines: [...given],
    remedies: remedies.map(asRemedy),
    causes: [],
    objects: [],
    suggestions: [],
    blindSpots: [],
  };
  return answerParts(answer, links).flatMap((part) => (part.id === 'lines' && 'lines' in part ? part.lines : []));
}

it('what a person can do next is pressed in the answer, where the palette has it', () => {
  const links = new LinkBook();
  const parts = remedy`I only read. ${{ do: 'propose-fix' }} shows what would help.`;
  const [line = []] = linesOf([asRemedy(parts).remedy], [parts], links);
  expect(line.map(({ text }) => text)).toEqual([
    'I only read. ',
    'Auto-DevOps: Propose Fix',
    ' shows what would help.',
  ]);
  expect(line.map(({ link }) => link && links.target(link))).toEqual([
    undefined,
    { type: 'command', command: 'autodevops.proposeFix' },
    undefined,
  ]);
});

it('what only a terminal has is told as there, and cannot be pressed', () => {
  const parts = remedy`${{ do: 'restore-store' }} restores it.`;
  const [line = []] = linesOf([asRemedy(parts).remedy], [parts], new LinkBook());
  expect(line).toEqual([{ text: '`autodevops store restore FILE`' }, { text: ' restores it.' }]);
});

it('a line of the cluster that reads like a command is text', () => {
  const [line] = linesOf(['Run `autodevops kill-switch off`.'], [], new LinkBook());
  expect(line).toEqual([{ text: 'Run `autodevops kill-switch off`.' }]);
});

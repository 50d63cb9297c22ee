// Of the questions in measured-questions/, how many are answered right, how many with an honest "cannot", and how many
// wrongly: `npm run questions -- --help`. It measures; it never fails for what it finds.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Answer } from '../../packages/domain/src/answer.ts';
import { printable } from '../../packages/domain/src/printable.ts';
import { refuse, wordsOf } from '../../packages/workspace/developer-command.ts';
import { askedAfter, clusterCalled, saidIn } from './asked-cluster.ts';
import { judged, MeasuredQuestion } from './measured-question.ts';
import type { Judgement } from './measured-question.ts';

const folder = fileURLToPath(new URL('measured-questions/', import.meta.url));
const judgements: readonly Judgement[] = ['right', 'cannot', 'wrong'];
const longest = 700;

interface Measured {
  readonly question: MeasuredQuestion;
  readonly answer: Answer;
  readonly judgement: Judgement;
}

async function measuredIn(set: string, file: string): Promise<readonly Measured[]> {
  const questions = z.array(MeasuredQuestion).parse(parse(readFileSync(`${folder}${set}/${file}`, 'utf8')));
  const seen = await clusterCalled(file.replace('.yaml', ''));
  return questions.map((question) => {
    const answer = askedAfter(question.ask, question.after, seen);
    return { question, answer, judgement: judged(question, answer) };
  });
}

/** "61 of 90 right (67.8 %), 20 cannot, 9 wrong (10 %)" */
function sentence(measured: readonly Measured[]): string {
  return judgements
    .map((judgement) => {
      const count = measured.filter((one) => one.judgement === judgement).length;
      return `${count} ${judgement} (${Math.round((1000 * count) / Math.max(1, measured.length)) / 10} %)`;
    })
    .join(', ');
}

function shown({ question, answer, judgement }: Measured): string {
  const asked = question.after === undefined ? question.ask : `${question.after} … ${question.ask}`;
  const understood = answer.understood === undefined ? '' : ` (taken as: ${answer.understood})`;
  const text = saidIn(answer).slice(0, longest).split('\n').map(printable).join('\n    ');
  return `${judgement}: ${asked}${understood}\n  [${answer.intent}] ${text}`;
}

const sets = readdirSync(folder).toSorted();
const command = {
  name: 'npm run questions --',
  help: `Asks the questions of test/evaluation/measured-questions and counts how they are answered.

Usage: npm run questions -- [SET ...] [options]

  SET             ${sets.join(', ')}; all of them where none is named
  --show HOW      prints those that were answered so: ${judgements.join(', ')}
  --help

Exit codes: 0 whatever was counted, 64 wrong usage.
`,
  options: { show: { type: 'string' } },
  words: { most: sets.length, among: sets },
} as const;
const { positionals, values } = wordsOf(command);
if (values.show !== undefined && !judgements.some((judgement) => judgement === values.show)) {
  refuse(`--show: "${values.show}" is none of ${judgements.join(', ')}.`, command);
}
for (const set of positionals.length > 0 ? positionals : sets) {
  const all: Measured[] = [];
  for (const file of readdirSync(`${folder}${set}`).toSorted()) {
    const measured = await measuredIn(set, file);
    for (const one of measured.filter(({ judgement }) => judgement === values.show)) console.log(shown(one));
    console.log(`${set}, ${file.replace('.yaml', '')}, ${measured.length} questions: ${sentence(measured)}`);
    all.push(...measured);
  }
  console.log(`${set}, ${all.length} questions: ${sentence(all)}`);
}

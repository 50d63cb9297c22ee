import { describe, expect, it } from 'vitest';
import { imageCause, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { causeText } from './cause-text.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { pageMarkdown, tableMarkdown } from './page-markdown.ts';

describe('a page as Markdown', () => {
  it('has headings over what is indented, and its lines as a list', () => {
    expect(pageMarkdown('What it is\n\nEvidence\n  "one"\n    log, Pod a\n  "two"\n')).toBe(
      ['What it is  ', '', '**Evidence**\n', '- "one"  ', '  log, Pod a  ', '- "two"  '].join('\n'),
    );
  });

  it('names each cause below a rule', () => {
    const shown = pageMarkdown(diagnosisText(problemDiagnosis));
    expect(shown).toContain(`\n---\n\n**${imageCause.title}**  \n`);
    expect(shown).toContain('**What to do**\n\n- Correct the tag.');
  });

  it('obeys nothing of what a cluster says', () => {
    const hostile = '[x](command:y) <img src=z> ![p](https://evil.example) `c` www.evil.example';
    const shown = pageMarkdown(causeText({ ...imageCause, title: hostile, cause: hostile, nextSteps: [hostile] }));
    expect(shown).not.toMatch(/(?<!\\)[[\]`]|<img|https:|www\./);
    expect(tableMarkdown({ columns: ['a'], rows: [[hostile]] })).not.toMatch(/(?<!\\)[[\]`]|<img|https:|www\./);
  });

  it('has a row of a table for each row, also where a cell has a bar in it', () => {
    expect(tableMarkdown({ columns: ['pod', 'restarts'], rows: [['a|b', '3']] })).toBe(
      '| pod | restarts |\n| --- | --- |\n| a\\|b | 3 |',
    );
  });
});

import type { Cause } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { shown } from '../text/shown.ts';

export interface Prompt {
  readonly title: string;
  readonly message: string;
}

/** Slack shows at most four. https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
const most = 4;

/** Questions to begin with: about the worst causes, then those that always make sense. */
export function suggestedPrompts(causes: readonly Pick<Cause, 'object'>[]): readonly Prompt[] {
  const objects = [...new Map(causes.map(({ object }) => [refText(object), object])).values()].slice(0, 2);
  const about = objects.map((object) => ({
    title: shown(`Why is ${object.name} failing?`, 75),
    message: shown(`why is ${refText(object)} failing?`, 500),
  }));
  const always = [
    { title: 'What is wrong?', message: 'what is wrong?' },
    { title: 'What changed in the last hour?', message: 'what changed in the last hour?' },
    { title: 'What can you answer?', message: 'what can you answer?' },
  ];
  return [...about, ...always].slice(0, most);
}

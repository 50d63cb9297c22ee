import { t } from '../language/translate.ts';
import type { PageWords } from './protocol/page-words.ts';

export function pageWords(): PageWords {
  return {
    conversation: t('Conversation'), question: t('Question to Jamie'), placeholder: t('Ask Jamie, or type / or #'),
    send: t('Ask'), stop: t('Stop'), working: t('Jamie is working'), stopped: t('Stopped'), failed: t('It failed'),
    retry: t('Ask Again'), edit: t('Edit'), copy: t('Copy'), history: t('History'), begin: t('New Conversation'), search: t('Search in conversations'),
    noConversations: t('There are no conversations yet.'), open: t('Open'), rename: t('Rename'), remove: t('Delete'), export: t('Export'), close: t('Close'),
    more: t('Show more ({0} left)'), evidence: t('Evidence'), symptoms: t('Symptoms'), steps: t('What to do'), avoid: t('What not to do'),
    fix: t('Show what would help'), before: t('before'), after: t('after'), nothing: t('nothing'), reach: t('How far it reaches'), rules: t('Rules that say so'),
    difference: t('What would differ'), moreFields: t('{0} more fields'), proposal: t('Proposal'), suggestions: t('Suggestions'),
    you: t('You'), jamie: t('Jamie'), completions: t('Suggestions for what you write'), chooseHint: t('{0} suggestions; arrow keys choose, Enter or Tab takes one, Escape closes'),
  };
}

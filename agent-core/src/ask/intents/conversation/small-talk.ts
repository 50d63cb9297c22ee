import type { Intent } from '../../intent.ts';
import { scopeHealth } from '../../health/scope-health.ts';

/** A greeting or thanks. */
export const smallTalk: Intent = {
  name: 'small-talk',
  example: 'hello',
  patterns: [
    /^(?<greeting>hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening|day)|hallo|moin|servus|hola|bonjour|ciao|greetings)(?:[ ,!]+(?:jamie|there|all|everyone|team))?$/i,
    /^(?:many |thanks? a lot|thanks|thank you|thx|ty|cheers|great|nice|cool|perfect|awesome|good job|well done|ok|okay|got it|danke|gracias|merci)(?: (?:so much|very much|a lot|jamie|you|work|job|that helps|for .*))*$/i,
  ],
  answer: (caught, context) =>
    caught('greeting') === ''
      ? { headline: 'You are welcome.' }
      : {
          ...scopeHealth(context),
          headline: `Hello. ${scopeHealth(context).headline} Ask for example "why is web failing?" or "help".`,
          causes: [],
        },
};

import type { ApiMethod } from '../server/api-method.ts';
import { agentSessionMethods } from './agent-sessions.ts';
import { appMethods } from './apps.ts';
import { assistantMethods } from './assistant.ts';
import { bookmarkMethods } from './bookmarks.ts';
import { fileMethods } from './files.ts';
import { oauthMethods } from './oauth.ts';
import { streamMethods } from './chat-stream.ts';
import { validatingMethods } from './validating.ts';
import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { peopleMethods } from './people.ts';
import { pinAndReactionMethods } from './pins-and-reactions.ts';
import { viewMethods } from './views.ts';

/** What each method does. Its arguments, scopes and limits stand in `rules/methods`. */
export const apiMethods: Readonly<Record<string, ApiMethod>> = {
  ...agentSessionMethods,
  ...appMethods,
  ...assistantMethods,
  ...bookmarkMethods,
  ...fileMethods,
  ...oauthMethods,
  ...streamMethods,
  ...validatingMethods,
  ...authMethods,
  ...chatMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...pinAndReactionMethods,
  ...viewMethods,
};

import './without-eval.ts';
import './chat.css';
import { ChatPage } from './chat-page.ts';
import './editor-api.ts';
import { ToPage } from '../../sidebar/protocol/to-page.ts';
import type { ToHost } from '../../sidebar/protocol/to-host.ts';

const api = acquireVsCodeApi();
const post = api.postMessage;
const send = (message: ToHost): void => post(message);

/** What was being written when the page went away. */
function keptDraft(): string {
  const state = api.getState();
  return typeof state === 'object' && state !== null && 'draft' in state && typeof state.draft === 'string'
    ? state.draft
    : '';
}

let page: ChatPage | undefined;

function hear(message: ToPage): void {
  if (message.type !== 'welcome') return page?.hear(message);
  const root = document.querySelector<HTMLElement>('#chat');
  if (root === null) return;
  const { words, standing, title, turns } = message;
  page = new ChatPage(root, { words, send });
  page.standing(standing);
  page.conversation(title, turns);
  page.draft = keptDraft();
  for (const event of ['input', 'change']) {
    root.addEventListener(event, () => api.setState({ draft: page?.draft ?? '' }));
  }
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const read = ToPage.safeParse(data);
  if (read.success) hear(read.data);
});
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) page?.focus();
});
send({ type: 'ready' });

import type { ModalView } from '@slack/types';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { viewIds } from '../action-ids.ts';
import { plainText } from '../text/plain-text.ts';

/** A message's blocks in a window of its own, where there is no channel to answer in. */
export function shownView(title: string, { blocks }: SlackMessage): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.shown,
    title: plainText(title, 24),
    close: plainText('Close', 24),
    blocks: [...blocks],
  };
}

import type { KnownBlock } from '@slack/types';
import { plainText } from '../text/plain-text.ts';

export function header(text: string): KnownBlock {
  return { type: 'header', text: plainText(text, 150) };
}

/** Small print; nothing where there is nothing to say. */
export function smallPrint(...texts: readonly string[]): readonly KnownBlock[] {
  const said = texts.filter((text) => text.trim() !== '').slice(0, 10);
  return said.length === 0 ? [] : [{ type: 'context', elements: said.map((text) => plainText(text, 600)) }];
}

export const divider: KnownBlock = { type: 'divider' };

import { afterEach, beforeEach, expect, it } from 'vitest';
import { pageWindow } from '../testing/page-window.ts';
import type { PageWindow } from '../testing/page-window.ts';
import { element } from './element.ts';
import { inlineNodes } from './inline-text.ts';

let at: PageWindow;
beforeEach(() => {
  at = pageWindow();
});
afterEach(async () => {
  await at.close();
});

const now = new Date('2026-01-07T12:00:00Z');

function drawn(text: string): HTMLElement {
  return element('p', {}, ...inlineNodes(text, now));
}

it('sets code apart, and leaves a mark that is alone', () => {
  const shown = drawn('Run `kubectl get pods`, then `x');
  expect([...shown.querySelectorAll('code')].map((one) => one.textContent)).toEqual(['kubectl get pods']);
  expect(shown.textContent).toBe('Run kubectl get pods, then `x');
});

it('tells a moment by the clock, with what was written beside it', () => {
  const [time] = drawn('Since 2026-01-07T11:05:03.377408295Z, twice').querySelectorAll('time');
  expect([time?.title, time?.textContent?.includes('05')]).toEqual(['2026-01-07T11:05:03.377408295Z', true]);
  expect(time?.textContent).not.toContain('2026');
});

it('tells the day of a moment of another one', () => {
  expect(drawn('Since 2025-12-01T11:05:03Z').querySelector('time')?.textContent).toContain('2025');
});

it('takes nothing for a moment that is none, and nothing for an element', () => {
  const text = 'at 2026-99-99T99:99:99Z <b>x</b> `<img src=x>`';
  const shown = drawn(text);
  expect(shown.querySelectorAll('time, b, img')).toHaveLength(0);
  expect(shown.textContent).toBe(text.replaceAll('`', ''));
});

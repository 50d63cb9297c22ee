import { Window } from 'happy-dom';
import { vi } from 'vitest';
import type { Desk } from '../chat/desk.ts';
import { pageWords } from '../../sidebar/page-words.ts';
import type { ToHost } from '../../sidebar/protocol/to-host.ts';

export interface PageWindow {
  readonly root: HTMLElement;
  readonly desk: Desk;
  /** What the page said to the host. */
  readonly sent: ToHost[];
  readonly press: (text: string) => void;
  readonly close: () => Promise<void>;
}

/** What a button or a link is called, also one that shows a picture. */
function nameOf(one: HTMLElement): string {
  return one.textContent === '' ? (one.getAttribute('aria-label') ?? '') : one.textContent;
}

/** A browser's window for a test, as the page knows it. `close` ends it. */
export function pageWindow(): PageWindow {
  const window = new Window({ url: 'https://page.test/' });
  const globals = {
    document: window.document,
    window,
    HTMLElement: window.HTMLElement,
    HTMLDetailsElement: window.HTMLDetailsElement,
    Event: window.Event,
    ResizeObserver: window.ResizeObserver,
    requestAnimationFrame: (draw: () => void) => {
      queueMicrotask(draw);
      return 1;
    },
  };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  window.document.body.innerHTML = '<div id="chat"></div>';
  const root = document.querySelector<HTMLElement>('#chat');
  if (root === null) throw new Error('there is no page');
  const sent: ToHost[] = [];
  const press = (text: string): void => {
    const all = [...root.querySelectorAll<HTMLElement>('button, [role=link]')];
    const found = all.find((one) => nameOf(one) === text && !one.hidden);
    if (found === undefined) throw new Error(`there is no button "${text}" among ${all.map(nameOf).join(', ')}`);
    found.click();
  };
  return {
    root,
    sent,
    press,
    desk: { words: pageWords(), send: (message) => void sent.push(message) },
    close: async () => {
      vi.unstubAllGlobals();
      await window.happyDOM.close();
    },
  };
}

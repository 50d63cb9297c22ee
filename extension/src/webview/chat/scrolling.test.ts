import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptAtTop, showWithin } from './scrolling.ts';
import { pageWindow } from '../testing/page-window.ts';
import type { PageWindow } from '../testing/page-window.ts';

let at: PageWindow;
let resized: () => void;

/** A list of 200 pixels at 100 of the page, and a child of 50 pixels that begins so far down in it. */
function listed(down: () => number): { readonly list: HTMLElement; readonly child: HTMLElement } {
  const list = document.createElement('div');
  const child = document.createElement('div');
  list.append(child);
  at.root.append(list);
  list.getBoundingClientRect = () => ({ top: 100, bottom: 300 }) as DOMRect;
  child.getBoundingClientRect = () => {
    const top = 100 + down() - list.scrollTop;
    return { top, bottom: top + 50 } as DOMRect;
  };
  return { list, child };
}

beforeEach(() => {
  at = pageWindow();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(changed: () => void) {
        resized = changed;
      }
      observe(): void {}
    },
  );
});
afterEach(async () => {
  await at.close();
});

describe('a child that is to be seen', () => {
  it.each([
    ['below the list comes in at its bottom', 0, 260, 110],
    ['above the list comes in at its top', 400, 260, 260],
    ['that is seen already moves nothing', 200, 260, 200],
  ])('%s', (_name, from, down, to) => {
    const { list, child } = listed(() => down);
    list.scrollTop = from;
    showWithin(list, child);
    expect(list.scrollTop).toBe(to);
  });
});

describe('a child that is kept at the top', () => {
  it('is there again when the list has got another size', () => {
    let down = 260;
    const { list, child } = listed(() => down);
    new KeptAtTop(list).show(child);
    expect(list.scrollTop).toBe(260);
    down = 500;
    resized();
    expect(list.scrollTop).toBe(500);
  });

  it('is let go when a person scrolls', () => {
    let down = 260;
    const { list, child } = listed(() => down);
    new KeptAtTop(list).show(child);
    list.scrollTop = 30;
    list.dispatchEvent(new Event('scroll'));
    down = 500;
    resized();
    expect(list.scrollTop).toBe(30);
  });
});

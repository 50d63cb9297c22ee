import { describe, expect, it } from 'vitest';
import { pictureDrawer } from './draw-picture.ts';
import type { Drawing } from './drawing.ts';

const running = new AbortController().signal;
const web: Drawing = {
  boxes: [
    { id: 'n0', lines: ['Deployment shop/web', '1 of 3 ready'] },
    { id: 'n1', lines: ['Service shop/db'] },
  ],
  arrows: [{ from: 'n0', to: 'n1', label: 'calls (port 5433)' }],
};

/** As a PNG says it first of all; not a number where it is none. */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return new TextDecoder('latin1').decode(png.subarray(1, 4)) === 'PNG'
    ? [view.getUint32(16), view.getUint32(20)]
    : [Number.NaN, Number.NaN];
}

/** One that leans on many. */
function star(count: number): Drawing {
  const boxes = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    lines: [`Service shop/service-with-a-long-name-${index}`, 'answers'],
  }));
  return { boxes, arrows: boxes.slice(1).map(({ id }) => ({ from: 'n0', to: id, label: 'calls (port 8080)' })) };
}

describe('a picture', () => {
  it('is a PNG that is broader than high where one thing leans on another', async () => {
    const [width, height] = sizeOf(await pictureDrawer()(web, running));
    expect(width).toBeGreaterThan(600);
    expect(height).toBeGreaterThan(80);
    expect(width).toBeGreaterThan(height);
  });

  it('of as much as is drawn stays within bounds', async () => {
    const png = await pictureDrawer()(star(41), running);
    expect(Math.max(...sizeOf(png))).toBeLessThanOrEqual(4000);
    expect(png.length).toBeLessThan(3_000_000);
  });

  it('is made of texts as they are: nothing in them is markup', async () => {
    const said = ['<b>bold</b> &amp; "quoted" \\N \\G', '<TABLE><TR><TD>x</TD></TR></TABLE>', '}; a -> b;', '日本語 é'];
    const png = await pictureDrawer()(
      {
        boxes: [
          { id: 'n0', lines: said },
          { id: 'n1', lines: said },
        ],
        arrows: [{ from: 'n0', to: 'n1', label: said.join('') }],
      },
      running,
    );
    expect(sizeOf(png)[0]).toBeGreaterThan(600);
  });

  it('is not made when nobody waits for it any more, and the next one is', async () => {
    const draw = pictureDrawer();
    const gone = AbortSignal.abort(new Error('nobody waits'));
    await expect(draw(web, gone)).rejects.toThrow('nobody waits');
    const leaving = new AbortController();
    const left = draw(web, leaving.signal);
    leaving.abort(new Error('nobody waits any more'));
    await expect(left).rejects.toThrow('nobody waits any more');
    expect(sizeOf(await draw(web, running))[0]).toBeGreaterThan(600);
  });

  it('that cannot be drawn fails, and the next one is drawn', async () => {
    const draw = pictureDrawer();
    await expect(draw({} as Drawing, running)).rejects.toThrow(/undefined/);
    expect(sizeOf(await draw(web, running))[0]).toBeGreaterThan(600);
  });
});

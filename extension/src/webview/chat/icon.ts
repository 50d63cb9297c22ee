/** Drawn on a field of 16 by 16, in the colour of the text around it: the page loads no font and no picture. */
const shapes = {
  add: 'M8 3v10M3 8h10',
  again: 'M13 3v3.5H9.5M12.7 6.5A5.2 5.2 0 1 0 13 9.5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 5.5h7v8H6zM10 5.5V2.5H3v8h3',
  edit: 'M3 13l.6-2.8L10.8 3a1.1 1.1 0 0 1 1.6 0l.6.6a1.1 1.1 0 0 1 0 1.6L5.8 12.4z',
  history: 'M3 3v3.5h3.5M3.3 6.5A5.2 5.2 0 1 1 3 9.5M8 5.5V8.5l2 1.5',
  send: 'M8 13V3.5M3.8 7.7L8 3.5l4.2 4.2',
  stop: 'M4.5 4.5h7v7h-7z',
} as const;

export type Icon = keyof typeof shapes;

const svg = 'http://www.w3.org/2000/svg';

/** A picture that says nothing by itself: the button around it has a name. */
export function icon(name: Icon): SVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    'aria-hidden': 'true',
    class: `icon icon-${name}`,
  })) {
    drawing.setAttribute(key, value);
  }
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', shapes[name]);
  drawing.append(path);
  return drawing;
}

/** A run of characters with one look. */
interface Span {
  readonly text: string;
  readonly color: string;
  readonly bold: boolean;
  readonly dim: boolean;
}

const plain = '#d4d4d8';
const colors: Readonly<Record<string, string>> = {
  '30': '#52525b',
  '31': '#f87171',
  '32': '#4ade80',
  '33': '#facc15',
  '34': '#60a5fa',
  '35': '#c084fc',
  '36': '#22d3ee',
  '37': plain,
  '90': '#a1a1aa',
  '91': '#f87171',
  '92': '#4ade80',
  '93': '#facc15',
  '94': '#60a5fa',
  '95': '#c084fc',
  '96': '#22d3ee',
  '97': '#fafafa',
};

/** One line of terminal output, colours understood, every other escape dropped. */
function spansOf(line: string): readonly Span[] {
  const spans: Span[] = [];
  let look = { color: plain, bold: false, dim: false };
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    if (!part.startsWith('\u001b[')) {
      if (part !== '') spans.push({ text: part, ...look });
      continue;
    }
    for (const code of part.slice(2, -1).split(';')) {
      if (code === '' || code === '0') look = { color: plain, bold: false, dim: false };
      else if (code === '1') look = { ...look, bold: true };
      else if (code === '2') look = { ...look, dim: true };
      else if (code === '22') look = { ...look, bold: false, dim: false };
      else if (code === '39') look = { ...look, color: plain };
      else if (colors[code] !== undefined) look = { ...look, color: colors[code] ?? plain };
    }
  }
  return spans;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const [width, lineHeight, charWidth, margin] = [100, 19, 8.43, 20];

function drawLine(line: string, index: number): string {
  const spans = spansOf(line).map((s) => {
    const style = `fill="${s.color}"${s.bold ? ' font-weight="bold"' : ''}${s.dim ? ' opacity="0.65"' : ''}`;
    return `<tspan ${style}>${escapeXml(s.text)}</tspan>`;
  });
  const y = margin + 34 + index * lineHeight;
  return `<text x="${margin}" y="${y}" xml:space="preserve">${spans.join('')}</text>`;
}

/** Terminal output as an SVG of a window; `title` stands in its bar. */
export function ansiPicture(output: string, title: string): string {
  const lines = output.replaceAll('\r', '').trimEnd().split('\n');
  const [w, h] = [Math.round(width * charWidth + 2 * margin), margin * 2 + 24 + lines.length * lineHeight];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">
<rect width="${w}" height="${h}" rx="8" fill="#18181b"/>
<circle cx="20" cy="18" r="5.5" fill="#ef4444"/><circle cx="38" cy="18" r="5.5" fill="#eab308"/><circle cx="56" cy="18" r="5.5" fill="#22c55e"/>
<text x="${w / 2}" y="22" fill="#a1a1aa" text-anchor="middle">${escapeXml(title)}</text>
${lines.map(drawLine).join('\n')}
</svg>
`;
}

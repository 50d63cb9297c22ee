/** An entry of an archive. `size` is what its header claims, the content's own when absent. */
export interface TarEntry {
  readonly name: string;
  readonly content?: string;
  readonly link?: string;
  readonly size?: number;
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

function header({ name, content = '', link, size }: TarEntry): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size ?? Buffer.byteLength(content), 12), 124);
  block.write(octal(0, 12), 136);
  block.write('        ', 148);
  block.write(link === undefined ? '0' : '2', 156);
  block.write(link ?? '', 157);
  block.write('ustar\u000000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  return block;
}

/** A tar archive, honest or not: nothing of its names is checked. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    return [header(entry), content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

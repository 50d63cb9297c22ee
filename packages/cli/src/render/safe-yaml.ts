import { printable } from '@autodevops/domain/printable';
import { Document, Scalar, visit } from 'yaml';

function escaped(text: string): string {
  return text.replace(/[^\u0020-\u007E\n]/gu, (char) => {
    const point = char.codePointAt(0) ?? 0;
    if (printable(char) === char) return char;
    return point > 0xffff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`;
  });
}

/**
 * YAML that means the same and cannot drive a terminal: texts with unsafe characters are double-quoted, where YAML has
 * escapes for them.
 */
export function safeYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && printable(node.value) !== node.value) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escaped(document.toString({ lineWidth: 0 }));
}

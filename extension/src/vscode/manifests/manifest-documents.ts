import type { DocumentSelector, TextDocument } from 'vscode';
import { scheme } from '../editor/made-documents.ts';

/** Documents that are made here and are manifests as any: what was rendered. Those to compare are not. */
const rendered = '/rendered/';

/** Where manifests are read: files, what is not saved yet, and what was rendered here. */
export const manifestSelector: DocumentSelector = [
  { language: 'yaml', scheme: 'file' },
  { language: 'yaml', scheme: 'untitled' },
  { language: 'yaml', scheme, pattern: `${rendered}*` },
];

export function isManifestDocument({ languageId, uri }: Pick<TextDocument, 'languageId' | 'uri'>): boolean {
  return (
    languageId === 'yaml' &&
    (uri.scheme === 'file' || uri.scheme === 'untitled' || (uri.scheme === scheme && uri.path.startsWith(rendered)))
  );
}

/** What nobody can type into is not given edits. */
export function isEditable({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return uri.scheme !== scheme;
}

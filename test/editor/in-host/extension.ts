import { ok } from 'node:assert/strict';
import { extensions } from 'vscode';
import type { Extension } from 'vscode';

/** What is read of the manifest here; the editor has parsed it. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> };
    readonly languageModelTools: readonly { readonly name: string }[];
  };
}

/** The extension as this host knows it. */
export function ownExtension(): Extension<unknown> {
  const found = extensions.getExtension('autodevops.autodevops-vscode');
  ok(found !== undefined, 'the host does not know the extension');
  return found as Extension<unknown>;
}

export function contributed(): Manifest['contributes'] {
  return (ownExtension().packageJSON as Manifest).contributes;
}

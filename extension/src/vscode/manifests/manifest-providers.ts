import {
  CodeLens,
  CompletionItem,
  CompletionItemKind,
  EventEmitter,
  Hover,
  Location,
  MarkdownString,
  Position,
  Range,
  Uri,
  workspace,
} from 'vscode';
import type {
  CancellationToken,
  CodeLensProvider,
  CompletionItemProvider,
  DefinitionProvider,
  HoverProvider,
} from 'vscode';
import type { HoverText } from '../../manifests/hover.ts';
import type { WindowParts } from '../../window-parts.ts';
import { plainText } from '../plain-text.ts';
import { pageMarkdown } from '../../documents/page-markdown.ts';
import type { LazyDesk } from './lazy-desk.ts';

/** Milliseconds that a person waits with the cursor. */
const patience = 5000;

function signalOf(token: CancellationToken): AbortSignal {
  const stopped = new AbortController();
  token.onCancellationRequested(() => stopped.abort());
  return AbortSignal.any([stopped.signal, AbortSignal.timeout(patience)]);
}

/** Foreign text is shown as text: nothing of it is read as Markdown. */
function markdownOf({ title, blocks }: HoverText): MarkdownString {
  const page = [title, ...blocks.flatMap((block) => ['', block.title, ...block.lines.map((line) => `  ${line}`)])];
  return new MarkdownString(pageMarkdown(page.join('\n')));
}

export function hovers(parts: WindowParts, desk: LazyDesk): HoverProvider {
  return {
    provideHover: async (document, position, token) => {
      const held = await desk();
      const { live, home, causes } = held;
      if (!live) return undefined;
      const { pointedAt, hoverText } = await import('../../manifests/hover.ts');
      const offset = document.offsetAt(position);
      const pointed = held
        .manifestsIn(document.getText())
        .map((manifest) => pointedAt(manifest, offset, home))
        .find((one) => one !== undefined);
      if (pointed === undefined) return undefined;
      const cluster = parts.clusters.state.value.chosen?.name ?? '';
      const text = await hoverText(pointed, { source: parts.source, causes, cluster }, signalOf(token));
      return new Hover(
        markdownOf(text),
        new Range(document.positionAt(pointed.start), document.positionAt(pointed.end)),
      );
    },
  };
}

export function lenses(parts: WindowParts, desk: LazyDesk): CodeLensProvider & { readonly dispose: () => void } {
  const changed = new EventEmitter<void>();
  const ends = [
    parts.problems.state.subscribe(() => changed.fire()),
    parts.clusters.state.subscribe(() => changed.fire()),
  ];
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => {
      const held = await desk();
      const { live, home, causes } = held;
      if (!live) return [];
      const { codeLenses } = await import('../../manifests/code-lenses.ts');
      return codeLenses(held.manifestsIn(document.getText()), causes, home).map(
        ({ start, title, command, subject }) => {
          const at = document.positionAt(start);
          return new CodeLens(new Range(at, at), { title: plainText(title), command, arguments: [subject] });
        },
      );
    },
    dispose: () => {
      ends.forEach((end) => end());
      changed.dispose();
    },
  };
}

export function completions(parts: WindowParts, desk: LazyDesk): CompletionItemProvider {
  return {
    provideCompletionItems: async (document, position, token) => {
      if (!parts.folder.trusted()) return [];
      const { completionPlace, completionsAt, kindsForCompletion } = await import('../../manifests/completion.ts');
      const held = await desk();
      const place = completionPlace(
        held.manifestsIn(document.getText()),
        document.getText(),
        document.offsetAt(position),
        held.home,
      );
      if (place === undefined) return [];
      await held.load(kindsForCompletion(place), signalOf(token));
      return completionsAt(place, held.known()).map(({ text, detail }) => {
        const item = new CompletionItem(text, CompletionItemKind.Reference);
        item.detail = detail;
        return item;
      });
    },
  };
}

export function definitions(desk: LazyDesk): DefinitionProvider {
  return {
    provideDefinition: async (document, position) => {
      const { definitionsAt } = await import('../../manifests/definition.ts');
      const held = await desk();
      const offset = document.offsetAt(position);
      const found = held
        .manifestsIn(document.getText())
        .flatMap((manifest) => definitionsAt({ manifest, offset, home: held.home }, held.objects()));
      return await Promise.all(
        found.slice(0, 50).map(async ({ file, start }) => {
          const there = await workspace.openTextDocument(Uri.parse(file)).then(
            (opened) => opened.positionAt(start),
            () => new Position(0, 0),
          );
          return new Location(Uri.parse(file), there);
        }),
      );
    },
  };
}

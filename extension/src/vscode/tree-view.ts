import { EventEmitter, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';
import type { Disposable, TreeDataProvider, TreeView } from 'vscode';
import type { TreeId } from '../contributions/views.ts';
import { plainText } from './plain-text.ts';
import type { Tint, TreeNode } from '../tree/node.ts';

const colours: Readonly<Record<Tint, string>> = {
  error: 'list.errorForeground',
  warning: 'list.warningForeground',
  information: 'charts.blue',
  good: 'testing.iconPassed',
  quiet: 'descriptionForeground',
};

/** An item of a view, from plain text: nothing of it is Markdown, so nothing of it can be a link or a command. */
export function treeItem(node: TreeNode): TreeItem {
  const state =
    node.children === undefined
      ? TreeItemCollapsibleState.None
      : node.expanded === true
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(plainText(node.label), state);
  item.id = node.id;
  item.iconPath = new ThemeIcon(node.icon, node.tint === undefined ? undefined : new ThemeColor(colours[node.tint]));
  if (node.description !== undefined) item.description = plainText(node.description);
  if (node.tooltip !== undefined) item.tooltip = node.tooltip.join('\n');
  if (node.kinds.length > 0) item.contextValue = node.kinds.join(' ');
  if (node.spoken !== undefined) item.accessibilityInformation = { label: node.spoken };
  if (node.opens !== undefined) item.command = { command: node.opens, title: node.label, arguments: [node] };
  return item;
}

/** What a view shows now. */
export interface Shown {
  readonly nodes: readonly TreeNode[];
  readonly badge?: { readonly value: number; readonly tooltip: string };
  /** A line over the tree. */
  readonly message?: string;
}

export interface ShownTree extends Disposable {
  readonly view: TreeView<TreeNode>;
  readonly refresh: () => void;
}

const gathering = 50;

/** A view of the sidebar. It is drawn anew at most every 50 ms, however often it is asked to. */
export function showTree(id: TreeId, shown: () => Promise<Shown>): ShownTree {
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: async (node) => [...(node === undefined ? (await shown()).nodes : (node.children?.() ?? []))],
  };
  const view = window.createTreeView(id, { treeDataProvider: provider, showCollapseAll: true });
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;
  const draw = async (): Promise<void> => {
    timer = undefined;
    const { badge, message } = await shown();
    if (disposed) return;
    view.badge = badge;
    view.message = plainText(message ?? '');
    changed.fire(undefined);
  };
  const refresh = (): void => {
    timer ??= setTimeout(() => void draw(), gathering);
  };
  return {
    view,
    refresh,
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
      view.dispose();
      changed.dispose();
    },
  };
}

import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable } from 'vscode';
import { plainText } from './plain-text.ts';
import { statusLine } from '../status/status-line.ts';
import type { WindowParts } from '../window-parts.ts';

const backgrounds = {
  plain: undefined,
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
} as const;

/** The one item of the status bar: cluster, health, autonomy, kill switch. */
export function registerStatusBar(parts: WindowParts): readonly Disposable[] {
  const item = window.createStatusBarItem('autodevops.status', StatusBarAlignment.Left, 10);
  item.name = 'Auto-DevOps';
  const draw = (): void => {
    const line = statusLine(parts);
    if (line === undefined) return item.hide();
    item.text = `$(${line.icon}) ${plainText(line.text)}`;
    item.tooltip = line.tooltip.join('\n');
    item.accessibilityInformation = { label: line.spoken, role: 'button' };
    const colour = backgrounds[line.severity];
    item.backgroundColor = colour === undefined ? undefined : new ThemeColor(colour);
    item.command = line.command;
    item.show();
  };
  const ends = [
    parts.clusters.state.subscribe(draw),
    parts.folderConfigs.state.subscribe(draw),
    parts.agent.state.subscribe(draw),
    parts.problems.state.subscribe(draw),
    parts.changes.state.subscribe(draw),
  ];
  draw();
  return [item, { dispose: () => ends.forEach((end) => end()) }];
}

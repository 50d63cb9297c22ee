import { CustomExecution, EventEmitter, Task, tasks, TaskScope, Uri, workspace } from 'vscode';
import type { Disposable, Pseudoterminal } from 'vscode';
import { checkTask } from '../../contributions/check-task.ts';
import { t } from '../../language/translate.ts';
import { checkedLines } from '../../manifests/checked-lines.ts';
import type { WindowParts } from '../../window-parts.ts';
import type { LazyDesk } from './lazy-desk.ts';

async function printed(desk: LazyDesk, write: (line: string) => void, stopped: AbortSignal): Promise<number> {
  const held = await desk();
  const texts = new Map<string, string>();
  for (const uri of await workspace.findFiles(
    '**/*.{yaml,yml}',
    '**/{node_modules,.git,vendor,.terraform,dist,build}/**',
    5000,
  )) {
    if (stopped.aborted) return 130;
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    if (held.workspace.put(uri.toString(), text).length > 0) texts.set(uri.toString(), text);
  }
  let count = 0;
  for (const [file, text] of texts) {
    const lines = checkedLines(Uri.parse(file).fsPath, text, held.check(held.manifestsIn(text), text));
    count += lines.length;
    lines.forEach(write);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (stopped.aborted) return 130;
  }
  write(t('Problems: {0}. Manifests read: {1}.', count, texts.size));
  return count === 0 ? 0 : 1;
}

/** A terminal that prints what is wrong with the manifests of the workspace, a line each, for the problem matcher. */
function terminal(desk: LazyDesk): Pseudoterminal {
  const [wrote, closed, stop] = [new EventEmitter<string>(), new EventEmitter<number>(), new AbortController()];
  return {
    onDidWrite: wrote.event,
    onDidClose: closed.event,
    open: () =>
      void printed(desk, (line) => wrote.fire(`${line}\r\n`), stop.signal).then(
        (code) => closed.fire(code),
        (error: unknown) => {
          wrote.fire(`${error instanceof Error ? error.message : String(error)}\r\n`);
          closed.fire(2);
        },
      ),
    close: () => stop.abort(),
  };
}

function task({ folder }: WindowParts, desk: LazyDesk): Task | undefined {
  if (!folder.trusted()) return undefined;
  return new Task(
    { type: checkTask.type },
    TaskScope.Workspace,
    t('Check manifests'),
    'Auto-DevOps',
    new CustomExecution(async () => terminal(desk)),
    [`$${checkTask.matcher}`],
  );
}

/** *Tasks: Run Task* → *Auto-DevOps: Check manifests*. `ended`: the editor has taken away what the check before it found, and marks of open files with it. */
export function registerCheckTask(parts: WindowParts, desk: LazyDesk, ended: () => void): readonly Disposable[] {
  return [
    tasks.registerTaskProvider(checkTask.type, {
      provideTasks: () => {
        const one = task(parts, desk);
        return one === undefined ? [] : [one];
      },
      resolveTask: () => task(parts, desk),
    }),
    tasks.onDidEndTask(({ execution }) => {
      if (execution.task.definition.type === checkTask.type) ended();
    }),
  ];
}

import { beforeEach, expect, it, vi } from 'vitest';
import { fakeWindow } from '../testing/fake-window.ts';
import { EventEmitter, resetStandIn, standIn, Uri } from '../testing/vscode-stand-in.ts';
import { registerChatView } from './chat-view.ts';

beforeEach(() => resetStandIn());

const extensionUri = Uri.file('/opt/extension') as never;

function shownView() {
  const [heard, visibility, gone] = [
    new EventEmitter<unknown>(),
    new EventEmitter<undefined>(),
    new EventEmitter<undefined>(),
  ];
  const posted: { readonly type: string }[] = [];
  const view = {
    visible: true,
    onDidChangeVisibility: visibility.event,
    onDidDispose: gone.event,
    webview: {
      options: {} as Record<string, unknown>,
      html: '',
      cspSource: 'https://csp.test',
      asWebviewUri: ({ path }: Uri) => `https://resource.test${path}`,
      postMessage: async (message: { readonly type: string }) => posted.push(message),
      onDidReceiveMessage: heard.event,
    },
  };
  return { view, heard, gone, posted };
}

async function shown() {
  const window = await fakeWindow({ agent: { findings: [] } });
  const seen = vi.fn<() => void>();
  const registered = registerChatView(window.parts, { extensionUri }, seen);
  const made = shownView();
  standIn.webviews.get('autodevops.chat')?.resolveWebviewView(made.view as never);
  await vi.waitFor(() => expect(made.view.webview.html).not.toBe(''), { timeout: 20_000 });
  return { ...made, window, seen, close: () => registered.forEach((one) => void one.dispose()) };
}

it('the page may run its own script and nothing else, and no link of it is a command', async () => {
  const {
    view: { webview },
    close,
  } = await shown();
  expect(webview.options).toMatchObject({
    enableScripts: true,
    enableCommandUris: false,
    enableForms: false,
    localResourceRoots: [{ path: '/opt/extension/dist/webview' }],
  });
  const nonce = /script-src &#39;nonce-([\w-]{20,})&#39;/.exec(webview.html)?.[1];
  expect(webview.html).toContain(
    `<script nonce="${nonce}" src="https://resource.test/opt/extension/dist/webview/chat.js"></script>`,
  );
  expect(webview.html).toContain('default-src &#39;none&#39;; style-src https://csp.test;');
  expect(webview.html).not.toMatch(/unsafe|https?:\/\/(?!resource\.test|csp\.test)/);
  close();
});

it('the page is welcomed when it is ready, and what is no message is passed over', async () => {
  const { heard, posted, window, close } = await shown();
  heard.fire({ type: 'run', command: 'autodevops.killSwitch' });
  heard.fire({ type: 'ready' });
  await vi.waitFor(() => expect(posted.map(({ type }) => type)).toContain('welcome'));
  expect(window.logged).toEqual(['the page of the chat said something that is not of the protocol']);
  close();
});

it('whoever looks at it has the cluster looked at; nobody who does not', async () => {
  const { window, seen, gone, posted, heard, close } = await shown();
  expect(window.parts.problems.followed).toBe(true);
  expect(seen).toHaveBeenCalledOnce();
  gone.fire(undefined);
  heard.fire({ type: 'ready' });
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(posted.filter(({ type }) => type === 'welcome')).toEqual([]);
  window.parts.problems.stop();
  close();
});

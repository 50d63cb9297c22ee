/** What the editor gives to a page, once: https://code.visualstudio.com/api/extension-guides/webview#passing-messages-from-a-webview-to-an-extension. */
export interface EditorApi {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare global {
  function acquireVsCodeApi(): EditorApi;
}

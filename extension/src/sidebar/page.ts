/** What a page is made of. Addresses are of the editor's own; the nonce is good for this page alone. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  readonly source: string;
  readonly nonce: string;
  readonly title: string;
  readonly language: string;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function attribute(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? '');
}

/**
 * The document of the webview. It holds no text of a cluster, loads nothing but its own script and style, sends nothing
 * and frames nothing: https://code.visualstudio.com/api/extension-guides/webview#content-security-policy.
 */
export function pageHtml({ script, style, source, nonce, title, language }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body>
<div id="chat"></div>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

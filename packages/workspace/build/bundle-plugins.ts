import type { Plugin } from 'esbuild';

/** zod carries its messages in fifty languages; ours are English, and every program would load the rest. */
export const englishOnly: Plugin = {
  name: 'english-only',
  setup: (context) => {
    context.onResolve({ filter: /locales\/index\.js$/ }, (args) =>
      args.importer.includes('zod') ? { path: 'zod-locales', namespace: 'english-only' } : undefined,
    );
    context.onLoad({ filter: /.*/, namespace: 'english-only' }, () => ({ contents: 'export {}', loader: 'js' }));
  },
};

function onRequest(name: string, wanted: RegExp, contentsFor: (path: string) => string): Plugin {
  return {
    name,
    setup: (context) => {
      context.onResolve({ filter: wanted }, ({ kind, path }) =>
        kind === 'import-statement' ? { path, namespace: name } : undefined,
      );
      context.onLoad({ filter: /.*/, namespace: name }, ({ path }) => ({ contents: contentsFor(path), loader: 'js' }));
    },
  };
}

/** What is imported by such a name is asked for by `require`, when the module that imports it is run. */
export function requiredOnDemand(wanted: RegExp): Plugin {
  return onRequest('required-on-demand', wanted, (path) => `module.exports = require(${JSON.stringify(path)});`);
}

/** Not the module yet: what is not its own, esbuild does not copy when the bundle begins to run. */
function atFirstUse(path: string): string {
  return `let loaded;
    const load = () => (loaded ??= require(${JSON.stringify(path)}));
    module.exports = Object.create(new Proxy({}, { get: (_, key) => load()[key], has: (_, key) => key in load() }));`;
}

/**
 * An ES import of one of these reads every one of its exports, and some of them load much: all of fetch for node:http,
 * streams for node:fs. They are asked for by `require`, when something of them is used: who reads a cluster over plain
 * HTTP loads nothing of TLS.
 */
export const builtInsOnDemand = onRequest(
  'built-in-at-first-use',
  /^node:(crypto|fs|http|https|tls|util|zlib)$/,
  atFirstUse,
);

/** CommonJS packages inside of a bundle ask for `require` where they need Node's own modules. Making one takes time, and most files of a bundle ask for none. */
export const requireBanner =
  "import{createRequire as autodevopsRequire}from'node:module';let autodevopsRequired;const require=(id)=>(autodevopsRequired??=autodevopsRequire(import.meta.url))(id);";

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

/**
 * An ES import of one of these reads every one of its exports, and some of them load much: all of fetch for node:http,
 * streams for node:fs. Asked for by `require` they load what is used.
 */
const expensiveImports = /^node:(http|fs|tls|util)$/;

export const builtInsOnDemand: Plugin = {
  name: 'built-ins-on-demand',
  setup: (context) => {
    context.onResolve({ filter: expensiveImports }, ({ kind, path }) => (kind === 'import-statement' ? { path, namespace: 'built-ins-on-demand' } : undefined));
    context.onLoad({ filter: /.*/, namespace: 'built-ins-on-demand' }, ({ path }) => ({ contents: `module.exports = require(${JSON.stringify(path)});`, loader: 'js' }));
  },
};

/** CommonJS packages inside of a bundle ask for `require` where they need Node's own modules. */
export const requireBanner = "import{createRequire as autodevopsRequire}from'node:module';const require=autodevopsRequire(import.meta.url);";

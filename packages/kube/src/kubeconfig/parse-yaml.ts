// A file of its own, because the parser is loaded only for kubeconfigs that need it: a bundler gives a CommonJS package
// that is imported lazily no named exports, and a file that imports it plainly has them.
export { parseDocument } from 'yaml';

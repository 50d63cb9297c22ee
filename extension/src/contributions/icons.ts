/** Icons of Visual Studio Code that the extension uses, by their names in its product icon reference. */
export type Icon =
  | 'account' | 'archive' | 'beaker' | 'bell' | 'book' | 'bug' | 'check' | 'circle-slash' | 'clippy' | 'close' | 'cloud' | 'cloud-download' | 'comment-discussion'
  | 'debug-restart' | 'debug-start' | 'debug-stop' | 'diff' | 'discard' | 'edit' | 'error' | 'eye' | 'file' | 'folder' | 'gear' | 'git-pull-request'
  | 'graph' | 'heart' | 'history' | 'info' | 'lightbulb' | 'list-tree' | 'loading~spin' | 'lock' | 'megaphone' | 'note' | 'output' | 'package' | 'pass' | 'play'
  | 'plug' | 'pulse' | 'question' | 'quote' | 'refresh' | 'report' | 'search' | 'server' | 'server-environment' | 'server-process' | 'shield' | 'stop-circle' | 'symbol-misc'
  | 'sync' | 'sync~spin' | 'target' | 'terminal' | 'trash' | 'unlock' | 'verified' | 'vm' | 'vm-active' | 'vm-outline' | 'warning' | 'watch' | 'wrench' | 'zap';
